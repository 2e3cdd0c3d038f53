import type { WindowName } from '../correlate/windows.ts'
import type { Copy, Recovery, TemplateOrigin } from '../event/win-event.ts'
import type { FactSource } from '../facts/fact.ts'
import type { Sentence } from './sentence.ts'

export type { WindowName }

/** From surest to least; `historic` and `refuted` say that it is not the reason now. */
export const VERDICTS = ['confirmed', 'probable', 'possible', 'historic', 'refuted'] as const
export type Verdict = (typeof VERDICTS)[number]

/** What an event does for a finding. */
export const ROLES = ['trigger', 'support', 'heal', 'refute', 'context'] as const
export type Role = (typeof ROLES)[number]

/** One record, and what it says. */
export interface Evidence {
  readonly role: Role
  readonly computer: string
  readonly channel: string
  readonly provider: string
  readonly eventId: number
  /** System/EventRecordID. */
  readonly recordId: number
  /** FILETIME ticks. */
  readonly timeCreated: bigint
  readonly file: string
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly recovered?: Recovery
  /** Of a recovered record: absent where its templates stand in its own chunk. */
  readonly template?: TemplateOrigin
  /** Where else the same event stands, in order; it counts once. */
  readonly copies?: readonly Copy[]
  /** System/Level, where the record was decoded. */
  readonly level?: number
  /**
   * Fields with their meaning, ready to be shown: `{ Status: "0x80070005 Access is denied" }`. Event text is hostile.
   */
  readonly decoded: Readonly<Record<string, string>>
  readonly summary: Sentence
  /**
   * The event as Windows writes it, of the records that decided: 20 of a finding and 200 of a run at most, each cut at
   * 8,000 characters with a mark.
   */
  readonly xml?: string
}

/** One step of the reasoning that led to a verdict. */
export interface Rule {
  /** Kebab-case: `second-kind-of-evidence`. */
  readonly id: string
  readonly met: 'yes' | 'no' | 'unknown'
  readonly why: Sentence
  /** Positions in the finding's `evidence`. */
  readonly evidence?: readonly number[]
}

/** One step of a repair. */
export interface RemediationStep {
  readonly text: Sentence
  /** To be copied as it stands. Never executed by us. */
  readonly command?: string
}

/** A repair in its steps. */
export interface Remediation {
  /** `live`: the machine can be reached some other way; `offline`: its disk is attached to a rescue machine. */
  readonly where: 'live' | 'offline'
  readonly title: Sentence
  readonly steps: readonly RemediationStep[]
  /** What it costs in security or certainty, if anything. */
  readonly risk?: Sentence
  readonly rollback?: Sentence
  /** What takes the steps back one by one, in the order that must be kept; or why one needs no undoing. */
  readonly undo?: readonly RemediationStep[]
  /** Folder that the steps save in, where it is that of one host among several: see `saved-folder.ts`. */
  readonly folder?: string
}

/** Something on the disk that was looked at, or could not be. */
export interface Check {
  readonly id: string
  readonly state: 'present' | 'absent' | 'not-collected' | 'unreadable'
  readonly observed?: string
  readonly expected?: string
  /** What was found is not what was expected. */
  readonly differs?: true
  readonly source: FactSource
}

/** How many records of one kind a half hour holds. */
export interface Moment {
  readonly role: Role
  readonly eventId: number
  /** Start of the half hour, FILETIME ticks. */
  readonly start: bigint
  readonly count: number
}

/** A scenario's claim about one host with its evidence and its verdict. */
export interface Finding {
  /** Id of the scenario. */
  readonly scenario: string
  readonly title: Sentence
  readonly verdict: Verdict
  /** Where the latest trigger lies. */
  readonly window?: WindowName
  /** First trigger since RDP last worked; FILETIME ticks. */
  readonly since: bigint
  /** Latest trigger. */
  readonly last: bigint
  /** Nothing tells when it began: both times are the end of the window. */
  readonly isBeginUnknown?: true
  /** It may have begun before `since`: of records that were not kept nobody knows their role. */
  readonly mayBeginEarlier?: true
  /** What happened here, in a sentence or two. */
  readonly summary: Sentence
  /** What it means: the cause in plain words. */
  readonly cause: Sentence
  /** Ordered by time, then channel, record id, file, offset. */
  readonly evidence: readonly Evidence[]
  /** When its records were written, those too that are not listed; for the picture of the day. */
  readonly moments: readonly Moment[]
  /** All there were in the log, kept or not. */
  readonly counts: Readonly<Record<Role, number>>
  /** There may be more triggers than are counted as such: of records that were not kept nobody knows their role. */
  readonly hasMoreTriggers?: true
  readonly rules: readonly Rule[]
  readonly lookedFor: readonly Sentence[]
  /** What would make it certain, and was not there to look at. */
  readonly certainIf: readonly Sentence[]
  readonly checks: readonly Check[]
  readonly remediation: readonly Remediation[]
}

/** True for a finding that may be why nobody gets in now. */
export function isOpen({ verdict }: Pick<Finding, 'verdict'>): boolean {
  return verdict !== 'historic' && verdict !== 'refuted'
}
