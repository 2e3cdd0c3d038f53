import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSid, renderSid, sidSize } from '../../src/bytes/sid.ts'

const ADMINISTRATORS = Uint8Array.from([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 0x02, 0, 0])

describe('renderSid()', () => {
  it('writes revision, authority and sub-authorities', () => {
    expect(renderSid(ADMINISTRATORS, 0, 16)).toBe('S-1-5-32-544')
  })

  it('begins at the offset', () => {
    expect(renderSid(Buffer.concat([Buffer.of(9, 9), ADMINISTRATORS]), 2, 16)).toBe('S-1-5-32-544')
  })

  it('takes the authority big-endian, all 48 bits of it, in decimal', () => {
    expect(renderSid(Uint8Array.from([1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), 0, 8)).toBe('S-1-281474976710655')
  })

  it('takes sub-authorities as unsigned', () => {
    expect(renderSid(Uint8Array.from([1, 1, 0, 0, 0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff]), 0, 12)).toBe('S-1-5-4294967295')
  })

  it('shows the sub-authorities that are there when it claims more', () => {
    const claims = ADMINISTRATORS.slice()
    claims[1] = 200
    expect(renderSid(claims, 0, 16)).toBe('S-1-5-32-544')
    expect(renderSid(claims, 0, 15)).toBe('S-1-5-32')
  })

  it('is nothing without a whole header', () => {
    expect(renderSid(ADMINISTRATORS, 0, 8)).toBe('S-1-5')
    expect(renderSid(ADMINISTRATORS, 0, 7)).toBeUndefined()
    expect(renderSid(ADMINISTRATORS, 0, 0)).toBeUndefined()
  })
})

describe('sidSize()', () => {
  it('follows the count of sub-authorities', () => {
    expect(sidSize(ADMINISTRATORS, 0)).toBe(16)
  })

  it('is the header alone where not even the count is there', () => {
    expect(sidSize(ADMINISTRATORS, 15)).toBe(8)
  })
})

describe('parseSid()', () => {
  it('reads back what renderSid() writes', () => {
    const parts = fc.tuple(fc.nat(255), fc.nat(0xffffffffffff), fc.array(fc.nat(0xffffffff), { maxLength: 15 }))
    fc.assert(
      fc.property(parts, ([revision, authority, subs]) => {
        const text = ['S', revision, authority, ...subs].join('-')
        const bytes = parseSid(text)
        expect(bytes && renderSid(bytes, 0, bytes.length)).toBe(text)
      }),
    )
  })

  it('gives the bytes Windows has', () => {
    expect(parseSid('s-1-5-32-544')).toEqual(ADMINISTRATORS)
  })

  it.each([
    '',
    'S-1',
    'S-1-5-',
    'S-1-5-x',
    'S-256-5',
    'S-1-281474976710656',
    'S-1-5-4294967296',
    `S-1-5${'-1'.repeat(16)}`,
  ])('refuses "%s"', (text) => {
    expect(parseSid(text)).toBeUndefined()
  })
})
