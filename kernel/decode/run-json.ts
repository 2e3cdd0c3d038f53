import { chunk } from './current'
import * as format from '../format'
import { writeHex } from './hex'
import { writeBinXml } from './instance'
import { TEXT_KEY, writeTextKey } from './json-text'
import { MARKS, MARKS_END } from './memory'
import { writeU32 } from './number'
import * as plan from './plan'
import { addressOf, SLOT_SIZE, sizeOf, typeOf } from './slot'
import { trimmedUnits } from './text'
import { IS_CHILD, IS_PAYLOAD } from './template'
import { writeFiletime, writeMicroTime } from './time'
import { writeDigits, writeEvtxrayValue, writeNumberValue } from './value-evtxray'
import { itemSize, unitsToZero } from './value-xml'
import { writeJsonString, writeJsonStringHere, writeJsonValue } from './value-json'

/**
 * Positions of objects and arrays that are open, the last behind the others.
 *
 *     offset  size  field
 *          0     4  address behind what stands before it
 *          4     4  of an array: items so far
 */
const MARK_SIZE: usize = 8

let marks: usize = MARKS

/** No object is open. */
export function startMarks(): void {
  marks = MARKS
}

/** Runs a plan of the dialect `evtx_dump`. @returns where the text ends; 0 when the plain renderer has to do it */
export function runEvtxDump(first: usize, slots: usize, at: usize, depth: i32): usize {
  return runJson(first, slots, at, depth, false)
}

/** Runs a plan of our own JSON. @returns where the text ends; 0 when the plain renderer has to do it */
export function runEvtxray(first: usize, slots: usize, at: usize, depth: i32): usize {
  return runJson(first, slots, at, depth, true)
}

/** The plans are of our own JSON, not of that of `evtx_dump`. */
let isOwn: bool = false

/** Chooses how values are written. */
export function setOwn(own: bool): void {
  isOwn = own
}

/** A value of a type that is rarer. @returns 0 when the plain renderer has to do it */
// @ts-ignore: decorator
@inline
function writeOther(at: usize, type: u32, address: usize, size: u32, head: u32, own: bool): usize {
  if (!own) return writeJsonValue(at, type, address, size)
  if (head & (plan.NUMBER << 8)) return writeNumberValue(at, type, address, size)
  return writeEvtxrayValue(at, type, address, size)
}

/** A value in one way or the other. */
function writeValue(at: usize, type: u32, address: usize, size: u32): usize {
  return isOwn ? writeEvtxrayValue(at, type, address, size) : writeJsonValue(at, type, address, size)
}

/**
 * Runs a plan of JSON. Hot, as `runXml`, and made twice: `own` is known where it is called.
 *
 * @param slots address of the instance's slots
 */
