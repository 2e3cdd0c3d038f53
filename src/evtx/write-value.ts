import type { PlanMemory } from './plan-memory.ts'
import * as type from './value-type.ts'
import { type NumberWriter, numberWriter, UNUSUAL, writeAscii } from './write-number.ts'
import { type TimeWriter, timeWriter } from './write-time.ts'

/** Digits of a time's fraction. */
const SEVEN = 7

/** Bytes of a SID before its sub-authorities. */
const SID_HEADER_SIZE = 8

/** Bytes of one item where a fast writer knows how to step through an array of the type; 0 where not. */
export function itemSize(itemType: number): number {
  return itemType === type.BOOL_TYPE || itemType === type.REAL32_TYPE || itemType === type.REAL64_TYPE
    ? 0
    : (type.FIXED_SIZE[itemType] ?? 0)
}

/** Writers of values that are no text into a memory, and what they look at; see `writersOf`. */
export function valueWriter(memory: PlanMemory, numbers: NumberWriter, times: TimeWriter) {
  const { bytes, view } = memory
  const { writeUint32, writeUint64, writeInt32, writeInt64, writeHex, writeBytes, writeGuid } = numbers
  const { writeFiletime, writeSystemtime } = times

  /**
   * Writes the text of a value that is no text itself: the same as `renderValue`, ASCII without anything to escape.
   * Returns the position behind it, or `UNUSUAL`; then what stands behind `to` is undefined. At most six bytes for one
   * of the value.
   *
   * @param valueType without the array flag
   */
  function writeValue(valueType: number, from: number, size: number, to: number): number {
    switch (valueType) {
      case type.NULL_TYPE:
        return to
      case type.UINT8_TYPE:
        return size === 1 ? writeUint32(bytes[from]!, to) : UNUSUAL
      case type.UINT16_TYPE:
        return size === 2 ? writeUint32(view.getUint16(from, true), to) : UNUSUAL
      case type.UINT32_TYPE:
        return size === 4 ? writeUint32(view.getUint32(from, true), to) : UNUSUAL
      case type.UINT64_TYPE:
        return size === 8 ? writeUint64(view.getUint32(from, true), view.getUint32(from + 4, true), to) : UNUSUAL
      case type.HEX_INT32_TYPE:
        return size === 4 ? writeHex(view.getInt32(from, true), 0, to) : UNUSUAL
      case type.HEX_INT64_TYPE:
        return size === 8 ? writeHex(view.getInt32(from, true), view.getInt32(from + 4, true), to) : UNUSUAL
      case type.SIZE_T_TYPE:
      case type.EVT_HANDLE_TYPE:
        if (size === 4) return writeHex(view.getInt32(from, true), 0, to)
        return size === 8 ? writeHex(view.getInt32(from, true), view.getInt32(from + 4, true), to) : UNUSUAL
      case type.GUID_TYPE:
        if (size !== 16) return UNUSUAL
        bytes[to] = 0x7b
        bytes[to + 37] = 0x7d
        return writeGuid(from, to + 1, false) + 1
      case type.FILETIME_TYPE:
        if (size !== 8) return UNUSUAL
        return writeFiletime(view.getUint32(from, true), view.getUint32(from + 4, true), to, SEVEN)
      case type.SYSTEMTIME_TYPE:
        return size === 16 ? writeSystemtime(from, to) : UNUSUAL
      case type.SID_TYPE:
        return writeSid(from, size, to)
      case type.BOOL_TYPE:
        return size === 4 ? writeAscii(memory, view.getUint32(from, true) !== 0 ? 'true' : 'false', to) : UNUSUAL
      case type.BINARY_TYPE:
        return writeBytes(from, size, to)
      case type.INT8_TYPE:
        return size === 1 ? writeInt32(view.getInt8(from), to) : UNUSUAL
      case type.INT16_TYPE:
        return size === 2 ? writeInt32(view.getInt16(from, true), to) : UNUSUAL
      case type.INT32_TYPE:
        return size === 4 ? writeInt32(view.getInt32(from, true), to) : UNUSUAL
      case type.INT64_TYPE:
        return size === 8 ? writeInt64(view.getUint32(from, true), view.getUint32(from + 4, true), to) : UNUSUAL
      default:
        return UNUSUAL
    }
  }

  /** As `renderSid` writes it. */
  function writeSid(from: number, size: number, to: number): number {
    if (size < SID_HEADER_SIZE) return UNUSUAL
    bytes[to] = 0x53
    bytes[to + 1] = 0x2d
    let at = writeUint32(bytes[from]!, to + 2)
    bytes[at] = 0x2d
    // The authority has six bytes, the first one above.
    at = writeUint64(view.getUint32(from + 4, false), view.getUint16(from + 2, false), at + 1)
    const count = Math.min(bytes[from + 1]!, (size - SID_HEADER_SIZE) >> 2)
    for (let i = 0; i < count; i++) {
      bytes[at] = 0x2d
      at = writeUint32(view.getUint32(from + SID_HEADER_SIZE + 4 * i, true), at + 1)
    }
    return at
  }

  /** True when a value has no text at all, so that an attribute of it is left out. */
  function isEmptyValue(valueType: number, from: number, size: number): boolean {
    switch (valueType) {
      case type.NULL_TYPE:
        return true
      case type.STRING_TYPE:
      case type.EVT_XML_TYPE:
        for (let at = from; at + 1 < from + size; at += 2) if (view.getUint16(at, true) !== 0) return false
        return true
      case type.ANSI_STRING_TYPE:
        for (let at = from; at < from + size; at++) if (bytes[at] !== 0) return false
        return true
      default:
        return size === 0
    }
  }

  /** Units of a UTF-16 text without the zeros at its end. */
  function trimmedUnits(from: number, size: number): number {
    let units = size >> 1
    while (units > 0 && view.getUint16(from + 2 * units - 2, true) === 0) units--
    return units
  }

  return { writeValue, isEmptyValue, trimmedUnits }
}

/** What `valueWriter` makes. */
export type ValueWriter = ReturnType<typeof valueWriter>

/** What every dialect writes with. */
export interface Writers {
  readonly numbers: NumberWriter
  readonly times: TimeWriter
  readonly values: ValueWriter
}

const made = new WeakMap<PlanMemory, Writers>()

/**
 * The writers of a memory.
 *
 * All that writes is a closure over the memory's views: to the compiler these are then constants, of known length and
 * place, so that an access to them is one instruction or two, where views out of an argument are loaded and looked at
 * anew behind each call. That is a sixth of a dump's time (`benchmarks/`, case "dump"). It holds for the closures that
 * are made first, so for the one memory of a thread that dumps; those of a second memory write the same, in the old
 * time.
 *
 * Inside a loop the compiler learns too late what is constant. So a hot function with loops takes from the memory what
 * it needs at its start, and makes whole numbers of its arguments (`| 0`): a tenth of a dump's time again.
 */
export function writersOf(memory: PlanMemory): Writers {
  const known = made.get(memory)
  if (known !== undefined) return known
  const numbers = numberWriter(memory)
  const times = timeWriter(memory, numbers)
  const writers = { numbers, times, values: valueWriter(memory, numbers, times) }
  made.set(memory, writers)
  return writers
}
