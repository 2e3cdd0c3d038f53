import { DAY } from './memory'
import { fourDigits, writePadded } from './number'

const TICKS_A_SECOND: u64 = 10_000_000
const SECONDS_A_DAY: u32 = 86_400
/** Days from 0000-03-01 to 1601-01-01. */
const DAYS_TO_1601: u32 = 584_694
const DAYS_A_ERA: u32 = 146_097

/** The day whose date stands at `DAY`, counted from 1601-01-01, and the length of the date. */
let cachedDay: u32 = 0xffffffff
let cachedLength: u32 = 0

// @ts-ignore: decorator
@inline
function twoDigits(n: u32): u32 {
  return fourDigits(n) >> 16
}

/** `2026-03-14T09:41:00.1234567Z` of a FILETIME; with six digits of a second when `micro`. */
// @ts-ignore: decorator
@inline
function writeTime(at: usize, ticks: u64, micro: bool): usize {
  const seconds = ticks / TICKS_A_SECOND
  const fraction = <u32>(ticks - seconds * TICKS_A_SECOND)
  const day = <u32>(seconds / SECONDS_A_DAY)
  const ofDay = <u32>(seconds - <u64>day * SECONDS_A_DAY)
  if (day != cachedDay) writeDate(day)
  v128.store(at, v128.load(DAY))
  at += cachedLength
  const hour = ofDay / 3_600
  const minute = (ofDay - hour * 3_600) / 60
  const second = ofDay - hour * 3_600 - minute * 60
  const high = fraction / 10_000
  // THH:MM:SS.
  store<u64>(at, 0x3a_00_00_3a_00_00_54 | (<u64>twoDigits(hour) << 8) | (<u64>twoDigits(minute) << 32))
  store<u32>(at, twoDigits(second) | 0x2e0000, 7)
  store<u32>(at, fourDigits(high) >> 8, 10)
  store<u32>(at, fourDigits(fraction - high * 10_000), 13)
  at += micro ? 16 : 17
  store<u8>(at, 0x5a)
  return at + 1
}

/** A FILETIME with seven digits of a second. */
export function writeFiletime(at: usize, ticks: u64): usize {
  return writeTime(at, ticks, false)
}

/** A FILETIME with six digits of a second. */
export function writeMicroTime(at: usize, ticks: u64): usize {
  return writeTime(at, ticks, true)
}

/** Writes the date of a day to `DAY`: civil from days over eras of 400 years that begin on 1 March. */
function writeDate(day: u32): void {
  const z = day + DAYS_TO_1601
  const era = z / DAYS_A_ERA
  const dayOfEra = z - era * DAYS_A_ERA
  const yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  const shifted = (5 * dayOfYear + 2) / 153
  const dayOfMonth = dayOfYear - (153 * shifted + 2) / 5 + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  let at = writePadded(DAY, year, 4)
  store<u8>(at, 0x2d)
  at = writePadded(at + 1, month, 2)
  store<u8>(at, 0x2d)
  at = writePadded(at + 1, dayOfMonth, 2)
  cachedDay = day
  cachedLength = <u32>(at - DAY)
}

/** A SYSTEMTIME, its fields as they are, possible or not; with six digits of a second when `micro`. */
export function writeSystemtime(at: usize, from: usize, micro: bool): usize {
  at = writePadded(at, load<u16>(from), 4)
  store<u8>(at, 0x2d)
  at = writePadded(at + 1, load<u16>(from, 2), 2)
  store<u8>(at, 0x2d)
  at = writePadded(at + 1, load<u16>(from, 6), 2)
  store<u8>(at, 0x54)
  at = writePadded(at + 1, load<u16>(from, 8), 2)
  store<u8>(at, 0x3a)
  at = writePadded(at + 1, load<u16>(from, 10), 2)
  store<u8>(at, 0x3a)
  at = writePadded(at + 1, load<u16>(from, 12), 2)
  store<u8>(at, 0x2e)
  at = writePadded(at + 1, load<u16>(from, 14), 3)
  if (micro) {
    store<u32>(at, 0x303030)
    at += 3
  }
  store<u8>(at, 0x5a)
  return at + 1
}
