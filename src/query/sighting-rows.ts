import { ticksFrom } from '../bytes/filetime.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Recovery } from '../evtx/record.ts'
import { KEPT_OLDEST } from './need.ts'

/** Words a row takes. */
const ROW = 8
/** Position in a row. */
const ID_LOW = 0
const ID_HIGH = 1
const TIME_LOW = 2
const TIME_HIGH = 3
const OFFSET_LOW = 4
const OFFSET_HIGH = 5
/**
 * Event id in the low 16 bits, how it was recovered in three above, the record's size in units of 8 bytes in the rest.
 */
const EVENT = 6
/** System/Level plus one; 0 where it is not known. */
const LEVEL = 7
const EVENT_ID_MASK = 0xffff
const RECOVERY_SHIFT = 16
const RECOVERY_MASK = 7
const SIZE_SHIFT = 19

/** The better comes first. */
const RECOVERIES: readonly (Recovery | undefined)[] = [undefined, 'resync', 'headerless', 'hidden', 'slack']

/** One row, as numbers. */
export interface SightingRow {
  readonly recordId: number
  /** FILETIME ticks. */
  readonly timeCreated: bigint
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly eventId: number
  readonly recovery: Recovery | undefined
  /** Bytes of the record. */
  readonly size: number
}

/** What the matches of one need in one group of a log have in common. */
export type SightingSource = Pick<Sighting, 'provider' | 'channel' | 'computer' | 'file'>

/** What travels between threads. */
export interface PackedRows {
  readonly rows: Uint32Array
  readonly met: number
  readonly dropped: boolean
}

/**
 * Where and when the matches of one need stand, eight words each: what a worker keeps and sends.
 *
 * Copies of one record in a log (same record id, time and event id: a chunk that occurs twice, a record left over in
 * unused space) count once; a live one stands for those that were recovered. Bounded: beyond twice the cap only the
 * newest by record id stay, and a few of the oldest. What stays does not depend on how a log was cut into ranges: of
 * every range at least its share of the newest and oldest is kept.
 */
export class SightingRows {
  /** All rows there were, copies included. */
  #met = 0
  /** Rows between the oldest and the newest were dropped, so that copies among them are not known. */
  #dropped = false
  readonly #cap: number
  #rows: Uint32Array<ArrayBufferLike> = new Uint32Array(0)
  #length = 0
  /** Rows are in order and without copies: so they come in any log that nobody copied together. */
  #tidy = true

  /** @param cap how many of the newest are kept */
  constructor(cap: number) {
    this.#cap = cap
  }

  /** All matches there were, kept or not; without copies as long as nothing had to be dropped. */
  get count(): number {
    return this.#dropped ? this.#met : this.#length
  }

