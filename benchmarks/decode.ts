import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { assertCounts, counted, evtxDump, has, ours, oursWithoutKernel } from './contenders.ts'
import { type Contender, compareCommands, type Timing } from './measure.ts'
import { timingTable } from './table.ts'

/** Below it the start of the process is much of the time, and below the other one most of it: there is no bar. */
const SMALL = 256 * 2 ** 20
const TINY = 64 * 2 ** 20
/** Of evtx_dump in the same format with as many threads. */
const BARS = { small: 1, large: 0.6, plain: 1.3, timeline: 2, parquet: 6 } as const

/** A contender, what it is set against, and the bar. */
interface Case {
  readonly contender: Contender
  readonly against?: string
  readonly bar?: number
}

/**
 * How fast is a full decode to XML, JSONL and CSV on one, two and all threads?
 *
 * @returns lines of a section in Markdown
 */
export async function benchDecode(path: string, title: string, rounds: number): Promise<readonly string[]> {
  const records = assertCounts(path)
  const { size } = statSync(path)
  const cases = [...new Set([1, 2, availableParallelism()])].flatMap((threads) => casesWith(threads, path, size))
  const timings = await compareCommands(
    cases.map(({ contender }) => contender),
    rounds,
  )
  const find = (name: string | undefined): Timing | undefined => timings.find((timing) => timing.name === name)
  const caseOf = (timing: Timing) => cases.find(({ contender }) => contender.name === timing.name)
  return [
    `## Full decode: ${title}`,
    '',
    `${(size / 2 ** 20).toFixed(0)} MiB, ${records.toLocaleString('en')} records. Ratio: of \`evtx_dump\` in the same format with as many threads; for timelines, of its JSONL.`,
    '',
    ...timingTable(timings, size, (timing) => {
      const { against, bar } = caseOf(timing) ?? {}
      return { reference: find(against), ...(bar !== undefined && { bar }) }
    }),
  ]
}

function casesWith(threads: number, path: string, size: number): Case[] {
  const on = counted(threads)
  const flags = [path, '--threads', String(threads)]
  const [xml, jsonl] = [evtxDump('xml', threads, path), evtxDump('jsonl', threads, path)]
  const small = size <= SMALL
  // Below that size a bar is set for one thread only.
  const bar = small ? (threads === 1 && size > TINY ? BARS.small : undefined) : BARS.large
  const native: Case[] = has('evtx_dump') ? [{ contender: xml }, { contender: jsonl }] : []
  const theirs = ['--format', 'jsonl', '--json-shape', 'evtx_dump']
  const cases: Case[] = [
    { contender: ours(`dump xml, ${on}`, 'dump', '--format', 'xml', ...flags), against: xml.name, ...barOf(bar) },
    {
      contender: ours(`dump jsonl as evtx_dump, ${on}`, 'dump', ...theirs, ...flags),
      against: jsonl.name,
      ...barOf(bar),
    },
    { contender: ours(`dump jsonl, ${on}`, 'dump', '--format', 'jsonl', ...flags), against: jsonl.name },
  ]
  const timeline = (format: string) => ours(`timeline ${format}, ${on}`, 'timeline', '--format', format, ...flags)
  cases.push({ contender: timeline('csv'), against: jsonl.name, ...barOf(onTwo(threads, small, BARS.timeline)) })
  if (threads === 2 && !small) {
    const parquet = ours(`timeline parquet, ${on}`, 'timeline', '--format', 'parquet', '-o', '-', ...flags)
    cases.push({ contender: parquet, against: jsonl.name, bar: BARS.parquet })
  }
  if (threads === 1) {
    const plain = (name: string, against: string, ...args: string[]): Case => {
      const contender = oursWithoutKernel(`dump ${name}, plain renderer, ${on}`, 'dump', ...args, ...flags)
      return { contender, against, ...barOf(small ? undefined : BARS.plain) }
    }
    cases.push(plain('xml', xml.name, '--format', 'xml'), plain('jsonl as evtx_dump', jsonl.name, ...theirs))
  }
  return [...native, ...cases]
}

function onTwo(threads: number, small: boolean, bar: number): number | undefined {
  return threads === 2 && !small ? bar : undefined
}

function barOf(bar: number | undefined): Pick<Case, 'bar'> {
  return bar === undefined ? {} : { bar }
}
