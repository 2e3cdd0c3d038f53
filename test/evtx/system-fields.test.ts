import { describe, expect, it } from 'vitest'
import { mutateChunk } from '../../scripts/engines/mutate-chunk.ts'
import { random } from '../../scripts/samples/random.ts'
import { winEventOf } from '../../src/event/decode.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { Interner } from '../../src/evtx/interner.ts'
import { decodeRecord, isDamage } from '../../src/evtx/log.ts'
import { walkRecords } from '../../src/evtx/record.ts'
import { SystemFields } from '../../src/evtx/system-fields.ts'
import type { SystemField } from '../../src/evtx/system-places.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { sampleLogs } from '../support/samples.ts'

const FIELDS: readonly SystemField[] = ['eventId', 'level', 'timeCreated', 'provider', 'channel', 'computer']
const CHANGED = 600

/** Chunks of logs, each in a place of its own. */
function* chunksOf(logs: Iterable<Uint8Array>): Generator<Chunk> {
  for (const log of logs) {
    for (let at = FILE_HEADER_SIZE; at + CHUNK_SIZE <= log.length; at += CHUNK_SIZE) {
      const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
      chunk.bytes.set(log.subarray(at, at + CHUNK_SIZE))
      yield chunk
    }
  }
}

/** Compares what stands in records with what their trees say, asked for all fields and for each alone. */
class Comparison {
  records = 0
  /** By those who ask for all fields. */
  read = 0
  readonly differences: string[] = []
  readonly #templates = new TemplateCache()
  readonly #asked = [FIELDS, ...FIELDS.map((field): readonly SystemField[] => [field])].map((asked) => ({
    asked,
    fields: new SystemFields(new TemplateCache(), new Interner(), asked),
  }))

  add(chunk: Chunk, what: string): void {
    this.#templates.startChunk()
    for (const { fields } of this.#asked) fields.startChunk(chunk)
    const options = { recover: 'none', headerless: false, dirty: false } as const
    walkRecords(
      chunk,
      options,
      (offset, size) => this.#compare(chunk, offset, size, what),
      () => {},
    )
  }

  #compare(chunk: Chunk, offset: number, size: number, what: string): void {
    const knowledge = { templates: this.#templates, elsewhere: undefined }
    const record = decodeRecord(chunk, 0, { offset, size, recovery: undefined }, knowledge)
    if (typeof record === 'string' || isDamage(record)) return
    this.records++
    const event = { level: 0, ...winEventOf(record.event, { file: '', offset }) }
    for (const { asked, fields } of this.#asked) {
      if (!fields.read(offset, size)) continue
      if (asked === FIELDS) this.read++
      for (const field of asked) {
        if (fields[field] === event[field]) continue
        this.differences.push(`${what} ${offset} ${field}: ${fields[field]}, not ${event[field]}`)
      }
    }
  }
}

const samples = () => sampleLogs().map(({ bytes }) => bytes)

describe('SystemFields', () => {
  it('reads what the trees of the samples say', () => {
    const comparison = new Comparison()
    for (const chunk of chunksOf(samples())) comparison.add(chunk, '')
    expect(comparison.differences).toEqual([])
    expect(comparison.read).toBeGreaterThan(0.9 * comparison.records)
  })

  it.skipIf(!HAS_CORPUS)('reads what the trees of the corpus say', () => {
    const comparison = new Comparison()
    for (const path of corpusLogs()) for (const chunk of chunksOf([readCorpus(path)])) comparison.add(chunk, path)
    expect(comparison.differences).toEqual([])
    expect(comparison.read).toBeGreaterThan(0.9 * comparison.records)
  })

  it(`reads what the trees say of ${CHANGED} chunks with bytes changed, or nothing`, () => {
    const chunks = [...chunksOf(samples())]
    const comparison = new Comparison()
    const changed = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
    for (let i = 0; i < CHANGED; i++) {
      const { integer } = random(`fields ${i}`)
      changed.bytes.set(chunks[i % chunks.length]!.bytes)
      // Roots stand at the beginning: there it hurts.
      for (let n = 0; n < 4; n++) changed.bytes[integer(512, 4_096)]! ^= 1 << integer(0, 7)
      if (i % 2 === 0) mutateChunk(changed.bytes, (bound) => integer(0, bound - 1))
      comparison.add(changed, `${i}`)
    }
    expect(comparison.differences).toEqual([])
  })
})
