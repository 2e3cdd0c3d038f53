import { countWhile } from '../bytes/count-while.ts'
import { MINUTE } from '../bytes/filetime.ts'
import { EVENT_LOG, KERNEL_GENERAL, KERNEL_POWER, SYSTEM, sameName, USER32 } from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Need } from '../query/need.ts'
import type { ClockJump } from './clock.ts'
import { type EventOrder, eventOrder, isSinceTime, type Written } from './event-order.ts'
import { isWitness, type KeptRecords } from './matches.ts'

/** From one start of Windows to its end. */
export interface Boot {
  readonly start: bigint
  readonly end?: bigint
  /** How it ended: `clean` (it said so), `unexpected` (the next start found no goodbye), `unknown`. */
  readonly how: 'clean' | 'unexpected' | 'unknown'
  /** EventRecordID of the boot's first record in System. */
  readonly recordId?: number
}

/** Starts of which the fields are read: they say which Windows it is, and the last one that does decides. */
const STARTS_READ = 20

/** Kernel-General 12: the kernel started; its fields say which Windows it is. */
export const KERNEL_STARTED: Need = {
  id: 'kernel-started',
  provider: KERNEL_GENERAL,
  eventIds: [12],
  channels: [SYSTEM],
  as: 'event',
  newestWithFields: STARTS_READ,
}
const KERNEL_STOPPED: Need = {
  id: 'kernel-stopped',
  provider: KERNEL_GENERAL,
  eventIds: [13],
  channels: [SYSTEM],
  as: 'sighting',
}
const EVENT_LOG_STARTED: Need = {
  id: 'event-log-started',
  provider: EVENT_LOG,
  eventIds: [6005, 6006, 6008],
  channels: [SYSTEM],
  as: 'sighting',
}
/** EventLog 6009: the event log says which Windows it is, at each start. */
export const WINDOWS_VERSION_LOGGED: Need = {
  id: 'windows-version-logged',
  provider: EVENT_LOG,
  eventIds: [6009],
  channels: [SYSTEM],
  as: 'event',
  newestWithFields: STARTS_READ,
}
const UNCLEAN_START: Need = {
  id: 'unclean-start',
  provider: KERNEL_POWER,
  eventIds: [41],
  channels: [SYSTEM],
  as: 'sighting',
}
const SHUTDOWN_ASKED: Need = {
  id: 'shutdown-asked',
  provider: USER32,
  eventIds: [1074],
  channels: [SYSTEM],
  as: 'sighting',
}

/** All that shows starts and ends of Windows. */
export const BOOT_NEEDS: readonly Need[] = [
  KERNEL_STARTED,
  KERNEL_STOPPED,
  EVENT_LOG_STARTED,
  WINDOWS_VERSION_LOGGED,
  UNCLEAN_START,
  SHUTDOWN_ASKED,
]

/** A start writes 12, 6009 and 6005 within minutes, in any order; with a slow disk it took three. */
const ONE_START = 10n * MINUTE
/** The same in record numbers, for a start during which the clock was set. */
const ONE_START_RECORDS = 60

/** All records that tell of starts and ends, by record number. */
export function bootRecords(kept: KeptRecords): readonly Sighting[] {
  const records = BOOT_NEEDS.flatMap((need) => kept.sightings(need.id)).filter(isWitness)
  return records.sort((a, b) => a.recordId - b.recordId || a.eventId - b.eventId)
}

/**
 * The boots a System log tells of, in the order of their records. Records of a shutdown may stand after those of the
 * next start: they are flushed late, and go by their time.
 */
export function bootsOf(records: readonly Sighting[]): readonly Boot[] {
  const starts = startsOf(records.filter((record) => [12, 6005, 6009].includes(record.eventId)))
  const goodbyes = records.filter((record) => record.eventId === 13 || record.eventId === 6006)
  const complaints = records.filter((record) => record.eventId === 6008 || record.eventId === 41)
  return starts.map((start, i) => {
    const next = starts[i + 1]
    const end = endOf(goodbyes, start, next)
    const base = { start: start.time, recordId: start.recordId }
    if (end !== undefined) return { ...base, end, how: 'clean' as const }
    const isUnexpected = next !== undefined && saysUnclean(complaints, next, starts[i + 2])
    return { ...base, how: isUnexpected ? 'unexpected' : 'unknown' }
  })
}

/**
 * Of records in order of their numbers those with numbers from one to another. A hostile log has tens of thousands, and
 * as many starts to look from.
 */
