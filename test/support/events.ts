import { HOUR, parseIso, SECOND } from '../../src/bytes/filetime.ts'
import type { HostInput, Kept, LogPart, SilentLog, WindowOptions } from '../../src/correlate/host-input.ts'
import type { Matches } from '../../src/correlate/matches.ts'
import { matchesOf } from '../../src/correlate/matches.ts'
import { compareSightings } from '../../src/correlate/order.ts'
import { isNetworkAddress } from '../../src/event/session-address.ts'
import {
  BROKER_CLIENT_OPERATIONAL,
  BROKER_OPERATIONAL,
  CONNECTION_MANAGER_OPERATIONAL,
  EVENT_LOG,
  KERNEL_GENERAL,
  LOCAL_SESSION_MANAGER,
  RDP_CORE,
  RDP_CORE_OPERATIONAL,
  REMOTE_CONNECTION_MANAGER,
  SCHANNEL,
  SESSION_BROKER,
  SESSION_BROKER_CLIENT,
  SESSION_MANAGER_OPERATIONAL,
  SYSTEM,
} from '../../src/event/source.ts'
import { type DataItem, field, type WinEvent } from '../../src/event/win-event.ts'
import type { DescribedPayload, EventDescription } from '../../src/evtx/write/event-description.ts'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import type { HostAnalysis } from '../../src/finding/analysis.ts'
import type { Finding } from '../../src/finding/finding.ts'
import type { Need } from '../../src/query/need.ts'
import { allNeeds } from '../../src/scenarios/catalogue.ts'
import { judgeHost } from '../../src/scenarios/judge-host.ts'

/** Ticks of an ISO time; one without a date is of the day the stories happen on, 2026-03-14. */
export function ticks(time: string): bigint {
  const parsed = parseIso(time.includes('-') ? time : `2026-03-14T${time}`)
  if (parsed === undefined) throw new Error(`No time: "${time}"`)
  return parsed.ticks
}

type Extra = Partial<Omit<WinEvent, 'timeCreated'>>

/** An event; what a test does not say is that of RDS01's System log. Records are numbered by `hostInput` where not said. */
export function event(provider: string, eventId: number, time: string, extra: Extra = {}): WinEvent {
  const channel = extra.channel ?? SYSTEM
  return {
    provider,
    eventId,
    timeCreated: ticks(time),
    channel,
    computer: 'RDS01',
    recordId: 0,
    file: `${channel.replace('/', '%4')}.evtx`,
    offset: 0,
    data: [],
    ...extra,
  }
}

/** What our writer makes the event's record from. */
export function describedAs({
  provider,
  eventId,
  timeCreated,
  channel,
  computer,
  data,
  ...more
}: WinEvent): EventDescription {
  const payload: DescribedPayload = data.some(({ name }) => name !== undefined)
    ? { kind: 'eventData', items: data }
    : { kind: 'classic', strings: data.map(({ value }) => value) }
  const { processId } = more
  return {
    provider: { name: provider },
    eventId,
    timeCreated,
    channel,
    computer,
    payload,
    ...(processId && { processId }),
  }
}

/** `<Data Name=…>` of each entry. */
export function named(fields: Readonly<Record<string, string>>): readonly DataItem[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }))
}

/** `<Data>` without names. */
export function unnamed(...values: readonly string[]): readonly DataItem[] {
  return values.map((value) => ({ value }))
}

/** UTF-16 in upper-case hex, as `Binary` has it. */
export function utf16Hex(text: string): string {
  return Buffer.from(text, 'utf16le').toString('hex').toUpperCase()
}

const DENIED = 'Access is denied.'

/** RemoteConnectionManager 1058. */
export function replaceFailed(time: string, status = DENIED, extra: Extra = {}): WinEvent {
  return event(REMOTE_CONNECTION_MANAGER, 1058, time, { data: unnamed(status), ...extra })
}

/** RemoteConnectionManager 1057. */
export function createFailed(time: string, status = DENIED, extra: Extra = {}): WinEvent {
  return event(REMOTE_CONNECTION_MANAGER, 1057, time, { data: unnamed(status), ...extra })
}

/** RemoteConnectionManager 1056. */
export function certificateMade(time: string, extra: Extra = {}): WinEvent {
  return event(REMOTE_CONNECTION_MANAGER, 1056, time, { data: unnamed('RDS01'), ...extra })
}

