import { describe, expect, it } from 'vitest'
import {
  CHUNK_SIZE,
  chunkAt,
  isZero,
  readChunkHeader,
  recordsEnd,
  slotKind,
  verifyChunkData,
  verifyChunkHeader,
} from '../../src/evtx/chunk.ts'
import { ChunkBytes, chunkOf, headerChecksum } from '../support/evtx-bytes.ts'

const oneRecord = (b: ChunkBytes) => b.record(() => b.fragment(() => b.element('Event')))

describe('readChunkHeader()', () => {
  it('reads every field from where the format has it', () => {
    const { bytes, view } = new ChunkBytes()
    for (const [i, offset] of [8, 16, 24, 32].entries()) view.setBigUint64(offset, 0x1_0000_0000n + BigInt(i), true)
    for (const [i, offset] of [44, 48, 52, 120, 124].entries()) view.setUint32(offset, 0x8000_0000 + i, true)
    expect(readChunkHeader(chunkAt(bytes.buffer, 0))).toEqual({
      firstRecordNumber: 0x1_0000_0000,
      lastRecordNumber: 0x1_0000_0001,
      firstRecordId: 0x1_0000_0002,
      lastRecordId: 0x1_0000_0003,
      lastRecordOffset: 0x8000_0000,
      freeSpaceOffset: 0x8000_0001,
      dataChecksum: 0x8000_0002,
      noChecksums: false,
      headerChecksum: 0x8000_0004,
    })
  })

  it('takes flag 4 for "no checksums", and no other (quirk 4)', () => {
    const noChecksums = (flags: number) => {
      const b = new ChunkBytes()
      b.view.setUint32(120, flags, true)
      return readChunkHeader(b.chunk()).noChecksums
    }
    expect([0, 1, 4, 5, 0xffff_fffb].map(noChecksums)).toEqual([false, false, true, true, false])
  })
})

describe('slotKind()', () => {
  it('tells a chunk, unused space and a slot that lost its header', () => {
    const b = chunkOf(oneRecord)
    expect(slotKind(b.chunk())).toBe('chunk')
    b.bytes[0] = 0
    expect(slotKind(b.chunk())).toBe('headerless')
    b.bytes.fill(0)
    expect(slotKind(b.chunk())).toBe('unused')
  })

  it('takes one last byte for content', () => {
    const b = new ChunkBytes()
    b.bytes[CHUNK_SIZE - 1] = 1
    expect(slotKind(b.chunk())).toBe('headerless')
  })
})

describe('isZero()', () => {
  it('looks at every word of the stretch, and at none beside it', () => {
    for (const length of [4, 28, 32, 36, 68]) {
      for (let at = 100; at < 100 + length; at++) {
        const b = new ChunkBytes()
        b.bytes[96 + 3] = 1
        b.bytes[100 + length] = 1
        expect(isZero(b.chunk().words, 100, 100 + length)).toBe(true)
        b.bytes[at] = 0x80
        expect(isZero(b.chunk().words, 100, 100 + length)).toBe(false)
      }
    }
  })

  it('finds nothing in nothing', () => {
    expect(isZero(new ChunkBytes().chunk().words, 512, 512)).toBe(true)
  })
})

describe('recordsEnd()', () => {
  it.each([
    [0, CHUNK_SIZE],
    [511, CHUNK_SIZE],
    [512, 512],
    [65_536, 65_536],
    [65_537, CHUNK_SIZE],
    [0xffff_ffff, CHUNK_SIZE],
  ])('makes of a free space offset of %i an end of %i (quirk 10)', (stated, end) => {
    const b = new ChunkBytes()
    b.view.setUint32(48, stated, true)
    expect(recordsEnd(b.chunk())).toBe(end)
  })
})

describe('verifyChunkHeader()', () => {
  it.each([8, 119, 128, 511])('notices a change of byte %i', (offset) => {
    const b = chunkOf(oneRecord)
    expect(verifyChunkHeader(b.chunk())).toBe(true)
    b.bytes[offset]! ^= 0x10
    expect(verifyChunkHeader(b.chunk())).toBe(false)
  })

  it('does not cover the flags and itself', () => {
    const b = chunkOf(oneRecord)
    b.view.setUint32(120, 0, true)
    expect(verifyChunkHeader(b.chunk())).toBe(true)
    expect(headerChecksum(b.bytes)).toBe(readChunkHeader(b.chunk()).headerChecksum)
  })

  it('holds where the chunk says that it has no checksums (quirk 4)', () => {
    const b = chunkOf(oneRecord)
    b.bytes[8]! ^= 1
    b.view.setUint32(120, 4, true)
    expect(verifyChunkHeader(b.chunk())).toBe(true)
  })
})

describe('verifyChunkData()', () => {
  it('covers the records, and not the space behind them (quirk 40)', () => {
    const b = chunkOf(oneRecord)
    const end = recordsEnd(b.chunk())
    b.bytes[end] = 0xff
    expect(verifyChunkData(b.chunk())).toBe(true)
    b.bytes[end - 1]! ^= 1
    expect(verifyChunkData(b.chunk())).toBe(false)
    b.bytes[end - 1]! ^= 1
    b.bytes[512]! ^= 1
    expect(verifyChunkData(b.chunk())).toBe(false)
  })

  it('holds where the chunk says that it has no checksums (quirk 4)', () => {
    const b = chunkOf(oneRecord)
    b.bytes[512]! ^= 1
    b.view.setUint32(120, 5, true)
    expect(verifyChunkData(b.chunk())).toBe(true)
  })
})

describe('chunkAt()', () => {
  it('shows one slot of a buffer in three ways', () => {
    const buffer = new ArrayBuffer(2 * CHUNK_SIZE)
    new DataView(buffer).setUint32(CHUNK_SIZE + 8, 0xfffffffe, true)
    const { bytes, view, words } = chunkAt(buffer, CHUNK_SIZE)
    expect([bytes.length, view.byteLength, words.length]).toEqual([CHUNK_SIZE, CHUNK_SIZE, CHUNK_SIZE / 4])
    expect([bytes[8], view.getUint32(8, true), words[2]]).toEqual([0xfe, 0xfffffffe, -2])
  })
})
