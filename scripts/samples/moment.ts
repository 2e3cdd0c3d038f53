import { parseIso } from '../../src/bytes/filetime.ts'
import type { Random } from './random.ts'

/** Ticks in a millisecond. */
export const MILLISECOND = 10_000n

/**
 * FILETIME ticks of an ISO time in UTC.
 *
 * @throws {RangeError} when the text is no such time
 */
export function moment(iso: string): bigint {
  const parsed = parseIso(iso)
  if (!parsed) throw new RangeError(`No such time: "${iso}"`)
  return parsed.ticks
}

/** Walks through time: each call moves on by so many milliseconds and a little (less than one), and tells the moment. */
export type Stroll = (milliseconds: number) => bigint

export function strollFrom(start: bigint, random: Random): Stroll {
  let now = start
  return (milliseconds) => {
    now += BigInt(milliseconds) * MILLISECOND + BigInt(random.integer(1, 9_999))
    return now
  }
}

/** SYSTEMTIME as the hex of its 16 bytes: year, month, weekday, day, hour, minute, second, millisecond. */
export function systemTimeHex(ticks: bigint): string {
  const date = new Date(Number((ticks - moment('1970-01-01')) / MILLISECOND))
  return wordsHex([
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDay(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  ])
}

/** Little-endian 16-bit words as hex. */
function wordsHex(words: readonly number[]): string {
  return words.map((word) => byteHex(word & 0xff) + byteHex(word >>> 8)).join('')
}

/** UTF-16 code units as hex, without a terminator. */
export function textHex(text: string): string {
  return wordsHex(Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)))
}

function byteHex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}
