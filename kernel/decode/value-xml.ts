import * as format from '../format'
import { writeBytes, writeGuid, writeHex } from './hex'
import { writeReal } from './host'
import { writeI32, writeI64, writeU32, writeU64 } from './number'
import { SID_HEADER_SIZE, writeSid } from './sid'
import { trimmedBytes, trimmedUnits, writeAnsi, writeText } from './text'
import { writeFiletime, writeSystemtime } from './time'

/** True for whole numbers and truth of the size of their type: as text they are the same in every dialect. */
export function isWhole(type: u32, size: u32): bool {
  switch (type) {
    case format.INT8_TYPE:
    case format.UINT8_TYPE:
      return size == 1
    case format.INT16_TYPE:
    case format.UINT16_TYPE:
      return size == 2
    case format.INT32_TYPE:
    case format.UINT32_TYPE:
      return size == 4
    case format.INT64_TYPE:
    case format.UINT64_TYPE:
      return size == 8
    case format.BOOL_TYPE:
      return size == 1 || size == 2 || size == 4
  }
  return false
}

/**
 * Writes a value as XML has it: see `src/evtx/value-text.ts`. A value whose size contradicts its type is shown as hex digits.
 * Without a text nothing is written.
 *
 * @param type no string (they are written where it is clear how), no array, no BinXML, not null
 * @param way how text is escaped
 */
export function writeXmlValue(at: usize, type: u32, address: usize, size: u32, way: i32): usize {
  switch (type) {
    case format.EVT_XML_TYPE:
      return writeText(at, address, trimmedUnits(address, size), way)
    case format.ANSI_STRING_TYPE:
      return writeAnsi(at, address, trimmedBytes(address, size), way)
    case format.INT8_TYPE:
      if (size == 1) return writeI32(at, load<i8>(address))
      break
    case format.UINT8_TYPE:
      if (size == 1) return writeU32(at, load<u8>(address))
      break
    case format.INT16_TYPE:
      if (size == 2) return writeI32(at, load<i16>(address))
      break
    case format.UINT16_TYPE:
      if (size == 2) return writeU32(at, load<u16>(address))
      break
    case format.INT32_TYPE:
      if (size == 4) return writeI32(at, load<i32>(address))
      break
    case format.UINT32_TYPE:
      if (size == 4) return writeU32(at, load<u32>(address))
      break
    case format.INT64_TYPE:
      if (size == 8) return writeI64(at, load<i64>(address))
      break
    case format.UINT64_TYPE:
      if (size == 8) return writeU64(at, load<u64>(address))
      break
    case format.REAL32_TYPE:
      if (size == 4) return writeReal(address, size, at, 0)
      break
    case format.REAL64_TYPE:
      if (size == 8) return writeReal(address, size, at, 0)
      break
    case format.BOOL_TYPE:
      if (size == 4) return writeBool(at, load<u32>(address))
      if (size == 2) return writeBool(at, load<u16>(address))
      if (size == 1) return writeBool(at, load<u8>(address))
      break
    case format.GUID_TYPE:
      if (size == 16) return writeGuid(at, address)
      break
    case format.FILETIME_TYPE:
      if (size == 8) return writeFiletime(at, load<u64>(address))
      break
    case format.SYSTEMTIME_TYPE:
      if (size == 16) return writeSystemtime(at, address, false)
      break
    case format.SID_TYPE:
      if (size >= SID_HEADER_SIZE) return writeSid(at, address, size)
      break
    case format.HEX_INT32_TYPE:
      if (size == 4) return writeHex(at, load<u32>(address))
      break
    case format.HEX_INT64_TYPE:
      if (size == 8) return writeHex(at, load<u64>(address))
      break
    case format.SIZE_T_TYPE:
    case format.EVT_HANDLE_TYPE:
      if (size == 4) return writeHex(at, load<u32>(address))
      if (size == 8) return writeHex(at, load<u64>(address))
      break
  }
  return writeBytes(at, address, size)
}

/** `true` or `false`. */
function writeBool(at: usize, value: u32): usize {
  if (value != 0) {
    store<u32>(at, 0x65757274)
    return at + 4
  }
  store<u32>(at, 0x736c6166)
  store<u8>(at, 0x65, 4)
  return at + 5
}

/** Bytes of one item of an array whose items have a fixed size and need no care; 0 for any other. */
export function itemSize(type: u32): u32 {
  switch (type) {
    case format.INT8_TYPE:
    case format.UINT8_TYPE:
      return 1
    case format.INT16_TYPE:
    case format.UINT16_TYPE:
      return 2
    case format.INT32_TYPE:
    case format.UINT32_TYPE:
    case format.BOOL_TYPE:
    case format.HEX_INT32_TYPE:
    case format.REAL32_TYPE:
      return 4
    case format.INT64_TYPE:
    case format.UINT64_TYPE:
    case format.HEX_INT64_TYPE:
    case format.REAL64_TYPE:
    case format.FILETIME_TYPE:
      return 8
    case format.GUID_TYPE:
    case format.SYSTEMTIME_TYPE:
      return 16
  }
  return 0
}

/** UTF-16 units up to the next zero, or to the end. */
export function unitsToZero(from: usize, end: usize): u32 {
  let at = from
  while (at + 2 <= end && load<u16>(at) != 0) at += 2
  return <u32>(at - from) >> 1
}
