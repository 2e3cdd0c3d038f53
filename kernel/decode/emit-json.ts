import { EMPTY, isOver, MIXED, partsOf, SLOT, TEXT } from './emit-xml'
import { NO_DEPENDENCY } from '../format'
import { holdsOnly, isName, nameAttribute, TEXT_KEY, writeString, writeTextKey } from './json-text'
import * as members from './members'
import { nameLength, nameText } from './name'
import * as node from './node'
import * as plan from './plan'

/** `System`, as it stands in memory. */
const SYSTEM: u64 = 0x6d_65_74_73_79_53
const SYSTEM_LENGTH: u32 = 6
const SYSTEM_MASK: u64 = 0xffff_ffff_ffff

/**
 * Writes an element as a member of JSON in the shape of `evtx_dump`, without what stands before it: see
 * `src/evtx/json-evtx-dump.ts`. As text, or as ops of a plan.
 *
 * @returns where it ends; 0 when the plain renderer has to do it
 */
export function emitJson(element: usize, at: usize): usize {
  members.startMembers()
  let skip: usize = 0
  if (node.slotOf(element) != NO_DEPENDENCY) {
    if (!plan.compiling) return 0
    at = plan.closeOp(at, plan.SKIP_IF_NULL, node.slotOf(element), 0, 0)
    skip = plan.lastOp
  }
  const name = node.nameOf(element)
  // It may come to stand beside this one: see `emitParts`.
  if (isReserved(name)) return 0
  at = writeKey(at, name, false)
  if (at == 0) return 0
  at = emitElement(element, at, 0)
  return at == 0 || skip == 0 ? at : plan.jumpHere(skip, at)
}

/** `System`. */
function isReserved(name: usize): bool {
  return nameLength(name) == SYSTEM_LENGTH && (load<u64>(nameText(name)) & SYSTEM_MASK) == SYSTEM
}

/** `"Name":`, with a suffix where the name is taken. */
function writeKey(at: usize, name: usize, isConditional: bool): usize {
  if (isOver(at, nameLength(name))) return 0
  store<u8>(at, 0x22)
  const end = plan.copyText(at + 1, nameText(name), nameLength(name))
  return endKey(at + 1, end, isConditional)
}

function endKey(from: usize, at: usize, isConditional: bool): usize {
  at = members.free(from, at, isConditional)
  if (at == 0) return 0
  store<u16>(at, 0x3a22)
  return at + 2
}

/** The value of an element. @param flags NULL_IS_TEXT: an empty one is `""` */
function emitElement(element: usize, at: usize, flags: u32): usize {
  if (isOver(at, 0)) return 0
  const attributes = attributesOf(element)
  if (attributes == MIXED) return 0
  if (node.flagsOf(element) & node.HAS_ELEMENTS) return emitObject(element, at, attributes)
  if (attributes == EMPTY) return emitContent(element, at, flags)
  if (attributes == SLOT) return emitOptionalAttributes(element, at, flags)
  at = writeAttributesKey(at, 0x7b)
  at = emitAttributes(element, at)
  if (at == 0) return 0
  at = emitTextMember(element, at)
  if (at == 0) return 0
  store<u8>(at, 0x7d)
  return at + 1
}

/** Bytes of `{"#attributes":`. */
const ATTRIBUTES_KEY: u32 = 15

/** A brace or comma, and `"#attributes":`. */
function writeAttributesKey(at: usize, before: u8): usize {
  store<u8>(at, before)
  store<u64>(at, 0x62_69_72_74_74_61_23_22, 1)
  store<u64>(at, 0x3a_22_73_65_74_75, 9)
  return at + ATTRIBUTES_KEY
}