/** Schannel 36870, of a server unless said otherwise. */
export function keyUnusable(time: string, fields: Readonly<Record<string, string>> = {}, extra: Extra = {}): WinEvent {
  const data = named({ Type: 'server', ErrorCode: '0x8009030d', ErrorStatus: '10001', ...fields })
  return event(SCHANNEL, 36870, time, { data, ...extra })
}

/** Schannel 36871, of a server in state 10013 unless said otherwise. */
export function credentialFailed(
  time: string,
  fields: Readonly<Record<string, string>> = {},
  extra: Extra = {},
): WinEvent {
  return event(SCHANNEL, 36871, time, { data: named({ Type: 'server', ErrorState: '10013', ...fields }), ...extra })
}

/** RdpCoreTS 131. */
export function attempt(time: string, extra: Extra = {}): WinEvent {
  return event(RDP_CORE, 131, time, { channel: RDP_CORE_OPERATIONAL, ...extra })
}

/** RdpCoreTS 140. */
export function passwordRefused(time: string): WinEvent {
  return event(RDP_CORE, 140, time, { channel: RDP_CORE_OPERATIONAL })
}

/** RemoteConnectionManager 258, which tells TermService's process. */
export function listenerStarted(time: string, processId: number): WinEvent {
  return event(REMOTE_CONNECTION_MANAGER, 258, time, { channel: CONNECTION_MANAGER_OPERATIONAL, processId })
}

/** RemoteConnectionManager 1149. */
export function authenticated(time: string, extra: Extra = {}): WinEvent {
  return event(REMOTE_CONNECTION_MANAGER, 1149, time, { channel: CONNECTION_MANAGER_OPERATIONAL, ...extra })
}

/** LocalSessionManager 21. */
export function sessionLogon(time: string, address: string, extra: Extra = {}): WinEvent {
  const data = named({ User: 'CONTOSO\\ada', SessionID: '3', Address: address })
  return event(LOCAL_SESSION_MANAGER, 21, time, { channel: SESSION_MANAGER_OPERATIONAL, data, ...extra })
}

/** SessionBroker 2056. */
export function databaseFailed(time: string, extra: Extra = {}): WinEvent {
  const data = named({ param1: 'NULL', param2: 'NULL', param3: 'Logon to the database failed.' })
  return event(SESSION_BROKER, 2056, time, { channel: BROKER_OPERATIONAL, data, ...extra })
}

/** SessionBroker-Client 1296. */
export function redirectionFailed(time: string, extra: Extra = {}): WinEvent {
  const data = named({ param1: 'CONTOSO', param2: 'ada', param3: 'Remote Desktop Connection Broker is not ready.' })
  return event(SESSION_BROKER_CLIENT, 1296, time, { channel: BROKER_CLIENT_OPERATIONAL, data, ...extra })
}

/** SessionBroker-Client 1281: joined the farm on a broker. */
export function brokerJoined(time: string, broker: string, extra: Extra = {}): WinEvent {
  const data = named({ param1: broker })
  return event(SESSION_BROKER_CLIENT, 1281, time, { channel: BROKER_CLIENT_OPERATIONAL, data, ...extra })
}

/** Kernel-General 12, the start of Windows. */
export function booted(time: string, extra: Extra = {}): WinEvent {
  return event(KERNEL_GENERAL, 12, time, { data: named({ BuildVersion: '17763' }), ...extra })
}

/** Kernel-General 1: the clock was set; the record carries the new time. */
export function clockSet(from: string, to: string, extra: Extra = {}): WinEvent {
  return event(KERNEL_GENERAL, 1, to, { data: named({ NewTime: iso(to), OldTime: iso(from) }), ...extra })
}

function iso(time: string): string {
  return time.includes('-') ? time : `2026-03-14T${time}Z`
}

/** EventLog 6011: the computer was renamed. */
export function renamed(time: string, from: string, to: string, extra: Extra = {}): WinEvent {
  return event(EVENT_LOG, 6011, time, { data: unnamed(from, to), ...extra })
}

/** Some record of a log, so that it exists and ends at a time. */
export function anything(time: string, extra: Extra = {}): WinEvent {
  return event('Anything', 1, time, extra)
}

/** What a test may say of a host besides its events. */
export interface HostStory {
  readonly needs?: readonly Need[]
  readonly silent?: readonly SilentLog[]
  /** True counts by need id, where more matched than are kept. */
  readonly counts?: Readonly<Record<string, number>>
  /** What lies beside its logs. */
  readonly facts?: MachineFacts
  /** Drive that its disk is attached as. */
  readonly drive?: string
}

