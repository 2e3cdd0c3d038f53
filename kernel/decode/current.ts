/**
 * The chunk that is being decoded, and what is left to the record that is. Offsets of the format are relative to the chunk's
 * start; an *address* is a place in the kernel's memory.
 */

/** Address of the chunk. */
export let chunk: usize = 0
/** Number of the chunk since the start, from 1: what stands in a map of offsets with another number is of another chunk. */
export let era: u32 = 0
/** Address up to which text may be written while nodes are rendered; an operation that may go far beyond asks first. */
export let bound: usize = 0

/** Turns to another chunk. */
export function startChunk(address: usize): void {
  chunk = address
  era++
}

/** Sets where text has to end. */
export function setBound(address: usize): void {
  bound = address
}
