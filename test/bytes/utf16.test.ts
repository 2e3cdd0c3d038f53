import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf16, encodeUtf16 } from '../../src/bytes/utf16.ts'

const units = fc
  .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff }), fc.constant(0xfeff)), { maxLength: 100 })
  .map((codes) => String.fromCharCode(...codes))

/** Longer than what is decoded unit by unit. */
const LONG = 'x'.repeat(40)

describe('decodeUtf16()', () => {
  it('reads back every text, short or long, with whatever surrogates', () => {
    fc.assert(
      fc.property(units, (text) => {
        const bytes = encodeUtf16(text)
        expect(decodeUtf16(bytes, 0, bytes.length)).toBe(text)
      }),
    )
  })

  it.each([
    ['a high surrogate alone', '\ud83d'],
    ['a low surrogate alone', '\ude00'],
    ['two halves the wrong way round', '\ude00\ud83d'],
    ['a pair', '\ud83d\ude00'],
    ['a byte-order mark at the start', '\ufeff'],
    ['a replacement character', '\ufffd'],
    ['a zero', '\0'],
  ])('keeps %s in a short and in a long text', (_, text) => {
    for (const whole of [text, text + LONG, LONG + text, LONG + text + LONG]) {
      const bytes = encodeUtf16(whole)
      expect(decodeUtf16(bytes, 0, bytes.length)).toBe(whole)
    }
  })

  it('leaves out an odd last byte', () => {
    expect(decodeUtf16(encodeUtf16('ab'), 0, 3)).toBe('a')
    expect(decodeUtf16(encodeUtf16(LONG), 0, 2 * LONG.length - 1)).toBe(LONG.slice(1))
    expect(decodeUtf16(encodeUtf16('a'), 0, 1)).toBe('')
  })

  it('begins at the offset, an odd one too, and stops at the length', () => {
    for (const text of ['abcd', LONG]) {
      const bytes = Buffer.concat([Buffer.of(7), encodeUtf16(`${text}!`)])
      expect(decodeUtf16(bytes, 1, 2 * text.length)).toBe(text)
    }
  })
})

describe('encodeUtf16()', () => {
  it('writes units low byte first, without mark or end', () => {
    expect(encodeUtf16('A\u20ac')).toEqual(Uint8Array.from([0x41, 0, 0xac, 0x20]))
  })
})
