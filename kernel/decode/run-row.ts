import { chunk } from './current'
import * as format from '../format'
import { writeBinXml } from './instance'
import * as plan from './plan'
import * as row from './row'
import { addressOf, SLOT_SIZE, sizeOf, typeOf } from './slot'
import { IS_CHILD } from './template'
import { ROW, trimmedUnits, writeRow } from './text'
import { itemSize, unitsToZero, writeXmlValue } from './value-xml'

/* Kinds of the dialects of rows, besides those of all dialects. Texts are those of `textOf` in `src/evtx/system.ts`. */
/** Goes on where the argument says what this fragment is wanted for; else it is left to the plain renderer. */
export const CONTEXT: u32 = 32
/** The slot is the field of System that the argument names. */
export const FIELD: u32 = 33
/** The text behind this op is; the argument is its bytes, and the flags name the field. */
export const FIELD_TEXT: u32 = 34
/** System is known: the row begins. */
export const HEAD: u32 = 35
/** A value that no cell shows; refused where it could hold elements, or repeat one. */
export const UNSHOWN: u32 = 36
/** The value of a member, in quotes; an array as many. */
export const MEMBER: u32 = 37
/** A part of a text. Arrays are refused. */
export const PART: u32 = 38
/** The next item without a name begins; with a slot as argument that is all of it, as a member. */
export const ITEM: u32 = 39
export const ITEM_TEXT: u32 = 40
/** The items without a name end. */
export const END_ITEMS: u32 = 41
/** A text in quotes; the last `argument` bytes are taken back where it is empty. */
export const BINARY: u32 = 42
/** Elements in their place; the argument says what they have to be. */
export const CHILDREN: u32 = 43
/** Some members have the same name. */
export const REPEATS: u32 = 44

/**
 * Runs a plan of a row.
 *
 * @returns where the text ends; 0 when the plain renderer has to do it
 */
export function runRow(first: usize, slots: usize, at: usize, depth: i32): usize {
  let op = first
  let skipped: u32 = 0
  while (true) {
    const head = load<u32>(op)
    const next: usize = load<u32>(op, 8)
    const argument = load<u32>(op, 12)
    at = plan.copyText(at, op + plan.OP_SIZE + skipped, plan.lengthOf(op) - skipped)
    skipped = 0
    const kind = head & 0xff
    if (kind == plan.END) return at
    if (kind == plan.LITERAL) {
      op = next
      continue
    }
    const slot = load<u64>(slots + (head >> 16) * SLOT_SIZE)
    const type = typeOf(slot)
    switch (kind) {
      case MEMBER: {
        if (type == format.STRING_TYPE) {
          at = row.writeQuote(at)
          at = writeRow(at, addressOf(slot), trimmedUnits(addressOf(slot), sizeOf(slot)))
          at = row.writeQuote(at)
        } else at = writeMember(at, slot)
        if (at == 0) return 0
        break
      }
      case FIELD:
        store<u64>(row.rowFields() + argument * SLOT_SIZE, slot)
        break
      case UNSHOWN:
        if (type == format.BIN_XML_TYPE || type & format.ARRAY_FLAG) return 0
        break
      case plan.SKIP_IF_NULL:
        if (type == format.NULL_TYPE) {
          op = argument
          skipped = plan.skippedOf(head)
          continue
        }
        break
      case FIELD_TEXT:
        store<u64>(row.rowFields() + ((head >> 8) & 0xff) * SLOT_SIZE, textSlot(op, argument))
        break
      case CONTEXT:
        if (argument != row.wanted) return 0
        break
      case HEAD:
        at = row.writeHead()
        if (at == 0) return 0
        break
      case PART:
        at = writePart(at, slot)
        if (at == 0) return 0
        break
      case ITEM:
        at = writeMembers(beginItem(at), slot)
        if (at == 0) return 0
        break
      case ITEM_TEXT:
        at = beginItem(at)
        break
      case END_ITEMS:
        if (row.items != 0) store<u8>(at++, 0x5d)
        row.setItems(0)
        break
      case BINARY: {
        if (type & format.ARRAY_FLAG) return 0
        const end = writePart(at, slot)
        if (end == 0) return 0
        at = end == at ? at - argument : row.writeQuote(end)
        break
      }
      case REPEATS:
        row.setRepeats()
        break
      case CHILDREN: {
        if (type == format.NULL_TYPE) break
        if (type != format.BIN_XML_TYPE || at != row.fieldsAt) return 0
        if (sizeOf(slot) == 0) break
        row.setWanted(argument)
        const from = <u32>(addressOf(slot) - chunk)
        at = writeBinXml(from, from + sizeOf(slot), at, depth + 1, IS_CHILD)
        if (at == 0) return 0
        break
      }
      default:
        return 0
    }
    op = next
  }
}

