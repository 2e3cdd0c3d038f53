import { attributeNamed, emitSystem, emitUnshown, UNCLEAR } from './emit-system'
import { isOver } from './emit-xml'
import { NO_DEPENDENCY } from '../format'
import { TAKEN, TAKEN_END } from './memory'
import { nameLength, nameText } from './name'
import * as node from './node'
import * as plan from './plan'
import * as row from './row'
import * as kind from './run-row'
import { isSame } from './same'
import { writeRow } from './text'

/**
 * Compiles a fragment to the plan of a row: System becomes fields, EventData and UserData become members of `Fields`, as
 * `src/event/decode.ts` and `renderFields` have them. Values of a name that is there twice are put together when the row is written,
 * see `merge-members.ts`; whatever else is told twice, or mixed, is left to these.
 *
 * Each function returns where the plan goes on, or 0 when the plain renderer has to do it.
 */

/** Bytes that a UTF-16 unit may take. */
const MAX_UNIT: u32 = 6
const TAKEN_SIZE: usize = 8

/* What the fragment has so far. */
let taken: usize = TAKEN
/** Nothing may come behind: `Binary` stands last. */
let isClosed: bool = false
/** A list of items without a name is open; there was one. */
let isListOpen: bool = false
let hadList: bool = false
let hasChildren: bool = false
/** The fragment has no slots. */
let isBare: bool = false
/** A name is there twice. */
let hasRepeats: bool = false

/** Compiles the element that a fragment consists of. */
export function emitRow(element: usize, at: usize, bare: bool): usize {
  taken = TAKEN
  isClosed = isListOpen = hadList = hasChildren = hasRepeats = false
  isBare = bare
  at = emitRoot(element, at)
  if (at == 0 || !hasRepeats) return at
  return isOver(at, 64) ? 0 : plan.closeOp(at, kind.REPEATS, 0, 0, 0)
}

function emitRoot(element: usize, at: usize): usize {
  const name = node.nameOf(element)
  // Event.
  if (isNamed(name, 0x746e657645, 5)) {
    at = plan.closeOp(at, kind.CONTEXT, 0, 0, row.EVENT)
    // Without its slot there is no row, which is for the plain renderer to judge.
    at = plan.skipIfNull(node.slotOf(element), at)
    const skip = plan.skipOp
    at = emitEvent(element, at)
    return at == 0 ? 0 : plan.endSkip(skip, at)
  }
  const part = partOf(name)
  at = plan.closeOp(at, kind.CONTEXT, 0, 0, part == NO_PART ? row.LEAF : row.EVENT_PART)
  return part == NO_PART ? emitLeaf(element, at) : emitPart(element, part, at)
}

/* Parts of an event that rows show. */
const NO_PART: u32 = 0
const EVENT_DATA: u32 = 1
const USER_DATA: u32 = 2

function partOf(name: usize): u32 {
  if (isNamed(name, 0x61746144_746e6576, 9, 1)) return EVENT_DATA
  return isNamed(name, 0x61746144_72657355, 8) ? USER_DATA : NO_PART
}

/** True for a name whose first bytes from an index are these, eight at most, and whose other bytes there is no doubt about. */
function isNamed(name: usize, text: u64, length: u32, from: u32 = 0): bool {
  if (nameLength(name) != length) return false
  if (from != 0 && load<u8>(nameText(name)) != 0x45) return false
  const bytes = length - from
  const mask = bytes == 8 ? 0xffffffffffffffff : (<u64>1 << (8 * bytes)) - 1
  return (load<u64>(nameText(name) + from) & mask) == text
}

function emitEvent(event: usize, at: usize): usize {
  let hasSystem = false
  const end = node.endOf(event)
  for (let child = node.contentOf(event); child < end; child = node.endOf(child)) {
    const type = node.kindOf(child)
    if (type == node.TEXT_NODE) continue
    if (type == node.SLOT_NODE) {
      if (!hasSystem) return 0
      at = emitChildren(child, row.EVENT_PART, at)
    } else {
      const name = node.nameOf(child)
      // System.
      if (isNamed(name, 0x6d6574737953, 6)) {
        if (hasSystem || node.slotOf(child) != NO_DEPENDENCY) return 0
        hasSystem = true
        at = emitSystem(child, at, isBare)
        if (at == 0) return 0
        at = plan.closeOp(at, kind.HEAD, 0, 0, 0)
      } else {
        const part = partOf(name)
        if (part != NO_PART && !hasSystem) return 0
        at = part == NO_PART ? emitUnshown(child, at, isBare) : emitPart(child, part, at)
      }
    }
    if (at == 0) return 0
  }
  return hasSystem ? at : 0
}

