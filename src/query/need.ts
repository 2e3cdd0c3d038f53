/** A test on one named field of EventData or UserData. */
export type FieldTest = ValueTest | FormTest

/** True when the field's text equals one of the values. */
export interface ValueTest {
  /** Local name, compared without regard to case. */
  readonly name: string
  /** As Windows renders the value (`"10"`, `"LOCAL"`); compared without regard to case. */
  readonly values: readonly string[]
  /** True: wanted are the events where the field is absent or equals none of the values. */
  readonly negate?: boolean
}

/** True when the field's text has a form that no list of values could name. */
export interface FormTest {
  readonly name: string
  readonly is: 'network-address'
}

/**
 * What part of the logs a question needs: records of one provider with some ids, in some channels.
 * The union of all needs is the scan's query, so that nothing else is decoded.
 */
export interface Need {
  /** Stable name, unique in the run: needs of two scenarios with one id must be equal. */
  readonly id: string
  /** `Provider@Name`, compared without regard to case. */
  readonly provider: string
  readonly eventIds: readonly number[]
  /** Channels that count; compared without regard to case. Absent: every channel. */
  readonly channels?: readonly string[]
  /** All must hold. */
  readonly where?: readonly FieldTest[]
  /**
   * `event`: the records come with their fields (`WinEvent`).
   * `sighting`: only when and where (`Sighting`): for what is plentiful and merely counted or compared in time.
   */
  readonly as: 'event' | 'sighting'
  /**
   * Ids of other needs: where a host has no match of any of these, what this one found says nothing and is not decoded.
   * The count stays true.
   */
  readonly beside?: readonly string[]
}

/** How many matches of one need are kept for one host, newest first by record id; the counts stay true. */
export const KEPT_EVENTS = 2_000
/** The same for needs of the kind `sighting`. */
export const KEPT_SIGHTINGS = 20_000
/** Besides the newest, so many of the oldest are kept: they tell when it began. */
export const KEPT_OLDEST = 50
