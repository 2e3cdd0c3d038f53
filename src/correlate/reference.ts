import { SYSTEM, sameName } from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import { type Boot, bootIndexOf, startInForce } from './boots.ts'
import type { ClockJump } from './clock.ts'
import { type EventOrder, eventOrder } from './event-order.ts'
import type { ChannelPart, LogPart, WindowOptions } from './host-input.ts'

/**
 * `no-boot`: the last event, because no record tells of the boot that was asked for. `before-boot`: just before that
 * boot, because no record of System from before it was kept. `nothing-before-boot`: just before all that is left, because
 * the logs begin with it.
 */
export type ReferenceKind =
  | 'system-log'
  | 'other-logs'
  | 'last-boot'
  | 'before-boot'
  | 'nothing-before-boot'
  | 'no-boot'
  | 'given'
  | 'until'

/** What the window ends at, and how that was found. */
export interface Reference {
  readonly time: bigint
  readonly source: ReferenceKind
  /** Greatest time in the log that the reference comes from, where it shows that the clock was moved. */
  readonly latest?: bigint
  /** Later triggers are context only; undefined when nothing can be later on purpose. */
  readonly convictsUntil?: bigint
}

/**
 * The reference time of a host: the TimeCreated of the highest EventRecordID of its System log, else the latest among
 * the last records of its other logs, unless the options say otherwise. The analyst's clock is never asked.
 *
 * @param options how far to look and from where, and how the clock was moved
 * @param records gives the host's kept records of System in any order: the last one before a boot is looked for here
 * @returns undefined when the host has no record
 */
export function referenceOf(
  parts: readonly LogPart[],
  boots: readonly Boot[],
  records: () => readonly Sighting[],
  options: WindowOptions & { readonly clockJumps?: readonly ClockJump[] },
): Reference | undefined {
  const last = lastEvent(parts, options.windowTicks)
  if (last === undefined) return undefined
  if (options.until !== undefined) return { time: options.until, source: 'until', convictsUntil: options.until }
  if (options.since !== undefined || options.reference === 'last-event') return last
  if (options.reference !== 'last-boot') {
    const { ticks } = options.reference
    return { time: ticks, source: 'given', convictsUntil: ticks }
  }
  const boot = boots.at(-1)
  if (boot === undefined) return { ...last, source: 'no-boot' }
  const { clockJumps = [] } = options
  const order = eventOrder(clockJumps)
  const first = firstEvent(parts)
  if (first !== undefined && isAllSince(boot, parts, order)) {
    const start = startInForce(boot, order)
    const time = (first < start ? first : start) - 1n
    return { time, source: 'nothing-before-boot', convictsUntil: time }
  }
  const kept = lastBefore(boots, records(), clockJumps)
  const time = kept ?? startInForce(boot, order) - 1n
  return { time, source: kept === undefined ? 'before-boot' : 'last-boot', convictsUntil: time }
}

/** True when no log has a record from before a boot. */
function isAllSince(boot: Boot, parts: readonly LogPart[], order: EventOrder): boolean {
  const { recordId } = boot
  const start = startInForce(boot, order)
  return parts.every(({ channels }) =>
    channels.every(({ channel, lowestRecordId, firstTime }) =>
      recordId !== undefined && sameName(channel, SYSTEM) ? lowestRecordId >= recordId : firstTime >= start,
    ),
  )
}

/** The least time of any log. */
function firstEvent(parts: readonly LogPart[]): bigint | undefined {
  const times = parts.flatMap(({ channels }) => channels.map(({ firstTime }) => firstTime))
  return times.reduce<bigint | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined)
}

function lastEvent(parts: readonly LogPart[], windowTicks: bigint): Reference | undefined {
  const channels = parts.flatMap((part) => part.channels)
  const system = channels.filter((channel) => sameName(channel.channel, SYSTEM))
  const inSystem = system.length > 0
  const counted = inSystem ? system : channels
  const first = counted[0]
  if (first === undefined) return undefined
  const end = counted.reduce((a, b) => (isLast(b, a, inSystem) ? b : a), first)
  const latest = counted.reduce((time, channel) => (channel.lastTime > time ? channel.lastTime : time), first.lastTime)
  return {
    time: end.timeOfHighest,
    source: inSystem ? 'system-log' : 'other-logs',
    ...(latest - end.timeOfHighest > windowTicks ? { latest } : {}),
  }
}

/** Record numbers are compared inside System only: those of different channels count different things. */
function isLast(a: ChannelPart, b: ChannelPart, inSystem: boolean): boolean {
  if (inSystem && a.highestRecordId !== b.highestRecordId) return a.highestRecordId > b.highestRecordId
  return a.timeOfHighest > b.timeOfHighest
}

/** Time of the last record before the last boot, of the System log. */
function lastBefore(
  boots: readonly Boot[],
  records: readonly Sighting[],
  clockJumps: readonly ClockJump[],
): bigint | undefined {
  const order = eventOrder(clockJumps)
  let time = clockJumps.length === 0 ? boots.at(-2)?.end : undefined
  for (const record of records) {
    if (!sameName(record.channel, SYSTEM) || bootIndexOf(record, boots, clockJumps) !== boots.length - 2) continue
    const corrected = order.timeInForce(record)
    if (time === undefined || corrected > time) time = corrected
  }
  return time
}
