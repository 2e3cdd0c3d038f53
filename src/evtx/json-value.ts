import { scalar, toNumber } from './json.ts'
import { scalarText } from './json-evtx-dump.ts'
import { EMPTY_IS_NULL, LITERAL_TYPE, NULL_IS_TEXT, NUMBER } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { renderValue, textType } from './value-text.ts'
import * as type from './value-type.ts'
import { ansiForms, withoutZeros, writeAnsi } from './write-ansi.ts'
import { writeJsonText } from './write-json-text.ts'
import { UNUSUAL, writeAscii, writeGuid } from './write-number.ts'
import { writeFiletime } from './write-time.ts'
import { trimmedUnits, writeValue } from './write-value.ts'

const QUOTE = 0x22
/** Digits of a second that `evtx_dump` prints. */
const SIX = 6

const encoder = new TextEncoder()
const ANSI_FORMS = ansiForms((character) => JSON.stringify(character).slice(1, -1))

/**
 * Writes one value as JSON. Returns the position behind it, or `UNUSUAL` where a number is asked for that only the tree can
 * tell.
 *
 * @param valueType without the array flag; not BinXML
 * @param flags `NULL_IS_TEXT`, `EMPTY_IS_NULL`, `NUMBER`
 * @param isDump the dialect is `evtx_dump`'s: GUIDs in capitals without braces, six digits of a second, integers bare
 */
export function writeJsonValue(
  memory: PlanMemory,
  valueType: number,
  from: number,
  size: number,
  to: number,
  flags: number,
  isDump: boolean,
): number {
  const { bytes, view } = memory
  switch (valueType) {
    case type.NULL_TYPE:
      return writeAscii(memory, flags & NULL_IS_TEXT ? '""' : 'null', to)
    case type.STRING_TYPE:
      return writeText(memory, from, trimmedUnits(memory, from, size), to, flags)
    case LITERAL_TYPE:
      return writeText(memory, from, size >> 1, to, flags)
    case type.ANSI_STRING_TYPE:
      return writeAnsiText(memory, from, withoutZeros(memory, from, size), to, flags)
    case type.UINT8_TYPE:
    case type.UINT16_TYPE:
    case type.UINT32_TYPE:
    case type.INT8_TYPE:
    case type.INT16_TYPE:
    case type.INT32_TYPE: {
      const end = writeValue(memory, valueType, from, size, to)
      return end === UNUSUAL ? writeRendered(memory, valueType, from, size, to, flags, isDump) : end
    }
    case type.UINT64_TYPE:
      // Beyond 2^53 our own shape has text.
      if (size === 8 && (isDump || view.getUint32(from + 4, true) < 0x200000)) {
        return writeValue(memory, valueType, from, size, to)
      }
      return writeRendered(memory, valueType, from, size, to, flags, isDump)
    case type.INT64_TYPE:
      if (!isDump || size !== 8) return writeRendered(memory, valueType, from, size, to, flags, isDump)
      return writeValue(memory, valueType, from, size, to)
    case type.BOOL_TYPE:
      if (size !== 4 || (flags & NUMBER) !== 0) return writeRendered(memory, valueType, from, size, to, flags, isDump)
      return writeValue(memory, valueType, from, size, to)
    case type.BINARY_TYPE:
      // Digits alone would be a number, where one is asked for.
      if (size === 0 || (flags & NUMBER) !== 0) {
        return writeRendered(memory, valueType, from, size, to, flags, isDump)
      }
      break
    case type.SYSTEMTIME_TYPE:
      if (!isDump) break
      return writeRendered(memory, valueType, from, size, to, flags, isDump)
    case type.GUID_TYPE:
      if (!isDump || size !== 16) break
      bytes[to] = QUOTE
      bytes[to + 37] = QUOTE
      return writeGuid(memory, from, to + 1, true) + 1
    case type.FILETIME_TYPE: {
      if (!isDump || size !== 8) break
      bytes[to] = QUOTE
      const end = writeFiletime(memory, view.getUint32(from, true), view.getUint32(from + 4, true), to + 1, SIX)
      bytes[end] = QUOTE
      return end + 1
    }
    case type.HEX_INT32_TYPE:
    case type.HEX_INT64_TYPE:
    case type.SIZE_T_TYPE:
    case type.SID_TYPE:
      break
    default:
      return writeRendered(memory, valueType, from, size, to, flags, isDump)
  }
  const end = writeValue(memory, valueType, from, size, to + 1)
  if (end === UNUSUAL) return writeRendered(memory, valueType, from, size, to, flags, isDump)
  bytes[to] = QUOTE
  bytes[end] = QUOTE
  return end + 1
}

function writeText(memory: PlanMemory, from: number, units: number, to: number, flags: number): number {
  const { bytes } = memory
  if (units === 0) return writeAscii(memory, flags & EMPTY_IS_NULL ? 'null' : '""', to)
  bytes[to] = QUOTE
  const end = writeJsonText(memory, from, units, to + 1)
  if ((flags & NUMBER) !== 0) {
    const bare = bareNumber(memory, to + 1, end)
    if (bare !== UNUSUAL) return bare
  }
  bytes[end] = QUOTE
  return end + 1
}

function writeAnsiText(memory: PlanMemory, from: number, length: number, to: number, flags: number): number {
  const { bytes } = memory
  if (length === 0) return writeAscii(memory, flags & EMPTY_IS_NULL ? 'null' : '""', to)
  bytes[to] = QUOTE
  const end = writeAnsi(memory, from, length, to + 1, ANSI_FORMS)
  const bare = (flags & NUMBER) === 0 ? UNUSUAL : bareNumber(memory, to + 1, end)
  if (bare !== UNUSUAL) return bare
  bytes[end] = QUOTE
  return end + 1
}

/** Longest number that is tried: a double has no more digits. */
const MAX_DIGITS = 32

/** Takes the quotes from a text that is exactly a number; `UNUSUAL` where it is none. */
function bareNumber({ bytes }: PlanMemory, start: number, end: number): number {
  if (end - start > MAX_DIGITS) return UNUSUAL
  let text = ''
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!)
  if (typeof toNumber(text) !== 'number') return UNUSUAL
  bytes.copyWithin(start - 1, start, end)
  return end - 1
}

function writeRendered(
  memory: PlanMemory,
  valueType: number,
  from: number,
  size: number,
  to: number,
  flags: number,
  isDump: boolean,
): number {
  if ((flags & NUMBER) !== 0) return UNUSUAL
  const text = renderValue(memory, valueType, from, size)
  const shown = textType(valueType, size)
  let json: string
  if (text === '') json = flags & EMPTY_IS_NULL ? 'null' : '""'
  else json = isDump ? scalarText({ text, type: shown }) : JSON.stringify(scalar(text, shown))
  const encoded = encoder.encode(json)
  memory.bytes.set(encoded, to)
  return to + encoded.length
}
