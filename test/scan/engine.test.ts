import { describe, expect, it } from 'vitest'
import { KernelComparison } from '../../scripts/engines/compare-kernel.ts'
import { mutateChunk } from '../../scripts/engines/mutate-chunk.ts'
import { random } from '../../scripts/samples/random.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import type { Dialect } from '../../src/evtx/plan.ts'
import type { RecoverMode } from '../../src/evtx/record.ts'
import { preferredEngine, startEngine } from '../../src/scan/engine.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { sampleLogs } from '../support/samples.ts'

const DIALECTS: readonly Dialect[] = ['xml', 'json', 'evtx_dump']
const CHANGED = 1_500

/** The compiler's own library has it only together with the browser's. */
declare const WebAssembly: { Memory: new (size: { initial: number; maximum: number }) => { buffer: ArrayBuffer } }

/** Chunks of a log that are in use. */
function chunksOf(path: string, log: Uint8Array): { readonly place: string; readonly bytes: Uint8Array }[] {
  const chunks = []
  for (let at = FILE_HEADER_SIZE; at + CHUNK_SIZE <= log.length; at += CHUNK_SIZE) {
    const bytes = log.subarray(at, at + CHUNK_SIZE)
    if (bytes.some((byte) => byte !== 0)) chunks.push({ place: `${path}@${at}`, bytes })
  }
  return chunks
}

const samples = sampleLogs().flatMap(({ path, bytes }) => chunksOf(path, bytes))
const corpus = corpusLogs().flatMap((path) => chunksOf(path, readCorpus(path)))

describe.each(DIALECTS)('the kernel writes what the plain renderer writes, in %s', (dialect) => {
  const differences = (chunks: typeof samples, recovers: readonly RecoverMode[]) => {
    const comparison = new KernelComparison(dialect)
    const found = chunks.flatMap(({ place, bytes }) =>
      recovers.flatMap((recover) => {
        const difference = comparison.compare(bytes, { recover, dirty: recover !== 'none' })
        return difference === undefined ? [] : [`${place} ${difference}`]
      }),
    )
    return { found, comparison }
  }

  it('of every record of the samples, and leaves little over', () => {
    const { found, comparison } = differences(samples, ['none', 'resync'])
    expect(found).toEqual([])
    expect(comparison.declined).toBeLessThan(samples.length / 10)
    expect(comparison.records).toBeGreaterThan(1_000)
  })

  it.skipIf(!HAS_CORPUS)('of every record of the corpus', () => {
    const { found, comparison } = differences(corpus, ['resync'])
    expect(found).toEqual([])
    expect(comparison.records).toBeGreaterThan(30_000)
  })

  it(`of ${CHANGED} chunks with bytes changed, and tells the same damage`, () => {
    const comparison = new KernelComparison(dialect)
    const chunks = HAS_CORPUS ? corpus : samples
    const bytes = new Uint8Array(CHUNK_SIZE)
    for (let i = 0; i < CHANGED; i++) {
      const { place, bytes: whole } = chunks[(i * 7) % chunks.length]!
      bytes.set(whole)
      const { integer } = random(`test ${i}`)
      mutateChunk(bytes, (bound) => integer(0, bound - 1))
      const difference = comparison.compare(bytes, { recover: i % 2 === 0 ? 'none' : 'resync', dirty: i % 3 === 0 })
      expect(difference, `${place} ${i}`).toBeUndefined()
    }
    expect(comparison.declined).toBeGreaterThan(CHANGED / 20)
  })
})

const leftOver = () => {
  throw new Error('No record is left over')
}

describe('preferredEngine()', () => {
  it('is the kernel, unless the environment asks for the plain renderer', () => {
    const before = process.env.EVTXRAY_ENGINE
    try {
      delete process.env.EVTXRAY_ENGINE
      expect(preferredEngine()).toBe('kernel')
      process.env.EVTXRAY_ENGINE = 'plain'
      expect(preferredEngine()).toBe('plain')
    } finally {
      if (before === undefined) delete process.env.EVTXRAY_ENGINE
      else process.env.EVTXRAY_ENGINE = before
    }
  })
})

describe('Decoder.tellText()', () => {
  it('takes what stands in _meta up to its room, and tells when it is too long', () => {
    const { decoder } = startEngine('json', 'kernel', leftOver)
    expect(decoder?.tellText(new Uint8Array(8_192))).toBe(true)
    expect(decoder?.tellText(new Uint8Array(8_193))).toBe(false)
  })
})

describe('startEngine()', () => {
  it('starts the kernel in a memory that both share', () => {
    const { name, memory, decoder } = startEngine('xml', 'kernel', leftOver)
    expect(name).toBe('kernel')
    expect(decoder).toBeDefined()
    expect(memory.outputEnd).toBe(memory.buffer.byteLength)
  })

  it('starts the plain renderer where that is wanted', () => {
    expect(startEngine('xml', 'plain', leftOver)).toMatchObject({ name: 'plain' })
  })

  it('starts the plain renderer where WebAssembly memory is refused', () => {
    const { Memory } = WebAssembly
    try {
      // What V8 does when the system gives no address space.
      WebAssembly.Memory = class {
        constructor() {
          throw new RangeError('WebAssembly.Memory(): could not allocate memory')
        }
      } as unknown as typeof Memory
      expect(startEngine('xml', 'kernel', leftOver)).toMatchObject({ name: 'plain' })
    } finally {
      WebAssembly.Memory = Memory
    }
  })
})