/** A host's input from events in the order they were written: a record without number gets the next of its file. */
export function hostInput(events: readonly WinEvent[], story: HostStory = {}): HostInput {
  const numbered = numberRecords(events)
  const kept = new Map<string, Kept>()
  for (const need of story.needs ?? allNeeds()) {
    const found = numbered.filter((each) => answers(each, need)).sort(compareSightings)
    const count = story.counts?.[need.id] ?? found.length
    if (found.length > 0)
      kept.set(need.id, {
        events: need.as === 'event' ? found : [],
        sightings: need.as === 'event' ? [] : found,
        count,
      })
  }
  const computers = [...new Set(numbered.map((each) => each.computer))]
  return { host: computers[0] ?? 'RDS01', computers, parts: partsOf(numbered), silent: story.silent ?? [], kept }
}

/** The matches of a host's input, for what stands below scenarios. */
export function matches(...events: readonly WinEvent[]): Matches {
  return matchesOf(hostInput(events))
}

export function numberRecords(events: readonly WinEvent[]): readonly WinEvent[] {
  const next = new Map<string, number>()
  return events.map((each) => {
    const recordId = each.recordId || (next.get(each.file) ?? 1)
    next.set(each.file, Math.max(next.get(each.file) ?? 1, recordId + 1))
    return { ...each, recordId, offset: each.offset || recordId * 512 }
  })
}

/** The plainest reading of a need: what the scan's query must be equal to. */
function answers(each: WinEvent, need: Need): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  if (!same(each.provider, need.provider) || !need.eventIds.includes(each.eventId)) return false
  if (need.channels !== undefined && !need.channels.some((channel) => same(channel, each.channel))) return false
  return (need.where ?? []).every((test) => {
    const value = field(each, test.name)
    if ('is' in test) return isNetworkAddress(value)
    if ('secondsApart' in test) {
      const [a, b] = [value, field(each, test.other)].map((text) => parseIso(text ?? '')?.ticks)
      return a !== undefined && b !== undefined && (a > b ? a - b : b - a) > BigInt(test.secondsApart) * SECOND
    }
    return (value !== undefined && test.values.some((wanted) => same(wanted, value))) !== (test.negate ?? false)
  })
}

/** What the scan would count of these events, log by log. */
export function partsOf(events: readonly WinEvent[], more: Partial<LogPart> = {}): readonly LogPart[] {
  return groupBy(events, (each) => `${each.file}\0${each.computer}`).map((group, appearance) => {
    const channels = groupBy(group, (each) => each.channel).map((records) => {
      const channel = records[0]!.channel
      const byTime = records.map((each) => each.timeCreated).sort((a, b) => (a < b ? -1 : 1))
      const highest = records.reduce((a, b) => (b.recordId > a.recordId ? b : a))
      return {
        channel,
        records: records.length,
        firstTime: byTime[0]!,
        lastTime: byTime.at(-1)!,
        highestRecordId: highest.recordId,
        timeOfHighest: highest.timeCreated,
        lowestRecordId: Math.min(...records.map((each) => each.recordId)),
      }
    })
    const { file, computer } = group[0]!
    const where = { root: 0, rootKind: 'volume', rootLabel: 'disk', forwarded: false, dirty: false } as const
    return { file, computer, appearance, channels, ...where, ...more }
  })
}

function groupBy(events: readonly WinEvent[], keyOf: (each: WinEvent) => string): readonly (readonly WinEvent[])[] {
  return [...new Set(events.map(keyOf))].map((key) => events.filter((each) => keyOf(each) === key))
}

export const LAST_DAY: WindowOptions = { windowText: '24h', windowTicks: 24n * HOUR, reference: 'last-event' }

/** What is said of a host with these events. */
export function judge(
  events: readonly WinEvent[],
  options: Partial<WindowOptions> = {},
  story: HostStory = {},
): HostAnalysis {
  const { facts, drive } = story
  const beside = { ...(facts && { facts }), ...(drive !== undefined && { drive }) }
  return judgeHost({ ...hostInput(events, story), ...beside }, { ...LAST_DAY, ...options })
}

/** The finding of one scenario for a host with these events. */
export function finding(
  scenario: string,
  events: readonly WinEvent[],
  options: Partial<WindowOptions> = {},
  story: HostStory = {},
): Finding | undefined {
  return judge(events, options, story).findings.find((each) => each.scenario === scenario)
}
