import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Damage } from '../../src/errors.ts'
import type { Collection } from '../../src/evidence/collection.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { renderFileHeader } from '../../src/evtx/write/log-writer.ts'
import { listening } from '../../src/pool/turn.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { dump } from '../../src/scan/dump.ts'
import { health } from '../../src/scan/health.ts'
import { readRange } from '../../src/scan/read-range.ts'
import { survey } from '../../src/scan/survey.ts'
import { bulkyLog, evidenceOf, gathered, SCAN, UNWATCHED } from '../support/logs.ts'

const log = bulkyLog(6)
const CHUNKS = (log.length - FILE_HEADER_SIZE) / CHUNK_SIZE
const RECORDS = 60

/** What each of the three readers of ranges says of the only log, read whole and in ranges of one chunk. */
async function readings(collection: Collection, verify = false) {
  const found: { records: number; damage: readonly Damage[] }[] = []
  for (const batchBytes of [undefined, CHUNK_SIZE]) {
    const options = { ...SCAN, verify, ...(batchBytes && { batchBytes }) }
    const [surveyed] = await survey(collection, [], options, UNWATCHED)
    const [healthy] = (await health(collection, options, UNWATCHED)).logs
    const dumping = { ...options, format: 'jsonl', jsonShape: 'evtxray', filter: EVERY_EVENT } as const
    const dumped = await dump(collection, dumping, gathered().write, UNWATCHED)
    found.push({ records: surveyed!.records, damage: surveyed!.damage })
    found.push({ records: healthy!.records, damage: healthy!.damage.map(({ file, ...damage }) => damage) })
    found.push({ records: dumped.inputs[0]!.records, damage: dumped.damage.map(({ file, ...damage }) => damage) })
  }
  return found
}

/** The one reading that all agree on. */
async function reading(bytes: Uint8Array, verify = false) {
  const [first, ...others] = await readings(await evidenceOf({ 'System.evtx': bytes }), verify)
  for (const other of others) expect(other).toEqual(first)
  return first!
}

