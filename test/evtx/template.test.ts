import { describe, expect, it } from 'vitest'
import { crc32 } from '../../src/bytes/crc32.ts'
import { FormatError } from '../../src/errors.ts'
import type { Chunk } from '../../src/evtx/chunk.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import { ChunkBytes, TEMPLATE_ID } from '../support/evtx-bytes.ts'

/** A chunk with a definition at 512 whose one element has this name. */
function defined(name: string, start = 512): ChunkBytes {
  const b = new ChunkBytes()
  b.at = start
  return b.definition(() => b.element(name, { content: () => b.slot(0) }))
}

function code(b: ChunkBytes, offset = 512, id = TEMPLATE_ID): string | undefined {
  try {
    new TemplateCache().find(b.chunk(), offset, id)
    return undefined
  } catch (error) {
    return error instanceof FormatError ? error.code : String(error)
  }
}

/** Sets four bytes so that the CRC-32 over all of them is a wanted one: it is linear in each bit. */
function forge(bytes: Uint8Array, at: number, wanted: number): void {
  const found = crc32(bytes)
  const flip = (bit: number) => {
    bytes[at + (bit >> 3)]! ^= 1 << (bit & 7)
  }
  const rows = Array.from({ length: 32 }, (_, bit) => {
    flip(bit)
    const effect = (crc32(bytes) ^ found) >>> 0
    flip(bit)
    return { effect, bits: 2 ** bit }
  })
  let [left, bits] = [(found ^ wanted) >>> 0, 0]
  for (let high = 31; high >= 0; high--) {
    const has = (value: number) => ((value >>> high) & 1) === 1
    const pivot = rows.splice(
      rows.findIndex(({ effect }) => has(effect)),
      1,
    )[0]!
    for (const row of rows) {
      if (!has(row.effect)) continue
      row.effect = (row.effect ^ pivot.effect) >>> 0
      row.bits = (row.bits ^ pivot.bits) >>> 0
    }
    if (!has(left)) continue
    left = (left ^ pivot.effect) >>> 0
    bits = (bits ^ pivot.bits) >>> 0
  }
  for (let bit = 0; bit < 32; bit++) if ((bits >>> bit) & 1) flip(bit)
}

describe('TemplateCache.find()', () => {
  it('reads a definition once', () => {
    const templates = new TemplateCache()
    const chunk = defined('E').chunk()
    const template = templates.find(chunk, 512, TEMPLATE_ID)
    expect(template.fragment.nodes).toMatchObject([{ name: 'E' }])
    expect(templates.find(chunk, 512, TEMPLATE_ID)).toBe(template)
  })

  it('knows the same definition again in another chunk', () => {
    const templates = new TemplateCache()
    const template = templates.find(defined('E').chunk(), 512, TEMPLATE_ID)
    templates.startChunk()
    expect(templates.find(defined('E').chunk(), 512, TEMPLATE_ID)).toBe(template)
  })

  it('forgets what stood at an offset of the chunk before', () => {
    const templates = new TemplateCache()
    templates.find(defined('E').chunk(), 512, TEMPLATE_ID)
    templates.startChunk()
    expect(templates.find(defined('F').chunk(), 512, TEMPLATE_ID).fragment.nodes).toMatchObject([{ name: 'F' }])
  })

  it('does not take equal bytes for the same at another place, where the names in them stand elsewhere', () => {
    const templates = new TemplateCache()
    const sound = defined('E')
    const { size } = templates.find(sound.chunk(), 512, TEMPLATE_ID)
    const moved = defined('F')
    moved.bytes.set(sound.bytes.subarray(512, 512 + size), 700)
    // Its name is that of the other definition now, and stands no longer in the way of what follows it.
    templates.startChunk()
    const said = (cache: TemplateCache) => {
      try {
        return cache.find(moved.chunk(), 700, TEMPLATE_ID).fragment.nodes
      } catch (error) {
        return String(error)
      }
    }
    expect(said(templates)).toEqual(said(new TemplateCache()))
  })

  it('does not take equal bytes for the same where a name outside them is another', () => {
    const make = (name: string) => {
      const b = new ChunkBytes()
      b.name(name)
      b.at = 600
      b.definition(() => b.element(name))
      return b.chunk()
    }
    const templates = new TemplateCache()
    templates.find(make('E'), 600, TEMPLATE_ID)
    templates.startChunk()
    expect(templates.find(make('F'), 600, TEMPLATE_ID).fragment.nodes).toMatchObject([{ name: 'F' }])
  })

  it('does not take a forged definition of the same size and checksum for the one it was made from', () => {
    const templates = new TemplateCache()
    const sound = defined('E').chunk()
    const forged = defined('E').chunk()
    const { size } = templates.find(sound, 512, TEMPLATE_ID)
    const bytesOf = ({ bytes }: Chunk) => bytes.subarray(516, 512 + size)
    const slot = bytesOf(forged).lastIndexOf(0x0d) + 1
    bytesOf(forged)[slot] = 7
    forge(bytesOf(forged), 12, crc32(bytesOf(sound)))
    expect(crc32(bytesOf(forged))).toBe(crc32(bytesOf(sound)))
    templates.startChunk()
    const { fragment } = templates.find(forged, 512, TEMPLATE_ID)
    expect(fragment.nodes).toMatchObject([{ name: 'E', children: [{ slot: 7 }] }])
  })

  it('asks every record for the id of the definition it means (quirk 15)', () => {
    const templates = new TemplateCache()
    const chunk = defined('E').chunk()
    templates.find(chunk, 512, TEMPLATE_ID)
    expect(() => templates.find(chunk, 512, TEMPLATE_ID + 1)).toThrow('No template definition with the wanted id')
  })

  it('needs no table of definitions (quirk 17)', () => {
    const b = defined('E')
    b.bytes.fill(0xa5, 384, 512)
    expect(code(b)).toBeUndefined()
  })

  it('refuses an id that is not the first word of the GUID (quirk 17)', () => {
    expect(code(defined('E'), 512, TEMPLATE_ID ^ 1)).toBe('bad-template')
  })

  it('refuses offsets and sizes outside the chunk (quirk 17)', () => {
    const b = defined('E')
    expect(code(b, 65_536 - 23)).toBe('bad-template')
    expect(code(b, 0xffff_ffff)).toBe('bad-template')
    b.view.setUint32(512 + 20, 65_536 - 512 - 23, true)
    expect(code(b)).toBe('bad-template')
    b.view.setUint32(512 + 20, 0xffff_fff0, true)
    expect(code(b)).toBe('bad-template')
  })

  it('says the same of a broken definition each time it is asked', () => {
    const templates = new TemplateCache()
    const b = defined('E')
    b.bytes[512 + 28] = 0x77
    const chunk = b.chunk()
    const messages = [1, 2].map(() => {
      try {
        return templates.find(chunk, 512, TEMPLATE_ID).size
      } catch (error) {
        return error instanceof FormatError ? error.message : error
      }
    })
    expect(messages[0]).toMatch(/^Token 0x37/)
    expect(messages[1]).toBe(messages[0])
  })
})
