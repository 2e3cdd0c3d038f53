import { compareText } from '../bytes/compare-text.ts'
import { listsBy } from '../bytes/lists-by.ts'
import {
  BROKER_CLIENT_OPERATIONAL,
  BROKER_OPERATIONAL,
  CAPI2_OPERATIONAL,
  CONNECTION_MANAGER_OPERATIONAL,
  EVENT_LOG_SERVICE,
  RDP_CORE_OPERATIONAL,
  SECURITY,
  SESSION_MANAGER_OPERATIONAL,
  SYSTEM,
  sameName,
} from '../event/source.ts'
import { field } from '../event/win-event.ts'
import type { Need } from '../query/need.ts'
import type { ChannelGaps } from './gaps.ts'
import type { ChannelPart, LogPart, SilentLog } from './host-input.ts'
import { isWitness, type KeptRecords } from './matches.ts'
import type { TimeRange } from './windows.ts'

/** `present`: has records. `empty`: the log is there without one. `not-collected`: no such file was given. */
export type ChannelState = 'present' | 'empty' | 'not-collected' | 'unreadable'

/** What was there to look at in one channel. */
export interface ChannelCoverage {
  readonly channel: string
  readonly state: ChannelState
  /** The log, or the first of them. */
  readonly file?: string
  readonly records?: number
  readonly firstTime?: bigint
  readonly lastTime?: bigint
  /** The log was not closed: usual on a snapshot. */
  readonly dirty?: boolean
  /** Its oldest record is younger than the window's start: what came before is gone. */
  readonly startsInsideWindow?: boolean
  /** Time of the latest 104 or 1102 that says this log was cleared. */
  readonly cleared?: bigint
  /** Places where record ids are missing between two that are there, and how many are missing in all. */
  readonly gaps?: number
  readonly missingRecords?: number
}

const LOG_CLEARED: Need = {
  id: 'log-cleared',
  provider: EVENT_LOG_SERVICE,
  eventIds: [104],
  channels: [SYSTEM],
  as: 'event',
}
const AUDIT_LOG_CLEARED: Need = {
  id: 'audit-log-cleared',
  provider: EVENT_LOG_SERVICE,
  eventIds: [1102],
  channels: [SECURITY],
  as: 'sighting',
}

/** All that shows a log being cleared. */
export const COVERAGE_NEEDS: readonly Need[] = [LOG_CLEARED, AUDIT_LOG_CLEARED]

/** Channels that an RDP question is answered from; always told of, there or not, in this order. */
const RDP_CHANNELS: readonly string[] = [
  SYSTEM,
  SECURITY,
  CONNECTION_MANAGER_OPERATIONAL,
  SESSION_MANAGER_OPERATIONAL,
  RDP_CORE_OPERATIONAL,
  BROKER_OPERATIONAL,
  BROKER_CLIENT_OPERATIONAL,
  CAPI2_OPERATIONAL,
]

/** What a host's logs cover: the channels that matter for RDP first, then all others by name. */
export function coverageOf(
  parts: readonly LogPart[],
  silent: readonly SilentLog[],
  kept: KeptRecords,
  window: TimeRange | undefined,
  gaps: readonly ChannelGaps[],
): readonly ChannelCoverage[] {
  const seen = [
    ...parts.flatMap((part) => part.channels.map((channel) => channel.channel)),
    ...silent.map((log) => log.channel),
  ]
  const others = new Map<string, string>()
  for (const channel of seen.sort(compareText)) {
    if (channel === '' || RDP_CHANNELS.some((known) => sameName(known, channel))) continue
    if (!others.has(channel.toLowerCase())) others.set(channel.toLowerCase(), channel)
  }
  const clearings = clearingsOf(kept)
  const present = channelsOf(parts)
  return [...RDP_CHANNELS, ...others.values()].map((channel) => {
    const cleared = clearings.get(channel.toLowerCase())
    const lacks = gaps.find((each) => sameName(each.channel, channel))
    return {
      ...coverageOfOne(channel, present.get(channel.toLowerCase()) ?? [], silent, window),
      ...(cleared === undefined ? {} : { cleared }),
      ...(lacks === undefined ? {} : { gaps: lacks.count, missingRecords: lacks.missing }),
    }
  })
}

/** What was there of one channel; undefined where a host's coverage does not name it. */
export function channelCoverage(coverage: readonly ChannelCoverage[], channel: string): ChannelCoverage | undefined {
  return coverage.find((each) => sameName(each.channel, channel))
}

/** The state of one channel in a host's coverage. */
export function channelState(coverage: readonly ChannelCoverage[], channel: string): ChannelState {
  return channelCoverage(coverage, channel)?.state ?? 'not-collected'
}

/** True where a channel could be looked at: that it holds nothing means that there was nothing. */
export function wasLookedAt(coverage: readonly ChannelCoverage[], channel: string): boolean {
  const state = channelState(coverage, channel)
  return state === 'present' || state === 'empty'
}

/** A channel in one log. */
interface Present extends ChannelPart {
  readonly part: LogPart
}

/** Where each channel is present, by its name in lower case: a hostile log has a hundred thousand. */
function channelsOf(parts: readonly LogPart[]): ReadonlyMap<string, readonly Present[]> {
  const all = parts.flatMap((part) => part.channels.map((channel): Present => ({ part, ...channel })))
  return listsBy(all, ({ channel }) => channel.toLowerCase())
}

function coverageOfOne(
  channel: string,
  present: readonly Present[],
  silent: readonly SilentLog[],
  window: TimeRange | undefined,
): ChannelCoverage {
  const found = [...present].sort((a, b) => compareText(a.part.file, b.part.file))
  const first = found[0]
  if (first === undefined) {
    const logs = silent.filter((log) => sameName(log.channel, channel)).sort((a, b) => compareText(a.file, b.file))
    const log = logs.find((each) => each.state === 'unreadable') ?? logs[0]
    if (log === undefined) return { channel, state: 'not-collected' }
    return { channel, state: log.state, file: log.file, ...(log.dirty ? { dirty: true } : {}) }
  }
  const firstTime = found.reduce((time, each) => (each.firstTime < time ? each.firstTime : time), first.firstTime)
  const lastTime = found.reduce((time, each) => (each.lastTime > time ? each.lastTime : time), first.lastTime)
  return {
    channel,
    state: 'present',
    file: first.part.file,
    records: found.reduce((sum, each) => sum + each.records, 0),
    firstTime,
    lastTime,
    ...(found.some(({ part }) => part.dirty) ? { dirty: true } : {}),
    ...(window !== undefined && firstTime > window.start && firstTime <= window.end
      ? { startsInsideWindow: true }
      : {}),
  }
}

/** Latest time of clearing by channel in lower case. */
function clearingsOf(kept: KeptRecords): ReadonlyMap<string, bigint> {
  const latest = new Map<string, bigint>()
  const note = (channel: string, time: bigint) => {
    const key = channel.toLowerCase()
    if (time > (latest.get(key) ?? -1n)) latest.set(key, time)
  }
  for (const event of kept.events(LOG_CLEARED.id).filter(isWitness)) {
    const channel = field(event, 'Channel')
    if (channel !== undefined) note(channel.trim(), event.timeCreated)
  }
  for (const event of kept.sightings(AUDIT_LOG_CLEARED.id).filter(isWitness)) note(SECURITY, event.timeCreated)
  return latest
}
