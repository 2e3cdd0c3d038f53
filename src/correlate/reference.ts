import { SYSTEM, sameName } from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Boot } from './boots.ts'
import type { ChannelPart, LogPart, WindowOptions } from './host-input.ts'

/** `no-boot`: the last event, because no record tells of the boot that was asked for. */
export type ReferenceKind = 'system-log' | 'other-logs' | 'last-boot' | 'no-boot' | 'given' | 'until'

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
 * @param records the host's kept records of System in any order: the last one before a boot is looked for here
 * @returns undefined when the host has no record
 */
export function referenceOf(
  parts: readonly LogPart[],
  boots: readonly Boot[],
  records: readonly Sighting[],
  options: WindowOptions,
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
  const time = lastBefore(boot, boots.at(-2), records)
  return { time, source: 'last-boot', convictsUntil: time }
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

function lastBefore(boot: Boot, previous: Boot | undefined, records: readonly Sighting[]): bigint {
  let time = previous?.end
  for (const record of records) {
    if (!sameName(record.channel, SYSTEM) || record.timeCreated >= boot.start) continue
    if (previous !== undefined && record.timeCreated < previous.start) continue
    if (time === undefined || record.timeCreated > time) time = record.timeCreated
  }
  return time ?? boot.start
}