function numbered(records: readonly Sighting[], from: number, to: number): readonly Sighting[] {
  const before = (number: number): number => countWhile(records.length, (i) => records[i]!.recordId < number)
  return records.slice(before(from), before(to + 1))
}

interface Start {
  readonly time: bigint
  readonly recordId: number
}

function startsOf(records: readonly Sighting[]): readonly Start[] {
  const clusters: Sighting[][] = []
  for (const record of records) {
    const cluster = clusters.at(-1)
    const last = cluster?.at(-1)
    const joins =
      cluster !== undefined &&
      last !== undefined &&
      !cluster.some((other) => other.eventId === record.eventId) &&
      (distance(last.timeCreated, record.timeCreated) <= ONE_START ||
        record.recordId - last.recordId <= ONE_START_RECORDS)
    if (joins) cluster.push(record)
    else clusters.push([record])
  }
  return clusters.map((cluster) => {
    const kernel = cluster.find((record) => record.eventId === 12)
    const first = cluster.reduce((a, b) => (b.timeCreated < a.timeCreated ? b : a))
    return { time: (kernel ?? first).timeCreated, recordId: Math.min(...cluster.map((record) => record.recordId)) }
  })
}

/** The latest goodbye (13, 6006) that belongs to the boot. */
function endOf(goodbyes: readonly Sighting[], start: Start, next: Start | undefined): bigint | undefined {
  const last = next === undefined ? Number.MAX_SAFE_INTEGER : next.recordId + ONE_START_RECORDS
  let end: bigint | undefined
  for (const { recordId, timeCreated } of numbered(goodbyes, start.recordId, last)) {
    if (timeCreated < start.time) continue
    const beforeNext = next === undefined || recordId < next.recordId || timeCreated < next.time
    if (beforeNext && (end === undefined || timeCreated > end)) end = timeCreated
  }
  return end
}

/** True when the start found that the boot before it ended without a goodbye (6008, Kernel-Power 41). */
function saysUnclean(complaints: readonly Sighting[], start: Start, next: Start | undefined): boolean {
  const last = next === undefined ? Number.MAX_SAFE_INTEGER : next.recordId - 1
  return numbered(complaints, start.recordId - ONE_START_RECORDS, last).some(
    ({ timeCreated }) => distance(timeCreated, start.time) <= ONE_START,
  )
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a
}

/**
 * Position of the boot that an event falls into, -1 before the first. By time; where the clock was moved, by record
 * number in System, and in other logs by the clock in force at the end.
 */
export function bootIndexOf(event: Sighting, boots: readonly Boot[], jumps: readonly ClockJump[]): number {
  const { earliest, records } = lookupOf(boots)
  if (jumps.length === 0) return countWhile(boots.length, (i) => earliest[i]! <= event.timeCreated) - 1
  const order = eventOrder(jumps)
  const byRecord = sameName(event.channel, SYSTEM)
  return boots.findLastIndex(({ recordId, start }, i) => {
    if (recordId === undefined) return start <= event.timeCreated
    return byRecord ? recordId <= event.recordId : isSinceTime(event, records[i]!, order)
  })
}

/** What boots are found by, made once for a host. */
interface Lookup {
  /** The earliest start from each boot on: at a time the last boot has begun that has such a one. */
  readonly earliest: readonly bigint[]
  /** The first record of each boot: an order of events knows again what it was asked before. */
  readonly records: readonly Written[]
}

const known = new WeakMap<readonly Boot[], Lookup>()

function lookupOf(boots: readonly Boot[]): Lookup {
  const met = known.get(boots)
  if (met) return met
  const earliest = boots.map(({ start }) => start)
  for (let i = earliest.length - 2; i >= 0; i--) if (earliest[i + 1]! < earliest[i]!) earliest[i] = earliest[i + 1]!
  const records = boots.map(({ recordId = 0, start }): Written => ({ channel: SYSTEM, recordId, timeCreated: start }))
  const lookup = { earliest, records }
  known.set(boots, lookup)
  return lookup
}

/**
 * When a boot began on the clock in force at the end, where its own clock ran ahead and so was wrong for certain. One
 * that was set forward may have stood still while time went on.
 */
export function startInForce({ start, recordId }: Boot, order: EventOrder): bigint {
  if (recordId === undefined) return start
  const corrected = order.correctedTime({ channel: SYSTEM, recordId, timeCreated: start })
  return corrected !== undefined && corrected < start ? corrected : start
}