/** `EMPTY`: none; `TEXT`: one at least, whatever the values; `SLOT`: that depends; `MIXED`: not here. */
function attributesOf(element: usize): u32 {
  const content = node.contentOf(element)
  let found = EMPTY
  for (let one = element + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    const parts = partsOf(one + node.NODE_SIZE, node.endOf(one))
    if (parts == MIXED) return MIXED
    if (parts == TEXT || (parts == SLOT && found == EMPTY)) found = parts
  }
  return found
}

/** The object of an element's attributes, of which one is there at least. */
function emitAttributes(element: usize, at: usize): usize {
  const outerState = members.state
  const outerNames = members.names
  members.openObject()
  at = emitAttributeMembers(element, at)
  if (at != 0) at = members.end(at, 0)
  members.resume(outerState, outerNames)
  return at
}

/** The attributes, of which one is there at least. */
function emitAttributeMembers(element: usize, at: usize): usize {
  const content = node.contentOf(element)
  for (let one = element + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    const first = one + node.NODE_SIZE
    const parts = partsOf(first, node.endOf(one))
    if (parts == EMPTY) continue
    if (parts == TEXT) {
      at = writeKey(members.begin(at), node.nameOf(one), false)
      if (at != 0) at = writeString(at, first, node.endOf(one))
    } else {
      const start = members.expect(at)
      store<u8>(start, 0x2c)
      at = writeKey(start + 1, node.nameOf(one), true)
      if (at != 0) at = plan.closeOp(at, plan.JSON_MEMBER, node.slotOf(first), 0, <u32>(at - start))
    }
    if (at == 0) return 0
  }
  return at
}

/** What an element without attributes and elements holds: one value, or `null`. */
function emitContent(element: usize, at: usize, flags: u32): usize {
  const first = node.contentOf(element)
  const end = node.endOf(element)
  const parts = partsOf(first, end)
  if (parts == MIXED) return 0
  if (parts == TEXT) return writeString(at, first, end)
  if (parts == SLOT) {
    // An item that holds an element tells its attributes as well: left to the plain renderer.
    const role = flags & plan.NULL_IS_TEXT ? flags : plan.OBJECT
    return plan.closeOp(at, plan.JSON_VALUE, node.slotOf(first), role, 0)
  }
  if (flags & plan.NULL_IS_TEXT) {
    store<u16>(at, 0x2222)
    return at + 2
  }
  store<u32>(at, 0x6c6c756e)
  return at + 4
}

/** The content of an element with attributes, as a member; nothing where it is empty. */
function emitTextMember(element: usize, at: usize): usize {
  const first = node.contentOf(element)
  const end = node.endOf(element)
  const parts = partsOf(first, end)
  if (parts == EMPTY) return at
  if (parts == MIXED) return 0
  at = writeTextKey(at)
  if (parts == TEXT) return writeString(at, first, end)
  return plan.closeOp(at, plan.JSON_MEMBER, node.slotOf(first), 0, TEXT_KEY)
}

/** An element whose attributes may all be missing: its content then stands alone. */
function emitOptionalAttributes(element: usize, at: usize, flags: u32): usize {
  const first = node.contentOf(element)
  const parts = partsOf(first, node.endOf(element))
  if (parts == TEXT || parts == MIXED) return 0
  at = writeAttributesKey(at, 0x7b)
  const outerState = members.state
  const outerNames = members.names
  members.openObject()
  at = emitSlotAttributes(element, at)
  members.resume(outerState, outerNames)
  if (at == 0) return 0
  const slot = parts == SLOT ? node.slotOf(first) : plan.NO_SLOT
  return plan.closeOp(at, plan.CLOSE_ATTRIBUTES, slot, flags, ATTRIBUTES_KEY)
}

/** Attributes of slots, and of no text. */
function emitSlotAttributes(element: usize, at: usize): usize {
  const content = node.contentOf(element)
  let flags = plan.FIRST
  for (let one = element + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    const first = one + node.NODE_SIZE
    if (partsOf(first, node.endOf(one)) != SLOT) continue
    const start = at
    store<u8>(at, 0x2c)
    at = writeKey(at + 1, node.nameOf(one), true)
    if (at == 0) return 0
    at = plan.closeOp(at, plan.JSON_MEMBER, node.slotOf(first), flags, <u32>(at - start))
    flags = 0
  }
  return at
}

