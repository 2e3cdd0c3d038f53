import { SECOND } from '../bytes/filetime.ts'
import { SYSTEM, sameName } from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import type { ClockJump } from './clock.ts'

/** Two files' times are compared with this much doubt: classic records of old builds carry whole seconds. */
const ACROSS_FILES = SECOND

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
  correctedTime(event: Sighting): bigint | undefined
}

/**
 * The order of a host's events, given how its clock was moved.
 *
 * @param jumps in the order they happened, all of one channel
 */
export function eventOrder(jumps: readonly ClockJump[]): EventOrder {
  const isLater = (a: Sighting, b: Sighting): boolean => {
    if (a.file === b.file && sameName(a.channel, b.channel)) return a.recordId > b.recordId
    if (jumps.length === 0) return a.timeCreated - b.timeCreated > ACROSS_FILES
    const timeSaysLater = a.timeCreated - b.timeCreated > ACROSS_FILES
    const stretchesOfB = stretchesOf(b, jumps)
    return stretchesOf(a, jumps).every((ofA) =>
      stretchesOfB.every((ofB) => ofA > ofB || (ofA === ofB && timeSaysLater)),
    )
  }
  return {
    isLater,
    lastOf(events) {
      return events.length === 0 ? undefined : events.reduce((a, b) => (isLater(a, b) ? a : b))
    },
    correctedTime(event) {
      const stretches = stretchesOf(event, jumps)
      if (stretches.length !== 1) return undefined
      return jumps.slice(stretches[0]).reduce((time, jump) => time + jump.to - jump.from, event.timeCreated)
    },
  }
}

/** Numbers of the stretches of clock (0 before the first jump) that an event can belong to. */
function stretchesOf(event: Sighting, jumps: readonly ClockJump[]): readonly number[] {
  if (jumps.length === 0) return [0]
  // The record of a jump is written by the clock it set: it opens the new stretch.
  if (sameName(event.channel, jumps[0]?.channel ?? SYSTEM)) {
    return [jumps.filter((jump) => jump.recordId <= event.recordId).length]
  }
  const all = Array.from({ length: jumps.length + 1 }, (_, stretch) => stretch)
  const possible = all.filter((stretch) => {
    const start = jumps[stretch - 1]?.to
    const end = jumps[stretch]?.from
    if (start !== undefined && event.timeCreated < start - ACROSS_FILES) return false
    return end === undefined || event.timeCreated <= end + ACROSS_FILES
  })
  return possible.length > 0 ? possible : all
}