/** Elements from a slot: they have the row's members for themselves. */
function emitChildren(slot: usize, context: u32, at: usize): usize {
  if (isBare || hasChildren || taken != TAKEN || hadList || isClosed || isOver(at, 64)) return 0
  hasChildren = true
  return plan.closeOp(at, kind.CHILDREN, node.slotOf(slot), 0, context)
}

function emitPart(part: usize, which: u32, at: usize): usize {
  if (isOver(at, 64)) return 0
  at = plan.skipIfNull(node.slotOf(part), at)
  const skip = plan.skipOp
  const end = node.endOf(part)
  for (let child = node.contentOf(part); child < end; child = node.endOf(child)) {
    const type = node.kindOf(child)
    if (type == node.TEXT_NODE) continue
    if (type == node.SLOT_NODE) {
      if (which == EVENT_DATA) return 0
      at = emitChildren(child, row.LEAF, at)
    } else at = which == EVENT_DATA ? emitData(child, at) : emitLeaf(child, at)
    if (at == 0) return 0
  }
  at = endList(at)
  return plan.endSkip(skip, at)
}

/** An element of EventData: `<Data>` by its attribute, others by their name. */
function emitData(element: usize, at: usize): usize {
  if (node.flagsOf(element) & node.HAS_ELEMENTS) return 0
  const name = node.nameOf(element)
  // Binary.
  if (isNamed(name, 0x7972616e6942, 6)) return emitBinary(element, at)
  // Data.
  if (!isNamed(name, 0x61746144, 4)) return emitNamed(element, nameText(name), nameLength(name), at)
  const attribute = attributeNamed(element, 0x656d614e, 4)
  if (attribute == UNCLEAR) return 0
  if (attribute == 0 || attribute + node.NODE_SIZE == node.endOf(attribute)) return emitItem(element, at)
  const text = attribute + node.NODE_SIZE
  if (node.kindOf(text) != node.TEXT_NODE || text + node.NODE_SIZE != node.endOf(attribute)) return 0
  if (node.unitsOf(text) == 0) return emitItem(element, at)
  return emitMember(element, 0, 0, text, at)
}

/** An element of UserData: one without elements in it is a member by its local name; of another those in it are. */
function emitLeaf(element: usize, at: usize): usize {
  const name = node.nameOf(element)
  if ((node.flagsOf(element) & node.HAS_ELEMENTS) == 0) {
    let length = nameLength(name)
    let from = nameText(name)
    for (let i: u32 = 0; i < nameLength(name); i++) {
      if (load<u8>(nameText(name) + i) != 0x3a) continue
      from = nameText(name) + i + 1
      length = nameLength(name) - i - 1
    }
    return emitNamed(element, from, length, at)
  }
  if (isOver(at, 64)) return 0
  at = plan.skipIfNull(node.slotOf(element), at)
  const skip = plan.skipOp
  // Without all of the elements in it this one would be a member itself.
  let isCertain = false
  const end = node.endOf(element)
  for (let child = node.contentOf(element); child < end; child = node.endOf(child)) {
    const type = node.kindOf(child)
    if (type == node.SLOT_NODE) {
      if (isBare || isOver(at, 64)) return 0
      at = plan.closeOp(at, kind.UNSHOWN, node.slotOf(child), 0, 0)
    } else if (type == node.ELEMENT) {
      if (node.slotOf(child) == NO_DEPENDENCY) isCertain = true
      at = emitLeaf(child, at)
      if (at == 0) return 0
    }
  }
  if (!isCertain) return 0
  return plan.endSkip(skip, at)
}

function emitNamed(element: usize, name: usize, length: u32, at: usize): usize {
  return emitMember(element, name, length, 0, at)
}

/**
 * A member of the row.
 *
 * @param name in UTF-8, as it stands in JSON; 0: it is in `text`
 * @param text node of the name
 */
function emitMember(element: usize, name: usize, length: u32, text: usize, at: usize): usize {
  if (isClosed || hasChildren) return 0
  at = endList(at)
  const units = text == 0 ? length : node.unitsOf(text)
  if (isOver(at, MAX_UNIT * units + 64)) return 0
  at = plan.skipIfNull(node.slotOf(element), at)
  const skip = plan.skipOp
  store<u8>(at++, 0x2c)
  at = row.writeQuote(at)
  const start = at
  at = text == 0 ? plan.copyText(at, name, length) : writeRow(at, node.nameOf(text), node.unitsOf(text))
  if (!takeAgain(start, <u32>(at - start))) return 0
  at = row.writeQuote(at)
  store<u8>(at++, 0x3a)
  const first = node.contentOf(element)
  const end = node.endOf(element)
  if (first + node.NODE_SIZE == end && node.kindOf(first) == node.SLOT_NODE) {
    if (isBare) return 0
    at = plan.closeOp(at, kind.MEMBER, node.slotOf(first), 0, 0)
  } else {
    at = emitText(first, end, at)
    if (at == 0) return 0
  }
  return plan.endSkip(skip, at)
}

