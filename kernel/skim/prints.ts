import { CHUNK_SIZE, DEFINITION_GUID, NAME_HASH, NAME_OVERHEAD, NAME_TEXT } from '../format'
import { same } from './bytes'

/** Parts of a print and of a name in it: see `src/evtx/definition-print.ts`. */
const NAME_COUNT: usize = 4
const BYTES: usize = 8
const NAME_SIZE: usize = 4
const NAME_WORD: usize = 8
const NAME_UNITS: usize = 12
/** Size of a name that is part of the definition. */
const INLINE: u32 = 0xffffffff
/** Bytes that are compared at once; every definition has more. */
const BLOCK: usize = 16

/**
 * True where the definition at an offset of the chunk has all that the print holds.
 *
 * Its size must have been compared, so that all of it lies inside the chunk.
 */
export function holds(print: usize, chunk: usize, definition: u32): bool {
  const size = <usize>load<u32>(print)
  const there = chunk + definition + DEFINITION_GUID
  const bytes = print + BYTES
  const mask = bytes + padded(size)
  // From the end: of two computers' definitions only the name of the computer differs, and it stands there.
  let at = size
  for (; at >= BLOCK; at -= BLOCK) if (differAt(there + at - BLOCK, bytes + at - BLOCK, mask + at - BLOCK)) return false
  // The last look overlaps the one before it.
  if (at > 0 && differAt(there, bytes, mask)) return false
  return namesHold(mask + padded(size), load<u32>(print, NAME_COUNT), chunk, definition)
}

// @ts-ignore: decorator
@inline
function differAt(a: usize, b: usize, mask: usize): bool {
  return v128.any_true(v128.and(v128.xor(v128.load(a), v128.load(b)), v128.load(mask)))
}

/** The definition refers to the same names. */
function namesHold(names: usize, count: u32, chunk: usize, definition: u32): bool {
  let name = names
  for (let left = count; left > 0; left--) {
    const at = definition + load<u32>(name)
    const target = load<u32>(chunk + at)
    const size = load<u32>(name, NAME_SIZE)
    if (size === INLINE) {
      if (target !== at + 4) return false
      name += NAME_UNITS
    } else {
      if (target > CHUNK_SIZE - NAME_OVERHEAD - size || target === at + 4) return false
      if (load<u32>(chunk + target, NAME_HASH) !== load<u32>(name, NAME_WORD)) return false
      if (!same(chunk + target + NAME_TEXT, name + NAME_UNITS, size)) return false
      name += NAME_UNITS + padded(size)
    }
  }
  return true
}

// @ts-ignore: decorator
@inline
function padded(size: usize): usize {
  return (size + 3) & ~3
}
