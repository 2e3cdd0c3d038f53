import type { Machine } from './machine.ts'
import type { Source } from './source.ts'
import type { VolumeAbove } from './volume-above.ts'

/** One event log to read. */
export interface LogFile {
  /** To open it. */
  readonly source: Source
  /** How reports name it: the argument as typed and the path below it, with `/` between. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Position of its root in the collection. */
  readonly root: number
  /** A ForwardedEvents log: its records are other computers'. */
  readonly forwarded: boolean
}

/** A place that logs came from. */
export interface EvidenceRoot {
  /** `volume`: a Windows volume or a collector's copy of one: one host. `loose`: a folder or file of logs. */
  readonly kind: 'volume' | 'loose'
  /** As the user typed it. */
  readonly path: string
  /** Shortest path tail that is unique among the volumes of the run; empty for `loose` or when the path has none. */
  readonly label: string
  /** Hives and key files beside the logs. Every volume has one; loose logs where hives lie in their folder. */
  readonly machine?: Machine
}

/** A file that looked like a log and cannot be read as one. */
export interface RefusedFile {
  readonly name: string
  readonly size: number
  readonly root: number
  readonly state: 'empty' | 'unreadable' | 'not-evtx'
  /** One sentence without full stop. */
  readonly reason: string
}

/** All that was found under the paths a user gave, in one order: roots as typed, logs by name. */
export interface Collection {
  readonly roots: readonly EvidenceRoot[]
  readonly logs: readonly LogFile[]
  readonly refused: readonly RefusedFile[]
  /** Files named as zips, and zips, that were met in folders or zips and not opened; absent where there are none. */
  readonly unopened?: readonly string[]
  /** Links that were met in folders and not followed, by name; absent where there are none. */
  readonly links?: readonly string[]
  /** Volumes of which a part was given, and not they themselves; absent where there are none. */
  readonly volumesAbove?: readonly VolumeAbove[]
}