describe('readRange()', () => {
  it('reads a sound log without a word', async () => {
    expect(await reading(log, true)).toEqual({ records: RECORDS, damage: [] })
  })

  it('reads a log that lost its header block, and says so once', async () => {
    const { records, damage } = await reading(log.slice(FILE_HEADER_SIZE))
    expect(records).toBe(RECORDS)
    expect(damage).toMatchObject([{ kind: 'file-header', offset: 0 }])
  })

  it('reads a log whose header block is wiped, and says so once', async () => {
    const wiped = log.slice()
    wiped.fill(0, 0, FILE_HEADER_SIZE)
    const { records, damage } = await reading(wiped)
    expect(records).toBe(RECORDS)
    expect(damage).toMatchObject([{ kind: 'file-header', offset: 0 }])
  })

  it('reads what is there of a log that is cut in the middle of a chunk', async () => {
    const end = FILE_HEADER_SIZE + 3 * CHUNK_SIZE + 30_000
    const { records, damage } = await reading(log.slice(0, end))
    expect(records).toBeGreaterThan(30)
    expect(records).toBeLessThan(40)
    const kinds = damage.map(({ kind }) => kind)
    expect(kinds).toContain('truncated')
    expect(kinds).toContain('record-framing')
    expect(kinds).toContain('file-size')
  })

  it('notices that the end is missing where the cut is between two chunks', async () => {
    const { records, damage } = await reading(log.slice(0, FILE_HEADER_SIZE + 3 * CHUNK_SIZE))
    expect(records).toBeGreaterThanOrEqual(30)
    expect(damage).toEqual([
      {
        kind: 'file-size',
        offset: FILE_HEADER_SIZE + 3 * CHUNK_SIZE,
        length: 0,
        detail: expect.stringContaining(`counts ${CHUNKS} chunks`),
      },
    ])
  })

  it.each([8, 100, 127, 128, 4095, FILE_HEADER_SIZE])(
    'calls a log that ends after %i bytes damaged, not empty',
    async (length) => {
      const { records, damage } = await reading(log.slice(0, length))
      expect(records).toBe(0)
      expect(damage).toHaveLength(1)
    },
  )

  it('finds all chunks whatever a header counts that was not brought up to date', async () => {
    const stale = log.slice()
    const fields = { chunkCount: 1, nextRecordId: 1, dirty: true, full: false, minorVersion: 1 }
    stale.set(renderFileHeader(fields))
    expect(await reading(stale)).toEqual({ records: RECORDS, damage: [] })
  })

  it('finds no damage in space that Windows set aside, also where every checksum is asked for', async () => {
    const roomy = new Uint8Array(log.length + 5 * CHUNK_SIZE)
    roomy.set(log)
    expect(await reading(roomy, true)).toEqual({ records: RECORDS, damage: [] })
  })

  it('tells a record that was changed by its chunk, where every checksum is asked for', async () => {
    const changed = log.slice()
    const at = FILE_HEADER_SIZE + 2 * CHUNK_SIZE
    changed[at + 3_000]! ^= 1
    expect((await reading(changed)).damage).toEqual([])
    expect((await reading(changed, true)).damage).toMatchObject([
      { kind: 'chunk-data-checksum', offset: at, length: 0 },
    ])
  })

  it('does not hold a chunk without header against its lost checksum', async () => {
    const wiped = log.slice()
    const at = FILE_HEADER_SIZE + CHUNK_SIZE
    wiped.fill(0, at, at + 512)
    const { records, damage } = await reading(wiped, true)
    expect(records).toBe(RECORDS)
    expect(damage).toMatchObject([{ kind: 'chunk-signature', offset: at }])
  })

  it('reads a log that grew since it was found', async () => {
    const collection = await evidenceOf({ 'System.evtx': log.slice(0, FILE_HEADER_SIZE + 4 * CHUNK_SIZE) })
    appendFileSync(collection.logs[0]!.source.path, log.subarray(FILE_HEADER_SIZE + 4 * CHUNK_SIZE))
    for (const { records, damage } of await readings(collection))
      expect({ records, damage }).toEqual({ records: RECORDS, damage: [] })
  })

  it('tells what is missing of a log that shrank since it was found', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    const left = FILE_HEADER_SIZE + 2 * CHUNK_SIZE
    truncateSync(collection.logs[0]!.source.path, left)
    for (const { records, damage } of await readings(collection)) {
      expect(records).toBeGreaterThanOrEqual(20)
      expect(damage).toContainEqual(
        expect.objectContaining({ kind: 'file-size', offset: left, length: log.length - left }),
      )
    }
  })

  it('names a log that is gone, and why, without the path it had on this machine', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    rmSync(collection.logs[0]!.source.path)
    const [surveyed] = await survey(collection, [], SCAN, UNWATCHED)
    expect(surveyed?.failure).toContain('ENOENT')
    expect(surveyed?.failure).not.toContain(collection.logs[0]!.source.path)
  })

  it('opens a file that something else has become, and comes back', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    writeFileSync(collection.logs[0]!.source.path, 'now a text')
    const [surveyed] = await survey(collection, [], SCAN, UNWATCHED)
    expect(surveyed?.records).toBe(0)
    expect(surveyed?.damage.map(({ kind }) => kind)).toEqual(['file-header', 'file-size'])
  })

  it('costs only this log when something unforeseen goes wrong with it', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    const range = { source: collection.logs[0]!.source, start: FILE_HEADER_SIZE, end: log.length }
    const onChunk = () => {
      throw new TypeError('a fault of ours')
    }
    const { failure, facts } = await readRange(range, { onChunk, onDamage: () => {} })
    expect(failure).toBe('A fault of ours')
    expect(facts?.header?.chunkCount).toBe(CHUNKS)
  })

  it('throws the reason of an abort, whatever that is, and takes it for no damage of the log', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    const range = { source: collection.logs[0]!.source, start: FILE_HEADER_SIZE, end: log.length }
    const abort = new AbortController()
    const onChunk = () => {
      abort.abort('enough')
      throw new Error('whatever comes of it')
    }
    const reading = listening(abort.signal, () => readRange(range, { onChunk, onDamage: () => {} }))
    await expect(reading).rejects.toBe('enough')
  })
})