// @ts-ignore: decorator
@inline
function runJson(first: usize, slots: usize, at: usize, depth: i32, own: bool): usize {
  let op = first
  let text = op + plan.OP_SIZE
  let length = plan.lengthOf(op)
  /** Where the attributes began that may all be missing. */
  let attributes: usize = 0
  while (true) {
    const head = load<u32>(op)
    const next: usize = load<u32>(op, 8)
    at = plan.copyText(at, text, length)
    const kind = head & 0xff
    const slot = load<u64>(slots + (head >> 16) * SLOT_SIZE)
    const type = typeOf(slot)
    if (kind == plan.JSON_VALUE || kind == plan.JSON_MEMBER || kind == plan.JSON_OPTIONAL) {
      const address = addressOf(slot)
      const size = sizeOf(slot)
      const before = at
      if (head & (plan.FIRST << 8)) attributes = at - load<u32>(op, 12)
      // The types that most values have stand here, as a call costs as much as they do.
      switch (type) {
        case format.NULL_TYPE:
          break
        case format.STRING_TYPE: {
          const units = trimmedUnits(address, size)
          if (own && head & (plan.NUMBER << 8)) at = writeDigits(at, address, units)
          else if (units != 0) at = writeJsonStringHere(at, address, units)
          break
        }
        case format.UINT8_TYPE:
          if (size == 1) at = writeU32(at, load<u8>(address))
          else at = writeOther(at, type, address, size, head, own)
          break
        case format.UINT16_TYPE:
          if (size == 2) at = writeU32(at, load<u16>(address))
          else at = writeOther(at, type, address, size, head, own)
          break
        case format.UINT32_TYPE:
          if (size == 4) at = writeU32(at, load<u32>(address))
          else at = writeOther(at, type, address, size, head, own)
          break
        case format.HEX_INT64_TYPE:
          if (size == 8) {
            store<u8>(at, 0x22)
            at = writeHex(at + 1, load<u64>(address))
            store<u8>(at++, 0x22)
          } else at = writeOther(at, type, address, size, head, own)
          break
        case format.FILETIME_TYPE:
          if (size == 8) {
            store<u8>(at, 0x22)
            at = own ? writeFiletime(at + 1, load<u64>(address)) : writeMicroTime(at + 1, load<u64>(address))
            store<u8>(at++, 0x22)
          } else at = writeOther(at, type, address, size, head, own)
          break
        case format.BIN_XML_TYPE:
          if (kind == plan.JSON_MEMBER || (head & (plan.OBJECT << 8)) == 0) return 0
          at = writeObject(slot, at, depth)
          break
        default:
          if (type & format.ARRAY_FLAG) at = own && head & (plan.REPEAT << 8) ? writeRepeated(at, slot) : 0
          else at = writeOther(at, type, address, size, head, own)
      }
      if (at == 0) return 0
      if (at == before) {
        const isNull = type == format.NULL_TYPE
        if (kind == plan.JSON_MEMBER || (kind == plan.JSON_OPTIONAL && isNull)) at -= load<u32>(op, 12)
        else at = writeNothing(at, head & (plan.NULL_IS_TEXT << 8) | <u32>(own && !isNull))
      }
    } else if (kind == plan.SKIP_IF_NULL) {
      if (type == format.NULL_TYPE) {
        op = load<u32>(op, 12)
        const skipped = plan.skippedOf(head)
        text = op + plan.OP_SIZE + skipped
        length = plan.lengthOf(op) - skipped
        continue
      }
    } else if (kind == plan.CLOSE_ATTRIBUTES) {
      if (head >> 16 == plan.NO_SLOT && at != attributes) {
        store<u8>(attributes, 0x7b)
        store<u16>(at, 0x7d7d)
        at += own ? 1 : 2
      } else {
        at = closeAttributes(op, head >> 16 == plan.NO_SLOT ? 0 : slot, attributes, at)
        if (at == 0) return 0
      }
    } else if (kind == plan.END) return at
    else if (kind != plan.LITERAL) {
      at = runRare(kind, op, head >> 16 == plan.NO_SLOT ? 0 : slot, at, depth)
      if (at == 0) return 0
    }
    op = next
    text = op + plan.OP_SIZE
    length = plan.lengthOf(op)
  }
}

// @ts-ignore: decorator
@inline
function writeNothing(at: usize, isText: u32): usize {
  store<u32>(at, isText ? 0x2222 : 0x6c6c756e)
  return isText ? at + 2 : at + 4
}

function runRare(kind: u32, op: usize, slot: u64, at: usize, depth: i32): usize {
  const flags: u32 = load<u8>(op, 1)
  switch (kind) {
    case plan.OPEN:
      return open(at)
    case plan.CLOSE_OBJECT: {
      marks -= MARK_SIZE
      const mark: usize = load<u32>(marks)
      if (at == mark) {
        if ((flags & plan.EMPTY_IS_OBJECT) == 0) return writeNothing(at, flags & plan.NULL_IS_TEXT)
        store<u16>(at, 0x7d7b)
        return at + 2
      }
      store<u8>(mark, 0x7b)
      store<u8>(at, 0x7d)
      return at + 1
    }
    case plan.JSON_CHILDREN:
      return writeChildren(slot, at, depth)
    case plan.JSON_ITEM:
      return writeItem(slot, at, flags)
    case plan.COUNT_ITEM:
      store<u32>(marks - MARK_SIZE, load<u32>(marks - MARK_SIZE, 4) + 1, 4)
      return at
    default:
      return closeItems(at, flags, load<u32>(op, 12))
  }
}

/** An object or array begins. @returns 0 when too many are open */
function open(at: usize): usize {
  if (marks >= MARKS_END) return 0
  store<u32>(marks, <u32>at)
  store<u32>(marks, 0, 4)
  marks += MARK_SIZE
  return at
}

/** @param mark where the attributes began */
function closeAttributes(op: usize, slot: u64, mark: usize, at: usize): usize {
  const flags: u32 = load<u8>(op, 1)
  const type = typeOf(slot)
  if (type & format.ARRAY_FLAG || type == format.BIN_XML_TYPE) return 0
  const size = sizeOf(slot)
  if (at == mark) {
    at -= load<u32>(op, 12)
    if (type == format.NULL_TYPE) return writeNothing(at, flags & plan.NULL_IS_TEXT)
    const end = writeValue(at, type, addressOf(slot), size)
    return end == at ? writeNothing(at, isOwn ? 1 : flags & plan.NULL_IS_TEXT) : end
  }
  store<u8>(mark, 0x7b)
  if (!isOwn) store<u8>(at++, 0x7d)
  if (type != format.NULL_TYPE) {
    const key = writeTextKey(at)
    const end = writeValue(key, type, addressOf(slot), size)
    if (end != key) at = end
  }
  store<u8>(at, 0x7d)
  return at + 1
}

