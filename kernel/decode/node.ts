import { NODES } from './memory'

/**
 * A fragment, parsed: its nodes in the order in which they stand, each with everything in it behind it.
 *
 *     offset  size  field
 *          0     1  kind
 *          1     1  flags
 *          2     2  element: slot it depends on; slot: its number
 *          4     4  element, attribute: address of the name; text: address of its UTF-16
 *          8     4  text: UTF-16 units
 *         12     4  address of the first node behind it and all that is in it
 *         16     4  element: address of the first node behind its attributes
 */
export const NODE_SIZE: usize = 24
export const MAX_NODES: u32 = 4_096

export const ELEMENT: u32 = 1
export const ATTRIBUTE_NODE: u32 = 2
export const TEXT_NODE: u32 = 3
export const SLOT_NODE: u32 = 4

/** Flags of elements: written as `<X/>`; has elements in it; has text or slots in it. */
export const CLOSED_EMPTY: u32 = 1
export const HAS_ELEMENTS: u32 = 2
export const HAS_PARTS: u32 = 4
/** Flag of a text: it is one of the characters that XML has names for, and was written by its name. */
export const REFERENCE: u32 = 8

// @ts-ignore: decorator
@inline
export function kindOf(node: usize): u32 {
  return load<u8>(node)
}

// @ts-ignore: decorator
@inline
export function flagsOf(node: usize): u32 {
  return load<u8>(node, 1)
}

// @ts-ignore: decorator
@inline
export function slotOf(node: usize): u32 {
  return load<u16>(node, 2)
}

/** Address of the name, or of the text. */
// @ts-ignore: decorator
@inline
export function nameOf(node: usize): usize {
  return load<u32>(node, 4)
}

// @ts-ignore: decorator
@inline
export function unitsOf(node: usize): u32 {
  return load<u32>(node, 8)
}

// @ts-ignore: decorator
@inline
export function endOf(node: usize): usize {
  return load<u32>(node, 12)
}

/** First child of an element. */
// @ts-ignore: decorator
@inline
export function contentOf(node: usize): usize {
  return load<u32>(node, 16)
}

/** The first node of the fragment. */
export const FIRST_NODE: usize = NODES
