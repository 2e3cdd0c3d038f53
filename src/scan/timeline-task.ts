import type { Moving } from '../pool/lane.ts'
import { asksNothing } from '../query/filter-gate.ts'
import type { CellTally } from '../timeline/cell-text.ts'
import type { ProfileName, TimelineFormat } from '../timeline/profile.ts'
import { writerOf } from '../timeline/profiles.ts'
import { type MatchOptions, MatchReader, type NamedRange, type RangeReading } from './read-matching.ts'
import { hostOf, type RowOutput, rowOutputOf, type Whose } from './row-output.ts'
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
}

/** Decodes the records of a task's ranges and puts their rows into order. */
export async function timelineTask(task: TimelineTask): Promise<TimelineBlock> {
  return withElsewhere(task.logs, task.recover, (elsewhere) => timelineRanges(task, elsewhere))
}

async function timelineRanges(task: TimelineTask, elsewhere: RunElsewhere | undefined): Promise<TimelineBlock> {
  const { profile, format } = task
  const output = kernelOf(task)
  const run = output?.start() ?? new RunBuilder()
  const reader = new MatchReader({ ...task, elsewhere }, output)
  const writer = writerOf(profile, format)
  const cells: CellTally = { guarded: 0, cut: 0 }
  const readings: RangeReading[] = []
  for (const range of task.ranges) {
    output?.startLog(range.name, range)
    const reading = await reader.read(range, (record, asEvent) => {
      const event = asEvent()
      const { timeCreated: time, channel, recordId, file, offset } = event
      const host = hostOf(range, event.computer)
      run.add({ time, host, channel, recordId, file, offset }, writer.render({ record, event, host }, cells))
    })
    readings.push(reading)
  }
  const rows = run.rows
  const finished = run.finish()
  return { run: finished, readings, rows, cells, moves: [finished.bytes.buffer] }
}

/** The kernel, for what it knows: our own columns, of every record. */
function kernelOf({ run, profile, format, filter, recover }: TimelineTask): RowOutput | undefined {
  if (profile !== 'default') return undefined
  // In every chunk there is unused space.
  return asksNothing(filter) && recover !== 'slack' ? rowOutputOf(run, format) : undefined
}
