import { scalar, toNumber } from './json.ts'
import { scalarText } from './json-evtx-dump.ts'
import { EMPTY_IS_NULL, LITERAL_TYPE, NULL_IS_TEXT, NUMBER, PARTS_TYPE } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { renderValue, textType } from './value-text.ts'
import * as type from './value-type.ts'
import { ansiForms, ansiWriter } from './write-ansi.ts'
import { jsonTextWriter } from './write-json-text.ts'
import { UNUSUAL } from './write-number.ts'
import type { Writers } from './write-value.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** Digits of a second that `evtx_dump` prints. */
const SIX = 6

const encoder = new TextEncoder()
const ANSI_FORMS = ansiForms((character) => JSON.stringify(character).slice(1, -1))

/** Longest number that is tried: a double has no more digits. */
const MAX_DIGITS = 32
/** `null` and `""`, as little-endian words. */
const NULL_WORD = 0x6c6c756e
const EMPTY_WORD = 0x2222

/**
 * A writer of any value for JSON; see `writersOf`.
 *
 * @param isDump the dialect is `evtx_dump`'s: GUIDs in capitals without braces, six digits of a second, integers bare
 */
export function jsonValueWriter(memory: PlanMemory, { numbers, times, values }: Writers, isDump: boolean) {
  const { bytes, view, words } = memory
  const { writeGuid } = numbers
  const { writeFiletime } = times
  const { writeValue, trimmedUnits } = values
  const { writeAnsi, withoutZeros } = ansiWriter(memory, ANSI_FORMS)
  const writeJsonText = jsonTextWriter(memory)

  /**
   * Writes one value as JSON. Returns the position behind it, or `UNUSUAL` where a number is asked for that only the
   * tree can tell.
   *
   * @param valueType without the array flag; not BinXML
   * @param flags `NULL_IS_TEXT`, `EMPTY_IS_NULL`, `NUMBER`
   */
  function writeJsonValue(valueType: number, from: number, size: number, to: number, flags: number): number {
    switch (valueType) {
      case type.NULL_TYPE:
        return flags & NULL_IS_TEXT ? writeEmpty(to) : writeNull(to)
      case type.STRING_TYPE:
        return writeText(from, trimmedUnits(from, size), to, flags)
      case LITERAL_TYPE:
        return writeText(from, size >> 1, to, flags)
      case PARTS_TYPE:
        return writeParts(from, size, to)
      case type.ANSI_STRING_TYPE:
        return writeAnsiText(from, withoutZeros(from, size), to, flags)
      case type.UINT8_TYPE:
      case type.UINT16_TYPE:
      case type.UINT32_TYPE:
      case type.INT8_TYPE:
      case type.INT16_TYPE:
      case type.INT32_TYPE: {
        const end = writeValue(valueType, from, size, to)
        return end === UNUSUAL ? writeRendered(valueType, from, size, to, flags) : end
      }
      case type.UINT64_TYPE:
        // Beyond 2^53 our own shape has text.
        if (size === 8 && (isDump || view.getUint32(from + 4, true) < 0x200000)) {
          return writeValue(valueType, from, size, to)
        }
        return writeRendered(valueType, from, size, to, flags)
      case type.INT64_TYPE:
        if (!isDump || size !== 8) return writeRendered(valueType, from, size, to, flags)
        return writeValue(valueType, from, size, to)
      case type.BOOL_TYPE:
        if (size !== 4 || (flags & NUMBER) !== 0) return writeRendered(valueType, from, size, to, flags)
        return writeValue(valueType, from, size, to)
      case type.BINARY_TYPE:
        // Digits alone would be a number, where one is asked for.
        if (size === 0 || (flags & NUMBER) !== 0) {
          return writeRendered(valueType, from, size, to, flags)
        }
        break
      case type.SYSTEMTIME_TYPE:
        if (!isDump) break
        return writeRendered(valueType, from, size, to, flags)
      case type.GUID_TYPE:
        if (!isDump || size !== 16) break
        bytes[to] = QUOTE
        bytes[to + 37] = QUOTE
        return writeGuid(from, to + 1, true) + 1
      case type.FILETIME_TYPE: {
        if (!isDump || size !== 8) break
        bytes[to] = QUOTE
        const end = writeFiletime(view.getUint32(from, true), view.getUint32(from + 4, true), to + 1, SIX)
        bytes[end] = QUOTE
        return end + 1
      }
      case type.HEX_INT32_TYPE:
      case type.HEX_INT64_TYPE:
      case type.SIZE_T_TYPE:
      case type.SID_TYPE:
        break
      default:
        return writeRendered(valueType, from, size, to, flags)
    }
    const end = writeValue(valueType, from, size, to + 1)
    if (end === UNUSUAL) return writeRendered(valueType, from, size, to, flags)
    bytes[to] = QUOTE
    bytes[end] = QUOTE
    return end + 1
  }

  function writeNull(to: number): number {
    view.setInt32(to, NULL_WORD, true)
    return to + 4
  }

  function writeEmpty(to: number): number {
    view.setUint16(to, EMPTY_WORD, true)
    return to + 2
  }

  function writeText(from: number, units: number, to: number, flags: number): number {
    if (units === 0) return flags & EMPTY_IS_NULL ? writeNull(to) : writeEmpty(to)
    bytes[to] = QUOTE
    const end = writeJsonText(from, units, to + 1)
    if ((flags & NUMBER) !== 0) {
      const bare = bareNumber(to + 1, end)
      if (bare !== UNUSUAL) return bare
    }
    bytes[end] = QUOTE
    return end + 1
  }

  /** No number has a character that stands as an entity reference. */
  function writeParts(first: number, count: number, to: number): number {
    let out = to
    bytes[out++] = QUOTE
    for (let i = 0; i < count; i++) {
      const from = words[(first >> 2) + 2 * i]!
      const descriptor = words[(first >> 2) + 2 * i + 1]!
      if (descriptor >> 16 === LITERAL_TYPE) out = writeJsonText(from, (descriptor & 0xffff) >> 1, out)
      else {
        if (from === QUOTE) bytes[out++] = BACKSLASH
        bytes[out++] = from
      }
    }
    bytes[out] = QUOTE
    return out + 1
  }

  function writeAnsiText(from: number, length: number, to: number, flags: number): number {
    if (length === 0) return flags & EMPTY_IS_NULL ? writeNull(to) : writeEmpty(to)
    bytes[to] = QUOTE
    const end = writeAnsi(from, length, to + 1)
    const bare = (flags & NUMBER) === 0 ? UNUSUAL : bareNumber(to + 1, end)
    if (bare !== UNUSUAL) return bare
    bytes[end] = QUOTE
    return end + 1
  }

  /** Takes the quotes from a text that is exactly a number; `UNUSUAL` where it is none. */
  function bareNumber(start: number, end: number): number {
    if (end - start > MAX_DIGITS) return UNUSUAL
    let text = ''
    for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!)
    if (typeof toNumber(text) !== 'number') return UNUSUAL
    bytes.copyWithin(start - 1, start, end)
    return end - 1
  }

  function writeRendered(valueType: number, from: number, size: number, to: number, flags: number): number {
    if ((flags & NUMBER) !== 0) return UNUSUAL
    const text = renderValue(memory, valueType, from, size)
    const shown = textType(valueType, size)
    let json: string
    if (text === '') json = flags & EMPTY_IS_NULL ? 'null' : '""'
    else json = isDump ? scalarText({ text, type: shown }) : JSON.stringify(scalar(text, shown))
    const encoded = encoder.encode(json)
    bytes.set(encoded, to)
    return to + encoded.length
  }

  return writeJsonValue
}
