import type { WinEvent } from '../event/win-event.ts'
import type { LogRecord } from '../evtx/log.ts'
import type { CellTally } from './cell-text.ts'

/** Names of the profiles; `profiles.ts` has what stands behind them. */
export const PROFILE_NAMES = ['default', 'evtxecmd', 'timesketch', 'ecs'] as const
export type ProfileName = (typeof PROFILE_NAMES)[number]

/** What a timeline is written as. */
export const TIMELINE_FORMATS = ['csv', 'jsonl', 'parquet'] as const
export type TimelineFormat = (typeof TIMELINE_FORMATS)[number]

/** What a row is made from: borrowed, and only for as long as it takes. */
export interface RowSource {
  readonly record: LogRecord
  readonly event: WinEvent
  readonly host: string
}

/**
 * One row of an output in three parts that stand one behind the other. The middle one is what the event says: where two
 * records with one host, channel, record id and time say the same, one is a copy of the other.
 */
export interface RowText {
  readonly before: string
  readonly said: string
  readonly after: string
  /** What many rows have in common and is kept once, for formats that are not text; else empty. */
  readonly shared: string
}

/** How a row ends, and where it repeats another one, how instead. */
export interface RowEnding {
  readonly end: string
  /**
   * Undefined where the profile has no place to say so.
   *
   * @param first the log's name, `@` and the offset of the first
   */
  readonly copyEnd?: (first: string) => string
}

/**
 * The one place in a row that its host's name stands in: rows are written before it is known which names are one host.
 */
export interface HostCell {
  /** Where it begins, of a row that names its host; bytes from the start of its text. */
  find(row: Uint8Array): number
  /** What stands there. */
  render(host: string): string
}

/** How the rows of one profile are written in one format. */
export interface RowWriter {
  /** What stands before the first row. */
  readonly header: string
  /** A file may begin with a byte order mark: people open it. */
  readonly bom: boolean
  /** A file ends where a sheet of Excel is full, and another begins. */
  readonly sheets: boolean
  /** @param tally counts the cells that were changed for a spreadsheet */
  render(source: RowSource, tally?: CellTally): RowText
  /** How each row ends. */
  readonly ending: RowEnding
  /** How one ends that names no host, where that differs. */
  readonly hostlessEnding?: RowEnding
  /** Where rows name their host; undefined where the profile does not. */
  readonly hostCell?: HostCell
}

/** The shape of rows that one kind of tool takes. One file each; `profiles.ts` names them all. */
export interface Profile {
  /** By format, the one that is taken when none is asked for in front. */
  readonly writers: Readonly<Partial<Record<TimelineFormat, RowWriter>>>
}
