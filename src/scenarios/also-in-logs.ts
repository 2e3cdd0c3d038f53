import { latestOf } from '../correlate/episode.ts'
import type { EventOrder } from '../correlate/event-order.ts'
import { isWitness } from '../correlate/matches.ts'
import { compareSightings } from '../correlate/order.ts'
import { SERVICE_FAILED, SESSION_MANAGER_FAILED } from '../correlate/service-failures.ts'
import { type Bounds, isBehindReference, windowHolding } from '../correlate/windows.ts'
import { parseServiceEvent } from '../event/service-control.ts'
import type { Sighting } from '../event/win-event.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { Sightings } from './scenario.ts'

/** What the records of one host are held against. */
interface Measure {
  readonly bounds: Bounds
  readonly order: EventOrder
  /** Proofs that RDP worked. */
  readonly logons: readonly Sighting[]
}

/**
 * Failures of the Remote Desktop service that no scenario explains, in the window or since the last boot, and after RDP
 * last worked: no scenario of ours, and all the same why nobody gets in.
 */
export function alsoInLogs(sightings: Sightings, { bounds, order, logons }: Measure): readonly Sentence[] {
  const latest = latestOf(logons)
  const failures = [
    ...sightings.events(SESSION_MANAGER_FAILED.id),
    ...sightings.events(SERVICE_FAILED.id).filter((event) => parseServiceEvent(event).service === 'TermService'),
  ].filter(
    (event) =>
      isWitness(event) &&
      windowHolding(event, bounds, order) !== 'log' &&
      !isBehindReference(event, bounds, order) &&
      !latest.some((logon) => order.isLater(logon, event)),
  )
  const last = order.lastOf(failures.sort(compareSightings))
  if (last === undefined) return []
  return [sentence('also.service-failed', { count: failures.length, last: last.timeCreated })]
}
