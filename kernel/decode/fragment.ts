import { chunk } from './current'
import * as format from '../format'
import { ENTITIES, NODES, REFERENCES, REFERENCES_END } from './memory'
import { nameAt, nameLength, nameText, nameUnits } from './name'
import * as node from './node'

/** Elements in elements; the plain renderer goes deeper. */
const MAX_DEPTH: i32 = 32

/* State of the one fragment that is being read: bounds, place, and what it holds so far. */
let start: u32 = 0
let end: u32 = 0
let at: u32 = 0
let withDependencies: bool = false
let top: usize = NODES
/** Nodes and characters as the limits of `src/evtx/element.ts` count them. */
let nodes: u32 = 0
let characters: u32 = 0
/** Behind the last of the offsets at `REFERENCES`. */
let references: usize = REFERENCES
/** A name is in the fragment itself: the same bytes elsewhere are another fragment. */
let bound: bool = false

/** Address behind the last node. */
export function nodesEnd(): usize {
  return top
}

export function nodeCount(): u32 {
  return nodes
}

export function characterCount(): u32 {
  return characters
}

export function referencesEnd(): usize {
  return references
}

export function isPlaceBound(): bool {
  return bound
}

/**
 * Parses a run of elements into nodes: see `src/evtx/fragment.ts`, of which this is the strict part. What is not understood
 * here (CDATA, processing instructions, text between elements at the top, another program's layout) is left to that.
 *
 * @param from offset of the first token
 * @param to first offset that does not belong to it
 * @param inDefinition elements carry the slot that they depend on
 */
export function parseFragment(from: u32, to: u32, inDefinition: bool): bool {
  start = at = from
  end = min(to, format.CHUNK_SIZE)
  withDependencies = inDefinition
  top = NODES
  nodes = characters = 0
  references = REFERENCES
  bound = false
  if (at < end && <u32>load<u8>(chunk + at) == format.FRAGMENT_HEADER) at += format.FRAGMENT_HEADER_SIZE
  while (at < end) {
    const token = load<u8>(chunk + at) & ~format.MORE
    if (token == format.END_OF_FRAGMENT) break
    if (token != format.OPEN_ELEMENT || !parseElement(0)) return false
  }
  return true
}

function parseElement(depth: i32): bool {
  if (depth >= MAX_DEPTH) return false
  const fixed: u32 = withDependencies ? 11 : 9
  if (at + fixed > end) return false
  const hasAttributes = load<u8>(chunk + at) & format.MORE
  at++
  let dependency = format.NO_DEPENDENCY
  if (withDependencies) {
    dependency = load<u16>(chunk + at)
    at += 2
  }
  const size = load<u32>(chunk + at)
  at += 4
  if (size > end - at) return false
  const name = parseName()
  const element = add(node.ELEMENT, dependency, name, 0)
  if (name == 0 || element == 0) return false
  characters += nameUnits(name)
  if (hasAttributes) {
    at += 4
    while (at < end && (load<u8>(chunk + at) & ~format.MORE) == format.ATTRIBUTE) if (!parseAttribute()) return false
  }
  if (at >= end) return false
  store<u32>(element, top, 16)
  let flags: u32 = 0
  const close: u32 = load<u8>(chunk + at++)
  if (close == format.CLOSE_START_ELEMENT) {
    for (;;) {
      if (at >= end) return false
      const token = load<u8>(chunk + at) & ~format.MORE
      if (token == format.END_ELEMENT) {
        at++
        break
      }
      if (token == format.OPEN_ELEMENT) {
        flags |= node.HAS_ELEMENTS
        if (!parseElement(depth + 1)) return false
      } else {
        flags |= node.HAS_PARTS
        if (!parsePart()) return false
      }
    }
  } else if (close == format.CLOSE_EMPTY_ELEMENT) flags = node.CLOSED_EMPTY
  else return false
  store<u8>(element, <u8>flags, 1)
  store<u32>(element, top, 12)
  return true
}

function parseAttribute(): bool {
  if (at + 5 > end) return false
  at++
  const name = parseName()
  const attribute = add(node.ATTRIBUTE_NODE, 0, name, 0)
  if (name == 0 || attribute == 0) return false
  characters += nameUnits(name)
  while (at < end && isPart(load<u8>(chunk + at) & ~format.MORE)) if (!parsePart()) return false
  store<u32>(attribute, top, 12)
  return true
}

/** Anything that may stand in an attribute, understood here or not. */
// @ts-ignore: decorator
@inline
function isPart(token: u32): bool {
  return (
    token == format.VALUE ||
    (token >= 0x07 && token <= 0x0a) ||
    token == format.NORMAL_SUBSTITUTION ||
    token == format.OPTIONAL_SUBSTITUTION
  )
}

function parsePart(): bool {
  if (at + 4 > end) return false
  const token = load<u8>(chunk + at) & ~format.MORE
  if (token == format.VALUE) {
    const units: u32 = load<u16>(chunk + at + 2)
    at += 4
    if (units << 1 > end - at) return false
    characters += units
    if (add(node.TEXT_NODE, 0, chunk + at, units) == 0) return false
    at += 2 * units
    return true
  }
  if (token == format.ENTITY_REFERENCE) return parseReference()
  if (token != format.NORMAL_SUBSTITUTION && token != format.OPTIONAL_SUBSTITUTION) return false
  if (add(node.SLOT_NODE, load<u16>(chunk + at + 1), 0, 0) == 0) return false
  at += 4
  return true
}

/** `&amp;` and the like. Of other entities nothing is known here. */
function parseReference(): bool {
  if (at + 5 > end) return false
  at++
  const name = parseName()
  if (name == 0) return false
  const character = characterOf(nameText(name), nameLength(name))
  if (character == 0) return false
  characters++
  const text = add(node.TEXT_NODE, 0, character, 1)
  if (text == 0) return false
  store<u8>(text, <u8>node.REFERENCE, 1)
  return true
}

/** Address of the character that an entity stands for; 0 for an unknown one. */
function characterOf(name: usize, length: u32): usize {
  const text = load<u32>(name)
  if (length == 2 && (text & 0xffff) == 0x746c) return ENTITIES
  if (length == 2 && (text & 0xffff) == 0x7467) return ENTITIES + 2
  if (length == 3 && (text & 0xffffff) == 0x706d61) return ENTITIES + 4
  if (length == 4 && text == 0x746f7571) return ENTITIES + 6
  if (length == 4 && text == 0x736f7061) return ENTITIES + 8
  return 0
}

/** A name stands right here, or elsewhere in the chunk when it was written before. */
function parseName(): usize {
  if (at + 4 > end) return 0
  const offset = load<u32>(chunk + at)
  at += 4
  const name = nameAt(offset)
  if (name == 0) return 0
  if (offset == at) at += format.NAME_OVERHEAD + 2 * nameUnits(name)
  if (offset >= start && offset < end) {
    bound = true
    return name
  }
  // Only what is kept has to be known again.
  if (!withDependencies) return name
  for (let known = REFERENCES; known < references; known += 4) if (load<u32>(known) == offset) return name
  if (references >= REFERENCES_END) return 0
  store<u32>(references, offset)
  references += 4
  return name
}

/** @returns the node's address, 0 when there are too many */
function add(kind: u32, slot: u32, address: usize, units: u32): usize {
  if (++nodes > node.MAX_NODES) return 0
  const added = top
  top += node.NODE_SIZE
  store<u32>(added, kind | (slot << 16))
  store<u32>(added, address, 4)
  store<u32>(added, units, 8)
  store<u32>(added, top, 12)
  return added
}
