import type { PlanMemory } from './plan-memory.ts'
import { writeCodePoint } from './write-code-point.ts'

/** As in `writeXmlText`. */
const HIGH = 0x80808080 | 0
const CARRY = 0x7f7f7f7f
const PRINTABLE = 0x60606060

/** How JSON escapes ASCII: 0 not at all, 1 as `\u00XX`, else the letter behind the backslash. */
const ESCAPE = new Uint8Array(128).fill(1, 0, 0x20)
for (const [unit, letter] of [
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x22, '"'],
  [0x5c, '\\'],
] as const) {
  ESCAPE[unit] = letter.charCodeAt(0)
}

const HEX = '0123456789abcdef'

/** `\u001f`. */
function writeUnicodeEscape(bytes: Uint8Array, unit: number, to: number): number {
  bytes[to] = 0x5c
  bytes[to + 1] = 0x75
  for (let digit = 0; digit < 4; digit++) bytes[to + 2 + digit] = HEX.charCodeAt((unit >> (12 - 4 * digit)) & 15)
  return to + 6
}

/** A writer of UTF-16 text for JSON into a memory; see `writersOf`. */
export function jsonTextWriter(memory: PlanMemory) {
  /**
   * Writes UTF-16 text as the inside of a JSON string, as `JSON.stringify` does: a surrogate without its other half
   * becomes `\uXXXX`. Returns the position behind it; at most three bytes are written for a byte of text, and eight
   * behind.
   *
   * Hot, and made like `writeXmlText`.
   *
   * @param from bytes from the memory's start, on any boundary
   * @param units count of UTF-16 units
   */
  function writeJsonText(from: number, units: number, to: number): number {
    const { bytes, view } = memory
    const end = (from + 2 * units) | 0
    const lastEight = end - 16
    const lastFour = end - 8
    let at = from | 0
    let out = to | 0
    while (at < end) {
      while (at <= lastEight) {
        const a = view.getInt32(at, true)
        const b = view.getInt32(at + 4, true)
        const c = view.getInt32(at + 8, true)
        const d = view.getInt32(at + 12, true)
        if (((a | b | c | d) & 0xff80ff80) !== 0) break
        const first = (a & 0x7f) | ((a >>> 8) & 0x7f00) | ((b & 0x7f) << 16) | ((b & 0x7f0000) << 8)
        const second = (c & 0x7f) | ((c >>> 8) & 0x7f00) | ((d & 0x7f) << 16) | ((d & 0x7f0000) << 8)
        const quote = ((first ^ 0x22222222) + CARRY) & ((second ^ 0x22222222) + CARRY)
        const backslash = ((first ^ 0x5c5c5c5c) + CARRY) & ((second ^ 0x5c5c5c5c) + CARRY)
        if ((quote & backslash & (first + PRINTABLE) & (second + PRINTABLE) & HIGH) !== HIGH) break
        view.setInt32(out, first, true)
        view.setInt32(out + 4, second, true)
        out += 8
        at += 16
      }
      while (at <= lastFour) {
        const a = view.getInt32(at, true)
        const b = view.getInt32(at + 4, true)
        if (((a | b) & 0xff80ff80) !== 0) break
        const four = (a & 0x7f) | ((a >>> 8) & 0x7f00) | ((b & 0x7f) << 16) | ((b & 0x7f0000) << 8)
        const quote = (four ^ 0x22222222) + CARRY
        const backslash = (four ^ 0x5c5c5c5c) + CARRY
        if ((quote & backslash & (four + PRINTABLE) & HIGH) !== HIGH) break
        view.setInt32(out, four, true)
        out += 4
        at += 8
      }
      const stop = at <= lastFour ? at + 8 : end
      while (at < stop) {
        const unit = view.getUint16(at, true)
        at += 2
        if (unit < 0x80) {
          const form = ESCAPE[unit]!
          if (form === 0) bytes[out++] = unit
          else if (form === 1) out = writeUnicodeEscape(bytes, unit, out) | 0
          else {
            bytes[out++] = 0x5c
            bytes[out++] = form
          }
        } else if (unit < 0x800) {
          bytes[out++] = 0xc0 | (unit >> 6)
          bytes[out++] = 0x80 | (unit & 0x3f)
        } else if ((unit & 0xf800) !== 0xd800) {
          out = writeCodePoint(bytes, unit, out) | 0
        } else {
          const low = at < end && unit < 0xdc00 ? view.getUint16(at, true) : 0
          if ((low & 0xfc00) === 0xdc00) {
            out = writeCodePoint(bytes, 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff), out) | 0
            at += 2
          } else out = writeUnicodeEscape(bytes, unit, out) | 0
        }
      }
    }
    return out
  }

  return writeJsonText
}
