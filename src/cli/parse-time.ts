import { DAY, HOUR, MINUTE, parseIso, SECOND } from '../bytes/filetime.ts'
import { QueryError } from '../errors.ts'

/** A length of time. */
export interface Duration {
  /** As typed: `24h`. */
  readonly text: string
  /** 100 ns. */
  readonly ticks: bigint
}

/** A point in time. */
export interface Moment {
  /** As typed. */
  readonly text: string
  /** FILETIME. */
  readonly ticks: bigint
  /** False: it was taken as UTC. */
  readonly hasZone: boolean
}

const UNITS: Readonly<Record<string, bigint>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7n * DAY }
/** A hundred years: longer than any log, and far from where sums of times leave their range. */
const LONGEST_DAYS = 36_525

/**
 * A duration: a whole number and `s`, `m`, `h`, `d` or `w`.
 *
 * @throws {QueryError} with the nearest duration, if there is one
 */
export function parseDuration(text: string): Duration {
  const match = /^(\d+)([smhdw])$/.exec(text.trim())
  const ticks = match ? BigInt(match[1]!) * UNITS[match[2]!]! : 0n
  if (match && ticks > 0n && ticks <= BigInt(LONGEST_DAYS) * DAY) return { text: match[0], ticks }
  const near = nearestDuration(text)
  if (match && ticks === 0n) {
    throw new QueryError(
      `"${text}" is no time at all: it must be more than 0; the nearest valid value is "${near}"`,
      text,
    )
  }
  refuse(text, 'duration', 'a number with s, m, h, d or w, such as 24h', near)
}

function nearestDuration(text: string): string | undefined {
  const match = /^\D*?(\d+)(?:[.,](\d+))?\s*([a-z]*)/i.exec(text.trim())
  if (!match) return undefined
  const [, whole, fraction, word] = match
  const unit = word === '' ? 'h' : /^y/i.test(word!) ? 'y' : /^mo/i.test(word!) ? 'mo' : word![0]!.toLowerCase()
  const ticks = { ...UNITS, mo: 30n * DAY, y: 365n * DAY }[unit]
  if (ticks === undefined) return undefined
  // Three places are plenty for what is a guess at what was meant.
  const meant = (BigInt(whole!) * 1000n + BigInt((fraction ?? '').slice(0, 3).padEnd(3, '0'))) * ticks
  if (meant === 0n) return `1${unit in UNITS ? unit : 'd'}`
  if (meant > BigInt(LONGEST_DAYS) * DAY * 1000n) return `${LONGEST_DAYS}d`
  const sizes = Object.entries(UNITS).reverse()
  // In the unit that was typed if it comes out even there, else in the largest one that does.
  const fits = [unit, ...sizes.map(([name]) => name)].find(
    (name) => name in UNITS && meant % (UNITS[name]! * 1000n) === 0n,
  )
  return fits ? `${meant / (UNITS[fits]! * 1000n)}${fits}` : undefined
}

/**
 * A time in ISO 8601; one without zone is UTC, and a date alone is its midnight.
 *
 * @throws {QueryError} with the nearest time, if there is one
 */
export function parseMoment(text: string): Moment {
  const time = parseIso(text)
  if (time) return { text: text.trim(), ...time }
  refuse(text, 'time', 'ISO 8601 such as 2026-03-14T09:41:00Z', nearestMoment(text))
}

/** The numbers of a time that is written otherwise, brought into bounds. */
function nearestMoment(text: string): string | undefined {
  const numbers = text.match(/\d+/g)?.map(Number) ?? []
  // The order of day and month without a leading year is a matter of country: only a day above 12 gives it away.
  const [a = 0, b = 0, c = 0] = numbers
  const date =
    a > 999 ? [a, b, c] : c > 999 && a > 12 && b <= 12 ? [c, b, a] : c > 999 && b > 12 ? [c, a, b] : undefined
  if (!date || date[0]! > 9999 || numbers.length < 3) return undefined
  const year = Math.max(date[0]!, 1601)
  const month = clamp(date[1]!, 1, 12)
  const day = clamp(date[2]!, 1, new Date(Date.UTC(year, month, 0)).getUTCDate())
  const two = (n: number): string => String(n).padStart(2, '0')
  const dayText = `${year}-${two(month)}-${two(day)}`
  const [hour, minute = 0, second = 0] = numbers.slice(3)
  if (hour === undefined) return dayText
  return `${dayText}T${two(clamp(hour, 0, 23))}:${two(clamp(minute, 0, 59))}:${two(clamp(second, 0, 59))}Z`
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max)
}

function refuse(text: string, what: string, expected: string, near: string | undefined): never {
  const meant = near === undefined ? '' : `; the nearest valid value is "${near}"`
  throw new QueryError(`"${text}" is no ${what}: expected ${expected}${meant}`, text)
}
