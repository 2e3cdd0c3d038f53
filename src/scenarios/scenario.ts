import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { JudgedFacts } from '../facts/machine-facts.ts'
import type { Boot, ChannelCoverage, ClockJump, TimeRange } from '../finding/analysis.ts'
import type { Finding, Remediation } from '../finding/finding.ts'
import type { Sentence } from '../finding/sentence.ts'
import type { Need } from '../query/need.ts'
import type { BrokenHives } from './broken-hives.ts'

/** What a scenario may know of the host besides its own events. */
export interface ScenarioContext {
  readonly host: string
  /** The name in force at the reference time. */
  readonly computer: string
  readonly computers: readonly string[]
  /** OS build, e.g. 17763, if a record told. */
  readonly build?: number
  readonly windows: { readonly window: TimeRange; readonly boot?: TimeRange; readonly log: TimeRange }
  /** Later triggers are context only: the reference that was asked for. Undefined with `last-event`. */
  readonly convictsUntil?: bigint
  readonly boots: readonly Boot[]
  readonly clockJumps: readonly ClockJump[]
  readonly coverage: readonly ChannelCoverage[]
  /** What registry hives and key files beside the logs say; undefined where there are only logs. */
  readonly facts?: JudgedFacts
  /** Of the same disk: what a repair that loads its hives must know. */
  readonly hives: BrokenHives
  /** Drive that the disk is, or is to be, attached as: `F:`. */
  readonly drive: string
  /** True number of matches of a need in the whole log, kept or not. */
  count(needId: string): number
}

/**
 * The records of one host that answer a scenario's needs, by need id; each list in (time, channel, record id, file,
 * offset) order.
 */
export interface Sightings {
  /** Of needs with `as: 'event'`. */
  events(needId: string): readonly WinEvent[]
  /** Of any need. */
  sightings(needId: string): readonly Sighting[]
}

/** One way in which RDP fails. One file each; a scenario cannot open a file even by accident. */
export interface Scenario {
  /** Kebab-case: `listener-key-unusable`. */
  readonly id: string
  readonly title: Sentence
  /** The story an analyst would tell, for `evtxray scenarios`. */
  readonly story: Sentence
  readonly needs: readonly Need[]
  /** Those of the needs whose records may tell of it: not what heals, nor what only serves to compare. */
  readonly signs: readonly Need[]
  /** Channels without which absence of triggers means nothing. */
  readonly channels: readonly string[]
  /** What is looked for, a sentence a kind of evidence. */
  readonly lookedFor: readonly Sentence[]
  /** Undefined when nothing points at it. */
  detect(sightings: Sightings, context: ScenarioContext): Finding | undefined
  /** What was seen and must be told although nothing was found. */
  alsoSeen?(sightings: Sightings, context: ScenarioContext): readonly Sentence[]
  /** The repair as it is told without a host: placeholders stand where values would. */
  readonly remediation: readonly Remediation[]
}

/** What a repair has to know of a host. */
export type RepairPlace = Pick<ScenarioContext, 'build' | 'drive'> &
  Partial<Pick<ScenarioContext, 'computer' | 'hives'>>

/** Drive that a repair speaks of where nobody said another. */
export const USUAL_DRIVE = 'F:'

/** No host in particular. */
export const NO_HOST: RepairPlace = { drive: USUAL_DRIVE }
