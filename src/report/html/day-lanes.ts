import { listsBy } from '../../bytes/lists-by.ts'
import {
  BROKER_CLIENT_OPERATIONAL,
  BROKER_OPERATIONAL,
  CONNECTION_MANAGER_OPERATIONAL,
  EVENT_LOG,
  INTERNAL_DATABASE,
  LOCAL_SESSION_MANAGER,
  RDP_CORE,
  REMOTE_CONNECTION_MANAGER,
  SCHANNEL,
  SECURITY,
  SECURITY_AUDITING,
  SERVICE_CONTROL_MANAGER,
  SESSION_BROKER,
  SESSION_BROKER_CLIENT,
  SESSION_MANAGER_OPERATIONAL,
  SYSTEM,
  sameName,
  TERM_DD,
} from '../../event/source.ts'
import type { ChannelCoverage, ChannelState, Gap, HostAnalysis, Lane } from '../../finding/analysis.ts'
import { halfHourOf } from '../../finding/exhibit.ts'
import type { Evidence, Role } from '../../finding/finding.ts'
import { STEP_CHANNELS } from '../../scenarios/lanes.ts'
import type { DayView } from './day-view.ts'
import type { EvidenceRow } from './evidence-rows.ts'

/** A lane of the picture, from cause to effect. */
export const DAY_LANES = [
  'system',
  'key',
  'tls',
  'broker',
  'other',
  'attempts',
  'authenticated',
  'logons',
  'heals',
] as const
export type DayLaneId = (typeof DAY_LANES)[number]

/** Records of one role that stand so close together that they are one mark. */
export interface DayMark {
  readonly role: Role
  /** From the left, in percent. */
  readonly percent: number
  /** In the order of time; at least one. */
  readonly rows: readonly EvidenceRow[]
}

/** A stretch of a lane about which nothing is known. */
export interface Blank {
  /** In percent of the width. */
  readonly start: number
  readonly end: number
  readonly why: ChannelState | 'log-begins' | 'gap'
  /** Of record ids, where that is why; of several that are one in the picture, the first. */
  readonly gap?: Gap
}

/** One row of the picture. */
export interface DayLane {
  readonly id: DayLaneId
  readonly marks: readonly DayMark[]
  /** How much happened in each half hour, where that is what the lane shows. */
  readonly bars: Lane['marks']
  readonly blanks: readonly Blank[]
  /** Records that lie before the picture. */
  readonly earlier: readonly EvidenceRow[]
}

/** Marks nearer than this to the first of a bunch are one with it; in percent of the width. */
const ONE_MARK = 1.25

/** From what is drawn first, and may be covered, to what must be seen. */
const DRAWN: readonly Role[] = ['context', 'support', 'refute', 'heal', 'trigger']

/** Where a lane's records would stand: without these logs an empty lane is unknown, not empty. */
const CHANNELS: Readonly<Record<DayLaneId, readonly string[]>> = {
  system: [SYSTEM],
  key: [SYSTEM],
  tls: [SYSTEM],
  broker: [BROKER_OPERATIONAL, BROKER_CLIENT_OPERATIONAL],
  other: [],
  attempts: STEP_CHANNELS.attempted,
  authenticated: STEP_CHANNELS.authenticated,
  logons: STEP_CHANNELS.loggedOn,
  heals: [SESSION_MANAGER_OPERATIONAL, CONNECTION_MANAGER_OPERATIONAL, SECURITY, SYSTEM],
}

/** Told of also when they are empty: that nobody got in is what the picture is about. */
const ALWAYS: readonly DayLaneId[] = ['system', 'attempts', 'logons']

/**
 * The lanes of a host's picture that have something to say.
 *
 * @param alone false for one host among many: where bars count all there was, what only supports or gives context is
 * told by them
 */
export function dayLanes(
  host: HostAnalysis,
  rows: readonly EvidenceRow[],
  view: DayView,
  alone: boolean,
): readonly DayLane[] {
  const byLane = new Map<DayLaneId, EvidenceRow[]>(DAY_LANES.map((id) => [id, []]))
  for (const row of rows) byLane.get(laneOf(row.evidence))?.push(row)
  const unlisted = unlistedMarks(host)
  return DAY_LANES.map((id): DayLane => {
    const ofLane = byLane.get(id) ?? []
    const counted = host.lanes.find((lane) => lane.id === id)?.marks ?? unlisted.get(id) ?? []
    const bars = byHalfHour(counted.filter(({ time }) => isInside(view, time)))
    const told = alone || bars.length === 0 ? ofLane : ofLane.filter(({ evidence }) => !isCounted(evidence))
    return {
      id,
      marks: marksOf(
        told.filter(({ evidence }) => isInside(view, evidence.timeCreated)),
        view,
      ),
      bars,
      blanks: [...blanksOf(CHANNELS[id], host.coverage, view), ...gapsOf(CHANNELS[id], host.gaps, view)],
      earlier: told.filter(({ evidence }) => evidence.timeCreated < view.range.start),
    }
  }).filter((lane) => isShown(lane, host))
}

