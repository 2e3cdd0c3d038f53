import { EMPTY, isOver, MIXED, partsOf, SLOT, TEXT } from './emit-xml'
import {
  areTooMany,
  attributesOf,
  emitAttributes,
  emitElement,
  emitItem,
  emitMember,
  endKey,
  isAgain,
  nameItems,
  writeKey,
} from './evtxray-element'
import { NO_DEPENDENCY } from '../format'
import { holdsOnly, isName, isText, nameAttribute, writeCharacters, writeString } from './json-text'
import * as members from './members'
import { nameLength, nameText } from './name'
import * as node from './node'
import * as plan from './plan'
import { IS_CHILD, IS_PAYLOAD, IS_ROOT } from './template'
import { writeDigits } from './value-evtxray'

/*
 * Events in our own JSON: see `src/evtx/json.ts`. Each function returns where the text goes on, or 0 when the plain renderer
 * has to do it.
 */

/** What an element may be: an event, a payload of one, or a value in an element. */
export function rolesOfEvtxray(element: usize): u32 {
  const name = node.nameOf(element)
  if (isName(name, 'Event')) return IS_ROOT
  if (node.slotOf(element) != NO_DEPENDENCY) return 0
  if (isName(name, 'EventData')) return IS_PAYLOAD
  return isPayload(name) ? IS_CHILD | IS_PAYLOAD : IS_CHILD
}

/** Elements that may stand as payload in an event: no other member of one has such a name. */
function isPayload(name: usize): bool {
  return (
    isName(name, 'EventData') || isName(name, 'UserData') || isName(name, 'DebugData') ||
    isName(name, 'BinaryEventData') || isName(name, 'ProcessingErrorData')
  )
}

function hasPayload(): bool {
  return (
    members.has('EventData') || members.has('UserData') || members.has('DebugData') ||
    members.has('BinaryEventData') || members.has('ProcessingErrorData')
  )
}

/**
 * Writes an element as members, a comma before each: as text, or as ops of a plan. An event is its members, another element
 * is one.
 */
export function emitEvtxray(element: usize, at: usize): usize {
  members.startMembers()
  members.assumeSome()
  nameItems(false)
  if (!isName(node.nameOf(element), 'Event')) return emitPart(element, at)
  const dependency = node.slotOf(element)
  if (dependency == NO_DEPENDENCY) return emitEvent(element, at)
  if (!plan.compiling) return 0
  at = plan.closeOp(at, plan.SKIP_IF_NULL, dependency, 0, 0)
  const skip = plan.lastOp
  at = emitEvent(element, at)
  return at == 0 ? 0 : plan.jumpHere(skip, at)
}

