import { renderFiletime } from '../bytes/filetime.ts'
import type { PlanMemory } from './plan-memory.ts'
import { type NumberWriter, UNUSUAL } from './write-number.ts'

/** Days that were written before, counted from 1601, each in one place, and their texts: a log holds few. */
const DAYS = 256
const TEXT_SIZE = 16
const days = new Int32Array(DAYS).fill(-1)
const lengths = new Uint8Array(DAYS)
const texts = new Uint8Array(DAYS * TEXT_SIZE)
/** The texts, for copies of eight bytes. */
const words = new Float64Array(texts.buffer)

/** Digits of the fraction, as Windows has them. */
const FRACTION_DIGITS = 7
/** `T00:00:00.0000000Z`, which follows the day. */
const TIME_LENGTH = 18
/** @param text of a time on that day */
function keepDay(day: number, place: number, text: string): void {
  days[place] = day
  lengths[place] = text.length - TIME_LENGTH
  for (let i = 0; i < text.length - TIME_LENGTH; i++) texts[place * TEXT_SIZE + i] = text.charCodeAt(i)
}
/** Which field of a SYSTEMTIME follows which character: month, day, hour, minute, second. */
const SYSTEMTIME_FIELDS = [
  [1, 0x2d],
  [3, 0x2d],
  [4, 0x54],
  [5, 0x3a],
  [6, 0x3a],
] as const

/** Writers of times into a memory; see `writersOf`. */
export function timeWriter(memory: PlanMemory, { writePair, writePadded }: NumberWriter) {
  const { bytes, view } = memory

  /**
   * Writes `2026-03-14T09:41:00.1234567Z` of a FILETIME in two halves: the text of `renderFiletime`. Returns the
   * position behind it. Hot (`benchmarks/`, case "dump"): two or three in every record.
   *
   * @param digits of the fraction: 7, or fewer, which cuts it
   */
  function writeFiletime(low: number, high: number, to: number, digits: number): number {
    // As in `renderFiletime`: 2^48 = 28147497 * 10^7 + 6710656 and 2^32 = 429 * 10^7 + 4967296.
    const top = high >>> 16
    const middle = high & 0xffff
    const rest = top * 6_710_656 + middle * 4_967_296 + low
    const carry = Math.floor(rest / 10_000_000)
    const fraction = rest - carry * 10_000_000
    const seconds = top * 28_147_497 + middle * 429 + carry
    const day = Math.floor(seconds / 86_400)
    const place = day & (DAYS - 1)
    if (day !== days[place]) keepDay(day, place, renderFiletime(low, high))
    const length = lengths[place]!
    view.setFloat64(to, words[2 * place]!, true)
    view.setFloat64(to + 8, words[2 * place + 1]!, true)
    const ofDay = (seconds - day * 86_400) | 0
    const minutes = (ofDay / 60) | 0
    const hour = (minutes / 60) | 0
    const at = to + length
    bytes[at] = 0x54
    writePair(hour, at + 1)
    bytes[at + 3] = 0x3a
    writePair(minutes - hour * 60, at + 4)
    bytes[at + 6] = 0x3a
    writePair(ofDay - minutes * 60, at + 7)
    bytes[at + 9] = 0x2e
    writePadded(fraction | 0, FRACTION_DIGITS, at + 10)
    bytes[at + 10 + digits] = 0x5a
    return at + 11 + digits
  }

  /**
   * Writes `2026-03-14T09:41:00.123Z` of a SYSTEMTIME as `renderValue` does. Returns the position behind it, or
   * `UNUSUAL` where a field has more digits than its place.
   */
  function writeSystemtime(from: number, to: number): number {
    const year = view.getUint16(from, true)
    const ms = view.getUint16(from + 14, true)
    if (year > 9_999 || ms > 999) return UNUSUAL
    writePadded(year, 4, to)
    let at = to + 4
    for (const [field, before] of SYSTEMTIME_FIELDS) {
      const value = view.getUint16(from + 2 * field, true)
      if (value > 99) return UNUSUAL
      bytes[at] = before
      writePair(value, at + 1)
      at += 3
    }
    bytes[at] = 0x2e
    writePadded(ms, 3, at + 1)
    bytes[at + 4] = 0x5a
    return at + 5
  }

  return { writeFiletime, writeSystemtime }
}

/** What `timeWriter` makes. */
export type TimeWriter = ReturnType<typeof timeWriter>
