import { isOver } from './emit-xml'
import { nameLength, nameText } from './name'
import * as node from './node'
import * as plan from './plan'
import { fieldOf, NO_FIELD, PROVIDER, TIME_CREATED } from './row-field'
import * as kind from './run-row'

/**
 * What no cell shows: the values in it must hold no elements, for these have to be read.
 *
 * @param isBare the fragment has no slots
 */
export function emitUnshown(element: usize, at: usize, isBare: bool): usize {
  const end = node.endOf(element)
  for (let one = node.contentOf(element); one < end; ) {
    const type = node.kindOf(one)
    if (type == node.ATTRIBUTE_NODE) {
      one = node.endOf(one)
      continue
    }
    if (type == node.SLOT_NODE) {
      if (isBare || isOver(at, 64)) return 0
      at = plan.closeOp(at, kind.UNSHOWN, node.slotOf(one), 0, 0)
    }
    one += node.NODE_SIZE
  }
  return at
}

/**
 * System: the fields that rows show.
 *
 * @param isBare the fragment has no slots
 */
export function emitSystem(system: usize, at: usize, isBare: bool): usize {
  let seen: u32 = 0
  const end = node.endOf(system)
  for (let child = node.contentOf(system); child < end; child = node.endOf(child)) {
    if (isOver(at, 256)) return 0
    const type = node.kindOf(child)
    if (type == node.TEXT_NODE) continue
    if (type == node.SLOT_NODE) return 0
    const name = node.nameOf(child)
    const field = fieldOf(nameText(name), nameLength(name))
    if (field == NO_FIELD) {
      at = emitUnshown(child, at, isBare)
      if (at == 0) return 0
      continue
    }
    if (seen & (1 << field)) return 0
    seen |= 1 << field
    at = plan.skipIfNull(node.slotOf(child), at)
    const skip = plan.skipOp
    const isAttribute = field == PROVIDER || field == TIME_CREATED
    if (isAttribute) {
      const attribute = attributeOf(child, field)
      if (attribute == UNCLEAR) return 0
      if (attribute != 0) at = emitField(attribute + node.NODE_SIZE, node.endOf(attribute), field, at, isBare)
      if (at != 0) at = emitUnshown(child, at, isBare)
    } else at = emitField(node.contentOf(child), node.endOf(child), field, at, isBare)
    if (at == 0) return 0
    at = plan.endSkip(skip, at)
  }
  return at
}

/** There is more than one. */
export const UNCLEAR: usize = 1

/** The attribute that holds a field, Name or SystemTime; 0 without one. */
function attributeOf(element: usize, field: u32): usize {
  return field == PROVIDER ? attributeNamed(element, 0x656d614e, 4) : attributeNamed(element, 0x69546d6574737953, 10)
}

/** @param text its first bytes, eight at most */
export function attributeNamed(element: usize, text: u64, length: u32): usize {
  const end = node.contentOf(element)
  const bytes = min<u32>(length, 8)
  const mask = bytes == 8 ? 0xffffffffffffffff : (<u64>1 << (8 * bytes)) - 1
  let found: usize = 0
  for (let one = element + node.NODE_SIZE; one < end; one = node.endOf(one)) {
    const name = node.nameOf(one)
    if (nameLength(name) != length || (load<u64>(nameText(name)) & mask) != text) continue
    if (length == 10 && load<u16>(nameText(name), 8) != 0x656d) continue
    if (found != 0) return UNCLEAR
    found = one
  }
  return found
}

/** A field of one slot, or of one text. */
function emitField(first: usize, end: usize, field: u32, at: usize, isBare: bool): usize {
  if (first == end) return at
  if (first + node.NODE_SIZE != end) return 0
  const type = node.kindOf(first)
  if (type == node.SLOT_NODE) {
    return isBare ? 0 : plan.closeOp(at, kind.FIELD, node.slotOf(first), 0, field)
  }
  if (type != node.TEXT_NODE) return 0
  const size: u32 = 2 * node.unitsOf(first)
  if (size > 0xffff || isOver(at, size + 64)) return 0
  const from = node.nameOf(first)
  for (let i: u32 = 0; i < size; i += 2) if (<u32>load<u16>(from + i) == 0) return 0
  memory.copy(at, from, size)
  at = plan.closeOp(at + size, kind.FIELD_TEXT, 0, field, size)
  // The text is no literal: nothing of it is written as it stands.
  store<u32>(plan.lastOp, 0, 4)
  return at
}
