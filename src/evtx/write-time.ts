import { renderFiletime } from '../bytes/filetime.ts'
import type { PlanMemory } from './plan-memory.ts'
import { UNUSUAL, writePadded, writePair } from './write-number.ts'

/** The day that was written last, counted from 1601, and its text: logs are nearly in order. */
let lastDay = -1
let lastLength = 0
const lastText = new Uint8Array(16)

/** Digits of the fraction, as Windows has them. */
const FRACTION_DIGITS = 7
/** `T00:00:00.0000000Z`, which follows the day. */
const TIME_LENGTH = 18

/**
 * Writes `2026-03-14T09:41:00.1234567Z` of a FILETIME in two halves: the text of `renderFiletime`. Returns the position
 * behind it. Hot (`benchmarks/`, case "dump"): two or three in every record.
 *
 * @param digits of the fraction: 7, or fewer, which cuts it
 */
export function writeFiletime(memory: PlanMemory, low: number, high: number, to: number, digits: number): number {
  const { bytes } = memory
  // As in `renderFiletime`: 2^48 = 28147497 * 10^7 + 6710656 and 2^32 = 429 * 10^7 + 4967296.
  const top = high >>> 16
  const middle = high & 0xffff
  const rest = top * 6_710_656 + middle * 4_967_296 + low
  const carry = Math.floor(rest / 10_000_000)
  const fraction = rest - carry * 10_000_000
  const seconds = top * 28_147_497 + middle * 429 + carry
  const day = Math.floor(seconds / 86_400)
  if (day !== lastDay) {
    const text = renderFiletime(low, high)
    lastLength = text.length - TIME_LENGTH
    for (let i = 0; i < lastLength; i++) lastText[i] = text.charCodeAt(i)
    lastDay = day
  }
  for (let i = 0; i < lastLength; i++) bytes[to + i] = lastText[i]!
  const ofDay = (seconds - day * 86_400) | 0
  const minutes = (ofDay / 60) | 0
  const hour = (minutes / 60) | 0
  const at = to + lastLength
  bytes[at] = 0x54
  writePair(memory, hour, at + 1)
  bytes[at + 3] = 0x3a
  writePair(memory, minutes - hour * 60, at + 4)
  bytes[at + 6] = 0x3a
  writePair(memory, ofDay - minutes * 60, at + 7)
  bytes[at + 9] = 0x2e
  writePadded(memory, fraction | 0, FRACTION_DIGITS, at + 10)
  bytes[at + 10 + digits] = 0x5a
  return at + 11 + digits
}

/**
 * Writes `2026-03-14T09:41:00.123Z` of a SYSTEMTIME as `renderValue` does. Returns the position behind it, or `UNUSUAL` where
 * a field has more digits than its place.
 */
export function writeSystemtime(memory: PlanMemory, from: number, to: number): number {
  const { bytes, view } = memory
  const year = view.getUint16(from, true)
  const ms = view.getUint16(from + 14, true)
  if (year > 9_999 || ms > 999) return UNUSUAL
  writePadded(memory, year, 4, to)
  let at = to + 4
  for (const [field, before] of SYSTEMTIME_FIELDS) {
    const value = view.getUint16(from + 2 * field, true)
    if (value > 99) return UNUSUAL
    bytes[at] = before
    writePair(memory, value, at + 1)
    at += 3
  }
  bytes[at] = 0x2e
  writePadded(memory, ms, 3, at + 1)
  bytes[at + 4] = 0x5a
  return at + 5
}

/** Which field of a SYSTEMTIME follows which character: month, day, hour, minute, second. */
const SYSTEMTIME_FIELDS = [
  [1, 0x2d],
  [3, 0x2d],
  [4, 0x54],
  [5, 0x3a],
  [6, 0x3a],
] as const
