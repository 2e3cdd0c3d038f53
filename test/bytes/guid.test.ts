import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseGuid, renderGuid } from '../../src/bytes/guid.ts'

const TEXT = '{00112233-4455-6677-8899-aabbccddeeff}'
const BYTES = Uint8Array.from([
  0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff,
])

describe('renderGuid()', () => {
  it('writes three little-endian fields and eight bytes, in lower case and braces', () => {
    expect(renderGuid(BYTES, 0)).toBe(TEXT)
  })

  it('begins at the offset', () => {
    expect(renderGuid(Buffer.concat([Buffer.of(1, 2, 3), BYTES]), 3)).toBe(TEXT)
  })
})

describe('parseGuid()', () => {
  it('reads back what renderGuid() writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(parseGuid(renderGuid(bytes, 0))).toEqual(bytes)
      }),
    )
  })

  it.each([TEXT, TEXT.toUpperCase(), TEXT.slice(1, -1)])('reads %s', (text) => {
    expect(parseGuid(text)).toEqual(BYTES)
  })

  it.each([
    '',
    '{}',
    '00112233445566778899aabbccddeeff',
    '{00112233-4455-6677-8899-aabbccddeef}',
    '{00112233-4455-6677-8899-aabbccddeefg}',
    ` ${TEXT}`,
  ])('refuses "%s"', (text) => {
    expect(parseGuid(text)).toBeUndefined()
  })
})