/** A member of the event that comes behind its own. */
const META = memory.data<u8>([0x5f, 0x6d, 0x65, 0x74, 0x61, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
const META_LENGTH: u32 = 5

function emitEvent(event: usize, at: usize): usize {
  members.take(META, META_LENGTH)
  const end = node.endOf(event)
  let system: usize = 0
  for (let child = node.contentOf(event); child < end; child = node.endOf(child)) {
    if (node.kindOf(child) != node.ELEMENT || !isName(node.nameOf(child), 'System')) continue
    if (system != 0 || node.slotOf(child) != NO_DEPENDENCY) return 0
    system = child
  }
  if (system != 0) at = emitSystem(system, at)
  let isTaken = false
  for (let child = node.contentOf(event); at != 0 && child < end; child = node.endOf(child)) {
    const kind = node.kindOf(child)
    if (kind == node.SLOT_NODE) {
      if (isTaken || hasPayload() || isOver(at, 64)) return 0
      // One payload is all that its name is kept free for.
      isTaken = true
      at = plan.closeOp(at, plan.JSON_CHILDREN, node.slotOf(child), 0, 0)
    } else if (kind == node.ELEMENT && child != system) {
      if (isTaken && isPayload(node.nameOf(child))) return 0
      at = emitPart(child, at)
    }
  }
  return at
}

/** An element of an event, as a member. */
function emitPart(part: usize, at: usize): usize {
  if (isOver(at, 64)) return 0
  const dependency = node.slotOf(part)
  let skip: usize = 0
  if (dependency != NO_DEPENDENCY) {
    if (!plan.compiling) return 0
    at = plan.closeOp(at, plan.SKIP_IF_NULL, dependency, 0, 0)
    skip = plan.lastOp
  }
  store<u8>(at, 0x2c)
  at = writeKey(at + 1, node.nameOf(part))
  if (at == 0) return 0
  at = isName(node.nameOf(part), 'EventData') ? emitEventData(part, at) : emitElement(part, at, false)
  return at == 0 || skip == 0 ? at : plan.jumpHere(skip, at)
}

function emitSystem(system: usize, at: usize): usize {
  const end = node.endOf(system)
  for (let child = node.contentOf(system); at != 0 && child < end; child = node.endOf(child)) {
    const kind = node.kindOf(child)
    if (kind == node.SLOT_NODE) return 0
    if (kind == node.ELEMENT) at = emitSystemField(child, at)
  }
  return at
}

/** An element of System: its attributes under names of their own, and its text. */
function emitSystemField(field: usize, at: usize): usize {
  const name = node.nameOf(field)
  const flags = isNumber(name) ? plan.NUMBER | plan.NULL_IS_TEXT : 0
  const dependency = node.slotOf(field)
  if (isOver(at, nameLength(name))) return 0
  let skip: usize = 0
  if (dependency != NO_DEPENDENCY) {
    if (!plan.compiling) return 0
    if (holdsOnly(field, dependency)) {
      store<u8>(at, 0x2c)
      const value = writeKey(at + 1, name)
      return value == 0 ? 0 : plan.closeOp(value, plan.JSON_OPTIONAL, dependency, flags, <u32>(value - at))
    }
    at = plan.closeOp(at, plan.SKIP_IF_NULL, dependency, 0, 0)
    skip = plan.lastOp
  }
  at = emitSystemAttributes(field, at)
  if (at == 0) return 0
  const first = node.contentOf(field)
  const end = node.endOf(field)
  if (first != end) {
    if (node.flagsOf(field) & node.HAS_ELEMENTS || isOver(at, 64)) return 0
    store<u8>(at, 0x2c)
    at = writeKey(at + 1, name)
    if (at != 0) at = emitSystemValue(first, end, plan.JSON_VALUE, flags, 0, at)
    if (at == 0) return 0
  }
  return skip == 0 ? at : plan.jumpHere(skip, at)
}

function emitSystemAttributes(field: usize, at: usize): usize {
  const content = node.contentOf(field)
  for (let one = field + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    const first = one + node.NODE_SIZE
    const end = node.endOf(one)
    if (partsOf(first, end) == EMPTY) continue
    const start = at
    store<u8>(at, 0x2c)
    at = writeSystemKey(at + 1, node.nameOf(field), node.nameOf(one))
    if (at == 0) return 0
    const flags = isNumberKey(start + 2, <u32>(at - start) - 4) ? plan.NUMBER : 0
    at = emitSystemValue(first, end, plan.JSON_MEMBER, flags, <u32>(at - start), at)
    if (at == 0) return 0
  }
  return at
}

/** The value of a field or an attribute. */
function emitSystemValue(first: usize, end: usize, kind: u32, flags: u32, argument: u32, at: usize): usize {
  const parts = partsOf(first, end)
  if (parts == MIXED) return 0
  if (parts == SLOT) return plan.closeOp(at, kind, node.slotOf(first), flags, argument)
  if (parts == EMPTY || (flags & plan.NUMBER) == 0) return writeString(at, first, end)
  return first + node.NODE_SIZE == end ? writeDigits(at, node.nameOf(first), node.unitsOf(first)) : 0
}

/** Fields that are numbers, whatever type they have. */
function isNumber(name: usize): bool {
  return (
    isName(name, 'EventID') || isName(name, 'Version') || isName(name, 'Level') ||
    isName(name, 'Task') || isName(name, 'Opcode') || isName(name, 'EventRecordID')
  )
}

function isNumberKey(key: usize, length: u32): bool {
  return isText(key, length, 'Qualifiers') || isText(key, length, 'ProcessID') || isText(key, length, 'ThreadID')
}

/** The key of an attribute: the name of its element and its own, or one of them where that says it all. */
function writeSystemKey(at: usize, element: usize, attribute: usize): usize {
  if (isOver(at, nameLength(element) + nameLength(attribute))) return 0
  store<u8>(at, 0x22)
  let end = at + 1
  if (!goesAlone(element, attribute)) end = plan.copyText(end, nameText(element), nameLength(element))
  if (!isUnderstood(element, attribute)) end = plan.copyText(end, nameText(attribute), nameLength(attribute))
  return endKey(at + 1, end)
}

/** The attribute says it all. */
function goesAlone(element: usize, attribute: usize): bool {
  if (isName(element, 'Execution')) return isName(attribute, 'ProcessID') || isName(attribute, 'ThreadID')
  if (isName(element, 'EventID')) return isName(attribute, 'Qualifiers')
  if (isName(element, 'Correlation')) return isName(attribute, 'ActivityID') || isName(attribute, 'RelatedActivityID')
  if (isName(element, 'Security')) return isName(attribute, 'UserID')
  return isName(element, 'Provider') && isName(attribute, 'EventSourceName')
}

/** The element says it all. */
function isUnderstood(element: usize, attribute: usize): bool {
  if (isName(element, 'Provider')) return isName(attribute, 'Name')
  return isName(element, 'TimeCreated') && isName(attribute, 'SystemTime')
}

/** Items by name, and behind them those without one in the array `Data`. */
function emitEventData(data: usize, at: usize): usize {
  const content = node.contentOf(data)
  const end = node.endOf(data)
  if (node.flagsOf(data) & node.HAS_PARTS || areTooMany(content, end)) return 0
  const attributes = attributesOf(data, false)
  if (attributes == MIXED || attributes == SLOT || hasSlotAttribute(data)) return 0
  const outerState = members.state
  const outerNames = members.names
  members.openObject()
  const before = nameItems(true)
  at = emitAttributes(data, at, false)
  let unnamed: u32 = 0
  let isCertain = false
  for (let child = content; at != 0 && child < end; child = node.endOf(child)) {
    const item = isName(node.nameOf(child), 'Data') ? nameAttribute(child) : 1
    if (item == MIXED) at = 0
    else if (item == EMPTY) {
      unnamed++
      if (node.slotOf(child) == NO_DEPENDENCY) isCertain = true
    } else if (!isAgain(content, child)) at = emitMember(child, end, at)
  }
  if (at != 0 && unnamed > 0) at = emitUnnamed(content, end, unnamed, isCertain, at)
  nameItems(before)
  if (at != 0) at = members.end(at, plan.EMPTY_IS_OBJECT)
  members.resume(outerState, outerNames)
  return at
}

function hasSlotAttribute(element: usize): bool {
  const content = node.contentOf(element)
  for (let one = element + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    if (!isName(node.nameOf(one), 'xmlns') && partsOf(one + node.NODE_SIZE, node.endOf(one)) != TEXT) return true
  }
  return false
}

function emitUnnamed(content: usize, end: usize, count: u32, isCertain: bool, at: usize): usize {
  if (isOver(at, 64) || (!isCertain && !plan.compiling)) return 0
  if (isCertain) at = members.begin(at) - 1
  else {
    at = members.expect(at)
    store<u8>(at, 0x2c)
  }
  const start = at
  store<u8>(at + 1, 0x22)
  at = endKey(at + 2, writeCharacters(at + 2, 'Data'))
  if (at == 0) return 0
  if (!plan.compiling) store<u8>(at++, 0x5b)
  const key = <u32>(at - start)
  if (plan.compiling) at = plan.closeOp(at, plan.OPEN, 0, 0, 0)
  let left = count
  for (let child = content; left > 0 && child < end; child = node.endOf(child)) {
    if (!isName(node.nameOf(child), 'Data') || nameAttribute(child) != EMPTY) continue
    left--
    // An item that is an object is left to others.
    if (node.flagsOf(child) & node.HAS_ELEMENTS || attributesOf(child, false) != EMPTY) return 0
    at = emitItem(child, at, left > 0)
    if (at == 0) return 0
  }
  if (plan.compiling) return plan.closeOp(at, plan.CLOSE_ITEMS, 0, 0, key)
  store<u8>(at, 0x5d)
  return at + 1
}
