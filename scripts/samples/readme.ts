import type { ExpectedHost, Sample } from './sample.ts'

/** `samples/README.md`: what each folder shows, and what the analysis says of it. */
export function renderReadme(samples: readonly Sample[]): string {
  const rows = samples.flatMap((sample) => sample.hosts.map((host, i) => row(sample, host, i === 0)))
  return `# Samples

Event logs of machines that never were, made by \`npm run samples\` from the descriptions in \`scripts/samples/\`; a test
checks that these are the bytes that it makes. Each folder is a host, as a disk attached to a rescue machine would show it
(\`Windows/System32/winevt/Logs\`), but for \`loose-logs\`, which is a folder of copied files. Names, addresses
(192.0.2.x, 198.51.100.x, 203.0.113.x) and certificates are invented; all times lie in March 2026, but for the two hours
that \`clock-moved\` spends in April.

    evtxray analyze samples                 all of them, one table
    evtxray analyze samples/key-denied      one of them, in full

| folder or computer | finding | what it shows |
|---|---|---|
${rows.join('\n')}

No verdict is above \`probable\`: there is no registry and no key file beside these logs, and without one nothing on the
disk can prove a cause.
`
}

function row(sample: Sample, { host, findings }: ExpectedHost, isFirst: boolean): string {
  const name = host === sample.name ? `\`${host}\`` : `\`${sample.name}\`: ${host}`
  const found = findings.map(({ scenario, verdict }) => `**${verdict}** \`${scenario}\``).join(', ')
  return `| ${name} | ${found || 'none'} | ${isFirst ? sample.shows.replaceAll('|', '\\|') : ''} |`
}
