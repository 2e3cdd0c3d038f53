import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Archive, archive } from '../../benchmarks/archive.ts'
import { readStamps } from '../../benchmarks/restamp.ts'
import { crc32 } from '../../src/bytes/crc32.ts'
import { DAY } from '../../src/bytes/filetime.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'

const folder = mkdtempSync(join(tmpdir(), 'archive-'))
const path = join(folder, 'archive.evtx')
const SIZE_MIB = 12
let written: Archive
let bytes: Buffer

function chunks(): Uint8Array[] {
  const count = (bytes.length - FILE_HEADER_SIZE) / CHUNK_SIZE
  return Array.from({ length: count }, (_, i) => {
    const at = FILE_HEADER_SIZE + CHUNK_SIZE * i
    return bytes.subarray(at, at + CHUNK_SIZE)
  })
}

beforeAll(() => {
  written = archive(path, SIZE_MIB)
  bytes = readFileSync(path)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('archive()', () => {
  it('fills the size that was asked for with whole chunks, and says what it wrote', () => {
    expect(bytes.length).toBe(written.bytes)
    expect(bytes.length).toBe(FILE_HEADER_SIZE + CHUNK_SIZE * written.chunks)
    expect(SIZE_MIB * 1_048_576 - bytes.length).toBeLessThan(CHUNK_SIZE)
  })

  it('numbers the records one after the other through all rounds of its pool', () => {
    const numbers = chunks().flatMap((chunk) => readStamps(chunk).records.map((record) => Number(record.recordId)))
    expect(numbers.length).toBe(written.records)
    expect(numbers.findIndex((number, i) => number !== i + 1)).toBe(-1)
  })

  it('gives each chunk the checksums of its own bytes', () => {
    const wrong = chunks().filter((chunk) => {
      const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
      const records = crc32(chunk.subarray(512, view.getUint32(48, true)))
      const header = crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120)))
      return view.getUint32(52, true) !== records || view.getUint32(124, true) !== header
    })
    expect(wrong).toEqual([])
  })

  it('goes on in time from round to round, for about sixty days', () => {
    const firsts = chunks().map((chunk) => readStamps(chunk).records[0]!.time)
    expect(firsts.filter((time, i) => i > 0 && time + DAY < firsts[i - 1]!)).toEqual([])
    const days = Number((firsts.at(-1)! - firsts[0]!) / DAY)
    expect(days).toBeGreaterThan(50)
    expect(days).toBeLessThan(70)
  })

  it('gives the same bytes again', () => {
    archive(path, SIZE_MIB)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })
})
