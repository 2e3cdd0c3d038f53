import { describe, expect, it } from 'vitest'
import { encodeUtf16 } from '../../src/bytes/utf16.ts'
import { decodeName, hashOfName, hintOfName, upcase } from '../../src/hive/name.ts'

describe('decodeName()', () => {
  it('takes a byte of a compressed name for a Latin-1 character', () => {
    expect(decodeName(Uint8Array.of(0x21, 0x5a, 0xfc, 0x80, 0x21), 1, 3, true)).toBe('Zü\x80')
    const long = Uint8Array.from({ length: 5_000 }, (_, i) => i)
    expect(decodeName(long, 1, 4_000, true)).toBe(
      Array.from(long.subarray(1, 4_001), (byte) => String.fromCharCode(byte)).join(''),
    )
  })

  it('reads UTF-16 otherwise', () => {
    expect(decodeName(encodeUtf16('ключ'), 0, 8, false)).toBe('ключ')
  })
})

describe('upcase()', () => {
  it('raises letters of every alphabet, one by one', () => {
    expect(upcase('RDP-tcp éÿ ключ')).toBe('RDP-TCP ÉŸ КЛЮЧ')
  })

  it('never makes two letters of one, and no ASCII letter of another', () => {
    expect(upcase('ß')).toBe('ß')
    expect(upcase('ﬁ')).toBe('ﬁ')
    expect(upcase('ı')).toBe('ı')
    expect(upcase('ſ')).toBe('ſ')
    expect(upcase('µ')).toBe('µ')
  })

  it('leaves lone surrogates as they are', () => {
    expect(upcase('\ud83d')).toBe('\ud83d')
    expect(upcase('a😀')).toBe('A😀')
  })
})

describe('hashOfName()', () => {
  it('multiplies by 37 and adds, in 32 bits', () => {
    expect(hashOfName('')).toBe(0)
    expect(hashOfName('AB')).toBe(0x41 * 37 + 0x42)
    let hash = 0n
    for (const letter of 'CONTROLSET001') hash = (hash * 37n + BigInt(letter.charCodeAt(0))) & 0xffffffffn
    expect(hashOfName('CONTROLSET001')).toBe(Number(hash))
  })
})

describe('hintOfName()', () => {
  it('holds the first four characters, in their letter case', () => {
    expect(hintOfName('Control')).toBe(0x746e6f43)
    expect(hintOfName('ab')).toBe(0x6261)
  })

  it('holds nothing of a character beyond one byte', () => {
    expect(hintOfName('Ωb')).toBe(0x6200)
  })
})