/** A slot for the text behind an op: a string. */
function textSlot(op: usize, size: u32): u64 {
  return <u64>(op + plan.OP_SIZE) | ((<u64>size) << 32) | ((<u64>format.STRING_TYPE) << 48)
}

/** Begins the list of items without a name, or goes on with it. */
function beginItem(at: usize): usize {
  const count = row.items
  row.setItems(count + 1)
  store<u8>(at++, 0x2c)
  if (count != 0) return at
  at = row.writeQuote(at)
  store<u32>(at, 0x61746144)
  at = row.writeQuote(at + 4)
  store<u16>(at, 0x5b3a)
  return at + 2
}

/** The value as JSON: a string, or of more than one item a list of them. */
function writeMember(at: usize, slot: u64): usize {
  if ((typeOf(slot) & format.ARRAY_FLAG) == 0) return writeMembers(at, slot)
  const start = at
  // Two items at least have more than a comma between them.
  const before = row.items
  store<u8>(at, 0x5b)
  const end = writeMembers(at + 1, slot)
  if (end == 0) return 0
  row.setItems(before)
  if (written > 1) {
    store<u8>(end, 0x5d)
    return end + 1
  }
  memory.copy(start, start + 1, end - start - 1)
  return end - 1
}

/** Items that `writeMembers` wrote last. */
let written: u32 = 0

/** The value as a JSON string; an array as many, with commas between. */
function writeMembers(at: usize, slot: u64): usize {
  const type = typeOf(slot)
  const address = addressOf(slot)
  const size = sizeOf(slot)
  written = 1
  if ((type & format.ARRAY_FLAG) == 0 || size == 0) {
    at = row.writeQuote(at)
    if (size != 0) {
      at = writePart(at, slot)
      if (at == 0) return 0
    }
    return row.writeQuote(at)
  }
  const itemType = type & ~format.ARRAY_FLAG
  const isString = itemType == format.STRING_TYPE
  const step = itemSize(itemType)
  if (!isString && (step == 0 || size % step != 0)) return 0
  const limit = isString ? address + (size & ~1) : address + size
  written = 0
  for (let item = address; item < limit; written++) {
    if (written != 0) store<u8>(at++, 0x2c)
    at = row.writeQuote(at)
    if (isString) {
      const units = unitsToZero(item, limit)
      at = writeRow(at, item, units)
      item += 2 * units + 2
    } else {
      at = writeXmlValue(at, itemType, item, step, ROW)
      item += step
    }
    at = row.writeQuote(at)
  }
  // An odd byte alone is no string.
  return written == 0 ? 0 : at
}

/** A value as text. */
function writePart(at: usize, slot: u64): usize {
  const type = typeOf(slot)
  if (type == format.NULL_TYPE) return at
  if (type == format.BIN_XML_TYPE || type & format.ARRAY_FLAG) return 0
  const address = addressOf(slot)
  const size = sizeOf(slot)
  if (type == format.STRING_TYPE) return writeRow(at, address, trimmedUnits(address, size))
  return writeXmlValue(at, type, address, size, ROW)
}
