import type { Chunk } from './chunk.ts'
import { RECORD_HEADER_SIZE } from './record.ts'
import { DEFINITION_HEADER_SIZE } from './template.ts'
import * as token from './token.ts'
import { BIN_XML_TYPE } from './value-type.ts'

/** Instances inside each other whose places are left out; real records have two. */
const MOST_NESTED = 4
/** Multipliers of two independent sums. */
const FIRST = 0x01000193
const SECOND = 0x85ebca6b

/**
 * A number that two copies of a record share wherever they stand: of its id, its written time and its values. Where a
 * template is defined, and whether that stands inside the record, does not count; what a copy with other values would
 * hide does. 53 bits: of a million records, two are alike by chance once in ten thousand logs.
 *
 * @param offset start of the record, bytes from the chunk's start
 * @param size of the record, as framed
 */
export function recordSum(chunk: Chunk, offset: number, size: number): number {
  const sum = new Sum(chunk)
  sum.add(offset + 8, offset + RECORD_HEADER_SIZE)
  sum.addBinXml(offset + RECORD_HEADER_SIZE, offset + size - 4, 0)
  return sum.taken()
}

/** Two running sums over stretches of a chunk. */
class Sum {
  readonly #chunk: Chunk
  #first = 0x811c9dc5 | 0
  #second = 0x2545f491

  constructor(chunk: Chunk) {
    this.#chunk = chunk
  }

  taken(): number {
    return (this.#first >>> 0) * 0x200000 + (this.#second >>> 11)
  }

  add(from: number, end: number): void {
    const { view, bytes } = this.#chunk
    let first = this.#first
    let second = this.#second
    let at = from
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true)
      first = Math.imul(first ^ word, FIRST)
      first ^= first >>> 15
      second = Math.imul((second << 13) | (second >>> 19), 5) ^ Math.imul(word, SECOND)
    }
    for (; at < end; at++) {
      first = Math.imul(first ^ bytes[at]!, FIRST)
      second = Math.imul(second + bytes[at]! + 1, SECOND)
    }
    this.#first = first
    this.#second = second
  }

  addBinXml(from: number, end: number, depth: number): void {
    const { view, bytes } = this.#chunk
    let at = from
    if (at < end && bytes[at] === token.FRAGMENT_HEADER) at += token.FRAGMENT_HEADER_SIZE
    if (at + 14 > end || bytes[at] !== token.TEMPLATE_INSTANCE || depth > MOST_NESTED) {
      this.add(from, Math.max(from, end))
      return
    }
    this.add(at + 2, at + 6)
    const isHere = view.getUint32(at + 6, true) === at + 10
    at += 10
    if (isHere && at + DEFINITION_HEADER_SIZE <= end) at += DEFINITION_HEADER_SIZE + view.getUint32(at + 20, true)
    const count = at + 4 <= end ? view.getUint32(at, true) : token.MAX_SUBSTITUTIONS + 1
    const descriptors = at + 4
    let value = descriptors + 4 * count
    if (count > token.MAX_SUBSTITUTIONS || value > end) {
      this.add(from, end)
      return
    }
    this.add(descriptors, value)
    // Values between those of type BinXML are taken in one go.
    let open = value
    for (let slot = 0; slot < count; slot++) {
      const next = Math.min(end, value + view.getUint16(descriptors + 4 * slot, true))
      if (bytes[descriptors + 4 * slot + 2] === BIN_XML_TYPE) {
        this.add(open, value)
        this.addBinXml(value, next, depth + 1)
        open = next
      }
      value = next
    }
    this.add(open, value)
  }
}
