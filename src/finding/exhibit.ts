import { MINUTE } from '../bytes/filetime.ts'
import { compareSightings } from '../correlate/order.ts'
import type { Sighting } from '../event/win-event.ts'
import { type Evidence, type Moment, ROLES, type Role } from './finding.ts'
import type { Sentence } from './sentence.ts'

/** One record that a scenario lays on the table, before it is decided how many are shown. */
export interface Exhibit {
  readonly role: Role
  /** A whole event, or where and when it stands. */
  readonly event: Sighting
  /** Asked of those that are shown: there may be ten thousands. */
  readonly tell: () => Told
}

/** What is told of a record. */
export interface Told {
  readonly decoded?: Readonly<Record<string, string>>
  readonly summary: Sentence
}

/** So many records of one role are shown in one finding: the first of all, and the newest. */
const SHOWN_PER_ROLE = 200

/** Exhibits in the form a finding has them. */
export interface EvidenceList {
  readonly evidence: readonly Evidence[]
  readonly counts: Readonly<Record<Role, number>>
  /** All exhibits, shown or not. */
  readonly moments: readonly Moment[]
  /** Positions in `evidence` of those of the events that are shown. */
  positionsOf(events: readonly Sighting[]): readonly number[]
}

/**
 * Orders and limits exhibits; the counts stay true.
 *
 * @param unkept matches by role that the scan counted and did not keep
 */
export function listEvidence(
  exhibits: readonly Exhibit[],
  unkept: Partial<Readonly<Record<Role, number>>>,
): EvidenceList {
  const counts: Record<Role, number> = { trigger: 0, support: 0, heal: 0, refute: 0, context: 0 }
  const shown: Exhibit[] = []
  for (const role of ROLES) {
    const ofRole = exhibits.filter((exhibit) => exhibit.role === role).sort(byEvent)
    counts[role] = ofRole.length + (unkept[role] ?? 0)
    const [first, ...rest] = ofRole
    if (first !== undefined) shown.push(first, ...rest.slice(Math.max(0, rest.length - (SHOWN_PER_ROLE - 1))))
  }
  shown.sort(byEvent)
  const positions = new Map(shown.map((exhibit, position) => [exhibit.event, position]))
  return {
    evidence: shown.map(toEvidence),
    counts,
    moments: momentsOf(exhibits),
    positionsOf(events) {
      const found = events.map((event) => positions.get(event)).filter((position) => position !== undefined)
      return found.sort((a, b) => a - b)
    },
  }
}

/** What moments, and the lanes of the day, count in: from midnight UTC. */
export const HALF_HOUR = 30n * MINUTE

/** The start of the half hour that a time lies in. */
export function halfHourOf(time: bigint): bigint {
  return time - (time % HALF_HOUR)
}

function momentsOf(exhibits: readonly Exhibit[]): readonly Moment[] {
  const moments = new Map<string, { -readonly [Key in keyof Moment]: Moment[Key] }>()
  for (const { role, event } of exhibits) {
    const { eventId } = event
    const start = halfHourOf(event.timeCreated)
    const key = `${start} ${eventId} ${role}`
    const known = moments.get(key)
    if (known) known.count++
    else moments.set(key, { role, eventId, start, count: 1 })
  }
  return [...moments.values()]
}

function byEvent(a: Exhibit, b: Exhibit): number {
  return compareSightings(a.event, b.event)
}

function toEvidence({ role, event, tell }: Exhibit): Evidence {
  const { decoded, summary } = tell()
  const { computer, channel, provider, eventId, recordId, timeCreated, file, offset, recovered, copies, level } = event
  const { template } = event
  const where = { role, computer, channel, provider, eventId, recordId, timeCreated, file, offset }
  const known = {
    ...(recovered === undefined ? {} : { recovered }),
    ...(template === undefined ? {} : { template }),
    ...(copies === undefined ? {} : { copies }),
    ...(level === undefined ? {} : { level }),
  }
  return { ...where, ...known, decoded: decoded ?? {}, summary }
}
