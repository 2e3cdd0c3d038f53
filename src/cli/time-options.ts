import { DAY, ticksFromUnixMs, toIso } from '../bytes/filetime.ts'
import type { WindowOptions } from '../correlate/host-input.ts'
import { QueryError, UsageError } from '../errors.ts'
import { nearest } from '../query/nearest.ts'
import { type Duration, type Moment, parseMoment } from './parse-time.ts'

/** What a window ends at. */
export type Reference = 'last-event' | 'last-boot' | 'now' | Moment

/** `--window`, `--reference`, `--since`, `--until`, as given. */
export interface TimeOptions {
  readonly window?: Duration | undefined
  readonly reference?: Reference | undefined
  readonly since?: Moment | undefined
  readonly until?: Moment | undefined
}

const WORDS = ['last-event', 'last-boot', 'now'] as const
const DEFAULT_WINDOW: Duration = { text: '24h', ticks: DAY }

/**
 * A reference: one of three words, or a time.
 *
 * @throws {QueryError} with the nearest one, if there is one
 */
export function parseReference(text: string): Reference {
  const word = WORDS.find((each) => each === text.trim().toLowerCase())
  if (word) return word
  if (/^\s*\d/.test(text)) return parseMoment(text)
  const near = nearest(text, WORDS)
  const meant = near === undefined ? '' : `; the nearest valid value is "${near}"`
  throw new QueryError(`"${text}" is no reference: expected ${WORDS.join(', ')} or an ISO time${meant}`, text)
}

/**
 * Refuses what contradicts itself.
 *
 * @throws {UsageError} absolute and relative bounds together, or an end before its start
 */
export function checkTimes(options: TimeOptions): void {
  const absolute = options.since ? '--since' : options.until ? '--until' : undefined
  const relative = options.window ? '--window' : options.reference ? '--reference' : undefined
  if (absolute && relative) {
    throw new UsageError(
      `${absolute} and ${relative} cannot be given together: the window is either absolute or relative`,
    )
  }
  if (options.since && options.until && options.since.ticks > options.until.ticks) {
    throw new UsageError(`--since ${options.since.text} is later than --until ${options.until.text}: swap them`)
  }
}

/** What is told about times that came without a zone. */
export function zoneNotes(options: TimeOptions): readonly string[] {
  const given = { '--since': options.since, '--until': options.until, '--reference': options.reference }
  return Object.entries(given).flatMap(([flag, moment]) =>
    typeof moment === 'object' && !moment.hasZone
      ? [`${flag} ${moment.text} has no zone and is taken as UTC: ${toIso(moment.ticks)}`]
      : [],
  )
}

/**
 * The window as `analyze` wants it, and the reference as the report says it.
 *
 * @param nowMs the analyst's clock, for `--reference now` only
 */
export function windowOf(options: TimeOptions, nowMs: number): { window: WindowOptions; referenceText: string } {
  const { text: windowText, ticks: windowTicks } = options.window ?? DEFAULT_WINDOW
  const given = options.reference ?? 'last-event'
  const reference =
    given === 'now'
      ? { ticks: ticksFromUnixMs(nowMs), text: 'now' }
      : typeof given === 'object'
        ? { ticks: given.ticks, text: toIso(given.ticks) }
        : given
  return {
    window: {
      windowText,
      windowTicks,
      reference,
      ...(options.since && { since: options.since.ticks }),
      ...(options.until && { until: options.until.ticks }),
    },
    referenceText: typeof reference === 'string' ? reference : reference.text,
  }
}

/** Absolute bounds, both included; FILETIME ticks. */
export interface Bounds {
  readonly since?: bigint
  readonly until?: bigint
}

/**
 * The bounds that the options name by themselves; undefined when the logs must be asked where their window ends.
 *
 * @param nowMs the analyst's clock, for `--reference now` only
 */
export function fixedBounds(options: TimeOptions, nowMs: number): Bounds | undefined {
  const { since, until } = options
  if (!options.window && !options.reference) {
    return { ...(since && { since: since.ticks }), ...(until && { until: until.ticks }) }
  }
  const { reference, windowTicks } = windowOf(options, nowMs).window
  if (typeof reference === 'string') return undefined
  // A reference alone says where to end; how far back is then the whole log.
  return { ...(options.window && { since: reference.ticks - windowTicks }), until: reference.ticks }
}
