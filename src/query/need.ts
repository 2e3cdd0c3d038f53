import type { FieldTest } from './field-test.ts'

/**
 * What part of the logs a question needs: records of one provider with some ids, in some channels.
 * The union of all needs is the scan's query, so that nothing else is decoded.
 */
export interface Need {
  /** Stable name, unique in the run: needs of two scenarios with one id must be equal, but for `beside`. */
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
   * Of a need for events: only so many come with their fields, those of the highest record ids; the others are
   * sightings. Absent: all that are kept.
   */
  readonly newestWithFields?: number
  /**
   * Ids of other needs: where a host has no match of any of these, what this one found says nothing and is not decoded.
   * The count stays true.
   */
  readonly beside?: readonly string[]
  /**
   * Of a need for events with `beside`: ids of needs whose matches part time into stretches, as starts of Windows do.
   * Only the first and the last match of each stretch that holds one of those beside come with their fields, and the
   * last before each of those beside; the others are not kept, though counted.
   */
  readonly endsBetween?: readonly string[]
}

/**
 * How many matches of one need are kept for one host: the newest, by record id in each computer's part of a log, by
 * time among all of them. The counts stay true.
 */
export const KEPT_MATCHES = 20_000
/** Besides the newest, so many of the oldest are kept: they tell when it began. */
export const KEPT_OLDEST = 50
