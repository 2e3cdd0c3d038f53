import { countWhile } from '../bytes/count-while.ts'
import { MINUTE } from '../bytes/filetime.ts'
import type { Sighting } from '../event/win-event.ts'
import { type Boot, bootIndexOf } from './boots.ts'
import { listsByLog } from './by-log.ts'
import type { ClockJump } from './clock.ts'
import { eventOrder } from './event-order.ts'
import { isWitness } from './matches.ts'
import { compareSightings } from './order.ts'
import { type Bounds, isBehindReference, type WindowName, windowHolding } from './windows.ts'

/** The last time something failed and kept failing: from its first trigger after RDP last worked to its last. */
export interface Episode<T extends Sighting> {
  readonly first: T
  readonly last: T
  /** In order. */
  readonly triggers: readonly T[]
  /** The last proof before the first trigger that RDP worked. */
  readonly workedBefore?: Sighting
  /** Proofs that RDP worked again, certainly later than every trigger. */
  readonly heals: readonly Sighting[]
  /** The window that holds the latest trigger. */
  readonly window: WindowName
}

/** What an episode is measured by. */
export interface Measure extends Bounds {
  readonly boots: readonly Boot[]
  readonly clockJumps: readonly ClockJump[]
}

/**
 * Splits records into those that may convict and those that only give context: found in slack, or behind the reference.
 */
export function setAside<T extends Sighting>(
  records: readonly T[],
  measure: Measure,
): { readonly standing: readonly T[]; readonly aside: readonly T[] } {
  const order = eventOrder(measure.clockJumps)
  const stands = (record: T) => isWitness(record) && !isBehindReference(record, measure, order)
  return { standing: records.filter(stands), aside: records.filter((record) => !stands(record)) }
}

/** The triggers that lie in the window or since the last boot. */
export function currentTriggers<T extends Sighting>(triggers: readonly T[], measure: Measure): readonly T[] {
  const order = eventOrder(measure.clockJumps)
  return triggers.filter((trigger) => windowHolding(trigger, measure, order) !== 'log')
}

/**
 * The last episode of a fault.
 *
 * @param triggers in order
 * @param heals in order
 * @returns undefined without a trigger
 */
export function lastEpisode<T extends Sighting>(
  triggers: readonly T[],
  heals: readonly Sighting[],
  measure: Measure,
): Episode<T> | undefined {
  const order = eventOrder(measure.clockJumps)
  const ends = latestOf(triggers)
  const last = order.lastOf(ends)
  if (last === undefined) return undefined
  const workedBefore = order.lastOf(heals.filter((heal) => order.isLater(last, heal)))
  const inEpisode = triggers.filter((trigger) => workedBefore === undefined || !order.isLater(workedBefore, trigger))
  const windows = inEpisode.map((trigger) => windowHolding(trigger, measure, order))
  return {
    first: inEpisode[0] ?? last,
    last,
    triggers: inEpisode,
    ...(workedBefore === undefined ? {} : { workedBefore }),
    heals: heals.filter((heal) => ends.every((trigger) => order.isLater(heal, trigger))),
    window: (['window', 'boot'] as const).find((name) => windows.includes(name)) ?? 'log',
  }
}

/**
 * Of each file the record with the greatest number and the one with the greatest time: what is later than these is
 * later than all.
 */
export function latestOf<T extends Sighting>(events: readonly T[]): readonly T[] {
  const ends = listsByLog(events).flatMap((inLog) => [
    inLog.reduce((a, b) => (b.timeCreated >= a.timeCreated ? b : a)),
    inLog.reduce((a, b) => (b.recordId > a.recordId ? b : a)),
  ])
  return [...new Set(ends)].sort(compareSightings)
}

/** How near a second kind of evidence must be to agree with a trigger in time. */
const AGREES = 5n * MINUTE

/**
 * The witnesses that agree with a trigger in time: at most five minutes from one, either way, or in the same boot where
 * what they tell of lasts (a service that does not run, a certificate that cannot be made).
 *
 * @param triggers in order
 */
export function agreeing<T extends Sighting>(
  witnesses: readonly T[],
  triggers: readonly Sighting[],
  measure: Pick<Measure, 'boots' | 'clockJumps'> & { readonly lasting: boolean },
): readonly T[] {
  const { boots, clockJumps, lasting } = measure
  // Without a record of a start nothing says that two records are of one boot.
  const inBoots = new Set(lasting ? triggers.map((trigger) => bootIndexOf(trigger, boots, clockJumps)) : [])
  inBoots.delete(-1)
  const times = BigUint64Array.from(triggers, ({ timeCreated }) => timeCreated).sort()
  return witnesses.filter((witness) => {
    const { timeCreated } = witness
    const next = times[countWhile(times.length, (i) => times[i]! < timeCreated - AGREES)]
    const isNear = next !== undefined && next <= timeCreated + AGREES
    return isNear || inBoots.has(bootIndexOf(witness, boots, clockJumps))
  })
}
