import type { Dialect } from '../evtx/plan.ts'
import { SharedBlocks } from '../pool/shared-block.ts'
import { asksNothing } from '../query/filter-gate.ts'
import { DumpReader } from './dump-reader.ts'
import { type Engine, preferredEngine } from './engine.ts'
import {
  type MatchOptions,
  type MatchReader,
  type NamedRange,
  type RangeReading,
  type SingleRecords,
  type TakeRecord,
  withReader,
} from './read-matching.ts'
import { outputOf } from './record-output.ts'
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
  const block = await dumpRanges(task)
  if (where === 'here' || block.parts.length === 0) return block
  return { ...block, parts: [blocks.join(block.parts)] }
}

async function dumpRanges(task: DumpTask): Promise<DumpBlock> {
  const { filter, recover, logs } = task
  const isWhole = asksNothing(filter)
  // Slack is in every chunk, and of whole chunks with it the kernel knows nothing.
  const wanted = isWhole && recover === 'slack' ? 'plain' : preferredEngine()
  const ranges = isWhole
    ? () => withElsewhere(logs, recover, (elsewhere) => readAll({ ...task, elsewhere }, wanted))
    : () =>
        withReader(`dump ${task.run}`, task, (reader) =>
          withElsewhere(logs, recover, (elsewhere) => readMatching({ ...task, elsewhere }, wanted, reader)),
        )
  const { output, ...counts } = await ranges()
  const engine = output.engine.name
  return { parts: output.parts(), ...counts, engine, refused: engine !== wanted }
}

type DumpWork = DumpTask & { readonly elsewhere: RunElsewhere | undefined }

async function readAll(task: DumpWork, wanted: Engine['name']) {
  const output = outputOf(task.run, dialectOf(task), wanted)
  const reader = new DumpReader(task, output)
  const readings: RangeReading[] = []
  for (const range of task.ranges) readings.push(await reader.read(range))
  return { output, readings, leftOut: reader.leftOut, rendered: reader.rendered }
}

async function readMatching(task: DumpWork, wanted: Engine['name'], reader: MatchReader) {
  const output = outputOf(task.run, dialectOf(task), wanted)
  const { elsewhere, withRecovered } = task
  const readings: RangeReading[] = []
  let [leftOut, rendered] = [0, 0]
  const single: SingleRecords = {
    startRecords: (chunk, fileOffset) => output.startRecords(chunk, fileOffset),
    addRecord: (offset, size) => {
      const isAdded = output.addRecord(offset, size)
      if (isAdded) rendered++
      return isAdded
    },
  }
  const take: TakeRecord = (record) => {
    if (record.recovered && !withRecovered) {
      leftOut++
      return
    }
    output.addDecoded(record)
    rendered++
  }
  for (const range of task.ranges) {
    output.startLog(range.name, task)
    readings.push(await reader.read(range, take, { single, elsewhere }))
  }
  return { output, readings, leftOut, rendered }
}

function dialectOf({ format, jsonShape }: DumpTask): Dialect {
  if (format === 'xml') return 'xml'
  return jsonShape === 'evtxray' ? 'json' : 'evtx_dump'
}
