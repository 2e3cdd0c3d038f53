import type { PlanMemory } from './plan-memory.ts'
import * as type from './value-type.ts'
import {
  UNUSUAL,
  writeAscii,
  writeBytes,
  writeGuid,
  writeHex,
  writeInt32,
  writeInt64,
  writeUint32,
  writeUint64,
} from './write-number.ts'
import { writeFiletime, writeSystemtime } from './write-time.ts'

/** Digits of a time's fraction. */
const SEVEN = 7

/**
 * Writes the text of a value that is no text itself: the same as `renderValue`, ASCII without anything to escape. Returns
 * the position behind it, or `UNUSUAL`; then what stands behind `to` is undefined. At most six bytes for one of the value.
 *
 * @param valueType without the array flag
 */
export function writeValue(memory: PlanMemory, valueType: number, from: number, size: number, to: number): number {
  const { bytes, view } = memory
  switch (valueType) {
    case type.NULL_TYPE:
      return to
    case type.UINT8_TYPE:
      return size === 1 ? writeUint32(memory, bytes[from]!, to) : UNUSUAL
    case type.UINT16_TYPE:
      return size === 2 ? writeUint32(memory, view.getUint16(from, true), to) : UNUSUAL
    case type.UINT32_TYPE:
      return size === 4 ? writeUint32(memory, view.getUint32(from, true), to) : UNUSUAL
    case type.UINT64_TYPE:
      return size === 8 ? writeUint64(memory, view.getUint32(from, true), view.getUint32(from + 4, true), to) : UNUSUAL
    case type.HEX_INT32_TYPE:
      return size === 4 ? writeHex(memory, view.getUint32(from, true), 0, to) : UNUSUAL
    case type.HEX_INT64_TYPE:
      return size === 8 ? writeHex(memory, view.getUint32(from, true), view.getUint32(from + 4, true), to) : UNUSUAL
    case type.SIZE_T_TYPE:
    case type.EVT_HANDLE_TYPE:
      if (size === 4) return writeHex(memory, view.getUint32(from, true), 0, to)
      return size === 8 ? writeHex(memory, view.getUint32(from, true), view.getUint32(from + 4, true), to) : UNUSUAL
    case type.GUID_TYPE:
      if (size !== 16) return UNUSUAL
      bytes[to] = 0x7b
      bytes[to + 37] = 0x7d
      return writeGuid(memory, from, to + 1, false) + 1
    case type.FILETIME_TYPE:
      if (size !== 8) return UNUSUAL
      return writeFiletime(memory, view.getUint32(from, true), view.getUint32(from + 4, true), to, SEVEN)
    case type.SYSTEMTIME_TYPE:
      return size === 16 ? writeSystemtime(memory, from, to) : UNUSUAL
    case type.SID_TYPE:
      return writeSid(memory, from, size, to)
    case type.BOOL_TYPE:
      return size === 4 ? writeAscii(memory, view.getUint32(from, true) !== 0 ? 'true' : 'false', to) : UNUSUAL
    case type.BINARY_TYPE:
      return writeBytes(memory, from, size, to)
    case type.INT8_TYPE:
      return size === 1 ? writeInt32(memory, view.getInt8(from), to) : UNUSUAL
    case type.INT16_TYPE:
      return size === 2 ? writeInt32(memory, view.getInt16(from, true), to) : UNUSUAL
    case type.INT32_TYPE:
      return size === 4 ? writeInt32(memory, view.getInt32(from, true), to) : UNUSUAL
    case type.INT64_TYPE:
      return size === 8 ? writeInt64(memory, view.getUint32(from, true), view.getUint32(from + 4, true), to) : UNUSUAL
    default:
      return UNUSUAL
  }
}

/** Bytes of a SID before its sub-authorities. */
const SID_HEADER_SIZE = 8

/** As `renderSid` writes it. */
function writeSid(memory: PlanMemory, from: number, size: number, to: number): number {
  const { bytes, view } = memory
  if (size < SID_HEADER_SIZE) return UNUSUAL
  bytes[to] = 0x53
  bytes[to + 1] = 0x2d
  let at = writeUint32(memory, bytes[from]!, to + 2)
  bytes[at] = 0x2d
  // The authority has six bytes, the first one above.
  at = writeUint64(memory, view.getUint32(from + 4, false), view.getUint16(from + 2, false), at + 1)
  const count = Math.min(bytes[from + 1]!, (size - SID_HEADER_SIZE) >> 2)
  for (let i = 0; i < count; i++) {
    bytes[at] = 0x2d
    at = writeUint32(memory, view.getUint32(from + SID_HEADER_SIZE + 4 * i, true), at + 1)
  }
  return at
}

/** Bytes of one item where a fast writer knows how to step through an array of the type; 0 where not. */
export function itemSize(itemType: number): number {
  return itemType === type.BOOL_TYPE || itemType === type.REAL32_TYPE || itemType === type.REAL64_TYPE
    ? 0
    : (type.FIXED_SIZE[itemType] ?? 0)
}

/** Units of a UTF-16 text without the zeros at its end. */
export function trimmedUnits({ view }: PlanMemory, from: number, size: number): number {
  let units = size >> 1
  while (units > 0 && view.getUint16(from + 2 * units - 2, true) === 0) units--
  return units
}
