/**
 * FILETIME: unsigned 64-bit count of 100 ns ticks since 1601-01-01T00:00:00Z (MS-DTYP 2.3.3).
 * Hot paths carry it as two u32 halves; everything else as a bigint of ticks.
 */

/** Ticks in one second, minute, hour and day. */
export const SECOND = 10_000_000n
export const MINUTE = 60n * SECOND
export const HOUR = 60n * MINUTE
export const DAY = 24n * HOUR

/** True where two times, in FILETIME ticks, read alike to the second. */
export function isSameSecond(one: bigint, other: bigint): boolean {
  return one / SECOND === other / SECOND
}

/** 1970-01-01T00:00:00Z in ticks. */
const UNIX_EPOCH = 116_444_736_000_000_000n
/** The greatest FILETIME, 60056-05-28T05:36:10.9551615Z. */
const LAST_TICK = 0xffffffffffffffffn
/** Days from 0000-03-01 to 1601-01-01 in the proleptic Gregorian calendar. */
const DAYS_TO_1601 = 584_694

/** Ticks from the two halves of a FILETIME. */
export function ticksFrom(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}

/** Milliseconds since 1970, rounded down; for libraries that want a `Date`. */
export function toUnixMs(ticks: bigint): number {
  // FILETIMEs before 1970 are none the less positive here, so that division rounds down.
  return Number(ticks / 10_000n - UNIX_EPOCH / 10_000n)
}

/** Microseconds since 1970, rounded down. Every FILETIME has some, the greatest 57 bits of them. */
export function toUnixMicros(ticks: bigint): bigint {
  return ticks / 10n - UNIX_EPOCH / 10n
}

/** Ticks of a moment given in milliseconds since 1970. */
export function ticksFromUnixMs(ms: number): bigint {
  return BigInt(Math.round(ms)) * 10_000n + UNIX_EPOCH
}

const twoDigits = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

/**
 * `2026-03-14T09:41:00.1234567Z`, as Windows 10 and later write it: seven digits, always UTC.
 * Every 64-bit value has a form; the year may have five digits (the end is 60056).
 */
export function renderFiletime(low: number, high: number): string {
  // Ticks do not fit a double, so whole seconds are taken out of each part by hand, and nothing grows beyond 2^53:
  // 2^48 = 28147497 * 10^7 + 6710656 and 2^32 = 429 * 10^7 + 4967296.
  const top = high >>> 16
  const middle = high & 0xffff
  const rest = top * 6_710_656 + middle * 4_967_296 + (low >>> 0)
  const carry = Math.floor(rest / 10_000_000)
  const fraction = rest - carry * 10_000_000
  const seconds = top * 28_147_497 + middle * 429 + carry
  const day = Math.floor(seconds / 86_400)
  const ofDay = seconds - day * 86_400
  const hour = Math.floor(ofDay / 3_600)
  const minute = Math.floor((ofDay - hour * 3_600) / 60)
  const second = ofDay - hour * 3_600 - minute * 60
  return `${renderDay(day)}T${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[second]}.${String(fraction).padStart(7, '0')}Z`
}

let cachedDay = -1
let cachedText = ''

/** `yyyy-mm-dd` of a day counted from 1601-01-01. One day is remembered: logs are nearly in order. */
function renderDay(day: number): string {
  if (day === cachedDay) return cachedText
  // Civil-from-days over 400-year eras that begin on 1 March.
  const z = day + DAYS_TO_1601
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  cachedDay = day
  cachedText = `${String(year).padStart(4, '0')}-${twoDigits[month]}-${twoDigits[dayOfMonth]}`
  return cachedText
}

/** `2026-03-14T09:41:00.1234567Z`. */
export function toIso(ticks: bigint): string {
  return renderFiletime(Number(ticks & 0xffffffffn), Number((ticks >> 32n) & 0xffffffffn))
}

const ISO = /^(\d{4,5})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Ticks of an ISO 8601 date or date-time; a text without zone is UTC. Digits past the seventh are dropped.
 *
 * @returns undefined when the text is no such time, names no real day, or a FILETIME cannot hold it
 */
export function parseIso(text: string): { ticks: bigint; hasZone: boolean } | undefined {
  const m = ISO.exec(text.trim())
  if (!m) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = m
  const local = ticksOf([year, month, day, hour, minute, second].map(Number), fraction)
  const ahead = zone === undefined ? 0n : zoneTicks(zone)
  if (local === undefined || ahead === undefined) return undefined
  const ticks = local - ahead
  return ticks >= 0n && ticks <= LAST_TICK ? { ticks, hasZone: zone !== undefined } : undefined
}

/** What a zone is ahead of UTC; undefined for one that cannot be. */
function zoneTicks(zone: string): bigint | undefined {
  if (zone.toUpperCase() === 'Z') return 0n
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)]
  if (hours > '23' || minutes > '59') return undefined
  const ahead = BigInt(hours) * HOUR + BigInt(minutes) * MINUTE
  return zone[0] === '-' ? -ahead : ahead
}

/**
 * Ticks of a time as event logs write it (`2026-03-14T09:41:00.1234567Z`, 3 to 9 digits of a second); faster than
 * `parseIso`, and nothing but that form is understood.
 *
 * @returns undefined as `parseIso`
 */
export function parseFiletime(text: string): bigint | undefined {
  const m = /^(\d{4,5})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text)
  const ticks = m ? ticksOf(m.slice(1, 7).map(Number), m[7] ?? '') : undefined
  return ticks !== undefined && ticks <= LAST_TICK ? ticks : undefined
}

/**
 * Ticks of a time of the calendar; undefined for one that is not in it, or before 1601.
 *
 * @param fields year, month, day, hour, minute, second
 * @param fraction of the second, decimal digits; those past the seventh do not count
 */
function ticksOf(fields: readonly number[], fraction: string): bigint | undefined {
  // As many as the callers' patterns have groups.
  const [year, month, day, hour, minute, second] = fields as [number, number, number, number, number, number]
  if (year < 1601 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined
  if (day < 1 || day > daysOf(year, month)) return undefined
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  return ticksFromUnixMs(ms) + BigInt(fraction.slice(0, 7).padEnd(7, '0'))
}

/** Days of a month, 1 to 12. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Orders ticks, the earliest first. */
export function compareTicks(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
