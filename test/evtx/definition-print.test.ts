import { describe, expect, it } from 'vitest'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { printHolds, printOf } from '../../src/evtx/definition-print.ts'
import { DEFINITION_HEADER_SIZE } from '../../src/evtx/template.ts'
import { ChunkBytes } from '../support/evtx-bytes.ts'

/** Definitions are at least this far from the chunk's first ones, whose names they use. */
const PLACE = 4_096

/** A definition of an element with an attribute; its names are where they were written first. */
function define(b: ChunkBytes, at: number, name = 'Event'): { readonly definition: number; readonly size: number } {
  b.at = at
  b.definition(() => b.element(name, { attributes: () => b.attribute('Name', 'x'), content: () => b.slot(0) }))
  return { definition: at, size: DEFINITION_HEADER_SIZE + b.view.getUint32(at + 20, true) }
}

/** A chunk with a definition that has its names inside. */
function inline(at = 512) {
  const b = new ChunkBytes()
  return { b, ...define(b, at) }
}

/** A chunk with a definition whose names stand in another one. */
function outside(at = PLACE, first = 512) {
  const b = new ChunkBytes()
  define(b, first)
  return { b, ...define(b, at) }
}

describe('printHolds()', () => {
  it.each([
    ['inline', inline, inline(700)],
    ['outside', outside, outside(9_000, 600)],
  ])('holds of the same definition at another place, its names %s', (_, at, other) => {
    const { b, definition, size } = at()
    const print = printOf(b.chunk(), definition, size)
    expect(printHolds(print, b.chunk(), definition)).toBe(true)
    expect(other.size).toBe(size)
    expect(printHolds(print, other.b.chunk(), other.definition)).toBe(true)
  })

  it.each([
    ['inline', inline],
    ['outside', outside],
  ])('does not hold where any byte is another but those that say what comes next in a list (%s)', (_, at) => {
    const { b, definition, size } = at()
    const print = printOf(b.chunk(), definition, size)
    const free: number[] = []
    for (let offset = definition; offset < definition + size; offset++) {
      b.bytes[offset]! ^= 0x10
      if (printHolds(print, b.chunk(), definition)) free.push(offset - definition)
      b.bytes[offset]! ^= 0x10
    }
    const [element, attribute] = [DEFINITION_HEADER_SIZE + 4 + 7, attributeAt(b, definition, size)]
    const nexts = at === inline ? [element + 4, attribute + 4] : []
    expect(free).toEqual([0, ...nexts].flatMap((offset) => [offset, offset + 1, offset + 2, offset + 3]))
  })

  it('does not hold where a name outside is another, or ends behind its chunk', () => {
    const { b, definition, size } = outside()
    const print = printOf(b.chunk(), definition, size)
    const field = definition + DEFINITION_HEADER_SIZE + 4 + 7
    const name = b.view.getUint32(field, true)
    for (const offset of [name + 4, name + 6, name + 8, name + 16]) {
      b.bytes[offset]! ^= 1
      expect(printHolds(print, b.chunk(), definition), String(offset - name)).toBe(false)
      b.bytes[offset]! ^= 1
    }
    // The same name where its closing zero does not fit in any more.
    const last = CHUNK_SIZE - 8 - 10
    b.bytes.copyWithin(last, name, name + 18)
    b.view.setUint32(field, last, true)
    expect(printHolds(print, b.chunk(), definition)).toBe(false)
    b.bytes.copyWithin(last - 2, name, name + 20)
    b.view.setUint32(field, last - 2, true)
    expect(printHolds(print, b.chunk(), definition)).toBe(true)
  })

  it('tells a name that is part of the definition from one that is not', () => {
    const { b, definition, size } = inline()
    const print = printOf(b.chunk(), definition, size)
    const field = definition + DEFINITION_HEADER_SIZE + 4 + 7
    const copy = 20_000
    b.bytes.copyWithin(copy, field + 4, field + 40)
    b.view.setUint32(field, copy, true)
    expect(printHolds(print, b.chunk(), definition)).toBe(false)
  })
})

/** Where the offset of the attribute's name stands: behind the name of the element and the size of its attributes. */
function attributeAt(b: ChunkBytes, definition: number, size: number): number {
  const { bytes } = b
  for (let at = definition + DEFINITION_HEADER_SIZE + 15; at < definition + size; at++) {
    if ((bytes[at]! & ~0x40) === 0x06 && isNameOffset(b, at + 1)) return at + 1 - definition
  }
  throw new Error('It has no attribute')
}

/** "Name" is four characters long. */
function isNameOffset(b: ChunkBytes, at: number): boolean {
  const name = b.view.getUint32(at, true)
  return name < CHUNK_SIZE - 8 && b.view.getUint16(name + 6, true) === 4
}
