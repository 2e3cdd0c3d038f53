import type { Dialect } from '../evtx/plan.ts'
import { SharedBlocks } from '../pool/shared-block.ts'
import { asksNothing } from '../query/filter-gate.ts'
import { DumpReader } from './dump-reader.ts'
import { type Engine, preferredEngine } from './engine.ts'
import { type MatchOptions, MatchReader, type NamedRange, type RangeReading } from './read-matching.ts'
import { outputOf, type RecordOutput } from './record-output.ts'
import { type RunElsewhere, type RunLogs, withElsewhere } from './run-elsewhere.ts'

/** What a dump is written as; JSON has two shapes (see `docs/format.md`). */
export type DumpFormat = 'xml' | 'jsonl'
export type JsonShape = 'evtxray' | 'evtx_dump'

/** Ranges of logs to render whole. */
export interface DumpTask extends MatchOptions {
  /** Tasks of one run have the same number: they share an output, and no others do. */
  readonly run: number
  readonly ranges: readonly NamedRange[]
  readonly logs?: RunLogs
  readonly format: DumpFormat
  readonly jsonShape: JsonShape
  /** Records that were recovered stand among the others. */
  readonly withRecovered: boolean
}

/** The text of a task's records, in order. */
export interface DumpBlock {
  /** Nearly always one; borrowed until the next task begins, or, from a worker, until it is given back. */
  readonly parts: readonly Uint8Array[]
  /** For each range. */
  readonly readings: readonly RangeReading[]
  /** Recovered records that were left out. */
  readonly leftOut: number
  readonly rendered: number
  readonly engine: Engine['name']
  /** The kernel was wanted, and the system refused it. */
  readonly refused: boolean
}

/** This thread's. */
const blocks = new SharedBlocks()

/** Decodes and renders the records of a task's ranges. */
export async function dumpTask(task: DumpTask, where: 'here' | 'worker'): Promise<DumpBlock> {
  const block = await withElsewhere(task.logs, task.recover, (elsewhere) => dumpRanges(task, elsewhere))
  if (where === 'here' || block.parts.length === 0) return block
  return { ...block, parts: [blocks.join(block.parts)] }
}

async function dumpRanges(task: DumpTask, elsewhere: RunElsewhere | undefined): Promise<DumpBlock> {
  const dialect = dialectOf(task)
  const isWhole = asksNothing(task.filter)
  // Slack is in every chunk, and the kernel knows nothing of it.
  const wanted = isWhole && task.recover !== 'slack' ? preferredEngine() : 'plain'
  const output = outputOf(task.run, dialect, wanted)
  const read = isWhole ? readAll : readMatching
  const { readings, leftOut, rendered } = await read({ ...task, elsewhere }, output)
  const parts = output.parts()
  const engine = output.engine.name
  const counts = { readings, leftOut, rendered, engine, refused: engine !== wanted }
  return { parts, ...counts }
}

type DumpWork = DumpTask & { readonly elsewhere: RunElsewhere | undefined }

async function readAll(task: DumpWork, output: RecordOutput) {
  const reader = new DumpReader(task, output)
  const readings: RangeReading[] = []
  for (const range of task.ranges) readings.push(await reader.read(range))
  return { readings, leftOut: reader.leftOut, rendered: reader.rendered }
}

/** To know whether a record matches it must be decoded, so that it is rendered from its tree. */
async function readMatching(task: DumpWork, output: RecordOutput) {
  const reader = new MatchReader(task)
  const readings: RangeReading[] = []
  let [leftOut, rendered] = [0, 0]
  for (const range of task.ranges) {
    output.startLog(range.name, task)
    const reading = await reader.read(range, (record) => {
      if (record.recovered && !task.withRecovered) {
        leftOut++
        return
      }
      output.addDecoded(record)
      rendered++
    })
    readings.push(reading)
  }
  return { readings, leftOut, rendered }
}

function dialectOf({ format, jsonShape }: DumpTask): Dialect {
  if (format === 'xml') return 'xml'
  return jsonShape === 'evtxray' ? 'json' : 'evtx_dump'
}
