import { SECOND } from '../bytes/filetime.ts'
import { SYSTEM, sameName } from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import { listsByLog } from './by-log.ts'
import type { ClockJump } from './clock.ts'

/** Two files' times are compared with this much doubt: classic records of old builds carry whole seconds. */
const ACROSS_FILES = SECOND

/** Where and when a record was written. */
export type Written = Pick<Sighting, 'channel' | 'recordId' | 'timeCreated'>

/** What is known of before and after on one host. */
export interface EventOrder {
  /**
   * True when `a` was certainly written after `b`. Inside one file the record number decides. Across files time does,
   * with more than a second between them; where the clock was moved, the stretch between two moves goes before the
   * time.
   */
  isLater(a: Sighting, b: Sighting): boolean
  /** The last of several; where none is certainly later, the one that stands last in the list. */
  lastOf<T extends Sighting>(events: readonly T[]): T | undefined
  /** The event's time on the clock that was in force at the end; undefined when the clock's moves leave it open. */
  correctedTime(event: Written): bigint | undefined
  /** The same; the time as written where the moves leave it open. */
  timeInForce(event: Written): bigint
}

/** Orders by the moves of the clock they are about: whoever asks again finds what was worked out before. */
const known = new WeakMap<readonly ClockJump[], EventOrder>()

/**
 * The order of a host's events, given how its clock was moved.
 *
 * @param jumps in the order they happened, all of one channel
 */
export function eventOrder(jumps: readonly ClockJump[]): EventOrder {
  const order = known.get(jumps) ?? orderBy(new Stretches(jumps))
  known.set(jumps, order)
  return order
}

function orderBy(stretches: Stretches): EventOrder {
  const isLater = (a: Sighting, b: Sighting): boolean => {
    if (a.file === b.file && sameName(a.channel, b.channel)) return a.recordId > b.recordId
    const timeSaysLater = a.timeCreated - b.timeCreated > ACROSS_FILES
    if (stretches.isOne) return timeSaysLater
    const [first] = stretches.of(a)
    const [, last] = stretches.of(b)
    return first > last || (first === last && timeSaysLater)
  }
  const correctedTime = (event: Written): bigint | undefined => {
    const [first, last] = stretches.of(event)
    return first === last ? event.timeCreated + stretches.movedAfter(first) : undefined
  }
  return {
    isLater,
    lastOf(events) {
      // Inside one log the numbers decide, so of each only one can be the last; between logs not every pair is decided.
      const ends = listsByLog(events).map((inLog) => inLog.reduce((a, b) => (a.recordId > b.recordId ? a : b)))
      const open = new Set(ends.filter((one) => !ends.some((other) => isLater(other, one))))
      return events.findLast((event) => open.has(event)) ?? events.at(-1)
    },
    correctedTime,
    timeInForce: (event) => correctedTime(event) ?? event.timeCreated,
  }
}

/**
 * True when an event carries the time of another or a later one, both on the clock in force at the end: the clock may
 * have been moved between them. A time that the clock passed twice is taken for the later one's.
 */
export function isSinceTime(event: Written, other: Written, order: EventOrder): boolean {
  const since = order.correctedTime(other)
  return since === undefined ? event.timeCreated >= other.timeCreated : order.timeInForce(event) >= since
}

/** The first and the last stretch of clock that an event can belong to. */
type Span = readonly [first: number, last: number]

/**
 * The stretches of clock between its moves, numbered from 0, before the first. A hostile log, or a virtual machine that
 * is saved every hour, has thousands: each event is looked up once.
 */
class Stretches {
  readonly #jumps: readonly ClockJump[]
  /** How far the clock was moved behind each stretch, all moves together. */
  readonly #movedAfter: readonly bigint[]
  readonly #spans = new WeakMap<Written, Span>()

  constructor(jumps: readonly ClockJump[]) {
    this.#jumps = jumps
    const moved = [0n]
    // A machine that slept took over the time that it is: what it wrote before was right.
    for (const { from, to, slept } of jumps.toReversed()) moved.push(moved.at(-1)! + (slept === true ? 0n : to - from))
    this.#movedAfter = moved.reverse()
  }

  /** The clock was not moved. */
  get isOne(): boolean {
    return this.#jumps.length === 0
  }

  movedAfter(stretch: number): bigint {
    return this.#movedAfter[stretch]!
  }

  of(event: Written): Span {
    if (this.isOne) return [0, 0]
    const met = this.#spans.get(event)
    if (met) return met
    const span = this.#find(event)
    this.#spans.set(event, span)
    return span
  }

  #find(event: Written): Span {
    const jumps = this.#jumps
    // The record of a jump is written by the clock it set: it opens the new stretch.
    if (sameName(event.channel, jumps[0]?.channel ?? SYSTEM)) {
      const stretch = jumps.findLastIndex(({ recordId }) => recordId <= event.recordId) + 1
      return [stretch, stretch]
    }
    let first = 0
    while (first <= jumps.length && !this.#mayHold(first, event.timeCreated)) first++
    // A time that no stretch has says nothing.
    if (first > jumps.length) return [0, jumps.length]
    let last = jumps.length
    while (!this.#mayHold(last, event.timeCreated)) last--
    return [first, last]
  }

  #mayHold(stretch: number, time: bigint): boolean {
    const start = this.#jumps[stretch - 1]?.to
    const end = this.#jumps[stretch]?.from
    if (start !== undefined && time < start - ACROSS_FILES) return false
    return end === undefined || time <= end + ACROSS_FILES
  }
}
