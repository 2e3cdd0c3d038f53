import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assertCounts, evtxDump, has, ours } from './contenders.ts'
import { type Contender, compareCommands } from './measure.ts'
import { timingTable } from './table.ts'

/** A log, and what `analyze` may take of the time of `evtx_dump -t 2 -o jsonl`. */
export interface Asked {
  readonly path: string
  readonly title: string
  readonly bar?: number
}

/**
 * What a question saves, from the rarest to one that every record answers: none should take longer than the last, which asks
 * nothing. In the everyday archive a thousandth of the records, a seventh, and all.
 */
const QUESTIONS: readonly (readonly [asked: string, ...filter: string[]])[] = [
  ['shell starts', '--event-id', '22'],
  ['logons', '--event-id', '4624'],
  ['errors', '--level', 'error'],
  ['every event id', '--event-id', '0-65535'],
  ['everything'],
]

/**
 * How long does an answer take, beside a full dump by the fastest native parser, and what does a selective question save?
 *
 * @returns lines of a section in Markdown
 */
export async function benchAnswers({ path, title, bar }: Asked, rounds: number): Promise<readonly string[]> {
  const contenders: Contender[] = [
    { name: 'cat', command: 'cat', args: [path] },
    ours('analyze', 'analyze', path),
    ours('analyze, 1 thread', 'analyze', path, '--threads', '1'),
    ours('analyze, 2 threads', 'analyze', path, '--threads', '2'),
    ...QUESTIONS.flatMap(([asked, ...filter]) => [
      ours(`timeline of ${asked}, 2 threads`, 'timeline', path, ...filter, '--threads', '2'),
      ours(`dump of ${asked}, 2 threads`, 'dump', path, ...filter, '--threads', '2'),
    ]),
  ]
  const reference = evtxDump('jsonl', 2, path)
  if (has('evtx_dump')) contenders.push(reference)
  const records = assertCounts(path)
  const timings = await compareCommands(contenders, rounds)
  const { size } = statSync(path)
  const dumped = timings.find(({ name }) => name === reference.name)
  return [
    `## Answers: ${title}`,
    '',
    `${(size / 2 ** 20).toFixed(0)} MiB, ${records.toLocaleString('en')} records by every reader. Ratio: of \`evtx_dump -t 2 -o jsonl\`.`,
    '',
    ...timingTable(timings, size, ({ name }) => {
      return { reference: dumped, ...(name === 'evtxray analyze' && bar !== undefined && { bar }) }
    }),
    '',
    scanLine(path),
  ]
}

/** The scan without the program around it: the best of some passes in one process, and the first. */
function scanLine(path: string): string {
  const out = execFileSync(process.execPath, [fileURLToPath(new URL('./scan.js', import.meta.url)), path])
  const lines = out.toString().trim().split('\n')
  const speeds = lines.map((line) => {
    const pass: unknown = JSON.parse(line)
    return typeof pass === 'object' && pass !== null && 'gigabytesPerSecond' in pass
      ? Number(pass.gigabytesPerSecond)
      : 0
  })
  return `Scan alone, one thread, ${speeds.length} passes in one process: best ${Math.max(...speeds).toFixed(2)} GB/s, first ${speeds[0]?.toFixed(2)} GB/s.`
}

/**
 * What `samples/` takes in all, and what `--version` adds to Node itself.
 *
 * @returns lines of a section in Markdown
 */
export async function benchStart(samples: string, rounds: number): Promise<readonly string[]> {
  const contenders: Contender[] = [
    { name: 'node -e 0', command: process.execPath, args: ['-e', '0'] },
    ours('--version', '--version'),
    ours('analyze samples', 'analyze', samples),
  ]
  const timings = await compareCommands(contenders, rounds)
  return [
    '## Start: a process, and all samples',
    '',
    '| contender | median | least–greatest |',
    '|---|---|---|',
    ...timings.map(({ name, median, least, greatest }) => {
      return `| ${name} | ${median.toFixed(3)} s | ${least.toFixed(3)}–${greatest.toFixed(3)} s |`
    }),
  ]
}
