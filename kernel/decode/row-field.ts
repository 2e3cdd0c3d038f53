import * as format from '../format'
import { addressOf, sizeOf, typeOf } from './slot'
import { trimmedUnits } from './text'

/**
 * The fields of System that stand in cells of their own, of the record that is being written: each a slot, or a text of the
 * template or record itself. A field that is not there is null.
 */
export const PROVIDER: u32 = 0
export const LEVEL: u32 = 1
export const CHANNEL: u32 = 2
export const COMPUTER: u32 = 3
export const EVENT_ID: u32 = 4
export const TIME_CREATED: u32 = 5
export const RECORD_ID: u32 = 6
export const NO_FIELD: u32 = 0xff

/** What a field holds that is no number, or no time, that is understood here. */
export const NOT_UNDERSTOOD: u64 = 0xffffffffffffffff

/** The last FILETIME of the year 9999. */
const LAST_TICK: u64 = 2650467743999999999
/** Digits of a number that surely fits. */
const MOST_DIGITS: u32 = 15

const FIELD_SIZE: usize = 8

/**
 * The field that an element of System holds.
 *
 * @param name its text, of which eight bytes may be read
 */
export function fieldOf(name: usize, length: u32): u32 {
  const first = load<u64>(name)
  if (length == 8 && first == 0x72_65_64_69_76_6f_72_50) return PROVIDER
  if (length == 8 && first == 0x72_65_74_75_70_6d_6f_43) return COMPUTER
  if (length == 7 && (first & 0xff_ffff_ffff_ffff) == 0x6c_65_6e_6e_61_68_43) return CHANNEL
  if (length == 7 && (first & 0xff_ffff_ffff_ffff) == 0x44_49_74_6e_65_76_45) return EVENT_ID
  if (length == 5 && (first & 0xff_ffff_ffff) == 0x6c_65_76_65_4c) return LEVEL
  if (length == 11 && first == 0x61_65_72_43_65_6d_69_54) {
    if (load<u32>(name, 7) == 0x64_65_74_61) return TIME_CREATED
  }
  if (length == 13 && first == 0x63_65_52_74_6e_65_76_45) {
    if (load<u32>(name, 8) == 0x49_64_72_6f && load<u8>(name, 12) == 0x44) return RECORD_ID
  }
  return NO_FIELD
}

// @ts-ignore: decorator
@inline
export function fieldAt(fields: usize, field: u32): u64 {
  return load<u64>(fields + <usize>field * FIELD_SIZE)
}

/** A field that is a number: digits, or a number without sign; 0 where there is none. */
export function numberOf(slot: u64): u64 {
  const address = addressOf(slot)
  const size = sizeOf(slot)
  switch (typeOf(slot)) {
    case format.NULL_TYPE:
      return 0
    case format.UINT16_TYPE:
      return size == 2 ? <u64>load<u16>(address) : NOT_UNDERSTOOD
    case format.UINT32_TYPE:
      return size == 4 ? <u64>load<u32>(address) : NOT_UNDERSTOOD
    case format.UINT64_TYPE:
      return size == 8 ? load<u64>(address) : NOT_UNDERSTOOD
    case format.STRING_TYPE:
      return parseDigits(address, trimmedUnits(address, size))
  }
  return NOT_UNDERSTOOD
}

function parseDigits(from: usize, count: u32): u64 {
  if (count == 0 || count > MOST_DIGITS) return NOT_UNDERSTOOD
  let number: u64 = 0
  for (let i: u32 = 0; i < count; i++) {
    const digit = <u32>load<u16>(from + 2 * i) - 0x30
    if (digit > 9) return NOT_UNDERSTOOD
    number = number * 10 + digit
  }
  return number
}

/** A field that is a time: a FILETIME, or as event logs write it, with three to nine digits of a second. */
export function timeOf(slot: u64): u64 {
  const address = addressOf(slot)
  const size = sizeOf(slot)
  const type = typeOf(slot)
  if (type == format.FILETIME_TYPE && size == 8) {
    const ticks = load<u64>(address)
    return ticks <= LAST_TICK ? ticks : NOT_UNDERSTOOD
  }
  if (type == format.STRING_TYPE) return parseTime(address, trimmedUnits(address, size))
  return NOT_UNDERSTOOD
}

/** `2026-03-14T09:41:00.1234567Z`; a day that the calendar has in every month and year, or it is left to others. */
function parseTime(from: usize, units: u32): u64 {
  if (units < 24 || units > 30) return NOT_UNDERSTOOD
  const year = digitsAt(from, 4)
  const month = digitsAt(from + 10, 2)
  const day = digitsAt(from + 16, 2)
  const hour = digitsAt(from + 22, 2)
  const minute = digitsAt(from + 28, 2)
  const second = digitsAt(from + 34, 2)
  if (!isUnit(from, 4, 0x2d) || !isUnit(from, 7, 0x2d) || !isUnit(from, 10, 0x54)) return NOT_UNDERSTOOD
  if (!isUnit(from, 13, 0x3a) || !isUnit(from, 16, 0x3a) || !isUnit(from, 19, 0x2e)) return NOT_UNDERSTOOD
  if (!isUnit(from, units - 1, 0x5a)) return NOT_UNDERSTOOD
  if (year < 1601 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return NOT_UNDERSTOOD
  if (day > 28 && day > daysOf(year, month)) return NOT_UNDERSTOOD
  if (hour > 23 || minute > 59 || second > 59) return NOT_UNDERSTOOD
  let fraction: u64 = 0
  const digits = units - 21
  for (let i: u32 = 0; i < 7; i++) {
    const digit = i < digits ? <u32>load<u16>(from + 40 + 2 * i) - 0x30 : 0
    if (digit > 9) return NOT_UNDERSTOOD
    fraction = fraction * 10 + digit
  }
  for (let i: u32 = 7; i < digits; i++) if (<u32>load<u16>(from + 40 + 2 * i) - 0x30 > 9) return NOT_UNDERSTOOD
  const days = <u64>daysBefore(year, month) + day - 1
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 10_000_000 + fraction
}

/** A number of so many digits; more than any of them when there are others. */
function digitsAt(from: usize, count: u32): u32 {
  let number: u32 = 0
  for (let i: u32 = 0; i < count; i++) {
    const digit = <u32>load<u16>(from + 2 * i) - 0x30
    if (digit > 9) return 0xffff
    number = number * 10 + digit
  }
  return number
}

// @ts-ignore: decorator
@inline
function isUnit(from: usize, index: u32, unit: u32): bool {
  return <u32>load<u16>(from + 2 * index) == unit
}

function isLeap(year: u32): bool {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

function daysOf(year: u32, month: u32): u32 {
  if (month == 2) return isLeap(year) ? 29 : 28
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
}

/** Days from 1601-01-01 to the first of a month. */
function daysBefore(year: u32, month: u32): u32 {
  const years = year - 1601
  let days = years * 365 + years / 4 - years / 100 + years / 400
  for (let m: u32 = 1; m < month; m++) days += daysOf(year, m)
  return days
}
