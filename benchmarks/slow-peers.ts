import { fileURLToPath } from 'node:url'
import { has, ours } from './contenders.ts'
import { compareCommands } from './measure.ts'

/** Peers that take seconds for megabytes: how many times as long as we they take. Lines of a section in Markdown. */
export async function benchSlowPeers(path: string, mib: number, rounds: number): Promise<readonly string[]> {
  const contenders = [ours('dump xml, 1 thread', 'dump', path, '--format', 'xml', '--threads', '1')]
  if (has('evtxexport')) contenders.push({ name: 'evtxexport', command: 'evtxexport', args: [path] })
  const peer = fileURLToPath(new URL('./ts-evtx-dump.js', import.meta.url))
  contenders.push({ name: '@ts-evtx/core', command: process.execPath, args: [peer, path] })
  const timings = await compareCommands(contenders, rounds)
  return [
    `## ${mib} MiB, for the parsers that read a few MB a second`,
    '',
    '| contender | median | times evtxray dump |',
    '|---|---|---|',
    ...timings.map(({ name, median }) => {
      return `| ${name} | ${median.toFixed(2)} s | ${(median / timings[0]!.median).toFixed(1)} |`
    }),
  ]
}
