import { EMPTY, isOver, MIXED, partsOf, SLOT, TEXT } from './emit-xml'
import { NO_DEPENDENCY } from '../format'
import { holdsOnly, isName, nameAttribute, TEXT_KEY, writeString, writeTextKey } from './json-text'
import * as members from './members'
import { nameLength, nameText } from './name'
import * as node from './node'
import * as plan from './plan'
import { isSame } from './same'

/*
 * Elements in our own JSON: see `elementJson` in `src/evtx/json.ts`. Each function returns where the text goes on, or 0
 * when the plain renderer has to do it.
 */

/**
 * Any element: its text, or an object of attributes, elements and text.
 *
 * @param told its attribute `Name` is known already
 */
export function emitElement(element: usize, at: usize, told: bool): usize {
  if (isOver(at, 64)) return 0
  const attributes = attributesOf(element, told)
  if (attributes == MIXED) return 0
  if (attributes == EMPTY) return emitContent(element, at, told)
  if (attributes == SLOT) return emitOptionalAttributes(element, at, told)
  const outerState = members.state
  const outerNames = members.names
  members.openObject()
  at = emitAttributes(element, at, told)
  if (at != 0) at = emitBehindAttributes(element, at)
  if (at != 0) at = members.end(at, 0)
  members.resume(outerState, outerNames)
  return at
}

/** An attribute that is not told: a name space, or the name of an item. */
function isUntold(attribute: usize, told: bool): bool {
  const name = node.nameOf(attribute)
  return isName(name, 'xmlns') || (told && isName(name, 'Name'))
}

/** `EMPTY`: none; `TEXT`: one at least, whatever the values; `SLOT`: that depends; `MIXED`: not here. */
export function attributesOf(element: usize, told: bool): u32 {
  const content = node.contentOf(element)
  let found = EMPTY
  for (let one = element + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    const parts = partsOf(one + node.NODE_SIZE, node.endOf(one))
    if (parts == MIXED) return MIXED
    if (isUntold(one, told)) continue
    if (parts == TEXT || (parts == SLOT && found == EMPTY)) found = parts
  }
  return found
}

/** Attributes as members with an `@` before their name. One of them is there at least. */
export function emitAttributes(element: usize, at: usize, told: bool): usize {
  const content = node.contentOf(element)
  for (let one = element + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    const first = one + node.NODE_SIZE
    const parts = partsOf(first, node.endOf(one))
    if (parts == EMPTY || isUntold(one, told)) continue
    if (parts == TEXT) {
      at = writeAttributeKey(members.begin(at), one)
      if (at != 0) at = writeString(at, first, node.endOf(one))
    } else {
      const start = members.expect(at)
      store<u8>(start, 0x2c)
      at = writeAttributeKey(start + 1, one)
      if (at != 0) at = plan.closeOp(at, plan.JSON_MEMBER, node.slotOf(first), 0, <u32>(at - start))
    }
    if (at == 0) return 0
  }
  return at
}

/** `"@Name":` */
function writeAttributeKey(at: usize, attribute: usize): usize {
  const name = node.nameOf(attribute)
  if (isOver(at, nameLength(name))) return 0
  store<u16>(at, 0x4022)
  return endKey(at + 1, plan.copyText(at + 2, nameText(name), nameLength(name)))
}

/** Ends a key whose text was just written. */
export function endKey(from: usize, at: usize): usize {
  if (!members.take(from, <u32>(at - from))) return 0
  store<u16>(at, 0x3a22)
  return at + 2
}

/** `"Name":` of an element. */
export function writeKey(at: usize, name: usize): usize {
  if (isOver(at, nameLength(name))) return 0
  store<u8>(at, 0x22)
  return endKey(at + 1, plan.copyText(at + 1, nameText(name), nameLength(name)))
}

/** What stands in an element without attributes. */
function emitContent(element: usize, at: usize, told: bool): usize {
  if (node.flagsOf(element) & node.HAS_ELEMENTS) {
    const outerState = members.state
    const outerNames = members.names
    members.openObject()
    at = emitElements(element, at)
    if (at != 0) at = members.end(at, plan.NULL_IS_TEXT)
    members.resume(outerState, outerNames)
    return at
  }
  const first = node.contentOf(element)
  const parts = partsOf(first, node.endOf(element))
  if (parts == MIXED) return 0
  if (parts == SLOT) return plan.closeOp(at, plan.JSON_VALUE, node.slotOf(first), told ? plan.REPEAT : plan.OBJECT, 0)
  return writeString(at, first, node.endOf(element))
}

