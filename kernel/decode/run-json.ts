import { chunk } from './current'
import * as format from './format'
import { writeBinXml } from './instance'
import { MARKS, MARKS_END } from './memory'
import * as plan from './plan'
import { addressOf, SLOT_SIZE, sizeOf, typeOf } from './slot'
import { trimmedUnits } from './text'
import { itemSize, unitsToZero } from './value-xml'
import { writeJsonString, writeJsonValue } from './value-json'

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

/**
 * Runs a plan of the dialect `evtx_dump`.
 *
 * Hot, as `runXml`.
 *
 * @param slots address of the instance's slots
 * @returns where the text ends; 0 when the plain renderer has to do it
 */
export function runJson(first: usize, slots: usize, at: usize, depth: i32): usize {
  let op = first
  while (true) {
    const head = load<u32>(op)
    const length = load<u32>(op, 4)
    const next: usize = load<u32>(op, 8)
    at = plan.copyText(at, op + plan.OP_SIZE, length)
    const kind = head & 0xff
    if (kind >= plan.OPEN) {
      const slot = head >> 16 == plan.NO_SLOT ? 0 : load<u64>(slots + (head >> 16) * SLOT_SIZE)
      at = runRare(kind, op, slot, at, depth)
      if (at == 0) return 0
      op = next
      continue
    }
    if (kind == plan.LITERAL) {
      op = next
      continue
    }
    if (kind == plan.END) return at
    const slot = load<u64>(slots + (head >> 16) * SLOT_SIZE)
    const type = typeOf(slot)
    if (kind == plan.SKIP_IF_NULL) {
      op = type == format.NULL_TYPE ? <usize>load<u32>(op, 12) : next
      continue
    }
    const before = at
    if (type != format.NULL_TYPE) {
      if (type & format.ARRAY_FLAG) return 0
      if (type == format.STRING_TYPE) {
        const address = addressOf(slot)
        const units = trimmedUnits(address, sizeOf(slot))
        if (units != 0) at = writeJsonString(at, address, units)
      } else if (type != format.BIN_XML_TYPE) at = writeJsonValue(at, type, addressOf(slot), sizeOf(slot))
      else if ((head & 0xffff) == (plan.JSON_VALUE | (plan.OBJECT << 8))) at = writeObject(slot, at, depth)
      else return 0
      if (at == 0) return 0
    }
    if (at == before) {
      if (kind == plan.JSON_MEMBER) at -= load<u32>(op, 12)
      else at = writeNothing(at, head & (plan.NULL_IS_TEXT << 8))
    }
    op = next
  }
}

// @ts-ignore: decorator
@inline
function writeNothing(at: usize, isText: u32): usize {
  store<u32>(at, isText ? 0x2222 : 0x6c6c756e)
  return isText ? at + 2 : at + 4
}

function runRare(kind: u32, op: usize, slot: u64, at: usize, depth: i32): usize {
  switch (kind) {
    case plan.OPEN:
      if (marks >= MARKS_END) return 0
      store<u32>(marks, <u32>at)
      store<u32>(marks, 0, 4)
      marks += MARK_SIZE
      return at
    case plan.CLOSE_OBJECT: {
      marks -= MARK_SIZE
      const mark: usize = load<u32>(marks)
      if (at == mark) return writeNothing(at, load<u8>(op, 1) & plan.NULL_IS_TEXT)
      store<u8>(mark, 0x7b)
      store<u8>(at, 0x7d)
      return at + 1
    }
    case plan.CLOSE_ATTRIBUTES:
      return closeAttributes(op, slot, at)
    case plan.JSON_CHILDREN:
      return writeChildren(slot, at, depth)
    case plan.JSON_ITEM:
      return writeItem(slot, at)
    case plan.COUNT_ITEM:
      store<u32>(marks - MARK_SIZE, load<u32>(marks - MARK_SIZE, 4) + 1, 4)
      return at
    default:
      return closeItems(op, at)
  }
}

