import { EMPTY, isOver, MIXED, partsOf, TEXT } from './emit-xml'
import { nameLength, nameText } from './name'
import * as node from './node'
import { writeJson } from './text'

/** Bytes that a UTF-16 unit may take in JSON: `\u001f`. */
const MAX_UNIT: u32 = 6

/** Bytes of `,"#text":`. */
export const TEXT_KEY: u32 = 9

/** `,"#text":` */
export function writeTextKey(at: usize): usize {
  store<u64>(at, 0x22_74_78_65_74_23_22_2c)
  store<u8>(at, 0x3a, 8)
  return at + TEXT_KEY
}

/** True for a text that is these ASCII characters. */
export function isText(text: usize, length: u32, characters: string): bool {
  if (length != <u32>characters.length) return false
  const from = changetype<usize>(characters)
  for (let i: u32 = 0; i < length; i++) if (<u32>load<u8>(text + i) != <u32>load<u16>(from + 2 * i)) return false
  return true
}

/** True for a name that is these ASCII characters. */
export function isName(name: usize, characters: string): bool {
  return isText(nameText(name), nameLength(name), characters)
}

/** ASCII characters. */
export function writeCharacters(at: usize, characters: string): usize {
  const from = changetype<usize>(characters)
  for (let i = 0; i < characters.length; i++) store<u8>(at + i, load<u8>(from + 2 * i))
  return at + characters.length
}

/** Texts as one JSON string. @returns 0 when there is no room */
export function writeString(at: usize, first: usize, end: usize): usize {
  store<u8>(at++, 0x22)
  for (let part = first; part < end; part = node.endOf(part)) {
    if (isOver(at, node.unitsOf(part) * MAX_UNIT)) return 0
    at = writeJson(at, node.nameOf(part), node.unitsOf(part))
  }
  store<u8>(at, 0x22)
  return at + 1
}

/** The attribute `Name` of an item of EventData: `EMPTY`, `MIXED`, or its node. */
export function nameAttribute(child: usize): usize {
  const content = node.contentOf(child)
  for (let one = child + node.NODE_SIZE; one < content; one = node.endOf(one)) {
    if (!isName(node.nameOf(one), 'Name')) continue
    const parts = partsOf(one + node.NODE_SIZE, node.endOf(one))
    if (parts == EMPTY) continue
    return parts == TEXT ? one : MIXED
  }
  return EMPTY
}

/** True for an element that has no attributes, and holds one slot. */
export function holdsOnly(element: usize, slot: u32): bool {
  const content = node.contentOf(element)
  if (content != element + node.NODE_SIZE || content == node.endOf(element)) return false
  if (node.endOf(content) != node.endOf(element)) return false
  return node.kindOf(content) == node.SLOT_NODE && node.slotOf(content) == slot
}
