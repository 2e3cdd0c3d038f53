import { UsageError } from '../errors.ts'
import { EVERY_EVENT, type Filter } from '../query/filter.ts'
import type { Reading } from './reading.ts'
import { type Bounds, fixedBounds, type TimeOptions, windowOf } from './time-options.ts'

/** The filters of `timeline` and `dump`, as given. */
export interface FilterOptions extends TimeOptions {
  readonly channel?: readonly string[] | undefined
  readonly provider?: readonly string[] | undefined
  readonly eventId?: Filter['eventIds'] | undefined
  readonly level?: readonly number[] | undefined
  readonly computer?: readonly string[] | undefined
}

/**
 * The filter that the options make. A window that ends at the last event or boot is found by looking at the logs first.
 *
 * @throws {UsageError} the logs are of several hosts, whose windows end at different times
 */
export async function filterOf(options: FilterOptions, reading: Reading, nowMs: number): Promise<Filter> {
  const bounds = fixedBounds(options, nowMs) ?? (await findBounds(options, reading, nowMs))
  return {
    channels: options.channel ?? EVERY_EVENT.channels,
    providers: options.provider ?? EVERY_EVENT.providers,
    eventIds: options.eventId ?? EVERY_EVENT.eventIds,
    levels: options.level ?? EVERY_EVENT.levels,
    computers: options.computer ?? EVERY_EVENT.computers,
    ...bounds,
  }
}

async function findBounds(options: TimeOptions, reading: Reading, nowMs: number): Promise<Bounds> {
  const { analyze } = await import('../analyze.ts')
  const { onProgress: _, ...watch } = reading.watch
  const { analysis } = await analyze(
    reading.collection,
    { ...reading.scan, ...windowOf(options, nowMs), whole: false },
    watch,
  )
  const windows = analysis.hosts.flatMap((host) => (host.windows ? [host.windows.window] : []))
  const [first, ...others] = windows
  if (!first) throw new UsageError('No log here tells where its window ends: give --since and --until')
  if (others.some((window) => window.end !== first.end || window.start !== first.start)) {
    throw new UsageError(
      `These logs are of ${windows.length} hosts, whose windows end at different times: give --since and --until, ` +
        'or --reference with a time',
    )
  }
  // A reference alone says where to end; how far back is then the whole log.
  return options.window ? { since: first.start, until: first.end } : { until: first.end }
}