  /** Adds one match. Halves are unsigned 32-bit. */
  push(
    idLow: number,
    idHigh: number,
    timeLow: number,
    timeHigh: number,
    offset: number,
    eventId: number,
    size: number,
    recovery: Recovery | undefined,
    level: number | undefined,
  ): void {
    this.#met++
    if (this.#length === 2 * (this.#cap + KEPT_OLDEST)) this.prune()
    this.#tidy &&= this.#isBefore(idLow, idHigh)
    const at = this.#length++ * ROW
    if (at === this.#rows.length) this.#makeRoom(at + ROW)
    const rows = this.#rows
    rows[at + ID_LOW] = idLow
    rows[at + ID_HIGH] = idHigh
    rows[at + TIME_LOW] = timeLow
    rows[at + TIME_HIGH] = timeHigh
    rows[at + OFFSET_LOW] = offset
    rows[at + OFFSET_HIGH] = Math.floor(offset / 4_294_967_296)
    rows[at + EVENT] = eventId | (RECOVERIES.indexOf(recovery) << RECOVERY_SHIFT) | ((size >> 3) << SIZE_SHIFT)
    rows[at + LEVEL] = level === undefined ? 0 : level + 1
  }

  /** Takes in what was kept of another part of the same log. */
  absorb(other: PackedRows): void {
    const end = this.#length * ROW
    this.#tidy &&= other.rows.length === 0 || this.#isBefore(other.rows[ID_LOW]!, other.rows[ID_HIGH]!)
    this.#makeRoom(end + other.rows.length)
    this.#rows.set(other.rows, end)
    this.#length += other.rows.length / ROW
    this.#met += other.met
    this.#dropped ||= other.dropped
    if (this.#length > 2 * (this.#cap + KEPT_OLDEST)) this.prune()
  }

  /** Brings the rows into order, drops copies, and what lies between the oldest and the newest. */
  prune(): void {
    if (!this.#tidy) this.#tidyUp()
    const middle = this.#length - this.#cap
    if (middle <= KEPT_OLDEST) return
    this.#dropped = true
    this.#rows.copyWithin(KEPT_OLDEST * ROW, middle * ROW, this.#length * ROW)
    this.#length = this.#cap + KEPT_OLDEST
  }

  #tidyUp(): void {
    const rows = this.#rows
    const order = distinct(rows, sortedOrder(rows, this.#length))
    const sorted = new Uint32Array(order.length * ROW)
    for (let to = 0; to < order.length; to++) {
      for (let column = 0; column < ROW; column++) sorted[to * ROW + column] = rows[order[to]! + column]!
    }
    this.#rows = sorted
    this.#length = order.length
    this.#tidy = true
  }

  /** True where a row with this record id comes behind all that are there. */
  #isBefore(idLow: number, idHigh: number): boolean {
    if (this.#length === 0) return true
    const last = (this.#length - 1) * ROW
    const high = this.#rows[last + ID_HIGH]!
    return high === idHigh ? this.#rows[last + ID_LOW]! < idLow : high < idHigh
  }

  /** The rows as they travel between threads: their buffer exactly as long as they are. */
  pack(): PackedRows {
    this.prune()
    return { rows: this.#rows.slice(0, this.#length * ROW), met: this.#met, dropped: this.#dropped }
  }

  /** Rows kept, in order. */
  all(): SightingRow[] {
    this.prune()
    const words = this.#rows
    const rows: SightingRow[] = []
    for (let at = 0; at < this.#length * ROW; at += ROW) {
      const event = words[at + EVENT]!
      rows.push({
        recordId: wide(words, at + ID_LOW),
        timeCreated: ticksFrom(words[at + TIME_LOW]!, words[at + TIME_HIGH]!),
        offset: wide(words, at + OFFSET_LOW),
        eventId: event & EVENT_ID_MASK,
        recovery: RECOVERIES[recoveryOf(event)],
        size: (event >>> SIZE_SHIFT) << 3,
      })
    }
    return rows
  }

  /**
   * The rows kept as sightings, in order of their record ids.
   *
   * @param source what they have in common
   * @param into to be added to
   */
  sightings(source: SightingSource, into: Sighting[] = []): Sighting[] {
    this.prune()
    const words = this.#rows
    const { provider, channel, computer, file } = source
    for (let at = 0; at < this.#length * ROW; at += ROW) {
      const event = words[at + EVENT]!
      const recovered = RECOVERIES[recoveryOf(event)]
      const level = words[at + LEVEL]! - 1
      into.push({
        provider,
        channel,
        computer,
        eventId: event & EVENT_ID_MASK,
        timeCreated: ticksFrom(words[at + TIME_LOW]!, words[at + TIME_HIGH]!),
        recordId: wide(words, at + ID_LOW),
        file,
        offset: wide(words, at + OFFSET_LOW),
        ...(level >= 0 && { level }),
        ...(recovered && { recovered }),
      })
    }
    return into
  }

  /** @param words that the rows take, at least */
  #makeRoom(words: number): void {
    if (words <= this.#rows.length) return
    const grown = new Uint32Array(Math.max(8 * ROW, this.#rows.length * 2, words))
    grown.set(this.#rows.subarray(0, this.#length * ROW))
    this.#rows = grown
  }
}

/** The number whose low half stands there, and the high one behind it. */
function wide(words: Uint32Array, low: number): number {
  return words[low + 1]! * 4_294_967_296 + words[low]!
}

/** Starts of the rows in order. */
function sortedOrder(rows: Uint32Array, length: number): number[] {
  return Array.from({ length }, (_, row) => row * ROW).sort((a, b) => compareRows(rows, a, b))
}

/** Without the rows that repeat the one before: same record id, time and event. */
function distinct(rows: Uint32Array, order: readonly number[]): number[] {
  return order.filter((at, index) => index === 0 || !isCopy(rows, order[index - 1]!, at))
}

function isCopy(rows: Uint32Array, a: number, b: number): boolean {
  for (let column = ID_LOW; column <= TIME_HIGH; column++) if (rows[a + column] !== rows[b + column]) return false
  return (rows[a + EVENT]! & EVENT_ID_MASK) === (rows[b + EVENT]! & EVENT_ID_MASK)
}

/** Position in `RECOVERIES`. */
function recoveryOf(event: number): number {
  return (event >>> RECOVERY_SHIFT) & RECOVERY_MASK
}

/**
 * By record id, time, event id, how it was recovered, offset: never 0 for two records of one file. Copies stand side by
 * side, the live one first.
 */
function compareRows(rows: Uint32Array, a: number, b: number): number {
  return (
    rows[a + ID_HIGH]! - rows[b + ID_HIGH]! ||
    rows[a + ID_LOW]! - rows[b + ID_LOW]! ||
    rows[a + TIME_HIGH]! - rows[b + TIME_HIGH]! ||
    rows[a + TIME_LOW]! - rows[b + TIME_LOW]! ||
    (rows[a + EVENT]! & EVENT_ID_MASK) - (rows[b + EVENT]! & EVENT_ID_MASK) ||
    recoveryOf(rows[a + EVENT]!) - recoveryOf(rows[b + EVENT]!) ||
    rows[a + OFFSET_HIGH]! - rows[b + OFFSET_HIGH]! ||
    rows[a + OFFSET_LOW]! - rows[b + OFFSET_LOW]!
  )
}
