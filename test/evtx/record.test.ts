import { describe, expect, it } from 'vitest'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { type FrameDamage, framedSize, type WalkOptions, walkRecords } from '../../src/evtx/record.ts'
import { ChunkBytes } from '../support/evtx-bytes.ts'

/** A chunk of `count` records of 64 bytes, ids from 1. */
function records(count: number): ChunkBytes {
  const b = new ChunkBytes()
  for (let i = 0; i < count; i++) frame(b, 64, i + 1)
  return b.finish()
}

/** A record of a size, its BinXML a fragment header and zeros. */
function frame(b: ChunkBytes, size: number, id: number): void {
  b.record(
    () => {
      b.u8(0x0f, 1, 1, 0)
      b.at += size - 32
    },
    { id },
  )
}

/** Offset of record `i` of `records()`. */
const at = (i: number) => CHUNK_HEADER_SIZE + 64 * i

function walk(b: ChunkBytes, options: Partial<WalkOptions> = {}): { found: string[]; damage: FrameDamage[] } {
  const found: string[] = []
  const damage: FrameDamage[] = []
  walkRecords(
    b.chunk(),
    { recover: 'resync', headerless: false, dirty: false, headerBroken: false, ...options },
    (offset, size, recovery) => found.push(`${offset}+${size}${recovery ? ` ${recovery}` : ''}`),
    (one) => damage.push(one),
  )
  return { found, damage }
}

const live = (...indexes: number[]) => indexes.map((i) => `${at(i)}+64`)

describe('framedSize()', () => {
  const framed = (b: ChunkBytes, offset: number) => framedSize(b.chunk().words, offset)

  it('gives the size where signature, size and its copy agree', () => {
    expect(framed(records(1), 512)).toBe(64)
  })

  it('is 0 without the signature', () => {
    const b = records(1)
    b.bytes[512] = 0x2b
    expect(framed(b, 512)).toBe(0)
  })

  it.each([0, 1, 8, 32, 44, 0x7fff_fff8, 0x8000_0040, 0xffff_fff8])('is 0 for a size of %i (quirk 11)', (size) => {
    const b = records(1)
    b.view.setUint32(516, size, true)
    // Where it can be, the copy agrees.
    if (size >= 4 && 512 + size <= CHUNK_SIZE) b.view.setUint32(512 + size - 4, size, true)
    expect(framed(b, 512)).toBe(0)
  })

  it('takes the least size, and a record that ends with its chunk', () => {
    const b = new ChunkBytes()
    frame(b, 40, 1)
    expect(framed(b, 512)).toBe(40)
    b.at = CHUNK_SIZE - 48
    frame(b, 48, 2)
    expect(framed(b, CHUNK_SIZE - 48)).toBe(48)
  })

  it('is 0 for a record that runs over the end of its chunk (quirk 43)', () => {
    const b = new ChunkBytes()
    b.at = CHUNK_SIZE - 48
    b.u32(0x2a2a).u32(56)
    expect(framed(b, CHUNK_SIZE - 48)).toBe(0)
  })

  it('is 0 where the size is not repeated (quirk 12)', () => {
    const b = records(1)
    b.view.setUint32(at(1) - 4, 72, true)
    expect(framed(b, 512)).toBe(0)
  })
})