/** An element that holds elements: an object. */
function emitObject(element: usize, at: usize, attributes: u32): usize {
  const outerState = members.state
  const outerNames = members.names
  members.openObject()
  if (attributes == SLOT) return 0
  if (attributes == TEXT) {
    at = writeAttributesKey(members.begin(at) - 1, 0x7b)
    at = emitAttributes(element, at)
    if (at == 0) return 0
  }
  const isItems = isName(node.nameOf(element), 'EventData')
  const content = node.contentOf(element)
  const end = node.endOf(element)
  let didUnnamed = false
  for (let child = content; child < end; child = node.endOf(child)) {
    if (node.kindOf(child) != node.ELEMENT) continue
    if (!isItems || !isName(node.nameOf(child), 'Data')) at = emitMember(child, 0, at)
    else {
      const named = nameAttribute(child)
      if (named == MIXED) return 0
      if (named != EMPTY) at = emitMember(child, named, at)
      else if (!didUnnamed) {
        didUnnamed = true
        at = emitUnnamed(element, child, at)
      }
    }
    if (at == 0) return 0
  }
  if (node.flagsOf(element) & node.HAS_PARTS) at = emitParts(element, at)
  if (at != 0) at = members.end(at, 0)
  members.resume(outerState, outerNames)
  return at
}

/** Text beside elements, or the one slot for another template's element, which is the last thing here. */
function emitParts(element: usize, at: usize): usize {
  // Whether there are elements beside it must be known.
  if (members.state != members.SOME) return 0
  const end = node.endOf(element)
  let first: usize = 0
  for (let child = node.contentOf(element); child < end; child = node.endOf(child)) {
    if (node.kindOf(child) == node.ELEMENT) {
      if (first != 0) return 0
    } else if (first == 0) first = child
  }
  const parts = partsOf(first, end)
  // The element that comes here may not have a name that is taken.
  if (parts == SLOT && !members.isOnly(SYSTEM, SYSTEM_LENGTH)) return 0
  if (parts == SLOT) return plan.closeOp(at, plan.JSON_CHILDREN, node.slotOf(first), 0, 0)
  if (parts != TEXT) return 0
  // An attribute or element may have this name.
  const key = writeTextKey(at)
  const free = members.free(at + 2, key - 2, false)
  return free == key - 2 ? writeString(key, first, end) : 0
}

/** One child of an element. @param named its attribute `Name`, 0 for one that is called after itself */
function emitMember(child: usize, named: usize, at: usize): usize {
  const isConditional = node.slotOf(child) != NO_DEPENDENCY
  let skip: usize = 0
  if (isConditional) {
    if (!plan.compiling) return 0
    at = members.expect(at)
    if (named == 0 && holdsOnly(child, node.slotOf(child))) return emitOptional(child, at)
    at = plan.closeOp(at, plan.SKIP_IF_NULL, node.slotOf(child), 0, 0)
    skip = plan.lastOp
    store<u8>(at++, 0x2c)
  } else at = members.begin(at)
  if (named == 0) {
    at = writeKey(at, node.nameOf(child), isConditional)
    if (at != 0) at = emitElement(child, at, 0)
  } else {
    at = writeNamedKey(at, named, isConditional)
    if (at != 0) at = emitItem(child, at)
  }
  if (at == 0) return 0
  return skip == 0 ? at : plan.jumpHere(skip, at)
}

/** A child without attributes that holds the slot that it depends on, and nothing else. */
function emitOptional(child: usize, start: usize): usize {
  store<u8>(start, 0x2c)
  const at = writeKey(start + 1, node.nameOf(child), true)
  if (at == 0) return 0
  return plan.closeOp(at, plan.JSON_OPTIONAL, node.slotOf(child), plan.OBJECT, <u32>(at - start))
}

