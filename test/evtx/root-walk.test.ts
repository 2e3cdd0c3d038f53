import { describe, expect, it } from 'vitest'
import { random } from '../../scripts/samples/random.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { readFragment } from '../../src/evtx/fragment.ts'
import { walkRecords } from '../../src/evtx/record.ts'
import { RootSources } from '../../src/evtx/root-sources.ts'
import { RootWalk } from '../../src/evtx/root-walk.ts'
import { DEFINITION_HEADER_SIZE } from '../../src/evtx/template.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { sampleLogs } from '../support/samples.ts'

/** Changes to each definition. */
const CHANGES = 40

/** Where the offset of a root's definition stands in a record. */
const DEFINITION_OFFSET_AT = 34

/** What sources say, to be compared. */
function said({ slots, starts, sizes, dependency, payload }: RootSources) {
  return { slots: [...slots], starts: [...starts], sizes: [...sizes], dependency, payload }
}

/** Compares what a walk says of root definitions with what their trees say. */
class Comparison {
  definitions = 0
  walked = 0
  /** Of definitions with bytes changed. */
  changedWalked = 0
  readonly #walk = new RootWalk()
  readonly #walked = new RootSources()
  readonly #read = new RootSources()

  add(log: Uint8Array, name: string): void {
    for (let at = FILE_HEADER_SIZE; at + CHUNK_SIZE <= log.length; at += CHUNK_SIZE) {
      const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
      chunk.bytes.set(log.subarray(at, at + CHUNK_SIZE))
      const definitions = new Set<number>()
      const options = { recover: 'none', headerless: false, dirty: false } as const
      walkRecords(
        chunk,
        options,
        (offset) => definitions.add(chunk.view.getUint32(offset + DEFINITION_OFFSET_AT, true)),
        () => {},
      )
      for (const definition of definitions) this.#compareAll(chunk, definition, `${name} ${at}`)
    }
  }

  #compareAll(chunk: Chunk, definition: number, what: string): void {
    if (definition + DEFINITION_HEADER_SIZE > CHUNK_SIZE) return
    const size = chunk.view.getUint32(definition + 20, true)
    const from = definition + DEFINITION_HEADER_SIZE
    if (from + size > CHUNK_SIZE) return
    this.definitions++
    if (this.#compare(chunk, from, from + size, what)) this.walked++
    const { integer } = random(`${what} ${definition}`)
    const before = chunk.bytes.slice(from, from + size)
    for (let i = 0; i < CHANGES && size > 0; i++) {
      for (let n = integer(1, 3); n > 0; n--) {
        const at = from + integer(0, size - 1)
        const value = integer(0, 2) === 0 ? integer(0, 15) : chunk.bytes[at]! ^ (1 << integer(0, 7))
        chunk.bytes[at] = value
      }
      // Parts in the place of others.
      if (integer(0, 3) === 0) chunk.bytes.copyWithin(from + integer(0, size - 1), from, from + integer(0, size - 1))
      if (this.#compare(chunk, from, from + size, `${what}, change ${i}`)) this.changedWalked++
      chunk.bytes.set(before, from)
    }
  }

  /** False where the walk left the definition to the tree. */
  #compare(chunk: Chunk, from: number, end: number, what: string): boolean {
    this.#walk.startChunk()
    if (!this.#walk.walk(chunk, from, end, this.#walked)) return false
    this.#read.read(readFragment(chunk, from, end, true))
    expect(said(this.#walked), what).toEqual(said(this.#read))
    return true
  }
}

describe('RootWalk', () => {
  it('says of the definitions of the samples, and of changed ones, what their trees say, or nothing', () => {
    const comparison = new Comparison()
    for (const { bytes, path } of sampleLogs()) comparison.add(bytes, path)
    // Built without a template, or cut: a few.
    expect(comparison.walked).toBeGreaterThan(0.95 * comparison.definitions)
    expect(comparison.changedWalked).toBeGreaterThan(comparison.definitions)
  })

  it.skipIf(!HAS_CORPUS)(
    'says the same of the definitions of the corpus',
    () => {
      const comparison = new Comparison()
      for (const path of corpusLogs()) comparison.add(readCorpus(path), path)
      expect(comparison.walked).toBeGreaterThan(0.95 * comparison.definitions)
      expect(comparison.changedWalked).toBeGreaterThan(comparison.definitions)
    },
    120_000,
  )
})
