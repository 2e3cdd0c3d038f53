/**
 * Snappy, raw: a length as varint, then literals and copies of what stands up to 64 KiB before. Source: google/snappy,
 * "format_description.txt".
 *
 *     low bits of the tag  element
 *          0               literal; length - 1 in the upper six bits, or 60 to 63 for 1 to 4 bytes of it behind
 *          1               copy of 4 to 11 bytes from up to 2047 before
 *          2               copy of 1 to 64 bytes from up to 65535 before, two bytes behind
 */
const TABLE_BITS = 14
const FARTHEST = 0xffff
/** Bytes at the end in which no copy is looked for: four can be read anywhere before. */
const MARGIN = 15
/** A literal up to this is copied byte by byte: a view on it costs more. */
const SHORT = 24

/** Positions by the hash of the four bytes there, 0 for none; of one call. */
const table = new Uint32Array(1 << TABLE_BITS)
let output = new Uint8Array(0)

/**
 * Compresses bytes.
 *
 * @returns borrowed until the next call
 */
export function compressSnappy(input: Uint8Array): Uint8Array {
  const size = input.length
  // What nothing is found in gets a tag for each stretch, and one stretch is all of it; copies are never longer than their bytes.
  const most = 32 + size + Math.ceil(size / 6)
  if (output.length < most) output = new Uint8Array(most)
  let at = 0
  let left = size
  for (; left >= 0x80; left = Math.floor(left / 0x80)) output[at++] = (left & 0x7f) | 0x80
  output[at++] = left
  table.fill(0)
  const view = new DataView(input.buffer, input.byteOffset, size)
  const limit = size - MARGIN
  let emitted = 0
  let misses = 32
  for (let position = 1; position < limit; ) {
    const four = view.getUint32(position, true)
    const slot = Math.imul(four, 0x1e35a7bd) >>> (32 - TABLE_BITS)
    const candidate = table[slot]!
    table[slot] = position
    if (position - candidate > FARTHEST || view.getUint32(candidate, true) !== four) {
      // The longer nothing is found, the wider the steps.
      position += misses++ >>> 5
      continue
    }
    let matched = 4
    while (
      position + matched < limit &&
      view.getUint32(position + matched, true) === view.getUint32(candidate + matched, true)
    ) {
      matched += 4
    }
    while (position + matched < size && input[position + matched] === input[candidate + matched]) matched++
    if (emitted < position) at = writeLiteral(input, emitted, position, at)
    at = writeCopy(position - candidate, matched, at)
    position += matched
    emitted = position
    misses = 32
    // Rows of a kind repeat each other with a few bytes between: the end of one copy is where the next is looked for.
    if (position < limit) table[hashAt(view, position - 1)] = position - 1
  }
  if (emitted < size) at = writeLiteral(input, emitted, size, at)
  return output.subarray(0, at)
}

function hashAt(view: DataView, position: number): number {
  return Math.imul(view.getUint32(position, true), 0x1e35a7bd) >>> (32 - TABLE_BITS)
}

function writeLiteral(input: Uint8Array, start: number, end: number, at: number): number {
  const length = end - start
  if (length <= 60) output[at++] = (length - 1) << 2
  else {
    const more = length <= 0x100 ? 1 : length <= 0x1_0000 ? 2 : length <= 0x100_0000 ? 3 : 4
    output[at++] = (59 + more) << 2
    for (let i = 0; i < more; i++) output[at++] = (length - 1) >>> (8 * i)
  }
  if (length <= SHORT) for (let i = start; i < end; i++) output[at++] = input[i]!
  else {
    output.set(input.subarray(start, end), at)
    at += length
  }
  return at
}

function writeCopy(distance: number, length: number, at: number): number {
  let left = length
  // What is left behind the last whole one is four at least, so that a short copy may end it.
  for (; left >= 68; left -= 64) at = writeFarCopy(distance, 64, at)
  if (left > 64) {
    at = writeFarCopy(distance, 60, at)
    left -= 60
  }
  if (left >= 12 || distance >= 0x800) return writeFarCopy(distance, left, at)
  output[at] = 1 | ((left - 4) << 2) | ((distance >>> 8) << 5)
  output[at + 1] = distance
  return at + 2
}

function writeFarCopy(distance: number, length: number, at: number): number {
  output[at] = 2 | ((length - 1) << 2)
  output[at + 1] = distance
  output[at + 2] = distance >>> 8
  return at + 3
}