/** What stands in an element behind its attributes, as members. */
function emitBehindAttributes(element: usize, at: usize): usize {
  if (node.flagsOf(element) & node.HAS_ELEMENTS) return emitElements(element, at)
  const first = node.contentOf(element)
  const parts = partsOf(first, node.endOf(element))
  if (parts == EMPTY) return at
  if (parts == MIXED) return 0
  at = writeTextKey(at)
  if (parts == TEXT) return writeString(at, first, node.endOf(element))
  return plan.closeOp(at, plan.JSON_MEMBER, node.slotOf(first), 0, TEXT_KEY)
}

/** An element whose attributes may all be missing: its content then stands alone. */
function emitOptionalAttributes(element: usize, at: usize, told: bool): usize {
  const first = node.contentOf(element)
  if (node.flagsOf(element) & node.HAS_ELEMENTS) return 0
  const parts = partsOf(first, node.endOf(element))
  if (parts == TEXT || parts == MIXED) return 0
  const outerState = members.state
  const outerNames = members.names
  members.openObject()
  at = emitSlotAttributes(element, at, told)
  members.resume(outerState, outerNames)
  if (at == 0) return 0
  if (parts == SLOT) return plan.closeOp(at, plan.CLOSE_ATTRIBUTES, node.slotOf(first), 0, 0)
  return plan.closeOp(at, plan.CLOSE_ATTRIBUTES, plan.NO_SLOT, plan.NULL_IS_TEXT, 0)
}

/** Attributes of slots, and of no text. */
function emitSlotAttributes(element: usize, at: usize, told: bool): usize {
  const content = node.contentOf(element)
  let flags = plan.FIRST
  for (let one = element + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    const first = one + node.NODE_SIZE
    if (isUntold(one, told) || partsOf(first, node.endOf(one)) != SLOT) continue
    const start = at
    store<u8>(at, 0x2c)
    at = writeAttributeKey(at + 1, one)
    if (at == 0) return 0
    at = plan.closeOp(at, plan.JSON_MEMBER, node.slotOf(first), flags, <u32>(at - start))
    flags = 0
  }
  return at
}

/** The elements in an element, as members; such of one name together, where the first of them stands. */
function emitElements(element: usize, at: usize): usize {
  const end = node.endOf(element)
  const content = node.contentOf(element)
  if (node.flagsOf(element) & node.HAS_PARTS || areTooMany(content, end)) return 0
  for (let child = content; at != 0 && child < end; child = node.endOf(child)) {
    if (!isAgain(content, child)) at = emitMember(child, end, at)
  }
  return at
}

/** Elements beside each other whose names are compared, each with all others; the plain renderer does more. */
const MAX_SIBLINGS: u32 = 256

/** True where comparing the names of elements would take too long. */
export function areTooMany(first: usize, end: usize): bool {
  let count: u32 = 0
  for (let one = first; one < end; one = node.endOf(one)) count++
  return count > MAX_SIBLINGS
}

/** True when an element before this one has its name. */
export function isAgain(first: usize, child: usize): bool {
  for (let one = first; one < child; one = node.endOf(one)) if (areAlike(one, child)) return true
  return false
}

/** Both become members of one name. */
function areAlike(one: usize, other: usize): bool {
  if (node.kindOf(one) != node.ELEMENT) return false
  const name = node.nameOf(one)
  const otherName = node.nameOf(other)
  if (nameLength(name) != nameLength(otherName)) return false
  if (name != otherName && !isSame(nameText(name), nameText(otherName), nameLength(name))) return false
  const item = itemNameOf(one)
  const otherItem = itemNameOf(other)
  if (item == EMPTY || otherItem == EMPTY) return item == otherItem
  const text = item + node.NODE_SIZE
  const otherText = otherItem + node.NODE_SIZE
  // Names in several pieces are not compared: where they are the same after all, they cannot both be taken.
  if (node.endOf(text) != node.endOf(item) || node.endOf(otherText) != node.endOf(otherItem)) return false
  const units = node.unitsOf(text)
  return units == node.unitsOf(otherText) && isSame(node.nameOf(text), node.nameOf(otherText), 2 * units)
}

/** The elements are those of EventData: items go by their attribute `Name`. */
let isData: bool = false

/** Chooses what elements are called. @returns what was chosen before */
export function nameItems(byAttribute: bool): bool {
  const before = isData
  isData = byAttribute
  return before
}

/** The attribute that an element is called by, or `EMPTY`. */
function itemNameOf(element: usize): usize {
  if (!isData || !isName(node.nameOf(element), 'Data')) return EMPTY
  const attribute = nameAttribute(element)
  return attribute == <usize>MIXED ? <usize>EMPTY : attribute
}

