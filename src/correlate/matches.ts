import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { HostInput, Kept } from './host-input.ts'
import { compareSightings } from './order.ts'

/** The records of one host that answer the needs, each list in the one order of events. */
export interface Matches {
  /** Of needs with `as: 'event'`. */
  events(needId: string): readonly WinEvent[]
  /** Of any need. */
  sightings(needId: string): readonly Sighting[]
  /** True number of matches in the whole log, kept or not; a record that lies there twice is one. */
  count(needId: string): number
}

/** The parts of `Matches` that look at records. */
export type KeptRecords = Pick<Matches, 'events' | 'sightings'>

/**
 * The matches of a host in order, each record once: folders often hold a log and a copy of it, and slack holds
 * older copies of records that are still alive.
 */
export function matchesOf(input: HostInput): Matches {
  const byNeed = new Map<string, Distinct>()
  for (const [needId, kept] of input.kept) byNeed.set(needId, distinct(kept))
  return {
    events: (needId) => byNeed.get(needId)?.events ?? [],
    sightings: (needId) => byNeed.get(needId)?.sightings ?? [],
    count: (needId) => byNeed.get(needId)?.count ?? 0,
  }
}

interface Distinct {
  readonly events: readonly WinEvent[]
  readonly sightings: readonly Sighting[]
  readonly count: number
}

function distinct(kept: Kept): Distinct {
  const events = withoutCopies(kept.events)
  const sightings = kept.events.length > 0 ? events : withoutCopies(kept.sightings)
  const keptBefore = kept.events.length > 0 ? kept.events.length : kept.sightings.length
  return { events, sightings, count: Math.max(kept.count - (keptBefore - sightings.length), sightings.length) }
}

function withoutCopies<T extends Sighting>(records: readonly T[]): readonly T[] {
  const best = new Map<string, T>()
  for (const record of [...records].sort(compareSightings)) {
    const key =
      `${record.channel}\0${record.recordId}\0${record.timeCreated}\0${record.eventId}\0${record.computer}`.toLowerCase()
    const other = best.get(key)
    if (other === undefined || certainty(record) > certainty(other)) best.set(key, record)
  }
  return [...best.values()].sort(compareSightings)
}

function certainty(record: Sighting): number {
  if (record.recovered === undefined) return 2
  return record.recovered === 'resync' ? 1 : 0
}

/** True when a record may convict or heal: what was found in slack only gives context. */
export function isWitness(record: Sighting): boolean {
  return record.recovered !== 'slack'
}
