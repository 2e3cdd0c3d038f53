import type { Moving } from '../pool/lane.ts'
import { asksNothing } from '../query/filter-gate.ts'
import type { CellTally } from '../timeline/cell-text.ts'
import type { ProfileName, TimelineFormat } from '../timeline/profile.ts'
import { writerOf } from '../timeline/profiles.ts'
import type { Engine } from './engine.ts'
import {
  type MatchOptions,
  type MatchReader,
  type NamedRange,
  type RangeReading,
  type TakeRecord,
  withReader,
} from './read-matching.ts'
import { hostOf, rowOutputOf, type Whose } from './row-output.ts'
import { type Run, RunBuilder } from './row-run.ts'
import { type RunElsewhere, type RunLogs, withElsewhere } from './run-elsewhere.ts'

/** A range, and whose records it holds. */
export interface HostRange extends NamedRange, Whose {}

/** Ranges of logs to turn into rows. */
export interface TimelineTask extends MatchOptions {
  /** Tasks of one run have the same number: they share what a thread learns. */
  readonly run: number
  readonly ranges: readonly HostRange[]
  readonly logs?: RunLogs
  readonly profile: ProfileName
  readonly format: TimelineFormat
}

/** The rows of a task, in order. */
export interface TimelineBlock extends Moving {
  readonly run: Run
  readonly readings: readonly RangeReading[]
  readonly rows: number
  readonly cells: CellTally
  /** Who wrote the rows, but for those that it left over. */
  readonly engine: Engine['name']
}

/** Decodes the records of a task's ranges and puts their rows into order. */
export async function timelineTask(task: TimelineTask): Promise<TimelineBlock> {
  return withReader(`timeline ${task.run}`, task, (reader) =>
    withElsewhere(task.logs, task.recover, (elsewhere) => timelineRanges(task, reader, elsewhere)),
  )
}

async function timelineRanges(
  task: TimelineTask,
  reader: MatchReader,
  elsewhere: RunElsewhere | undefined,
): Promise<TimelineBlock> {
  const { profile, format, filter, recover } = task
  // The kernel knows our own columns.
  const output = profile === 'default' ? rowOutputOf(task.run, format) : undefined
  const run = output?.start() ?? new RunBuilder()
  const writer = writerOf(profile, format)
  const cells: CellTally = { guarded: 0, cut: 0 }
  const readings: RangeReading[] = []
  // In every chunk there is unused space.
  const whole = asksNothing(filter) && recover !== 'slack' ? output : undefined
  for (const range of task.ranges) {
    output?.startLog(range.name, range)
    const take: TakeRecord = (record, asEvent) => {
      const event = asEvent()
      const { timeCreated: time, channel, recordId, file, offset } = event
      const host = hostOf(range, event.computer)
      run.add({ time, host, channel, recordId, file, offset }, writer.render({ record, event, host }, cells))
    }
    readings.push(await reader.read(range, take, { whole, single: output, elsewhere }))
  }
  const rows = run.rows
  const finished = run.finish()
  const engine = whole || (output && !asksNothing(filter)) ? 'kernel' : 'plain'
  return { run: finished, readings, rows, cells, engine, moves: [finished.bytes.buffer] }
}
