import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32, crc32Plain } from '../../src/bytes/crc32.ts'

const text = (characters: string) => new TextEncoder().encode(characters)

describe('crc32Plain()', () => {
  it('gives the check value of the polynomial', () => {
    expect(crc32Plain(text('123456789'))).toBe(0xcbf43926)
  })

  it('is zero for no bytes, and the seed for no more bytes', () => {
    expect(crc32Plain(new Uint8Array())).toBe(0)
    expect(crc32Plain(new Uint8Array(), 0xdeadbeef)).toBe(0xdeadbeef)
  })

  it('goes on from a seed as if the bytes stood together', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
        expect(crc32Plain(second, crc32Plain(first))).toBe(crc32Plain(Buffer.concat([first, second])))
      }),
    )
  })
})

describe('crc32()', () => {
  it('gives what crc32Plain() gives, with and without a seed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(0xffffffff), (bytes, seed) => {
        expect(crc32(bytes)).toBe(crc32Plain(bytes))
        expect(crc32(bytes, seed)).toBe(crc32Plain(bytes, seed))
      }),
    )
  })

  it('reads a view where it lies in its buffer', () => {
    const buffer = text('xx123456789yy')
    expect(crc32(buffer.subarray(2, 11))).toBe(0xcbf43926)
  })
})
