import { describe, expect, it } from 'vitest'
import { fromSeed } from '../../scripts/engines/from-seed.ts'
import { CHUNK_SIZE, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { type Gate, OPEN_GATE } from '../../src/evtx/gate.ts'
import { Scanner } from '../../src/evtx/scanner.ts'
import { MOST_VALUES, TABLES_SIZE } from '../../src/evtx/skim-map.ts'
import { type Lesson, Skimmer } from '../../src/evtx/skimmer.ts'
import { MAX_SUBSTITUTIONS } from '../../src/evtx/token.ts'
import { Question } from '../../src/query/question.ts'
import { alignedBuffer } from '../../src/scan/aligned-buffer.ts'
import { allNeeds, SCENARIOS } from '../../src/scenarios/catalogue.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { sampleLogs } from '../support/samples.ts'
import { answersOf, scanLog } from '../support/scan-log.ts'

/** A skimmer that tells how many records it did not know. */
class CountingSkimmer extends Skimmer {
  lessons = 0
  readonly owners: object[] = []

  override claim(owner: object, anyProvider: Uint8Array): boolean {
    this.owners.push(owner)
    return super.claim(owner, anyProvider)
  }

  override teach(lesson: Lesson): void {
    this.lessons++
    super.teach(lesson)
  }
}

function newSkimmer(): CountingSkimmer {
  return new CountingSkimmer(alignedBuffer(CHUNK_SIZE, TABLES_SIZE).memory!)
}

/** Nothing is wanted, but all is counted. */
const SHUT: Gate = { eventIds: () => undefined, anyProvider: new Uint8Array(65_536), mayHold: () => true }
const GATES: Readonly<Record<string, Gate>> = {
  open: OPEN_GATE,
  shut: SHUT,
  scenarios: new Question(allNeeds(SCENARIOS)).gate,
}

describe('Skimmer', () => {
  it.each(Object.keys(GATES))('changes no answer over the samples (gate: %s)', (name) => {
    const gate = GATES[name]!
    const skimmer = newSkimmer()
    let records = 0
    for (const { path, bytes } of sampleLogs()) {
      const skimmed = answersOf(scanLog(bytes, { gate, skimmer }))
      expect([path, skimmed]).toEqual([path, answersOf(scanLog(bytes, { gate }))])
      records += skimmed.records
    }
    expect(records).toBeGreaterThan(8_000)
  })

  it('is taught anew where a scanner forgot what numbers stand for', () => {
    const skimmer = newSkimmer()
    const [first, second] = sampleLogs().filter(({ path }) => path.endsWith('System.evtx'))
    const chunkOf = ({ bytes }: { readonly bytes: Uint8Array }) => {
      const chunk = chunkAt(skimmer.buffer, TABLES_SIZE)
      chunk.bytes.set(bytes.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE))
      return chunk
    }
    let met: string[] = []
    const scanner: Scanner = new Scanner(OPEN_GATE, {
      onMatch: ({ provider, group }) => met.push(`${scanner.names.texts[provider]} ${group.computer}`),
      onDamage: () => {},
    })
    const scan = (log: { readonly bytes: Uint8Array }) => {
      met = []
      scanner.startLog()
      scanner.useSkimmer(skimmer)
      scanner.scanChunk(chunkOf(log), FILE_HEADER_SIZE, { recover: 'none', dirty: false })
      scanner.settle()
      return met
    }
    const before = scan(first!)
    scan(second!)
    for (let count = 0; !scanner.names.isFlooded; count++) scanner.names.ofText(`name ${count}`)
    // The other log comes first now, so that names get other numbers.
    scan(second!)
    expect(scan(first!)).toEqual(before)
    expect(before.length).toBeGreaterThan(20)
    const [one, two, three, four] = skimmer.owners
    expect([two === one, three === one, four === three]).toEqual([true, false, true])
  })

  it('takes as many values as everybody', () => {
    expect(MOST_VALUES).toBe(MAX_SUBSTITUTIONS)
  })

  it('stops only at what is new to it', () => {
    const skimmer = newSkimmer()
    const { bytes } = sampleLogs().reduce((a, b) => (b.bytes.length > a.bytes.length ? b : a))
    const { scanner } = scanLog(bytes, { gate: GATES.scenarios!, skimmer })
    expect(skimmer.lessons).toBeGreaterThan(0)
    expect(skimmer.lessons).toBeLessThan(scanner.records / 5)
  })

  it('serves one scanner at a time, and knows nothing of the one before', () => {
    const skimmer = newSkimmer()
    const scanner = () => new Scanner(OPEN_GATE, { onMatch: () => {}, onDamage: () => {} })
    const [first, second] = [scanner(), scanner()]
    expect(skimmer.claim(first, OPEN_GATE.anyProvider)).toBe(true)
    expect(skimmer.claim(second, OPEN_GATE.anyProvider)).toBe(false)
    skimmer.release()
    expect(skimmer.claim(second, OPEN_GATE.anyProvider)).toBe(true)
  })

  it('takes a new gate from a new scanner', () => {
    const skimmer = newSkimmer()
    for (const { bytes } of sampleLogs().slice(0, 20)) {
      for (const gate of [SHUT, OPEN_GATE, GATES.scenarios!]) {
        expect(answersOf(scanLog(bytes, { gate, skimmer }))).toEqual(answersOf(scanLog(bytes, { gate })))
      }
    }
  })

  it('changes no answer where chunks are damaged', () => {
    const random = fromSeed(20_261_122)
    const skimmer = newSkimmer()
    const logs = sampleLogs()
    let damaged = 0
    for (let round = 0; round < 500; round++) {
      const log = logs[random(logs.length)]!.bytes
      const slots = Math.floor((log.length - FILE_HEADER_SIZE) / CHUNK_SIZE)
      const start = FILE_HEADER_SIZE + random(slots) * CHUNK_SIZE
      const bytes = new Uint8Array(FILE_HEADER_SIZE + CHUNK_SIZE)
      bytes.set(log.subarray(0, FILE_HEADER_SIZE))
      bytes.set(log.subarray(start, start + CHUNK_SIZE), FILE_HEADER_SIZE)
      // Where most records stand, and most of what the scan looks at.
      for (let hit = 0; hit <= random(30); hit++) {
        bytes[FILE_HEADER_SIZE + random(random(2) === 0 ? 8_192 : CHUNK_SIZE)] = random(3) === 0 ? 0 : random(256)
      }
      const gate = GATES[['open', 'scenarios', 'shut'][random(3)]!]!
      const recover = (['none', 'resync', 'slack'] as const)[random(3)]!
      const plain = answersOf(scanLog(bytes, { gate, recover }))
      expect([round, answersOf(scanLog(bytes, { gate, recover, skimmer }))]).toEqual([round, plain])
      if (plain.damaged > 0) damaged++
    }
    expect(damaged).toBeGreaterThan(100)
  })
})

describe.skipIf(!HAS_CORPUS)('Skimmer over the corpus', () => {
  it.each(Object.keys(GATES))('changes no answer (gate: %s)', (name) => {
    const gate = GATES[name]!
    const skimmer = newSkimmer()
    for (const path of corpusLogs()) {
      const bytes = readCorpus(path)
      for (const recover of ['resync', 'slack'] as const) {
        const plain = answersOf(scanLog(bytes, { gate, recover }))
        expect([path, answersOf(scanLog(bytes, { gate, recover, skimmer }))]).toEqual([path, plain])
      }
    }
  })

  it('passes over nearly all records of real logs', () => {
    const skimmer = newSkimmer()
    let records = 0
    for (const path of corpusLogs()) records += scanLog(readCorpus(path), { gate: SHUT, skimmer }).scanner.records
    expect(records).toBeGreaterThan(30_000)
    expect(skimmer.lessons).toBeLessThan(records / 4)
  })
})