function closeAttributes(op: usize, slot: u64, at: usize): usize {
  marks -= MARK_SIZE
  const mark: usize = load<u32>(marks)
  const type = typeOf(slot)
  if (type & format.ARRAY_FLAG || type == format.BIN_XML_TYPE) return 0
  const size = sizeOf(slot)
  if (at == mark) {
    at -= load<u32>(op, 12)
    const before = at
    if (type != format.NULL_TYPE) at = writeJsonValue(at, type, addressOf(slot), size)
    return at == before ? writeNothing(at, load<u8>(op, 1) & plan.NULL_IS_TEXT) : at
  }
  store<u8>(mark, 0x7b)
  store<u8>(at++, 0x7d)
  if (type != format.NULL_TYPE) {
    // ,"#text":
    store<u64>(at, 0x22_74_78_65_74_23_22_2c)
    store<u8>(at, 0x3a, 8)
    const end = writeJsonValue(at + 9, type, addressOf(slot), size)
    if (end != at + 9) at = end
  }
  store<u8>(at, 0x7d)
  return at + 1
}

/** An element whose content is another template's element. */
function writeObject(slot: u64, at: usize, depth: i32): usize {
  const size = sizeOf(slot)
  if (size == 0) return 0
  const from = <u32>(addressOf(slot) - chunk)
  store<u8>(at, 0x7b)
  const end = writeBinXml(from, from + size, at + 1, depth + 1)
  if (end == 0 || end == at + 1) return 0
  store<u8>(end, 0x7d)
  return end + 1
}

/** Another template's element, between the members of an event. */
function writeChildren(slot: u64, at: usize, depth: i32): usize {
  const type = typeOf(slot)
  if (type == format.NULL_TYPE) {
    // ,"#text":null
    store<u64>(at, 0x22_74_78_65_74_23_22_2c)
    store<u64>(at, 0x6c_6c_75_6e_3a, 8)
    return at + 13
  }
  if (type != format.BIN_XML_TYPE || sizeOf(slot) == 0) return 0
  const from = <u32>(addressOf(slot) - chunk)
  store<u8>(at, 0x2c)
  const end = writeBinXml(from, from + sizeOf(slot), at + 1, depth + 1)
  return end == at + 1 ? 0 : end
}

/** An item of an array, or as many as the value has. */
function writeItem(slot: u64, at: usize): usize {
  const type = typeOf(slot)
  const size = sizeOf(slot)
  const address = addressOf(slot)
  if (type == format.BIN_XML_TYPE) return 0
  if ((type & format.ARRAY_FLAG) == 0) return writeOne(at, type, address, size)
  const itemType = type & ~format.ARRAY_FLAG
  if (size == 0) return writeOne(at, format.NULL_TYPE, address, 0)
  if (itemType == format.STRING_TYPE) return writeStrings(at, address, size)
  const step = itemSize(itemType)
  if (step == 0 || size % step != 0) return 0
  for (let item = address; item < address + size; item += step) at = writeOne(at, itemType, item, step)
  return at
}

function writeOne(at: usize, type: u32, address: usize, size: u32): usize {
  const mark = marks - MARK_SIZE
  store<u32>(mark, load<u32>(mark, 4) + 1, 4)
  store<u8>(at++, 0x2c)
  const end = type == format.NULL_TYPE ? at : writeJsonValue(at, type, address, size)
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

/** Ends the items without a name, and the object around them. */
function closeItems(op: usize, at: usize): usize {
  marks -= MARK_SIZE
  const mark: usize = load<u32>(marks)
  const count = load<u32>(marks, 4)
  if (count == 0) return at - load<u32>(op, 12)
  if (count == 1) {
    // One item stands alone: its comma goes.
    memory.copy(mark, mark + 1, at - mark - 1)
    store<u8>(at - 1, 0x7d)
    return at
  }
  store<u8>(mark, 0x5b)
  store<u16>(at, 0x7d5d)
  return at + 2
}