/** A child of an element as a member, and all those behind it that have its name. @param end where the children end */
export function emitMember(child: usize, end: usize, at: usize): usize {
  let count: u32 = 1
  let together: u32 = 1
  let isTogether = true
  let isCertain = false
  for (let one = child; one < end; one = node.endOf(one)) {
    if (one == child || areAlike(one, child)) {
      if (node.slotOf(one) == NO_DEPENDENCY) isCertain = true
      if (one == child) continue
      count++
      if (isTogether) together++
    } else isTogether = false
  }
  // Where the first may be missing, the place of the member depends on it.
  if (node.slotOf(child) != NO_DEPENDENCY && together != count) return 0
  if (count > 1) return emitRepeated(child, end, count, isCertain, at)
  if (isCertain) {
    at = writeMemberKey(members.begin(at), child)
    return at == 0 ? 0 : emitMemberValue(child, at)
  }
  if (!plan.compiling) return 0
  const start = members.expect(at)
  const dependency = node.slotOf(child)
  if (holdsOnly(child, dependency)) {
    store<u8>(start, 0x2c)
    at = writeMemberKey(start + 1, child)
    return at == 0 ? 0 : plan.closeOp(at, plan.JSON_OPTIONAL, dependency, plan.OBJECT, <u32>(at - start))
  }
  at = plan.closeOp(start, plan.SKIP_IF_NULL, dependency, 0, 0)
  const skip = plan.lastOp
  store<u8>(at, 0x2c)
  at = writeMemberKey(at + 1, child)
  if (at != 0) at = emitMemberValue(child, at)
  return at == 0 ? 0 : plan.jumpHere(skip, at)
}

function writeMemberKey(at: usize, child: usize): usize {
  const item = itemNameOf(child)
  if (item == EMPTY) return writeKey(at, node.nameOf(child))
  const end = writeString(at, item + node.NODE_SIZE, node.endOf(item))
  return end == 0 ? 0 : endKey(at + 1, end - 1)
}

function emitMemberValue(child: usize, at: usize): usize {
  const told = isData && isName(node.nameOf(child), 'Data')
  // Only these themselves are items.
  const before = nameItems(false)
  at = emitElement(child, at, told)
  nameItems(before)
  return at
}

/** Several of one name: an array, or the one of them that is there. */
function emitRepeated(child: usize, end: usize, count: u32, isCertain: bool, at: usize): usize {
  if (isOver(at, 64)) return 0
  if (isCertain) at = members.begin(at) - 1
  else {
    at = members.expect(at)
    store<u8>(at, 0x2c)
  }
  const start = at
  at = writeMemberKey(at + 1, child)
  if (at == 0) return 0
  if (!plan.compiling) store<u8>(at++, 0x5b)
  const key = <u32>(at - start)
  if (plan.compiling) at = plan.closeOp(at, plan.OPEN, 0, 0, 0)
  let left = count
  for (let one = child; left > 0 && one < end; one = node.endOf(one)) {
    if (one != child && !areAlike(one, child)) continue
    left--
    at = emitItem(one, at, left > 0)
    if (at == 0) return 0
  }
  if (plan.compiling) return plan.closeOp(at, plan.CLOSE_ITEMS, 0, plan.SINGLE_IS_BARE, key)
  store<u8>(at, 0x5d)
  return at + 1
}

/** An item of an array. @param hasNext another one follows, where that is certain */
export function emitItem(one: usize, at: usize, hasNext: bool): usize {
  if (!plan.compiling) {
    at = emitMemberValue(one, at)
    if (at != 0 && hasNext) store<u8>(at++, 0x2c)
    return at
  }
  const dependency = node.slotOf(one)
  let skip: usize = 0
  if (dependency != NO_DEPENDENCY) {
    at = plan.closeOp(at, plan.SKIP_IF_NULL, dependency, 0, 0)
    skip = plan.lastOp
  }
  const told = isData && isName(node.nameOf(one), 'Data')
  const first = node.contentOf(one)
  const isBare = told && attributesOf(one, told) == EMPTY && (node.flagsOf(one) & node.HAS_ELEMENTS) == 0
  if (isBare && partsOf(first, node.endOf(one)) == SLOT) {
    at = plan.closeOp(at, plan.JSON_ITEM, node.slotOf(first), 0, 0)
  } else {
    store<u8>(at, 0x2c)
    at = emitMemberValue(one, at + 1)
    if (at == 0) return 0
    at = plan.closeOp(at, plan.COUNT_ITEM, 0, 0, 0)
  }
  return skip == 0 ? at : plan.jumpHere(skip, at)
}
