import { existsSync, statSync } from 'node:fs'
import { evtxDump, has, ours } from './contenders.ts'
import { type Contender, compareCommands, type Timing } from './measure.ts'
import { memory } from './table.ts'

/** Seconds for each GiB may differ by this much of the least, beyond the start of the process. */
const MOST_DRIFT = 0.15
const GIB = 2 ** 30

/** What grows, by name, for a log. */
const WORK: readonly ((path: string) => Contender)[] = [
  (path) => ours('analyze, 1 thread', 'analyze', path, '--threads', '1'),
  (path) => ours('dump xml, 1 thread', 'dump', '--format', 'xml', path, '--threads', '1'),
  (path) => ours('dump xml, 2 threads', 'dump', '--format', 'xml', path, '--threads', '2'),
  (path) => ours('timeline csv, 2 threads', 'timeline', '--format', 'csv', path, '--threads', '2'),
]

/**
 * How do time and memory grow with the log?
 *
 * @param archives logs of one kind, the smallest first
 * @param match only contenders with this in their name
 * @returns lines of a section in Markdown
 */
export async function benchGrowth(
  archives: readonly string[],
  rounds: number,
  match: string,
): Promise<readonly string[]> {
  const [start] = await compareCommands([ours('--version', '--version')], rounds)
  const lines = [
    '## How time and memory grow',
    '',
    `Everyday logs of one host. "s/GiB" is without the start of the process, ${start!.median.toFixed(2)} s (\`--version\`).`,
    '',
    `| contender | ${archives.map((path) => sizeOf(path)).join(' | ')} | s/GiB from 1 GiB on | peak memory |`,
    `|---|${archives.map(() => '---').join('|')}|---|---|`,
  ]
  const all = has('evtx_dump') ? [...WORK, (path: string) => evtxDump('xml', 1, path)] : WORK
  const work = all.filter((make) => make('').name.includes(match))
  for (const make of work) {
    const timings: Timing[] = []
    for (const path of archives) {
      if (!existsSync(path)) throw new Error(`${path} is not there`)
      const [timing] = await compareCommands([make(path)], rounds)
      timings.push(timing!)
    }
    lines.push(row(archives, timings, start!.median))
    console.log(lines.at(-1))
  }
  return lines
}

function row(archives: readonly string[], timings: readonly Timing[], start: number): string {
  const rates = archives.flatMap((path, index) => {
    const gib = statSync(path).size / GIB
    return gib > 0.9 ? [(timings[index]!.median - start) / gib] : []
  })
  const [least, greatest] = [Math.min(...rates), Math.max(...rates)]
  const drift = greatest / least - 1
  const verdict = drift <= MOST_DRIFT ? '' : ' **more than 15 %**'
  const spread = `${least.toFixed(2)}–${greatest.toFixed(2)} (+${(100 * drift).toFixed(0)} %)${verdict}`
  const peaks = timings.map((timing) => memory(timing)).join(', ')
  return `| ${timings[0]!.name} | ${timings.map(({ median }) => `${median.toFixed(2)} s`).join(' | ')} | ${spread} | ${peaks} |`
}

function sizeOf(path: string): string {
  const mib = statSync(path).size / 2 ** 20
  return mib < 1000 ? `${mib.toFixed(0)} MiB` : `${(mib / 1024).toFixed(0)} GiB`
}
