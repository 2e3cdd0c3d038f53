import type { PlanMemory } from './plan-memory.ts'
import { writeCodePoint } from './write-code-point.ts'

/** In each byte: the high bit, and what carries into it from every byte but zero. */
const HIGH = 0x80808080 | 0
const CARRY = 0x7f7f7f7f
/** Carries into the high bit from 0x20 on. */
const PRINTABLE = 0x60606060

/** What must not stand as it is in ASCII: control characters, `&`, `<`, `>`. */
const SPECIAL = new Uint8Array(128).fill(1, 0, 0x20)
for (const character of '&<>') SPECIAL[character.charCodeAt(0)] = 1

/** "&amp;", "&lt;" and so on, as little-endian words. */
const AMP = wordOf('&amp')
const LT = wordOf('&lt;')
const GT = wordOf('&gt;')
function wordOf(text: string): number {
  let word = 0
  for (let i = 0; i < 4; i++) word |= text.charCodeAt(i) << (8 * i)
  return word
}

/** A writer of UTF-16 text for XML into a memory; see `writersOf`. */
export function xmlTextWriter(memory: PlanMemory) {
  /**
   * Writes UTF-16 text as XML: escaped, ended at the first zero, U+FFFD for what XML cannot carry. Returns the position
   * behind it; at most three bytes are written for a byte of text, and eight behind.
   *
   * Eight characters at a time, or four, as long as they are plain ASCII. Hot (`benchmarks/`, case "dump"): half of all
   * bytes that a dump writes go through here.
   *
   * @param from bytes from the memory's start, on any boundary
   * @param units count of UTF-16 units
   */
  function writeXmlText(from: number, units: number, to: number): number {
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
        const amp = ((first ^ 0x26262626) + CARRY) & ((second ^ 0x26262626) + CARRY)
        const angle = (((first & 0x7d7d7d7d) ^ 0x3c3c3c3c) + CARRY) & (((second & 0x7d7d7d7d) ^ 0x3c3c3c3c) + CARRY)
        if ((amp & angle & (first + PRINTABLE) & (second + PRINTABLE) & HIGH) !== HIGH) break
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
        // No byte below 0x20, no `&`, and neither `<` nor `>`, which differ in one bit.
        const amp = (four ^ 0x26262626) + CARRY
        const angle = ((four & 0x7d7d7d7d) ^ 0x3c3c3c3c) + CARRY
        if ((amp & angle & (four + PRINTABLE) & HIGH) !== HIGH) break
        view.setInt32(out, four, true)
        out += 4
        at += 8
      }
      // The rest, or up to four characters among which one is special.
      const stop = at <= lastFour ? at + 8 : end
      while (at < stop) {
        const unit = view.getUint16(at, true)
        at += 2
        if (unit < 0x80) {
          if (SPECIAL[unit] === 0) {
            bytes[out++] = unit
            continue
          }
          switch (unit) {
            case 0:
              return out
            case 0x26:
              view.setInt32(out, AMP, true)
              bytes[out + 4] = 0x3b
              out += 5
              break
            case 0x3c:
              view.setInt32(out, LT, true)
              out += 4
              break
            case 0x3e:
              view.setInt32(out, GT, true)
              out += 4
              break
            case 0x09:
            case 0x0a:
            case 0x0d:
              bytes[out++] = unit
              break
            default:
              out = writeCodePoint(bytes, 0xfffd, out) | 0
          }
        } else if (unit < 0x800) {
          bytes[out++] = 0xc0 | (unit >> 6)
          bytes[out++] = 0x80 | (unit & 0x3f)
        } else if ((unit & 0xf800) !== 0xd800) {
          out = writeCodePoint(bytes, unit >= 0xfffe ? 0xfffd : unit, out) | 0
        } else {
          const low = at < end && unit < 0xdc00 ? view.getUint16(at, true) : 0
          if ((low & 0xfc00) === 0xdc00) {
            out = writeCodePoint(bytes, 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff), out) | 0
            at += 2
          } else out = writeCodePoint(bytes, 0xfffd, out) | 0
        }
      }
    }
    return out
  }

  return writeXmlText
}