/** An element whose content is another template's element. */
function writeObject(slot: u64, at: usize, depth: i32): usize {
  const size = sizeOf(slot)
  if (size == 0) return 0
  const from = <u32>(addressOf(slot) - chunk)
  // Our own members bring a comma, of which the brace takes the place.
  const start = isOwn ? at : at + 1
  const end = writeBinXml(from, from + size, start, depth + 1, IS_CHILD)
  if (end == 0 || end == start) return 0
  store<u8>(at, 0x7b)
  store<u8>(end, 0x7d)
  return end + 1
}

/** Another template's element, between the members of an event. */
function writeChildren(slot: u64, at: usize, depth: i32): usize {
  const type = typeOf(slot)
  if (type == format.NULL_TYPE) {
    if (isOwn) return at
    // ,"#text":null
    store<u32>(writeTextKey(at), 0x6c6c756e)
    return at + TEXT_KEY + 4
  }
  if (type != format.BIN_XML_TYPE || sizeOf(slot) == 0) return 0
  const from = <u32>(addressOf(slot) - chunk)
  store<u8>(at, 0x2c)
  const start = isOwn ? at : at + 1
  const end = writeBinXml(from, from + sizeOf(slot), start, depth + 1, isOwn ? IS_PAYLOAD : IS_CHILD)
  return end == start ? 0 : end
}

/** The items of a value: one alone, or a list of them. */
function writeRepeated(at: usize, slot: u64): usize {
  if (open(at) == 0) return 0
  const end = writeItem(slot, at, 0)
  return end == 0 ? 0 : closeItems(end, plan.SINGLE_IS_BARE, 0)
}

/** An item of an array, or as many as the value has. */
function writeItem(slot: u64, at: usize, flags: u32): usize {
  const type = typeOf(slot)
  const size = sizeOf(slot)
  const address = addressOf(slot)
  if (type == format.BIN_XML_TYPE) return 0
  if ((type & format.ARRAY_FLAG) == 0) return writeOne(at, type, address, size, flags)
  const itemType = type & ~format.ARRAY_FLAG
  const isString = itemType == format.STRING_TYPE
  const step = itemSize(itemType)
  // No item has such a type: what an array of them is, the tree knows.
  if (!isString && step == 0) return 0
  // An array without items leaves one that is empty.
  if (size == 0 || (isString && size == 1)) return writeOne(at, format.NULL_TYPE, address, 0, plan.NULL_IS_TEXT)
  if (isString) return writeStrings(at, address, size)
  if (size % step != 0) return 0
  for (let item = address; item < address + size; item += step) at = writeOne(at, itemType, item, step, flags)
  return at
}

function writeOne(at: usize, type: u32, address: usize, size: u32, flags: u32): usize {
  const mark = marks - MARK_SIZE
  store<u32>(mark, load<u32>(mark, 4) + 1, 4)
  store<u8>(at++, 0x2c)
  if (type == format.NULL_TYPE) return writeNothing(at, flags & plan.NULL_IS_TEXT)
  const end = writeValue(at, type, address, size)
  return end == at ? writeNothing(at, 1) : end
}

/** Strings of which each ends with a zero, but for the last, which may. */
function writeStrings(at: usize, from: usize, size: u32): usize {
  const mark = marks - MARK_SIZE
  const end = from + (size & ~1)
  let count = load<u32>(mark, 4)
  for (let item = from; item < end; count++) {
    const units = unitsToZero(item, end)
    store<u8>(at, 0x2c)
    at = writeJsonString(at + 1, item, units)
    item += 2 * units + 2
  }
  store<u32>(mark, count, 4)
  return at
}

/** Ends the items of an array, and the object around it. @param before bytes that stand before it */
function closeItems(at: usize, flags: u32, before: u32): usize {
  marks -= MARK_SIZE
  const mark: usize = load<u32>(marks)
  const count = load<u32>(marks, 4)
  if (count == 0) return at - before
  if (count == 1 && flags & plan.SINGLE_IS_BARE) {
    // One item stands alone: its comma goes.
    memory.copy(mark, mark + 1, at - mark - 1)
    at--
  } else {
    store<u8>(mark, 0x5b)
    store<u8>(at++, 0x5d)
  }
  if (flags & plan.WRAPPED) store<u8>(at++, 0x7d)
  return at
}
