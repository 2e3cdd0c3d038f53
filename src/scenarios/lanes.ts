import { countWhile } from '../bytes/count-while.ts'
import { ATTEMPT_BEFORE_FAILURE, CONNECTION_ACCEPTED, CONNECTION_RECEIVED } from '../correlate/attempts.ts'
import type { Boot } from '../correlate/boots.ts'
import { wasLookedAt } from '../correlate/coverage.ts'
import { isWitness, type KeptRecords } from '../correlate/matches.ts'
import { REMOTE_AUTHENTICATED, REMOTE_LOGON_AUDITED, remoteSessions } from '../correlate/remote-logons.ts'
import type { TimeRange, Windows } from '../correlate/windows.ts'
import {
  CONNECTION_MANAGER_OPERATIONAL,
  RDP_CORE_OPERATIONAL,
  SECURITY,
  SESSION_MANAGER_OPERATIONAL,
} from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import type { ChannelCoverage, HostAnalysis, Lane } from '../finding/analysis.ts'
import { halfHourOf } from '../finding/exhibit.ts'
import { type Finding, isOpen, type Role } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'
import type { Need } from '../query/need.ts'

type Mark = Lane['marks'][number]

/** The three steps of a connection, each as one list of records: a step that two channels show is counted once. */
export interface Connections {
  readonly attempted: readonly Sighting[]
  readonly authenticated: readonly Sighting[]
  readonly loggedOn: readonly Sighting[]
}

/** Where the records of each step stand: without any of these logs it is unknown, not zero. */
export const STEP_CHANNELS: Readonly<Record<keyof Connections, readonly string[]>> = {
  attempted: [CONNECTION_MANAGER_OPERATIONAL, RDP_CORE_OPERATIONAL],
  authenticated: [CONNECTION_MANAGER_OPERATIONAL],
  loggedOn: [SESSION_MANAGER_OPERATIONAL, SECURITY],
}

/**
 * The connections in a stretch of time. An attempt leaves a 261 and a 131, a logon a 21 and a 4624: the channel that
 * shows more of them counts, because the other was not collected or has lost its older records.
 *
 * @param lead attempts of so long before count as well, ticks
 */
export function connectionsIn(kept: KeptRecords, { start, end }: TimeRange, lead = 0n): Connections {
  const within = (records: readonly Sighting[], from = start) => {
    const before = countWhile(records.length, (i) => records[i]!.timeCreated < from)
    return records
      .slice(
        before,
        countWhile(records.length, (i) => records[i]!.timeCreated <= end),
      )
      .filter(isWitness)
  }
  const attempts = ({ id }: Need) => within(kept.sightings(id), start - lead)
  const more = (a: readonly Sighting[], b: readonly Sighting[]) => (a.length >= b.length ? a : b)
  // 22 follows every 21: it is the shell of a session that is counted already.
  const sessions = remoteSessions(kept).filter((event) => event.eventId !== 22)
  return {
    attempted: more(attempts(CONNECTION_RECEIVED), attempts(CONNECTION_ACCEPTED)),
    authenticated: within(kept.sightings(REMOTE_AUTHENTICATED.id)),
    loggedOn: more(within(sessions), within(kept.sightings(REMOTE_LOGON_AUDITED.id))),
  }
}

/** How many each step has; one that has none is left out unless a log was read that would show it. */
export function countConnections(
  { attempted, authenticated, loggedOn }: Connections,
  coverage: readonly ChannelCoverage[],
): HostAnalysis['connections'] {
  const isKnown = (records: readonly Sighting[], step: keyof Connections) =>
    records.length > 0 || STEP_CHANNELS[step].some((channel) => wasLookedAt(coverage, channel))
  return {
    ...(isKnown(attempted, 'attempted') ? { attempted: attempted.length } : {}),
    ...(isKnown(authenticated, 'authenticated') ? { authenticated: authenticated.length } : {}),
    ...(isKnown(loggedOn, 'loggedOn') ? { loggedOn: loggedOn.length } : {}),
  }
}

/**
 * The picture of the day, from the first moment that matters (window, boot, a finding that stands) to the log's end.
 */
export function lanesOf(
  kept: KeptRecords,
  boots: readonly Boot[],
  windows: Windows,
  findings: readonly Finding[],
): readonly Lane[] {
  const starts = findings.filter(isOpen).map(({ since }) => since)
  const start = [windows.window.start, ...starts].reduce((a, b) => (b < a ? b : a))
  const end = windows.log.end > windows.window.end ? windows.log.end : windows.window.end
  // The connection that brought the first failure came before it.
  const lead = start < windows.window.start ? ATTEMPT_BEFORE_FAILURE : 0n
  const { attempted, authenticated, loggedOn } = connectionsIn(kept, { start, end }, lead)
  return [
    {
      id: 'boots',
      title: sentence('lane.boots'),
      marks: boots.map((boot) => ({ time: boot.start, kind: 'boot', count: 1 })),
    },
    { id: 'triggers', title: sentence('lane.triggers'), marks: evidenceMarks(findings, 'trigger') },
    { id: 'support', title: sentence('lane.support'), marks: evidenceMarks(findings, 'support') },
    { id: 'heals', title: sentence('lane.heals'), marks: evidenceMarks(findings, 'heal') },
    { id: 'attempts', title: sentence('lane.attempts'), marks: countMarks(attempted, 'attempt', start) },
    { id: 'authenticated', title: sentence('lane.authenticated'), marks: countMarks(authenticated, 'authenticated') },
    { id: 'logons', title: sentence('lane.logons'), marks: countMarks(loggedOn, 'logon') },
  ]
}

/**
 * `kind` is the scenario and the event id, `evidence` the position of the bucket's first in that finding's evidence.
 */
function evidenceMarks(findings: readonly Finding[], role: Role): readonly Mark[] {
  const marks = findings.flatMap(({ scenario, evidence, moments }) => {
    const positions = new Map<string, number>()
    for (const [position, { role: its, eventId, timeCreated }] of evidence.entries()) {
      const key = `${halfHourOf(timeCreated)} ${eventId}`
      if (its === role && !positions.has(key)) positions.set(key, position)
    }
    return moments
      .filter((moment) => moment.role === role)
      .map(({ eventId, start: time, count }): Mark => {
        const position = positions.get(`${time} ${eventId}`)
        return { time, kind: `${scenario}:${eventId}`, count, ...(position !== undefined && { evidence: position }) }
      })
  })
  return marks.sort(byTimeAndKind)
}

/** @param start where the picture begins: what came just before is drawn there */
function countMarks(records: readonly Sighting[], kind: string, start = 0n): readonly Mark[] {
  const counts = new Map<bigint, number>()
  for (const { timeCreated } of records) {
    const time = halfHourOf(timeCreated < start ? start : timeCreated)
    counts.set(time, (counts.get(time) ?? 0) + 1)
  }
  return [...counts].map(([time, count]) => ({ time, kind, count })).sort(byTimeAndKind)
}

function byTimeAndKind(a: Mark, b: Mark): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1
  if (a.kind === b.kind) return 0
  return a.kind < b.kind ? -1 : 1
}
