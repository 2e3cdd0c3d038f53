import { QueryError } from '../errors.ts'
import type { Sighting } from '../event/win-event.ts'
import { nearest } from './nearest.ts'
import { isComputer, isNamed } from './short-names.ts'

/** Event ids from `first` to `last`, both included. */
export interface IdRange {
  readonly first: number
  readonly last: number
}

/** Which events are wanted. All parts must hold; an empty list asks nothing. */
export interface Filter {
  /** Whole names or their ends, as `isNamed` takes them; compared without regard to case, as all names here. */
  readonly channels: readonly string[]
  readonly providers: readonly string[]
  readonly eventIds: readonly IdRange[]
  /** System/Level. */
  readonly levels: readonly number[]
  /** With their domain, or without it as `isComputer` takes them. */
  readonly computers: readonly string[]
  /** TimeCreated from here on, included; FILETIME ticks. */
  readonly since?: bigint
  /** TimeCreated up to here, included; FILETIME ticks. */
  readonly until?: bigint
}

/** Asks nothing: every event matches. */
export const EVERY_EVENT: Filter = { channels: [], providers: [], eventIds: [], levels: [], computers: [] }

/** System/EventID is a 16-bit field. */
const GREATEST_ID = 65_535

/** Level numbers by the names of the event schema, as Event Viewer understands them: its "Information" takes 0 too. */
const LEVELS: Readonly<Record<string, readonly number[]>> = {
  critical: [1],
  error: [2],
  warning: [3],
  information: [0, 4],
  verbose: [5],
  logalways: [0],
}
const SHORT_LEVELS: Readonly<Record<string, string>> = { info: 'information', warn: 'warning' }
/** System/Level is an 8-bit field; providers may define levels above 15. */
const GREATEST_LEVEL = 255

/** What a filter asks of an event. */
export type FilteredFields = Pick<Sighting, Exclude<(typeof FILTERED)[number], 'level'>> & { readonly level?: number }
const FILTERED = ['eventId', 'level', 'timeCreated', 'channel', 'provider', 'computer'] as const

/** The fields that a filter asks for. */
export function fieldsAsked(filter: Filter): readonly (keyof FilteredFields)[] {
  const { eventIds, levels, channels, providers, computers, since, until } = filter
  const isAsked: Readonly<Record<keyof FilteredFields, boolean>> = {
    eventId: eventIds.length > 0,
    level: levels.length > 0,
    timeCreated: since !== undefined || until !== undefined,
    channel: channels.length > 0,
    provider: providers.length > 0,
    computer: computers.length > 0,
  }
  return FILTERED.filter((field) => isAsked[field])
}

/** Names of one kind that a matcher remembers its answers for; a hostile log has one a record. */
const NAMES_REMEMBERED = 4_096

/**
 * Tells of events whether they are wanted: exact, so that what is skipped before never changes an answer. Of each only
 * the fields are looked at that the filter asks for.
 */
export function matcherOf(filter: Filter): (event: FilteredFields) => boolean {
  const { since, until, eventIds, levels } = filter
  const isChannel = holderOf(filter.channels, isNamed)
  const isProvider = holderOf(filter.providers, isNamed)
  const isHost = holderOf(filter.computers, isComputer)
  return (event) =>
    (since === undefined || event.timeCreated >= since) &&
    (until === undefined || event.timeCreated <= until) &&
    (eventIds.length === 0 || eventIds.some(({ first, last }) => first <= event.eventId && event.eventId <= last)) &&
    (levels.length === 0 || levels.includes(event.level ?? 0)) &&
    (isChannel === undefined || isChannel(event.channel)) &&
    (isProvider === undefined || isProvider(event.provider)) &&
    (isHost === undefined || isHost(event.computer))
}

/**
 * Tells of events that are not wanted whether they might have been: they say nothing of a channel, provider or computer
 * that is asked for, and are as wanted in all else. Slow, for few.
 */
