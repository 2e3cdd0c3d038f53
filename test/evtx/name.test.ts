import { describe, expect, it } from 'vitest'
import { FormatError } from '../../src/errors.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { isNameAt, nameHash, readName } from '../../src/evtx/name.ts'
import { ChunkBytes } from '../support/evtx-bytes.ts'

/** A chunk with one name at 600. */
function named(text: string): ChunkBytes {
  const b = new ChunkBytes()
  b.at = 596
  b.name(text)
  return b
}

function code(b: ChunkBytes, offset = 600): string | undefined {
  try {
    readName(b.chunk(), offset)
    return undefined
  } catch (error) {
    return error instanceof FormatError ? error.code : String(error)
  }
}

describe('nameHash()', () => {
  it.each([
    ['Event', 0x0cba],
    ['xmlns', 0x0fbc],
    ['System', 0x546f],
    ['', 0],
  ])('gives "%s" the hash that Windows stores', (text, hash) => {
    expect(nameHash(text)).toBe(hash)
  })
})

describe('readName()', () => {
  it.each(['Event', 'xmlns', 'xmlns:auto-ns3', 'Größe', 'a.b_c-d1'])('reads "%s" with its size', (text) => {
    expect(readName(named(text).chunk(), 600)).toEqual({ text, size: 10 + 2 * text.length })
  })

  it('reads one that ends with the chunk, and refuses one that runs over it', () => {
    const b = new ChunkBytes()
    b.at = CHUNK_SIZE - 16 - 4
    b.name('abc')
    expect(readName(b.chunk(), CHUNK_SIZE - 16).text).toBe('abc')
    b.view.setUint16(CHUNK_SIZE - 16 + 6, 4, true)
    expect(code(b, CHUNK_SIZE - 16)).toBe('bad-name')
    expect(code(b, CHUNK_SIZE - 9)).toBe('bad-name')
    expect(code(b, CHUNK_SIZE)).toBe('bad-name')
    expect(code(b, 0xffff_ffff)).toBe('bad-name')
  })

  it('refuses a name that does not match its hash', () => {
    const b = named('Event')
    b.bytes[608]! ^= 1
    expect(code(b)).toBe('bad-name')
  })

  it('takes 512 characters and no more (quirk 42)', () => {
    expect(readName(named('x'.repeat(512)).chunk(), 600).size).toBe(1034)
    expect(code(named('x'.repeat(513)))).toBe('bad-name')
  })

  it('refuses what would be markup', () => {
    for (const text of ['', 'a b', 'a>', '<', "a'", 'a"', 'a=', 'a/', 'a&', 'a\0', 'a\n', '\ud800']) {
      expect([text, code(named(text))]).toEqual([text, 'bad-name'])
    }
  })

  it('follows no list of names, so a loop in it does not matter (quirk 35)', () => {
    const b = named('Event')
    b.view.setUint32(600, 600, true)
    expect(readName(b.chunk(), 600).text).toBe('Event')
  })
})

describe('readName() and isNameAt() of names met before', () => {
  /** Two texts of one hash and length: 65599 is 1 modulo 2 and 31 modulo 2^5, so that such pairs abound. */
  const alike = (() => {
    const byHash = new Map<number, string>()
    for (let i = 0; ; i++) {
      const text = `n${i.toString(36).padStart(4, '0')}`
      const known = byHash.get(nameHash(text))
      if (known !== undefined) return [known, text] as const
      byHash.set(nameHash(text), text)
    }
  })()

  it('tells texts of the same hash and length apart, in both orders', () => {
    for (const texts of [alike, [...alike].reverse()]) {
      for (const text of texts) expect(readName(named(text).chunk(), 600).text).toBe(text)
    }
    expect(isNameAt(named(alike[0]).chunk(), 600, alike[0])).toBe(true)
    expect(isNameAt(named(alike[0]).chunk(), 600, alike[1])).toBe(false)
  })

  it('refuses a known name whose hash or characters are damaged, or that runs over the end', () => {
    readName(named('Damaged').chunk(), 600)
    const hash = named('Damaged')
    hash.chunk().bytes[604]! ^= 1
    expect(code(hash)).toBe('bad-name')
    expect(isNameAt(hash.chunk(), 600, 'Damaged')).toBe(false)
    const character = named('Damaged')
    character.chunk().bytes[608]! ^= 1
    expect(code(character)).toBe('bad-name')
    expect(isNameAt(character.chunk(), 600, 'Damaged')).toBe(false)
    expect(isNameAt(named('Damaged').chunk(), CHUNK_SIZE - 12, 'Damaged')).toBe(false)
  })
})
