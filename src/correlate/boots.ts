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
  return starts.map((start, i) => {
    const next = starts[i + 1]
    const end = endOf(records, start, next)
    const base = { start: start.time, recordId: start.recordId }
    if (end !== undefined) return { ...base, end, how: 'clean' as const }
    return { ...base, how: next !== undefined && saysUnclean(records, next, starts[i + 2]) ? 'unexpected' : 'unknown' }
  })
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

/** The latest 13 or 6006 that belongs to the boot. */
function endOf(records: readonly Sighting[], start: Start, next: Start | undefined): bigint | undefined {
  let end: bigint | undefined
  for (const record of records) {
    if (record.eventId !== 13 && record.eventId !== 6006) continue
    if (record.recordId < start.recordId || record.timeCreated < start.time) continue
    const beforeNext = next === undefined || record.recordId < next.recordId || record.timeCreated < next.time
    const late = next !== undefined && record.recordId > next.recordId + ONE_START_RECORDS
    if (beforeNext && !late && (end === undefined || record.timeCreated > end)) end = record.timeCreated
  }
  return end
}

/** True when the start found that the boot before it ended without a goodbye (6008, Kernel-Power 41). */
function saysUnclean(records: readonly Sighting[], start: Start, next: Start | undefined): boolean {
  return records.some(
    (record) =>
      (record.eventId === 6008 || record.eventId === 41) &&
      record.recordId >= start.recordId - ONE_START_RECORDS &&
      (next === undefined || record.recordId < next.recordId) &&
      distance(record.timeCreated, start.time) <= ONE_START,
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
  if (jumps.length === 0) return boots.findLastIndex(({ start }) => start <= event.timeCreated)
  const order = eventOrder(jumps)
  const byRecord = sameName(event.channel, SYSTEM)
  const records = recordsOf(boots)
  return boots.findLastIndex(({ recordId, start }, i) => {
    if (recordId === undefined) return start <= event.timeCreated
    return byRecord ? recordId <= event.recordId : isSinceTime(event, records[i]!, order)
  })
}

/** The first record of each boot, made once for a host: an order of events knows again what it was asked before. */
const known = new WeakMap<readonly Boot[], readonly Written[]>()

function recordsOf(boots: readonly Boot[]): readonly Written[] {
  const records =
    known.get(boots) ??
    boots.map(({ recordId = 0, start }): Written => ({ channel: SYSTEM, recordId, timeCreated: start }))
  known.set(boots, records)
  return records
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