export function namelessOf(filter: Filter): (event: FilteredFields) => boolean {
  const matches = (event: FilteredFields) =>
    matcherOf({
      ...filter,
      channels: event.channel === '' ? [] : filter.channels,
      providers: event.provider === '' ? [] : filter.providers,
      computers: event.computer === '' ? [] : filter.computers,
    })(event)
  return (event) => (event.channel === '' || event.provider === '' || event.computer === '') && matches(event)
}

/** Whether a name is wanted; undefined where every one is. */
function holderOf(
  wanted: readonly string[],
  isMeant: (name: string, word: string) => boolean,
): ((name: string) => boolean) | undefined {
  if (wanted.length === 0) return undefined
  const answers = new Map<string, boolean>()
  return (name) => {
    let answer = answers.get(name)
    if (answer === undefined) {
      answer = wanted.some((word) => isMeant(name, word))
      if (answers.size < NAMES_REMEMBERED) answers.set(name, answer)
    }
    return answer
  }
}

/**
 * Event ids and ranges of them: `4624,4625,1000-1010`.
 *
 * @throws {QueryError} with the column of the part that cannot be understood
 */
export function parseEventIds(text: string): readonly IdRange[] {
  return parseList(text, 'event id', '4624,4625,1000-1010', (part, refuse) => {
    const match = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part)
    const first = Number(match?.[1])
    const last = Number(match?.[2] ?? match?.[1])
    if (match && first <= last && last <= GREATEST_ID) return { first, last }
    return refuse(`an id from 0 to ${GREATEST_ID} or a range such as 1000-1010`, nearestIds(part))
  })
}

/** What was likely meant: the numbers that are there, in order and in bounds. */
function nearestIds(part: string): string | undefined {
  const numbers = part.match(/0x[0-9a-f]+|\d+/gi)?.map((digits) => String(Math.min(Number(digits), GREATEST_ID)))
  if (!numbers || numbers.length > 2) return undefined
  return numbers.sort((a, b) => Number(a) - Number(b)).join('-')
}

/**
 * Levels as numbers or as words: `2,warning`.
 *
 * @throws {QueryError} with the column of the part that cannot be understood
 */
export function parseLevels(text: string): readonly number[] {
  const names = Object.keys(LEVELS)
  const lists = parseList(text, 'level', 'error,warning', (part, refuse) => {
    const word = part.toLowerCase()
    const known = LEVELS[SHORT_LEVELS[word] ?? word]
    if (known) return known
    if (/^\d+$/.test(part) && Number(part) <= GREATEST_LEVEL) return [Number(part)]
    const near = /^\d+$/.test(part) ? String(GREATEST_LEVEL) : nearest(part, names)
    return refuse(`0 to ${GREATEST_LEVEL} or one of ${names.join(', ')}`, near)
  })
  return [...new Set(lists.flat())].sort((a, b) => a - b)
}

/**
 * Names of channels, providers or computers: `System,Security`. Blanks around a name do not belong to it.
 *
 * @param what for the error: `channel`
 * @throws {QueryError} when a name is missing
 */
export function parseNames(text: string, what: string): readonly string[] {
  return parseList(text, what, 'System,Security', (part) => part)
}

/** What a part is refused with: what was expected, and the nearest valid value if there is one. */
type Refuse = (expected: string, near?: string) => never

function parseList<Value>(
  text: string,
  what: string,
  example: string,
  parsePart: (part: string, refuse: Refuse) => Value,
): readonly Value[] {
  let column = 0
  return text.split(',').map((raw) => {
    const part = raw.trim()
    const at = column + (raw.length - raw.trimStart().length)
    column += raw.length + 1
    if (part === '') {
      const near = text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
        .join(',')
      const meant = near === '' ? '' : `; the nearest valid list is "${near}"`
      const one = /^[aeiou]/.test(what) ? 'An' : 'A'
      throw new QueryError(
        `${one} ${what} is missing in "${text}": expected a list such as ${example}${meant}`,
        text,
        at,
      )
    }
    return parsePart(part, (expected, near) => {
      const meant = near === undefined ? '' : `; the nearest valid value is "${near}"`
      throw new QueryError(`"${part}" is no ${what}: expected ${expected}${meant}`, text, at)
    })
  })
}