/** All records of findings by their lane, where not all of them are listed: marks alone would draw gaps. */
function unlistedMarks({ findings }: HostAnalysis): ReadonlyMap<DayLaneId | undefined, Lane['marks']> {
  const moments = findings.flatMap(({ evidence, moments: all }) => {
    if (all.reduce((sum, { count }) => sum + count, 0) <= evidence.length) return []
    const laneOfKind = new Map(evidence.map((item) => [`${item.role} ${item.eventId}`, laneOf(item)]))
    return all.map(({ role, eventId, start: time, count }) => {
      return { lane: laneOfKind.get(`${role} ${eventId}`), time, kind: 'half-hour', count }
    })
  })
  return listsBy(moments, ({ lane }) => lane)
}

/** One bar for each half hour, whatever kinds of records it counts. */
function byHalfHour(marks: Lane['marks']): Lane['marks'] {
  const counts = new Map<bigint, number>()
  for (const { time, count } of marks) {
    const start = halfHourOf(time)
    counts.set(start, (counts.get(start) ?? 0) + count)
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([time, count]) => ({ time, kind: 'half-hour', count }))
}

function isCounted({ role }: Evidence): boolean {
  return role === 'context' || role === 'support'
}

function isShown({ id, marks, bars, earlier }: DayLane, host: HostAnalysis): boolean {
  if (ALWAYS.includes(id) || marks.length + bars.length + earlier.length > 0) return true
  return id === 'heals' && host.findings.length > 0
}

/** Which part of the story a record belongs to. */
function laneOf({ role, provider, eventId }: Evidence): DayLaneId {
  const from = (name: string, ...ids: readonly number[]) =>
    sameName(provider, name) && (ids.length === 0 || ids.includes(eventId))
  if (role === 'heal') return 'heals'
  if (from(REMOTE_CONNECTION_MANAGER, 261) || from(RDP_CORE, 131)) return 'attempts'
  if (from(REMOTE_CONNECTION_MANAGER, 1149)) return 'authenticated'
  if (from(LOCAL_SESSION_MANAGER, 21, 22, 25) || from(SECURITY_AUDITING, 4624)) return 'logons'
  if (from(SCHANNEL) || from(TERM_DD)) return 'tls'
  if (from(REMOTE_CONNECTION_MANAGER) || from(LOCAL_SESSION_MANAGER, 17)) return 'key'
  if (from(SESSION_BROKER) || from(SESSION_BROKER_CLIENT) || from(INTERNAL_DATABASE)) return 'broker'
  return from(SERVICE_CONTROL_MANAGER) || from(EVENT_LOG) ? 'system' : 'other'
}

function isInside({ range }: DayView, time: bigint): boolean {
  return time >= range.start && time <= range.end
}

/** Bunches of each role, the most important role last: it is drawn over the others. */
function marksOf(rows: readonly EvidenceRow[], view: DayView): readonly DayMark[] {
  return DRAWN.flatMap((role) => {
    const bunches: { role: Role; percent: number; rows: EvidenceRow[] }[] = []
    for (const row of rows) {
      if (row.evidence.role !== role) continue
      const percent = view.at(row.evidence.timeCreated)
      const bunch = bunches.at(-1)
      if (bunch && percent - bunch.percent < ONE_MARK) bunch.rows.push(row)
      else bunches.push({ role, percent, rows: [row] })
    }
    return bunches
  })
}

/** All of the lane when no log of it was there; else what lies before the first record of any. */
function blanksOf(channels: readonly string[], coverage: readonly ChannelCoverage[], view: DayView): readonly Blank[] {
  const logs = coverage.filter(({ channel }) => channels.some((each) => sameName(each, channel)))
  if (logs.length === 0) return []
  const read = logs.filter(({ state }) => state === 'present' || state === 'empty')
  if (read.length === 0) {
    const why = logs.find(({ state }) => state === 'unreadable')?.state ?? 'not-collected'
    return [{ start: 0, end: 100, why }]
  }
  if (read.some(({ state, firstTime }) => state === 'empty' || firstTime === undefined)) return []
  const first = read.map(({ firstTime = 0n }) => firstTime).reduce((a, b) => (b < a ? b : a))
  if (first <= view.range.start) return []
  return [{ start: 0, end: Math.min(100, view.at(first)), why: 'log-begins' }]
}

/** Where record ids are missing, by the times of the records around; what is nearly one place is one. */
function gapsOf(channels: readonly string[], gaps: readonly Gap[], view: DayView): readonly Blank[] {
  const places = gaps.flatMap((gap): Blank[] => {
    const { afterWritten, beforeWritten } = gap
    if (afterWritten === undefined || beforeWritten === undefined || beforeWritten < afterWritten) return []
    if (!channels.some((channel) => sameName(channel, gap.channel))) return []
    if (beforeWritten < view.range.start || afterWritten > view.range.end) return []
    const start = Math.max(0, view.at(afterWritten))
    return [{ start, end: Math.min(100, view.at(beforeWritten)), why: 'gap', gap }]
  })
  const joined: Blank[] = []
  for (const place of places.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1)
    if (last && place.start - last.end < ONE_MARK)
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, place.end) }
    else joined.push(place)
  }
  return joined
}
