import * as format from '../format'
import { writeBareGuid, writeBytes, writeHex } from './hex'
import { writeReal } from './host'
import { SID_HEADER_SIZE, writeSid } from './sid'
import { JSON, trimmedBytes, trimmedUnits, writeAnsi, writeJson, writeJsonHere } from './text'
import { writeMicroTime, writeSystemtime } from './time'
import { isWhole, writeXmlValue } from './value-xml'

/**
 * Writes a value as `evtx_dump` has it: see `scalarText` in `src/evtx/json-evtx-dump.ts`. Numbers and truth stand bare, the rest
 * in quotes. Without a text nothing is written.
 *
 * @param type no array, no BinXML, not null
 */
export function writeJsonValue(at: usize, type: u32, address: usize, size: u32): usize {
  switch (type) {
    case format.STRING_TYPE:
    case format.EVT_XML_TYPE: {
      const units = trimmedUnits(address, size)
      return units == 0 ? at : writeJsonString(at, address, units)
    }
    case format.ANSI_STRING_TYPE: {
      const length = trimmedBytes(address, size)
      if (length == 0) return at
      store<u8>(at, 0x22)
      return quoted(writeAnsi(at + 1, address, length, JSON))
    }
    case format.REAL32_TYPE:
      if (size == 4) return writeReal(address, size, at, 1)
      break
    case format.REAL64_TYPE:
      if (size == 8) return writeReal(address, size, at, 1)
      break
  }
  if (isWhole(type, size)) return writeXmlValue(at, type, address, size, JSON)
  return writeQuotedValue(at, type, address, size)
}

function writeQuotedValue(at: usize, type: u32, address: usize, size: u32): usize {
  if (size == 0) return at
  store<u8>(at++, 0x22)
  switch (type) {
    case format.GUID_TYPE:
      if (size == 16) return quoted(writeBareGuid(at, address))
      break
    case format.FILETIME_TYPE:
      if (size == 8) return quoted(writeMicroTime(at, load<u64>(address)))
      break
    case format.SYSTEMTIME_TYPE:
      if (size == 16) return quoted(writeSystemtime(at, address, true))
      break
    case format.SID_TYPE:
      if (size >= SID_HEADER_SIZE) return quoted(writeSid(at, address, size))
      break
    case format.HEX_INT32_TYPE:
      if (size == 4) return quoted(writeHex(at, load<u32>(address)))
      break
    case format.HEX_INT64_TYPE:
      if (size == 8) return quoted(writeHex(at, load<u64>(address)))
      break
    case format.SIZE_T_TYPE:
    case format.EVT_HANDLE_TYPE:
      if (size == 4) return quoted(writeHex(at, load<u32>(address)))
      if (size == 8) return quoted(writeHex(at, load<u64>(address)))
      break
  }
  return quoted(writeBytes(at, address, size))
}

/** A JSON string. */
// @ts-ignore: decorator
@inline
export function writeJsonString(at: usize, from: usize, units: u32): usize {
  store<u8>(at, 0x22)
  return quoted(writeJson(at + 1, from, units))
}

/** The same in its place. */
// @ts-ignore: decorator
@inline
export function writeJsonStringHere(at: usize, from: usize, units: u32): usize {
  store<u8>(at, 0x22)
  return quoted(writeJsonHere(at + 1, from, units))
}

// @ts-ignore: decorator
@inline
function quoted(at: usize): usize {
  store<u8>(at, 0x22)
  return at + 1
}
