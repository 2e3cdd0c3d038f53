/**
 * What became of a look at one place: the value is there; the place was looked at and holds none; it was not among what
 * was collected; or something is there that cannot be read. The last two never mean that a value is not set.
 */
export type FactState = 'present' | 'absent' | 'not-collected' | 'unreadable'

/** Where a fact was looked for. */
export interface FactSource {
  /** The hive or folder as reports name it; its bare name (`SYSTEM`) when it was not collected. */
  readonly file: string
  /** Path of the registry key below the hive's root, with the control set resolved. */
  readonly key?: string
  /** Name of the registry value, or of the file in a folder. */
  readonly value?: string
  /** When the key was last written, FILETIME ticks. Absent when there is no such key. */
  readonly lastWrite?: bigint
  /** Where there is no such key: when the nearest key above it that is there was last written, FILETIME ticks. */
  readonly lastWriteAbove?: bigint
}

/**
 * Something read from a hive, from a folder's listing or from a security descriptor. Texts come from evidence: hostile.
 */
export interface Fact {
  /** One of `FactId`. */
  readonly id: string
  readonly state: FactState
  /** Set exactly when present. Times as ISO 8601, bytes as upper-case hex, lists joined with `, `. */
  readonly value?: string | number
  readonly source: FactSource
  /** Why it is not collected or unreadable, what was found instead, or what a present one lacks. One sentence without full stop. */
  readonly reason?: string
}
