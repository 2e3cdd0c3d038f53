import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compressSnappy } from '../../src/bytes/snappy.ts'

/** The bytes again, element by element as the format's description has them. */
function decompress(bytes: Uint8Array): Uint8Array {
  let at = 0
  const number = (count: number) => {
    let value = 0
    for (let i = 0; i < count; i++) value += bytes[at++]! * 2 ** (8 * i)
    return value
  }
  let size = 0
  for (let shift = 0; ; shift += 7) {
    const byte = number(1)
    size += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  const found = new Uint8Array(size)
  let end = 0
  while (at < bytes.length) {
    const tag = number(1)
    const upper = tag >> 2
    if ((tag & 3) === 0) {
      const length = 1 + (upper < 60 ? upper : number(upper - 59))
      for (let i = 0; i < length; i++) found[end++] = bytes[at++]!
      continue
    }
    expect(tag & 3).not.toBe(3)
    const isNear = (tag & 3) === 1
    const length = isNear ? 4 + (upper & 7) : 1 + upper
    const distance = isNear ? (tag >> 5) * 0x100 + number(1) : number(2)
    expect(distance).toBeGreaterThan(0)
    expect(distance).toBeLessThanOrEqual(end)
    for (let i = 0; i < length; i++, end++) found[end] = found[end - distance]!
  }
  expect(end).toBe(size)
  return found
}

function expectBack(bytes: Uint8Array): number {
  const packed = compressSnappy(bytes)
  expect(Buffer.compare(decompress(packed), bytes)).toBe(0)
  return packed.length
}

describe('compressSnappy()', () => {
  it('keeps every byte, whatever is repeated at whatever distance', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 90 }),
      fc.constantFrom('a', 'abcd', 'abcdefghijk', '{"TargetUserName":"', '\0').map((text) => Buffer.from(text)),
      fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat(300)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
    )
    fc.assert(fc.property(fc.array(part, { maxLength: 60 }), (parts) => void expectBack(Buffer.concat(parts))))
  })

  it.each([0, 1, 14, 15, 16, 60, 61, 256, 257, 65_536, 65_537])('keeps %i bytes that repeat nothing', (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, i) => Math.imul(i + size, 0x9e3779b1) >>> 23)
    expectBack(bytes)
  })

  it.each([4, 11, 12, 63, 64, 65, 66, 67, 68, 69, 128, 132, 1_000])('keeps a repetition of %i bytes', (length) => {
    const said = Uint8Array.from({ length }, (_, i) => (i * 37) ^ (i >> 3))
    const between = Uint8Array.from({ length: 40 }, (_, i) => 255 - i)
    for (const times of [1, 60]) {
      expectBack(Buffer.concat([between, said, ...Array<Uint8Array>(times).fill(between), said, between.toReversed()]))
    }
  })

  it('finds what repeats just inside its reach, and not what is farther away', () => {
    const said = Buffer.from('The quick brown fox jumps over the lazy dog')
    const sizeAt = (distance: number) => {
      const gap = new Uint8Array(distance - said.length)
      return expectBack(Buffer.concat([Buffer.alloc(1), said, gap, said, Buffer.alloc(20)]))
    }
    expect(sizeAt(65_536) - sizeAt(65_535)).toBeGreaterThan(30)
  })

  it('makes lines that resemble each other much shorter', () => {
    const text = Array.from(
      { length: 2_000 },
      (_, i) => `{"TargetUserName":"user${i % 17}","LogonType":"3","Port":"${i}"}`,
    ).join('')
    expect(expectBack(Buffer.from(text))).toBeLessThan(text.length / 4)
  })
})
