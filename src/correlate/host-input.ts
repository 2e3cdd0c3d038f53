import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { IdRuns } from '../evtx/id-runs.ts'

/** What one log holds of one channel of one computer; counted over every readable record, decoded or not. */
export interface ChannelPart {
  readonly channel: string
  readonly records: number
  /** Least and greatest TimeCreated; FILETIME ticks. */
  readonly firstTime: bigint
  readonly lastTime: bigint
  readonly highestRecordId: number
  /** TimeCreated of the record with the highest EventRecordID. */
  readonly timeOfHighest: bigint
  /** Least EventRecordID. */
  readonly lowestRecordId: number
}

/** What one log holds of one computer. */
export interface LogPart {
  /** The log as the report names it. */
  readonly file: string
  /** Position of the evidence root it was found under. */
  readonly root: number
  /**
   * `volume`: a Windows volume or a collector's copy of one, one host whatever names it had. `loose`: grouped by
   * computer.
   */
  readonly rootKind: 'volume' | 'loose'
  /** Shortest path tail of the root that is unique in the run; empty when the path has none. */
  readonly rootLabel: string
  /** The log is a ForwardedEvents log: its records are other computers'. */
  readonly forwarded: boolean
  readonly dirty: boolean
  readonly computer: string
  /** Order of the computer's first record in the log, for "in order of appearance". */
  readonly appearance: number
  readonly channels: readonly ChannelPart[]
  /** EventRecordIDs of the whole log, of all its computers; absent where it has several channels. */
  readonly ids?: IdRuns & { readonly computers: number }
}

/** A log without records of its own to show: it still counts for coverage. */
export interface SilentLog {
  readonly file: string
  readonly root: number
  readonly rootKind: 'volume' | 'loose'
  readonly rootLabel: string
  readonly state: 'empty' | 'unreadable'
  readonly dirty: boolean
  /** Guessed from the file's name (`%4` stands for `/`). */
  readonly channel: string
}

/** Matches of one need, newest kept (see `KEPT_MATCHES`), in (time, channel, record id, file, offset) order. */
export interface Kept {
  readonly events: readonly WinEvent[]
  readonly sightings: readonly Sighting[]
  /** All there were. */
  readonly count: number
}

/** All that is known of one host before anything is concluded. */
export interface HostInput {
  readonly host: string
  /** In order of appearance; the last is in force at the end of the log. */
  readonly computers: readonly string[]
  readonly parts: readonly LogPart[]
  readonly silent: readonly SilentLog[]
  /** By need id; needs without a match may be missing. */
  readonly kept: ReadonlyMap<string, Kept>
}

/** How far back to look, and from where. */
export interface WindowOptions {
  /** As typed, for the report. */
  readonly windowText: string
  readonly windowTicks: bigint
  readonly reference: 'last-event' | 'last-boot' | { readonly ticks: bigint; readonly text: string }
  /** Absolute bounds instead of window and reference. */
  readonly since?: bigint
  readonly until?: bigint
}
