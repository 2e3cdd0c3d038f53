import { compareTicks } from '../bytes/filetime.ts'
import { SYSTEM, sameName } from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import { type Boot, startInForce } from './boots.ts'
import type { ClockJump } from './clock.ts'
import { type EventOrder, eventOrder, isSinceTime } from './event-order.ts'
import type { LogPart, WindowOptions } from './host-input.ts'
import type { Reference } from './reference.ts'

/** Inclusive at both ends; FILETIME ticks. */
export interface TimeRange {
  readonly start: bigint
  readonly end: bigint
}

/** Since a start of Windows. Where its clock ran ahead then, the start is told by the clock in force at the end. */
export interface BootRange extends TimeRange {
  /** EventRecordID of the boot's first record in System. */
  readonly recordId?: number
  /** The start as its record carries it, where that is another time. */
  readonly startWritten?: bigint
}

/** The three stretches of time that are evaluated. */
export interface Windows {
  /** Before the reference. */
  readonly window: TimeRange
  /** Since the last start before the reference; absent when no record tells of one. */
  readonly boot?: BootRange
  /** All there is. */
  readonly log: TimeRange
}

/** The window that holds an event, the narrowest first. */
export type WindowName = 'window' | 'boot' | 'log'

/**
 * The windows of a host that has records.
 *
 * @param options how far to look, and how the clock was moved
 */
export function windowsOf(
  reference: Reference,
  boots: readonly Boot[],
  parts: readonly LogPart[],
  options: WindowOptions & { readonly clockJumps?: readonly ClockJump[] },
): Windows {
  const log = wholeLog(parts, reference.time)
  const end = reference.time
  const absolute = options.since !== undefined || options.until !== undefined
  const start = absolute ? (options.since ?? log.start) : end - options.windowTicks
  // Records go before times: the last boot that the log tells of is the last, wherever the clock stood.
  const asked = reference.convictsUntil
  const order = eventOrder(options.clockJumps ?? [])
  const ranges = boots.map((each) => beginOf(each, order))
  const boot = asked === undefined ? ranges.at(-1) : ranges.findLast(({ start: began }) => began <= asked)
  // System may end long before other logs do: no boot between them, so it is the same boot to the end.
  const bootEnd = asked === undefined ? log.end : end
  return {
    window: { start, end },
    ...(boot === undefined ? {} : { boot: { ...boot, end: bootEnd } }),
    log,
  }
}

function beginOf(boot: Boot, order: EventOrder): Omit<BootRange, 'end'> {
  const { start, recordId } = boot
  const inForce = startInForce(boot, order)
  return {
    start: inForce,
    ...(recordId !== undefined && { recordId }),
    ...(inForce !== start && { startWritten: start }),
  }
}

function wholeLog(parts: readonly LogPart[], fallback: bigint): TimeRange {
  const channels = parts.flatMap((part) => part.channels)
  const first = channels.map((channel) => channel.firstTime).sort(compareTicks)[0]
  const last = channels
    .map((channel) => channel.lastTime)
    .sort(compareTicks)
    .at(-1)
  return { start: first ?? fallback, end: last ?? fallback }
}

/** The bounds of a host's windows, and what may stand behind the window's end. */
export interface Bounds {
  readonly windows: Windows
  /**
   * Later triggers are context only. Undefined: the window ends at the last event of one log, and others may go on a
   * little.
   */
  readonly convictsUntil?: bigint
}

/**
 * The first window that holds an event, by the time it carries or by what that time is on the clock in force at the
 * end. Behind a window that ends at the last event, as much again still counts as the window: System is quiet for hours
 * while other logs are written.
 */
export function windowHolding(event: Sighting, bounds: Bounds, order: EventOrder): WindowName {
  const { boot } = bounds.windows
  const corrected = order.timeInForce(event)
  if (isInWindow(event.timeCreated, bounds)) return 'window'
  const isSince = boot !== undefined && isSinceBoot(event, boot, order)
  // Set forward, the clock may have stood still while time went on: then what came before a start is over.
  const mayBeOver = corrected > event.timeCreated && boot !== undefined && !isSince
  if (isInWindow(corrected, bounds) && !mayBeOver) return 'window'
  if (!isSince) return 'log'
  return corrected <= boot.end || event.timeCreated <= endOf(bounds) ? 'boot' : 'log'
}

/**
 * The time on the clock in force at the end that lies in the window, where the time an event carries does not; undefined
 * otherwise.
 */
export function correctedIntoWindow(event: Sighting, bounds: Bounds, order: EventOrder): bigint | undefined {
  const corrected = order.timeInForce(event)
  return isInWindow(corrected, bounds) && !isInWindow(event.timeCreated, bounds) ? corrected : undefined
}

function endOf({ windows: { window }, convictsUntil }: Bounds): bigint {
  return convictsUntil ?? window.end + (window.end - window.start)
}

function isInWindow(time: bigint, bounds: Bounds): boolean {
  return time >= bounds.windows.window.start && time <= endOf(bounds)
}

function isSinceBoot(event: Sighting, boot: BootRange, order: EventOrder): boolean {
  const { recordId, start, startWritten = start } = boot
  if (recordId === undefined) return order.timeInForce(event) >= start
  // A record of the boot before may be flushed late, behind those of the start: then its time tells.
  if (sameName(event.channel, SYSTEM) && event.recordId < recordId) return false
  return isSinceTime(event, { channel: SYSTEM, recordId, timeCreated: startWritten }, order)
}

/** True when an event lies behind the end of the window. */
export function isBehindWindow(event: Sighting, { windows }: Bounds, order: EventOrder): boolean {
  return order.timeInForce(event) > windows.window.end
}

/** True when an event lies behind the reference that was asked for: it can heal or give context, not convict. */
export function isBehindReference(event: Sighting, bounds: Bounds, order: EventOrder): boolean {
  if (bounds.convictsUntil === undefined) return false
  return order.timeInForce(event) > bounds.convictsUntil
}