describe('walkRecords()', () => {
  it('follows the chain up to the free space offset', () => {
    const b = records(3)
    expect(walk(b)).toEqual({ found: live(0, 1, 2), damage: [] })
    b.view.setUint32(48, at(2), true)
    expect(walk(b)).toEqual({ found: live(0, 1), damage: [] })
  })

  it('finds none in an empty chunk, whose record ids are -1 (quirk 3)', () => {
    const b = new ChunkBytes().finish({ firstId: -1n, lastId: -1n })
    expect(walk(b, { recover: 'slack' })).toEqual({ found: [], damage: [] })
  })

  it('does not mind what the header says of ids (quirks 3 and 10)', () => {
    const b = records(3).finish({ firstId: 900n, lastId: 2n })
    expect(walk(b).found).toEqual(live(0, 1, 2))
  })

  it('reads on to zeros where the free space offset is too large (quirk 10)', () => {
    const b = records(2).finish({ freeSpace: CHUNK_SIZE })
    expect(walk(b)).toEqual({ found: live(0, 1), damage: [] })
  })

  it('reads on to zeros where the free space offset cannot be (quirk 10)', () => {
    const b = records(2)
    b.view.setUint32(48, 0x1234_5678, true)
    expect(walk(b)).toEqual({ found: live(0, 1), damage: [] })
  })

  it('goes on past a stale free space offset in a log that was not closed, as long as ids count on (quirk 10)', () => {
    const b = new ChunkBytes()
    for (const id of [1, 2, 3, 7]) frame(b, 64, id)
    b.finish({ freeSpace: at(1) })
    expect(walk(b, { dirty: true }).found).toEqual([...live(0), `${at(1)}+64 resync`, `${at(2)}+64 resync`])
    expect(walk(b, { dirty: true, recover: 'none' }).found).toEqual(live(0))
    expect(walk(b).found).toEqual(live(0))
  })

  it('reads a record that the free space offset cuts within 8 bytes (quirk 10)', () => {
    const b = records(3)
    b.view.setUint32(48, at(1) + 1, true)
    expect(walk(b).found).toEqual(live(0, 1))
  })

  it('goes on past the free space offset of a broken header, as long as ids count on (quirk 10)', () => {
    const b = records(3)
    b.view.setUint32(48, at(1), true)
    const recovered = [1, 2].map((i) => `${at(i)}+64 resync`)
    expect(walk(b, { headerBroken: true }).found).toEqual([...live(0), ...recovered])
    b.view.setUint32(48, CHUNK_HEADER_SIZE, true)
    expect(walk(b, { headerBroken: true }).found).toEqual([`${at(0)}+64 resync`, ...recovered])
    expect(walk(b, { headerBroken: true, recover: 'none' }).found).toEqual([])
    expect(walk(b).found).toEqual([])
  })

  it('keeps what lies in unused space apart, and only when asked (quirk 14)', () => {
    const b = records(4)
    b.view.setUint32(48, at(2), true)
    b.bytes.fill(0xee, at(2), at(2) + 8)
    expect(walk(b).found).toEqual(live(0, 1))
    expect(walk(b, { recover: 'slack' })).toEqual({ found: [...live(0, 1), `${at(3)}+64 slack`], damage: [] })
  })

  it('finds the records behind a broken one, and labels them (quirk 13)', () => {
    const b = records(4)
    b.bytes.fill(0, at(1), at(1) + 8)
    const { found, damage } = walk(b)
    expect(found).toEqual([...live(0), `${at(2)}+64 resync`, `${at(3)}+64 resync`])
    expect(damage).toEqual([
      { offset: at(1), length: 64, detail: expect.stringMatching(/^No record begins where one is expected; 64 bytes/) },
    ])
  })

  it('stops at a broken one when nothing is to be recovered', () => {
    const b = records(4)
    b.bytes.fill(0, at(1), at(1) + 8)
    expect(walk(b, { recover: 'none' }).found).toEqual(live(0))
  })

  it.each([0, 8, 44, 0xffff_ffff])('gets past a size of %i, and tries what it frames (quirks 11 and 12)', (size) => {
    const b = records(3)
    b.view.setUint32(at(1) + 4, size, true)
    const { found, damage } = walk(b)
    expect(found).toEqual([...live(0), `${at(1)}+64 resync`, `${at(2)}+64 resync`])
    expect(damage).toHaveLength(1)
    expect(damage[0]).toMatchObject({ offset: at(1), length: 0 })
  })

  it('believes a broken frame no further than the next record (quirk 12)', () => {
    const b = records(3)
    b.view.setUint32(at(1) + 4, 128, true)
    b.view.setUint32(at(2) - 4, 999, true)
    expect(walk(b).found).toEqual([...live(0), `${at(1)}+64 resync`, `${at(2)}+64 resync`])
  })

  it('reports a record that is cut off by the end of the chunk (quirk 43)', () => {
    const b = records(1)
    b.at = CHUNK_SIZE - 48
    b.u32(0x2a2a).u32(96)
    b.finish({ freeSpace: CHUNK_SIZE })
    const { damage } = walk(b)
    expect(damage).toHaveLength(1)
    expect(damage[0]!.offset + damage[0]!.length).toBe(CHUNK_SIZE)
  })

  it('searches a slot without header from its first record on, as long as ids grow (quirks 7 and 8)', () => {
    const b = new ChunkBytes()
    b.at = 1024
    for (const id of [5, 6, 9, 2, 3]) frame(b, 64, id)
    const found = (recover: WalkOptions['recover']) => walk(b, { headerless: true, recover }).found
    expect(found('resync')).toEqual(['1024+64 headerless', '1088+64 headerless', '1152+64 headerless'])
    expect(found('slack').slice(3)).toEqual(['1216+64 slack', '1280+64 slack'])
    expect(found('none')).toEqual([])
  })

  it('ends on a chunk that is nothing but signatures', () => {
    const b = new ChunkBytes()
    for (b.at = 0; b.at < CHUNK_SIZE; ) b.u32(0x2a2a)
    b.view.setUint32(48, CHUNK_SIZE, true)
    const { found, damage } = walk(b, { recover: 'slack' })
    expect(found).toEqual([])
    expect(damage).toHaveLength(1)
  })
})