/** `<Data>` without a name. */
function emitItem(element: usize, at: usize): usize {
  if (isClosed || hasChildren || isOver(at, 128)) return 0
  if (!isListOpen) {
    if (hadList) return 0
    hadList = isListOpen = true
  }
  at = plan.skipIfNull(node.slotOf(element), at)
  const skip = plan.skipOp
  const first = node.contentOf(element)
  const end = node.endOf(element)
  if (first + node.NODE_SIZE == end && node.kindOf(first) == node.SLOT_NODE) {
    if (isBare) return 0
    at = plan.closeOp(at, kind.ITEM, node.slotOf(first), 0, 0)
  } else {
    at = emitText(first, end, plan.closeOp(at, kind.ITEM_TEXT, 0, 0, 0))
    if (at == 0) return 0
  }
  return plan.endSkip(skip, at)
}

/** Ends the list of items without a name, if one is open. Its name is taken. */
function endList(at: usize): usize {
  if (!isListOpen || isOver(at, 64)) return at
  isListOpen = false
  return plan.closeOp(at, kind.END_ITEMS, 0, 0, 0)
}

/** `<Binary>`: the last member, if it has a text. */
function emitBinary(element: usize, at: usize): usize {
  if (isClosed || hasChildren || isOver(at, 128)) return 0
  at = endList(at)
  const first = node.contentOf(element)
  const end = node.endOf(element)
  if (first == end) return at
  if (first + node.NODE_SIZE != end) return 0
  isClosed = true
  const isText = node.kindOf(first) == node.TEXT_NODE
  if (isText && node.unitsOf(first) == 0) return at
  at = plan.skipIfNull(node.slotOf(element), at)
  const skip = plan.skipOp
  const start = at
  store<u8>(at++, 0x2c)
  at = row.writeQuote(at)
  const name = at
  store<u64>(at, 0x7972616e6942)
  at += 6
  if (!take(name, 6)) return 0
  at = row.writeQuote(at)
  store<u8>(at++, 0x3a)
  if (isText) at = emitText(first, end, at)
  else {
    if (isBare) return 0
    at = row.writeQuote(at)
    at = plan.closeOp(at, kind.BINARY, node.slotOf(first), 0, <u32>(at - start))
  }
  if (at == 0) return 0
  return plan.endSkip(skip, at)
}

/** Texts and slots one behind the other as one string. */
function emitText(first: usize, end: usize, at: usize): usize {
  at = row.writeQuote(at)
  const isAlone = first + node.NODE_SIZE == end
  let wasSlot = false
  for (let one = first; one < end; one = node.endOf(one)) {
    if (node.kindOf(one) == node.TEXT_NODE) {
      const from = node.nameOf(one)
      const units = node.unitsOf(one)
      // Half a character might find its other half.
      if (!isAlone && units != 0 && (isHalf(load<u16>(from)) || isHalf(load<u16>(from + 2 * units - 2)))) return 0
      if (isOver(at, MAX_UNIT * units + 64)) return 0
      at = writeRow(at, from, units)
      if (units != 0) wasSlot = false
    } else {
      if (isBare || wasSlot || node.kindOf(one) != node.SLOT_NODE || isOver(at, 64)) return 0
      at = plan.closeOp(at, kind.PART, node.slotOf(one), 0, 0)
      wasSlot = true
    }
  }
  return row.writeQuote(at)
}

// @ts-ignore: decorator
@inline
function isHalf(unit: u32): bool {
  return unit >> 11 == 0x1b
}

/** As `take`; a name that is there already is taken once more, but `Data`. */
function takeAgain(from: usize, length: u32): bool {
  if (isData(from, length)) return false
  if (!isTaken(from, length)) return take(from, length)
  return (hasRepeats = true)
}

// @ts-ignore: decorator
@inline
function isData(from: usize, length: u32): bool {
  return length == 4 && load<u32>(from) == 0x61746144
}

function isTaken(from: usize, length: u32): bool {
  for (let one = TAKEN; one < taken; one += TAKEN_SIZE) {
    if (load<u32>(one, 4) == length && isSame(load<u32>(one), from, length)) return true
  }
  return false
}

/** Takes a name of a member, `Data` with it where items without a name are listed. @returns false for one that is taken */
function take(from: usize, length: u32): bool {
  if (isData(from, length) || isTaken(from, length) || taken >= TAKEN_END) return false
  store<u32>(taken, from)
  store<u32>(taken, length, 4)
  taken += TAKEN_SIZE
  return true
}
