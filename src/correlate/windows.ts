import { compareTicks } from '../bytes/filetime.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Boot } from './boots.ts'
import type { EventOrder } from './event-order.ts'
import type { LogPart, WindowOptions } from './host-input.ts'
import type { Reference } from './reference.ts'

/** Inclusive at both ends; FILETIME ticks. */
export interface TimeRange {
  readonly start: bigint
  readonly end: bigint
}

/** The three stretches of time that are evaluated. */
export interface Windows {
  /** Before the reference. */
  readonly window: TimeRange
  /** Since the last start before the reference; absent when no record tells of one. */
  readonly boot?: TimeRange
  /** All there is. */
  readonly log: TimeRange
}

/** The window that holds an event, the narrowest first. */
export type WindowName = 'window' | 'boot' | 'log'

/** The windows of a host that has records. */
export function windowsOf(
  reference: Reference,
  boots: readonly Boot[],
  parts: readonly LogPart[],
  options: WindowOptions,
): Windows {
  const log = wholeLog(parts, reference.time)
  const end = reference.time
  const absolute = options.since !== undefined || options.until !== undefined
  const start = absolute ? (options.since ?? log.start) : end - options.windowTicks
  // Records go before times: the last boot that the log tells of is the last, wherever the clock stood.
  const asked = reference.convictsUntil
  const boot = asked === undefined ? boots.at(-1) : boots.findLast((each) => each.start <= asked)
  // System may end long before other logs do: no boot between them, so it is the same boot to the end.
  const bootEnd = asked === undefined ? log.end : end
  return {
    window: { start, end },
    ...(boot === undefined ? {} : { boot: { start: boot.start, end: bootEnd } }),
    log,
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
  const { window, boot } = bounds.windows
  const end = bounds.convictsUntil ?? window.end + (window.end - window.start)
  const corrected = timeInForce(event, order)
  const inRange = (start: bigint, last: bigint) =>
    [event.timeCreated, corrected].some((time) => time >= start && time <= last)
  if (inRange(window.start, end)) return 'window'
  if (boot === undefined) return 'log'
  // Behind the window only the clock in force counts: one that ran ahead wrote such times before the boot.
  const sinceBoot = inRange(boot.start, boot.start > end ? boot.end : end)
  return sinceBoot || (corrected >= boot.start && corrected <= boot.end) ? 'boot' : 'log'
}

/** True when an event lies behind the end of the window. */
export function isBehindWindow(event: Sighting, { windows }: Bounds, order: EventOrder): boolean {
  return timeInForce(event, order) > windows.window.end
}

/** True when an event lies behind the reference that was asked for: it can heal or give context, not convict. */
export function isBehindReference(event: Sighting, bounds: Bounds, order: EventOrder): boolean {
  if (bounds.convictsUntil === undefined) return false
  return timeInForce(event, order) > bounds.convictsUntil
}

/** An event's time on the clock in force at the end, or the time it carries where the clock's moves leave that open. */
function timeInForce(event: Sighting, order: EventOrder): bigint {
  return order.correctedTime(event) ?? event.timeCreated
}
