import { listsBy } from '../bytes/lists-by.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { HostInput, Kept } from './host-input.ts'
import { inOrder } from './order.ts'

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
  const single = mayHoldCopies(kept) ? withoutCopies : inOrder
  const events = single(kept.events)
  // Those without fields are more, or none.
  const sightings = kept.sightings.length > kept.events.length ? single(kept.sightings) : events
  const keptBefore = Math.max(kept.events.length, kept.sightings.length)
  return { events, sightings, count: Math.max(kept.count - (keptBefore - sightings.length), sightings.length) }
}

/** Each event once, where it is surest; it says where else it stands. */
function withoutCopies<T extends Sighting & { readonly data?: WinEvent['data'] }>(records: readonly T[]): readonly T[] {
  const alike = listsBy(inOrder(records), identityOf)
  return inOrder([...alike.values()].map(withItsCopies))
}

/** What makes an event of one host the same event, wherever it stands; what it says too, where that is known. */
function identityOf(record: Sighting & { readonly data?: WinEvent['data'] }): string {
  const { channel, recordId, timeCreated, eventId, computer, data = [] } = record
  const said = data.map(({ name = '', value }) => `${name}\0${value}`).join('\0')
  return `${`${channel}\0${recordId}\0${timeCreated}\0${eventId}\0${computer}`.toLowerCase()}\0${said}`
}

/** @param alike in order, one at least */
function withItsCopies<T extends Sighting>(alike: readonly T[]): T {
  const best = alike.reduce((a, b) => (certainty(b) > certainty(a) ? b : a))
  if (alike.length === 1) return best
  const copies = alike
    .filter((record) => record !== best)
    .map(({ file, offset, recovered }) => ({ file, offset, ...(recovered && { recovered }) }))
  return { ...best, copies }
}

/**
 * How many records of each log repeat one that stands elsewhere, by the log's name, among those that answer the needs:
 * no other is compared.
 */
export function duplicatesIn(input: Pick<HostInput, 'kept'>): ReadonlyMap<string, number> {
  const places = new Map<string, Set<number>>()
  for (const kept of input.kept.values()) {
    if (!mayHoldCopies(kept)) continue
    const { sightings } = distinct(kept)
    for (const { file, offset } of sightings.flatMap(({ copies = [] }) => copies)) {
      places.set(file, (places.get(file) ?? new Set()).add(offset))
    }
  }
  return new Map([...places].map(([file, offsets]) => [file, offsets.size]))
}

function certainty(record: Sighting): number {
  if (record.recovered === undefined) return 2
  return record.recovered === 'slack' ? 0 : 1
}

/**
 * False for one record at most, and where each channel lies in one log, without anything recovered: so it is on most
 * hosts, and none need be compared.
 */
function mayHoldCopies({ events, sightings }: Kept): boolean {
  if (events.length < 2 && sightings.length < 2) return false
  const fileOf = new Map<string, string>()
  return [events, sightings].some((records) => {
    let last: Sighting | undefined
    return records.some((record) => {
      const { channel, file, recovered } = record
      if (recovered !== undefined) return true
      // Nearly all stand in the log of the one before, and there may be ten thousands.
      if (channel === last?.channel && file === last.file) return false
      last = record
      const known = fileOf.get(channel)
      if (known === undefined) fileOf.set(channel, file)
      return known !== undefined && known !== file
    })
  })
}

/** True when a record may convict or heal: what was found in slack only gives context. */
export function isWitness(record: Sighting): boolean {
  return record.recovered !== 'slack'
}
