import type { Boot } from '../correlate/boots.ts'
import type { ClockJump } from '../correlate/clock.ts'
import type { ChannelCoverage, ChannelState } from '../correlate/coverage.ts'
import type { Gap } from '../correlate/gaps.ts'
import type { ReferenceKind } from '../correlate/reference.ts'
import type { TimeRange } from '../correlate/windows.ts'
import type { Damage } from '../errors.ts'
import type { Fact } from '../facts/fact.ts'
import type { Finding } from './finding.ts'
import type { InputHeader } from './input-header.ts'
import type { Sentence } from './sentence.ts'

// Made by correlate/ and facts/, floors below; part of the document, so they can be had from here.
export type { Boot, ChannelCoverage, ChannelState, ClockJump, Fact, Gap, ReferenceKind, TimeRange }

/** One row of the picture of the day. */
export interface Lane {
  readonly id: 'boots' | 'triggers' | 'support' | 'heals' | 'attempts' | 'authenticated' | 'logons'
  readonly title: Sentence
  readonly marks: readonly {
    readonly time: bigint
    readonly kind: string
    readonly count: number
    readonly evidence?: number
  }[]
}

/** Everything said about one host. */
export interface HostAnalysis {
  /** Label of the evidence root, unique in the run. */
  readonly host: string
  /** In order of appearance. */
  readonly computers: readonly string[]
  readonly os?: { readonly build: number; readonly name: string; readonly source: string }
  /** What the window ends at. Undefined when the host has no readable record. */
  readonly reference?: {
    readonly time: bigint
    readonly kind: ReferenceKind
    /** The same in words. */
    readonly source: Sentence
  }
  /** Set when the latest time in the log differs from the reference by more than the window. */
  readonly clockMoved?: { readonly reference: bigint; readonly latest: bigint }
  readonly windows?: { readonly window: TimeRange; readonly boot?: TimeRange; readonly log: TimeRange }
  readonly boots: readonly Boot[]
  readonly clockJumps: readonly ClockJump[]
  /** By channel and record id; of each channel the newest, and how many there are stands in its coverage. */
  readonly gaps: readonly Gap[]
  /** The last proof that RDP worked. */
  readonly lastGood?: {
    readonly time: bigint
    readonly what: Sentence
    readonly recordId: number
    readonly channel: string
    readonly file: string
  }
  /**
   * Settings on its disk that switch Remote Desktop off, whatever was found, and failures of its service that nothing found
   * explains; absent where there are none.
   */
  readonly alsoSeen?: readonly Sentence[]
  readonly lanes: readonly Lane[]
  /** In the window; a step is absent where no log was read that would show it. */
  readonly connections: { readonly attempted?: number; readonly authenticated?: number; readonly loggedOn?: number }
  readonly facts: readonly Fact[]
  readonly coverage: readonly ChannelCoverage[]
  /** By verdict (confirmed first), then by `since`. */
  readonly findings: readonly Finding[]
  readonly notFound: readonly { readonly scenario: string; readonly lookedFor: readonly Sentence[] }[]
  readonly notEvaluated: readonly { readonly scenario: string; readonly why: Sentence }[]
}

/** Places of damage that were met and are counted only, because a log has too many to list. */
export interface UnlistedDamage {
  readonly places: number
  /** Those of them that are hidden records. */
  readonly hidden: number
}

/** One file that was given, and what became of it. */
export interface Input {
  readonly file: string
  /** Bytes. */
  readonly size: number
  readonly state: 'read' | 'empty' | 'unreadable' | 'not-evtx'
  /** Why, when not read. */
  readonly reason?: string
  readonly records: number
  readonly damaged: number
  readonly recovered: number
  /**
   * Records that repeat one of the host that stands elsewhere, of those that were compared: all in a timeline, in an
   * analysis those that the scenarios ask for. Absent where there are none.
   */
  readonly duplicates?: number
  /** Damage beyond the places that are listed; absent where all are. Not in the documents: theirs is the list. */
  readonly unlistedDamage?: UnlistedDamage
  /** Of a log that was opened and has one; for the manifest. */
  readonly header?: InputHeader
}

/** The one result document: all that any report shows, before it is put into words. */
export interface Analysis {
  readonly tool: { readonly name: string; readonly version: string }
  readonly options: {
    /** As typed: `24h`. */
    readonly window: string
    readonly reference: string
    readonly since?: string
    readonly until?: string
    readonly scenarios: readonly string[]
    readonly recover: 'none' | 'resync' | 'slack'
  }
  readonly hosts: readonly HostAnalysis[]
  readonly inputs: readonly Input[]
  readonly damage: readonly (Damage & { readonly file: string })[]
}