/** An item of EventData: its attributes are not told. */
function emitItem(child: usize, at: usize): usize {
  if (node.flagsOf(child) & node.HAS_ELEMENTS) return emitElement(child, at, 0)
  return emitContent(child, at, plan.NULL_IS_TEXT)
}

function writeNamedKey(at: usize, attribute: usize, isConditional: bool): usize {
  const end = writeString(at, attribute + node.NODE_SIZE, node.endOf(attribute))
  // `#text` and `#attributes` may be there as well.
  return end == 0 || <u32>load<u8>(at, 1) == 0x23 ? 0 : endKey(at + 1, end - 1, isConditional)
}

/** Bytes of `,"Data":{"#text":`. */
const UNNAMED_KEY: u32 = 17

/** The items of EventData without a name, where the first of them stands: one, or an array of them. */
function emitUnnamed(element: usize, first: usize, at: usize): usize {
  const end = node.endOf(element)
  let count: u32 = 0
  let isConditional = true
  for (let child = first; child < end; child = node.endOf(child)) {
    if (!isUnnamed(child)) continue
    count++
    if (node.slotOf(child) == NO_DEPENDENCY) isConditional = false
  }
  at = isConditional ? members.expect(at) + 1 : members.begin(at)
  const start = at - 1
  if (isConditional) store<u8>(start, 0x2c)
  store<u64>(at, 0x22_61_74_61_44_22)
  const key = members.free(at + 1, at + 5, isConditional)
  // With a suffix it would be longer: left to the plain renderer.
  if (key != at + 5) return 0
  store<u64>(at, 0x23_22_7b_3a, 6)
  store<u64>(at, 0x3a_22_74_78_65_74_23_22, 8)
  at += UNNAMED_KEY - 1
  return plan.compiling ? emitItems(first, end, at, <u32>(at - start)) : writeItems(first, end, at, count)
}

function isUnnamed(child: usize): bool {
  return node.kindOf(child) == node.ELEMENT && isName(node.nameOf(child), 'Data') && nameAttribute(child) == EMPTY
}

/** Items as ops: how many there are depends on the values. */
function emitItems(first: usize, end: usize, at: usize, argument: u32): usize {
  at = plan.closeOp(at, plan.OPEN, 0, 0, 0)
  for (let child = first; child < end; child = node.endOf(child)) {
    if (!isUnnamed(child)) continue
    if (node.flagsOf(child) & node.HAS_ELEMENTS) return 0
    at = plan.skipIfNull(node.slotOf(child), at)
    const skip = plan.skipOp
    const content = node.contentOf(child)
    if (partsOf(content, node.endOf(child)) == SLOT) {
      at = plan.closeOp(at, plan.JSON_ITEM, node.slotOf(content), plan.NULL_IS_TEXT, 0)
    } else {
      store<u8>(at, 0x2c)
      at = emitContent(child, at + 1, plan.NULL_IS_TEXT)
      if (at == 0) return 0
      at = plan.closeOp(at, plan.COUNT_ITEM, 0, 0, 0)
    }
    at = plan.endSkip(skip, at)
  }
  return plan.closeOp(at, plan.CLOSE_ITEMS, 0, plan.WRAPPED | plan.SINGLE_IS_BARE, argument)
}

/** Items as text. */
function writeItems(first: usize, end: usize, at: usize, count: u32): usize {
  if (count > 1) store<u8>(at++, 0x5b)
  let left = count
  for (let child = first; child < end; child = node.endOf(child)) {
    if (!isUnnamed(child)) continue
    at = emitItem(child, at)
    if (at == 0) return 0
    left--
    if (left > 0) store<u8>(at++, 0x2c)
  }
  if (count > 1) store<u8>(at++, 0x5d)
  store<u8>(at, 0x7d)
  return at + 1
}
