import * as format from '../format'
import { writeReal } from './host'
import { JSON, trimmedBytes, trimmedUnits, writeAnsi, writeJson } from './text'
import { isWhole, writeXmlValue } from './value-xml'

/** As `Number.MAX_SAFE_INTEGER`: a greater one is a text. */
const MAX_SAFE: u64 = 9_007_199_254_740_991
/** Digits of a number that surely is one in JavaScript, too. */
const MOST_DIGITS: u32 = 15

/**
 * Writes a value as our own JSON has it: see `scalar` in `src/evtx/json.ts`. Numbers and truth stand bare where a program
 * reads them exactly, the rest is the text that XML has of it. Without a text nothing is written.
 *
 * @param type no array, no BinXML, not null
 */
export function writeEvtxrayValue(at: usize, type: u32, address: usize, size: u32): usize {
  switch (type) {
    case format.STRING_TYPE:
    case format.EVT_XML_TYPE: {
      const units = trimmedUnits(address, size)
      if (units == 0) return at
      store<u8>(at, 0x22)
      return quoted(writeJson(at + 1, address, units))
    }
    case format.ANSI_STRING_TYPE: {
      const length = trimmedBytes(address, size)
      if (length == 0) return at
      store<u8>(at, 0x22)
      return quoted(writeAnsi(at + 1, address, length, JSON))
    }
    case format.INT64_TYPE:
      if (size == 8 && <u64>abs<i64>(load<i64>(address)) > MAX_SAFE) return writeQuotedValue(at, type, address, size)
      break
    case format.UINT64_TYPE:
      if (size == 8 && load<u64>(address) > MAX_SAFE) return writeQuotedValue(at, type, address, size)
      break
    case format.REAL32_TYPE:
      if (size == 4) return writeReal(address, size, at, 2)
      break
    case format.REAL64_TYPE:
      if (size == 8) return writeReal(address, size, at, 2)
      break
  }
  if (isWhole(type, size)) return writeXmlValue(at, type, address, size, JSON)
  return writeQuotedValue(at, type, address, size)
}

/** The text that XML has of a value, as a string. */
function writeQuotedValue(at: usize, type: u32, address: usize, size: u32): usize {
  if (size == 0) return at
  store<u8>(at, 0x22)
  return quoted(writeXmlValue(at + 1, type, address, size, JSON))
}

/**
 * Writes a value of a field that is a number, whatever its type: see `toNumber` in `src/evtx/json.ts`.
 *
 * @returns 0 when the plain renderer has to do it
 */
export function writeNumberValue(at: usize, type: u32, address: usize, size: u32): usize {
  switch (type) {
    case format.STRING_TYPE:
      return writeDigits(at, address, trimmedUnits(address, size))
    case format.INT8_TYPE:
    case format.UINT8_TYPE:
      return size == 1 ? writeEvtxrayValue(at, type, address, size) : 0
    case format.INT16_TYPE:
    case format.UINT16_TYPE:
      return size == 2 ? writeEvtxrayValue(at, type, address, size) : 0
    case format.INT32_TYPE:
    case format.UINT32_TYPE:
      return size == 4 ? writeEvtxrayValue(at, type, address, size) : 0
    case format.INT64_TYPE:
    case format.UINT64_TYPE:
      return size == 8 ? writeEvtxrayValue(at, type, address, size) : 0
  }
  return 0
}

/** A text that is a number: digits as a program would print them. Of none nothing is written; 0 for any other text. */
export function writeDigits(at: usize, from: usize, units: u32): usize {
  if (units > MOST_DIGITS || (units > 1 && load<u16>(from) == 0x30)) return 0
  for (let i: u32 = 0; i < units; i++) {
    const unit: u32 = load<u16>(from + 2 * i)
    if (unit - 0x30 > 9) return 0
    store<u8>(at + i, <u8>unit)
  }
  return at + units
}

// @ts-ignore: decorator
@inline
function quoted(at: usize): usize {
  store<u8>(at, 0x22)
  return at + 1
}
