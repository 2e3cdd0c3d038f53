import { bound } from './current'
import { NO_DEPENDENCY } from '../format'
import { nameLength, nameText } from './name'
import * as node from './node'
import * as plan from './plan'
import { writeContent, writeQuoted } from './text'

/** Bytes that a UTF-16 unit may take in XML: `&apos;`. */
const MAX_UNIT: u32 = 6
/** More than what stands around a name, and what is written past the end. */
const MARGIN: u32 = 128

/** True when a text may not fit any more. */
export function isOver(at: usize, bytes: u32): bool {
  return at + bytes + MARGIN > bound
}

/**
 * Writes an element and all in it as XML (see `src/evtx/xml.ts`): as text, or as ops of a plan.
 *
 * @returns where it ends; 0 when the plain renderer has to do it
 */
export function emitXml(element: usize, at: usize): usize {
  const name = node.nameOf(element)
  if (isOver(at, 2 * nameLength(name))) return 0
  let skip: usize = 0
  const dependency = node.slotOf(element)
  const isOptional = dependency != NO_DEPENDENCY && holdsOnly(element, dependency)
  if (dependency != NO_DEPENDENCY && !isOptional) {
    if (!plan.compiling) return 0
    at = plan.closeOp(at, plan.SKIP_IF_NULL, dependency, 0, 0)
    skip = plan.lastOp
  }
  const tag = at
  const ops = plan.opCount
  store<u8>(at, 0x3c)
  at = plan.copyText(at + 1, nameText(name), nameLength(name))
  const content = node.contentOf(element)
  for (let child = element + node.NODE_SIZE; child < content; child = node.endOf(child)) {
    at = emitAttribute(child, at)
    if (at == 0) return 0
  }
  const end = node.endOf(element)
  if (node.flagsOf(element) & node.CLOSED_EMPTY) {
    store<u16>(at, 0x3e2f)
    at += 2
  } else {
    store<u8>(at++, 0x3e)
    const isAlone = content + node.NODE_SIZE == end
    for (let child = content; child < end; child = node.endOf(child)) {
      const kind = node.kindOf(child)
      if (kind == node.ELEMENT) at = emitXml(child, at)
      else if (kind == node.TEXT_NODE) {
        if (isOver(at, node.unitsOf(child) * MAX_UNIT)) return 0
        if (node.flagsOf(child) & node.REFERENCE) at = emitReference(child, at)
        else at = writeContent(at, node.nameOf(child), node.unitsOf(child))
      } else {
        if (!plan.compiling) return 0
        // An array repeats the element around it: that works where its start tag is in one literal, and holds nothing else.
        const start: u32 = isAlone && ops == plan.opCount ? <u32>(at - tag) : 0
        const repeat = start != 0 && start < 0x8000 ? start | ((nameLength(name) + 3) << 16) : 0
        if (isOptional && repeat == 0) return 0
        at = plan.closeOp(at, isOptional ? plan.XML_OPTIONAL : plan.XML_VALUE, node.slotOf(child), 0, repeat)
      }
      if (at == 0) return 0
    }
    store<u16>(at, 0x2f3c)
    at = plan.copyText(at + 2, nameText(name), nameLength(name))
    store<u8>(at++, 0x3e)
  }
  return skip == 0 ? at : plan.jumpHere(skip, at)
}

/** True for an element of literal attributes, and of the one slot. */
function holdsOnly(element: usize, slot: u32): bool {
  const content = node.contentOf(element)
  if (content == node.endOf(element) || node.endOf(content) != node.endOf(element)) return false
  if (node.kindOf(content) != node.SLOT_NODE || node.slotOf(content) != slot) return false
  for (let one = element + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    const parts = partsOf(one + node.NODE_SIZE, node.endOf(one))
    if (parts == SLOT || parts == MIXED) return false
  }
  return true
}

/** A character by its name, as it was written: quotes too. */
function emitReference(text: usize, at: usize): usize {
  const unit: u32 = load<u16>(node.nameOf(text))
  if (unit != 0x22 && unit != 0x27) return writeContent(at, node.nameOf(text), 1)
  // &quot; or &apos;
  store<u64>(at, unit == 0x22 ? 0x3b_74_6f_75_71_26 : 0x3b_73_6f_70_61_26)
  return at + 6
}

/** What the value of an attribute is made of: `EMPTY` leaves it out. */
export const EMPTY: u32 = 0
export const TEXT: u32 = 1
export const SLOT: u32 = 2
/** Left to the plain renderer. */
export const MIXED: u32 = 3

/** Tells what the pieces of an attribute, or of an element without elements, are. */
export function partsOf(first: usize, end: usize): u32 {
  let texts: u32 = 0
  let units: u32 = 0
  let slots: u32 = 0
  for (let part = first; part < end; part = node.endOf(part)) {
    if (node.kindOf(part) == node.SLOT_NODE) slots++
    else {
      texts++
      units += node.unitsOf(part)
    }
  }
  if (slots != 0) return slots == 1 && texts == 0 && plan.compiling ? SLOT : MIXED
  if (units == 0) return EMPTY
  // A text ends at its first zero, together with the pieces behind it; characters may span two.
  return texts == 1 || isPlain(first, end) ? TEXT : MIXED
}

function isPlain(first: usize, end: usize): bool {
  for (let part = first; part < end; part = node.endOf(part)) {
    const from = node.nameOf(part)
    for (let i: u32 = 0; i < node.unitsOf(part); i++) {
      const unit: u32 = load<u16>(from + 2 * i)
      if (unit == 0 || unit >> 11 == 0x1b) return false
    }
  }
  return true
}

function emitAttribute(attribute: usize, at: usize): usize {
  const first = attribute + node.NODE_SIZE
  const end = node.endOf(attribute)
  const parts = partsOf(first, end)
  if (parts == EMPTY) return at
  const name = node.nameOf(attribute)
  if (parts == MIXED || isOver(at, nameLength(name))) return 0
  const start = at
  store<u8>(at, 0x20)
  at = plan.copyText(at + 1, nameText(name), nameLength(name))
  store<u16>(at, 0x273d)
  at += 2
  if (parts == SLOT) return plan.closeOp(at, plan.XML_ATTRIBUTE, node.slotOf(first), 0, <u32>(at - start))
  for (let part = first; part < end; part = node.endOf(part)) {
    if (isOver(at, node.unitsOf(part) * MAX_UNIT)) return 0
    at = writeQuoted(at, node.nameOf(part), node.unitsOf(part))
  }
  store<u8>(at, 0x27)
  return at + 1
}
