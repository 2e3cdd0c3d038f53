import { availableParallelism } from 'node:os'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogFile } from '../../src/evidence/collection.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { batchRanges, scanningThreads, workersOfShortScan, worthwhileThreads } from '../../src/scan/ranges.ts'

const MIB = 1_048_576

function logOf(size: number, index = 0): LogFile {
  return { source: { kind: 'file', path: `log${index}` }, name: `log${index}`, size, root: 0, forwarded: false }
}

describe('batchRanges()', () => {
  it('covers every chunk slot of every log exactly once, in the order of logs and offsets, however it cuts', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 * CHUNK_SIZE }), { minLength: 1, maxLength: 80 })
    const property = fc.property(
      sizes,
      fc.integer({ min: 1, max: 8 }),
      fc.option(fc.integer({ min: 1, max: 20 * CHUNK_SIZE }), { nil: undefined }),
      (sizes, threads, batchBytes) => {
        const logs = sizes.map(logOf)
        const slots = batchRanges(logs, threads, { batchBytes }).flatMap(({ ranges }) =>
          ranges.flatMap(({ log, start, end }) => {
            const found: string[] = []
            for (let at = start; at < Math.min(end, logs[log]!.size); at += CHUNK_SIZE) found.push(`${log}@${at}`)
            return found
          }),
        )
        const wanted = logs.flatMap(({ size }, log) => {
          const found: string[] = []
          for (let at = FILE_HEADER_SIZE; at < size; at += CHUNK_SIZE) found.push(`${log}@${at}`)
          return found
        })
        expect(slots).toEqual(wanted)
      },
    )
    fc.assert(property, { numRuns: 300 })
  })

  it('gives a log of any size a first range and one last that is open at its end, though it holds no chunk', () => {
    for (const size of [1, FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE, 9 * MIB]) {
      const ranges = batchRanges([logOf(size)], 1, { batchBytes: MIB }).flatMap((batch) => batch.ranges)
      expect(ranges[0]?.start).toBe(FILE_HEADER_SIZE)
      expect(ranges.filter(({ foundSize }) => foundSize === size)).toEqual([ranges.at(-1)])
      expect(ranges.at(-1)?.end).toBe(Number.MAX_SAFE_INTEGER)
    }
  })

  it('makes no batch larger than it may be, and counts all bytes of chunks', () => {
    const logs = [3, 20, 1, 1, 30, 2].map((mib, index) => logOf(FILE_HEADER_SIZE + mib * MIB, index))
    const batches = batchRanges(logs, 1, { maxBatch: 8 * MIB })
    expect(Math.max(...batches.map(({ bytes }) => bytes))).toBe(8 * MIB)
    expect(batches.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(57 * MIB)
  })

  it('bundles small logs, but not without end', () => {
    const batches = batchRanges(
      Array.from({ length: 200 }, (_, index) => logOf(69_632, index)),
      1,
    )
    expect(batches.map(({ ranges }) => ranges.length)).toEqual([64, 64, 64, 8])
  })

  it('has work for each thread several times over, where there is enough', () => {
    expect(batchRanges([logOf(1024 * MIB)], 4).length).toBeGreaterThanOrEqual(16)
  })

  it('has nothing to do for no logs', () => {
    expect(batchRanges([], 4)).toEqual([])
  })
})

describe('worthwhileThreads()', () => {
  it('does what the user said, and stays in the process where little is to be read', () => {
    expect(worthwhileThreads([logOf(1)], 3)).toBe(3)
    expect(worthwhileThreads([logOf(1)], undefined)).toBe(1)
    expect(worthwhileThreads([logOf(95 * MIB)], undefined)).toBe(1)
  })
})

describe('scanningThreads()', () => {
  it('takes what the user wants, and else a thread for each 640 MiB', () => {
    expect(scanningThreads([logOf(1)], 3)).toBe(3)
    expect(scanningThreads([logOf(320 * MIB), logOf(320 * MIB)], undefined)).toBe(1)
    expect(scanningThreads([logOf(1024 * MIB)], undefined)).toBe(Math.min(2, availableParallelism()))
    expect(scanningThreads([logOf(1024 * 1024 * MIB)], undefined)).toBe(availableParallelism())
  })

  it('takes more where the logs must be inflated', () => {
    const log = logOf(600 * MIB)
    const source = {
      kind: 'deflated',
      path: 'x.zip',
      headerOffset: 0,
      packedSize: 1,
      size: log.size,
      crc32: 0,
    } as const
    expect(scanningThreads([{ ...log, source }], undefined)).toBe(Math.min(10, availableParallelism()))
  })
})

describe('workersOfShortScan()', () => {
  const cores = availableParallelism()

  it('is none for what one thread reads and decodes alone', () => {
    expect(workersOfShortScan([logOf(95 * MIB)], undefined)).toBe(0)
  })

  it('is all but one of the cores where each has a gigabyte at most', () => {
    expect(workersOfShortScan([logOf(cores * 1024 * MIB)], undefined)).toBe(cores - 1)
    expect(workersOfShortScan([logOf(1)], cores)).toBe(cores - 1)
    expect(workersOfShortScan([logOf((cores + 1) * 1024 * MIB)], undefined)).toBeUndefined()
  })

  it.skipIf(cores === 1)('is not short where a core is left that can optimise', () => {
    expect(workersOfShortScan([logOf(200 * MIB)], undefined)).toBeUndefined()
  })
})
