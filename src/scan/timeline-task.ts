import type { WinEvent } from '../event/win-event.ts'
import { rowOf, type TimelineRow } from '../timeline/columns.ts'
import { renderCsvRows } from '../timeline/csv.ts'
import { renderJsonlRows } from '../timeline/jsonl.ts'
import { type MatchOptions, MatchReader, type NamedRange, type RangeReading } from './read-matching.ts'
import { compareRowKeys, frameRows, type Run, type UnframedRow } from './row-run.ts'

/** What a timeline is written as. */
export type TimelineFormat = 'csv' | 'jsonl'

/** A range, and whose records it holds. */
export interface HostRange extends NamedRange {
  /** Label of the volume; empty where a record's computer is its host. */
  readonly label: string
  /** Records of other computers than the volume's. */
  readonly forwarded: boolean
}

/** Ranges of logs to turn into rows. */
export interface TimelineTask extends MatchOptions {
  readonly ranges: readonly HostRange[]
  readonly format: TimelineFormat
}

/** The rows of a task, in order. */
export interface TimelineBlock {
  readonly run: Run
  readonly readings: readonly RangeReading[]
  readonly rows: number
}

/** Decodes the records of a task's ranges and puts their rows into order. */
export async function timelineTask(task: TimelineTask): Promise<TimelineBlock> {
  const reader = new MatchReader(task)
  const render = task.format === 'csv' ? renderCsvRows : renderJsonlRows
  const rows: UnframedRow[] = []
  const readings: RangeReading[] = []
  for (const range of task.ranges) {
    const take = (row: TimelineRow) => {
      const { timeCreated: time, host, channel, recordId, file, offset } = row
      rows.push({ time, host, channel, recordId, file, offset, text: render([row]) })
    }
    readings.push(await reader.read(range, (_, asEvent) => take(rowIn(range, asEvent()))))
  }
  return { run: frameRows(rows.sort(compareRowKeys)), readings, rows: rows.length }
}

function rowIn(range: HostRange, event: WinEvent): TimelineRow {
  return rowOf(event, hostOf(range, event.computer))
}

function hostOf({ label, forwarded }: HostRange, computer: string): string {
  if (label === '') return computer
  return forwarded ? `${label}/${computer}` : label
}
