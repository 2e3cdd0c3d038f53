import { describe, expect, it } from 'vitest'
import { FormatError } from '../../src/errors.ts'
import { hasSignature, looksLikeLog, readFileHeader, readU64 } from '../../src/evtx/file-header.ts'
import { fileHeader, hex } from '../support/evtx-bytes.ts'

describe('readFileHeader()', () => {
  it('reads every field from where the format has it', () => {
    const bytes = new Uint8Array(128)
    bytes.set(hex('456c6646696c6500 0200000000000000 0500000000000000 0100000002000000'))
    bytes.set(hex('80000000 0200 0300 0010 0600'), 32)
    bytes.set(hex('03000000 00000000'), 120)
    expect(readFileHeader(bytes)).toEqual({
      firstChunk: 2,
      lastChunk: 5,
      nextRecordId: 0x2_0000_0001,
      minorVersion: 2,
      majorVersion: 3,
      chunkCount: 6,
      dirty: true,
      full: true,
      noChecksums: false,
      checksumOk: false,
    })
  })

  it('finds the checksum right, and wrong after one changed bit', () => {
    const bytes = fileHeader({ flags: 0 })
    expect(readFileHeader(bytes).checksumOk).toBe(true)
    bytes[119]! ^= 1
    expect(readFileHeader(bytes).checksumOk).toBe(false)
  })

  it('takes the three known flags and leaves the garbage around them (quirk 4)', () => {
    const flags = (bits: number) => {
      const { dirty, full, noChecksums } = readFileHeader(fileHeader({ flags: bits }))
      return [dirty, full, noChecksums]
    }
    expect(flags(0)).toEqual([false, false, false])
    expect(flags(1)).toEqual([true, false, false])
    expect(flags(2)).toEqual([false, true, false])
    expect(flags(4)).toEqual([false, false, true])
    expect(flags(0xffff_fff8)).toEqual([false, false, false])
    expect(flags(0x1b97_0001)).toEqual([true, false, false])
  })

  it('accepts versions 3.1 and 3.2 and says what others are (quirk 5)', () => {
    expect(readFileHeader(fileHeader({ minor: 2 }))).toMatchObject({ majorVersion: 3, minorVersion: 2 })
    expect(readFileHeader(fileHeader({ major: 4, minor: 0 }))).toMatchObject({ majorVersion: 4, minorVersion: 0 })
  })

  it('needs 128 bytes and the signature', () => {
    expect(readFileHeader(fileHeader().subarray(0, 128)).majorVersion).toBe(3)
    const code = (bytes: Uint8Array) => {
      try {
        readFileHeader(bytes)
        return undefined
      } catch (error) {
        return error instanceof FormatError ? error.code : error
      }
    }
    expect(code(fileHeader().subarray(0, 127))).toBe('truncated')
    expect(code(new Uint8Array())).toBe('truncated')
    expect(code(fileHeader().fill(0, 7, 8).fill(0x46, 0, 1))).toBe('bad-signature')
  })

  it('reads a header that does not begin its buffer', () => {
    const bytes = Buffer.concat([Buffer.of(1, 2, 3), fileHeader({ chunkCount: 9 })])
    expect(readFileHeader(bytes.subarray(3))).toMatchObject({ chunkCount: 9, checksumOk: true })
  })
})

describe('looksLikeLog()', () => {
  const chunkSignature = hex('456c6643686e6b00')

  it.each([
    ['a file header', fileHeader(), true],
    ['a chunk where the first one stands (quirk 6)', Buffer.concat([Buffer.alloc(4096), chunkSignature]), true],
    ['a chunk without header block (quirk 6)', chunkSignature, true],
    ['zeros', new Uint8Array(8192), false],
    ['nothing', new Uint8Array(), false],
    ['another file', new TextEncoder().encode('PK\u0003\u0004'), false],
    ['a signature cut short', chunkSignature.subarray(0, 7), false],
  ])('judges %s', (_, bytes, expected) => {
    expect(looksLikeLog(bytes)).toBe(expected)
  })
})

describe('hasSignature()', () => {
  it('compares at the offset and does not reach over the end', () => {
    const bytes = hex('004142')
    expect(hasSignature(bytes, 1, 'AB')).toBe(true)
    expect(hasSignature(bytes, 1, 'AC')).toBe(false)
    expect(hasSignature(bytes, 1, 'ABC')).toBe(false)
  })
})

describe('readU64()', () => {
  it('is exact up to 2^53', () => {
    const view = new DataView(new ArrayBuffer(8))
    view.setBigUint64(0, 2n ** 53n - 1n, true)
    expect(readU64(view, 0)).toBe(Number.MAX_SAFE_INTEGER)
  })
})
