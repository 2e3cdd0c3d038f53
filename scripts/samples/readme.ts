import type { ExpectedHost, Sample } from './sample.ts'

/** The samples by what lies beside their logs. */
export interface SampleLists {
  readonly logs: readonly Sample[]
  readonly disks: readonly Sample[]
}

/** `samples/README.md`: what each folder shows, and what the analysis says of it. */
export function renderReadme({ logs, disks }: SampleLists): string {
  return `# Samples

Disks of machines that never were, made by \`npm run samples\` from the descriptions in \`scripts/samples/\`; a test
checks that these are the bytes that it makes. Names, addresses (192.0.2.x, 198.51.100.x, 203.0.113.x) and certificates
are invented, and no file of a key holds one; all events lie in March 2026, but for the two hours that \`clock-moved\`
spends in April.

    evtxray analyze samples                                  all of them but the zip, one table
    evtxray analyze samples/disk-key-missing                 one of them, in full
    evtxray facts samples/disk-key-missing                   what its hives and key files say
    evtxray analyze samples/inspect-disk/inspect-disk.zip    a collector's zip, read where it is

## Logs alone

Each folder is a host, as a disk attached to a rescue machine would show it (\`Windows/System32/winevt/Logs\`), but for
\`loose-logs\`, which is a folder of copied files. No verdict is above \`probable\`: there is no registry and no key file
beside these logs, and without one nothing on the disk can prove a cause.

${table(logs)}

## Logs, hives and key files

The same stories on machines whose SYSTEM and SOFTWARE hives lie in \`Windows/System32/config\`, and whose key files, by
their names, in \`ProgramData/Microsoft/Crypto\`. A copy keeps no access control of files: what only that would prove
stays open.

${table(disks)}
`
}

function table(samples: readonly Sample[]): string {
  const rows = samples.flatMap((sample) => sample.hosts.map((host, i) => row(sample, host, i === 0)))
  return `| folder or computer | finding | what it shows |
|---|---|---|
${rows.join('\n')}`
}

function row(sample: Sample, { host, findings }: ExpectedHost, isFirst: boolean): string {
  const name = host === sample.name ? `\`${host}\`` : `\`${sample.givenAs ?? sample.name}\`: ${host}`
  const found = findings.map(({ scenario, verdict }) => `**${verdict}** \`${scenario}\``).join(', ')
  return `| ${name} | ${found || 'none'} | ${isFirst ? sample.shows.replaceAll('|', '\\|') : ''} |`
}
