import { describe, expect, it } from 'vitest'
import { LiveRecords } from '../../src/evtx/live-records.ts'
import { recordSum } from '../../src/evtx/record-sum.ts'
import { ChunkBytes, type RawValue } from '../support/evtx-bytes.ts'

const value = (n: number): RawValue => ({ type: 0x04, bytes: Uint8Array.of(n) })

/** Record 1 defines a template and holds `first`, record 2 uses it and holds `second`; both have the id 1. */
function twice(first: readonly RawValue[], second: readonly RawValue[]) {
  const b = new ChunkBytes()
  const define = () => b.element('E', { content: () => b.slot(0) })
  b.record(() => b.fragment(() => b.instance(define, first)), { id: 1 })
  const at = b.at
  b.record(() => b.fragment(() => b.instance(512 + 24 + 4 + 10, second)), { id: 1 })
  const end = b.at
  b.finish({ freeSpace: at })
  const sizeAt = (offset: number) => b.view.getUint32(offset + 4, true)
  const sum = (offset: number) => recordSum(b.chunk(), offset, sizeAt(offset))
  return { b, at, size: end - at, sums: [sum(512), sum(at)] as const }
}

describe('recordSum()', () => {
  it('is that of a copy, whether the definition stands inside the record or not', () => {
    const { sums } = twice([value(7)], [value(7)])
    expect(sums[0]).toBe(sums[1])
    expect(Number.isSafeInteger(sums[0])).toBe(true)
  })

  it.each([
    ['another value', [value(8)]],
    ['one value more', [value(7), value(7)]],
    ['the type of a value', [{ type: 0x03, bytes: Uint8Array.of(7) }]],
  ])('tells %s', (_, second) => {
    const { sums } = twice([value(7)], second)
    expect(sums[0]).not.toBe(sums[1])
  })

  it('tells id and written time', () => {
    const { b, at, size, sums } = twice([value(7)], [value(7)])
    for (const field of [at + 8, at + 12, at + 16, at + 20]) {
      b.bytes[field]! ^= 1
      expect(recordSum(b.chunk(), at, size)).not.toBe(sums[0])
      b.bytes[field]! ^= 1
    }
  })

  it('ends on whatever bytes there are', () => {
    const { b, at, size } = twice([value(7)], [value(7)])
    for (let i = at; i < at + size; i++) {
      for (const byte of [0, 0xff, 0x0c, 0x21]) {
        const before = b.bytes[i]!
        b.bytes[i] = byte
        expect(Number.isSafeInteger(recordSum(b.chunk(), at, size))).toBe(true)
        b.bytes[i] = before
      }
    }
  })
})

describe('LiveRecords', () => {
  it('has the records of chunks, and not those of unused space', () => {
    const { b, at, size } = twice([value(7)], [value(7)])
    const live = new LiveRecords()
    expect(live.has(b.chunk(), at, size)).toBe(false)
    live.addChunk(b.chunk(), false)
    expect(live.has(b.chunk(), at, size)).toBe(true)
    const other = twice([value(7)], [value(8)])
    const alone = new LiveRecords()
    alone.addChunk(other.b.chunk(), false)
    expect(alone.has(other.b.chunk(), other.at, other.size)).toBe(false)
  })

  it('goes on taking in after it was asked', () => {
    const [one, two] = [twice([value(1)], [value(1)]), twice([value(2)], [value(2)])]
    const live = new LiveRecords()
    live.addChunk(one.b.chunk(), false)
    expect(live.has(two.b.chunk(), two.at, two.size)).toBe(false)
    for (let i = 0; i < 3_000; i++) live.addChunk(two.b.chunk(), false)
    expect([live.has(one.b.chunk(), one.at, one.size), live.has(two.b.chunk(), two.at, two.size)]).toEqual([true, true])
  })
})
