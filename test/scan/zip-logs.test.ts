import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { DAY } from '../../src/bytes/filetime.ts'
import type { Collection } from '../../src/evidence/collection.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { decodeRows, verifyChunksOf } from '../../src/scan/decode-rows.ts'
import { dump } from '../../src/scan/dump.ts'
import { health } from '../../src/scan/health.ts'
import { batchRanges } from '../../src/scan/ranges.ts'
import { survey } from '../../src/scan/survey.ts'
import { bulkyLog, evidenceOf, gathered, SCAN, UNWATCHED } from '../support/logs.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'
import { type EntryDescription, zipBytes, zipOf } from '../support/zip-bytes.ts'

/** A log with a chunk that was changed and another that was cut off. */
function hurtLog(): Uint8Array {
  const log = bulkyLog(12).slice(0, FILE_HEADER_SIZE + 11 * CHUNK_SIZE + 5_000)
  log[FILE_HEADER_SIZE + 2 * CHUNK_SIZE + 3_000]! ^= 1
  log.fill(0xff, FILE_HEADER_SIZE + 5 * CHUNK_SIZE + 20_000, FILE_HEADER_SIZE + 5 * CHUNK_SIZE + 20_100)
  return log
}

const FILES = {
  'Application.evtx': bulkyLog(3),
  'Headless.evtx': bulkyLog(4).slice(FILE_HEADER_SIZE),
  'Security.evtx': hurtLog(),
  'System.evtx': bulkyLog(20),
}

async function zipped(bytes: Uint8Array): Promise<Collection> {
  return findEvidence([join(plant(temporaryFolder(), { 'a.zip': bytes }), 'a.zip')])
}

/** What every command says of the logs, by their bare names. */
async function answers(collection: Collection, batchBytes?: number) {
  const options = { ...SCAN, verify: true, ...(batchBytes !== undefined && { batchBytes }) }
  const window = { windowText: '24h', windowTicks: DAY, reference: 'last-event' } as const
  const analyzed = await analyze(collection, { ...options, window, referenceText: 'last-event' }, UNWATCHED)
  const healthy = await health(collection, options, UNWATCHED)
  const out = gathered()
  const dumping = { ...options, format: 'jsonl', jsonShape: 'evtxray', filter: EVERY_EVENT } as const
  const dumped = await dump(collection, dumping, out.write, UNWATCHED)
  const all = JSON.stringify([analyzed.analysis, healthy.logs, dumped.inputs, dumped.damage, out.text()], (_, value) =>
    typeof value === 'bigint' ? `${value}` : value,
  )
  return all.replaceAll(collection.roots[0]!.path, '')
}

describe('logs in a zip', () => {
  it('give every command the answers of the same logs in a folder, stored or deflated, however they are cut', async () => {
    const wanted = await answers(await evidenceOf(FILES))
    expect(wanted).toContain('chunk-data-checksum')
    for (const method of [0, 8]) {
      for (const batchBytes of [undefined, CHUNK_SIZE, 5 * CHUNK_SIZE]) {
        expect((await answers(await zipped(zipOf(FILES, { method })), batchBytes)) === wanted).toBe(true)
      }
    }
  })

  it('are one range each where results are small, and cut where they would be too much to hold', async () => {
    const { logs } = await zipped(zipOf({ 'System.evtx': bulkyLog(200) }))
    expect(batchRanges(logs, 4).flatMap(({ ranges }) => ranges)).toHaveLength(1)
    const cut = batchRanges(logs, 4, { maxBatch: 4 * 1024 * 1024 }).flatMap(({ ranges }) => ranges)
    expect(cut.length).toBeGreaterThan(2)
    const stored = await zipped(zipOf({ 'System.evtx': bulkyLog(200) }, { method: 0 }))
    expect(batchRanges(stored.logs, 4).flatMap(({ ranges }) => ranges).length).toBeGreaterThan(2)
  })

  it('that break off or lie about their size cost what is lost and no other, told once', async () => {
    const sound: EntryDescription = { name: 'Application.evtx', data: bulkyLog(3) }
    const log = bulkyLog(20)
    const packedShort = zipBytes([{ name: 'System.evtx', data: log, says: { size: log.length + 100_000 } }, sound])
    for (const batchBytes of [undefined, CHUNK_SIZE]) {
      const options = { ...SCAN, ...(batchBytes !== undefined && { batchBytes }) }
      const [first, second] = await survey(await zipped(packedShort), [], options, UNWATCHED)
      expect(second?.damage).toContainEqual(
        expect.objectContaining({ kind: 'read-failed', offset: log.length, length: 100_000 }),
      )
      expect(second?.damage.filter(({ kind }) => kind === 'read-failed')).toHaveLength(1)
      expect([first?.records, second?.records]).toEqual([30, 200])
      const lying = zipBytes([{ name: 'System.evtx', data: log, says: { crc32: 1 } }, sound])
      const [, wrong] = await survey(await zipped(lying), [], options, UNWATCHED)
      expect(wrong?.damage).toMatchObject([
        { kind: 'file-size', length: 0, detail: expect.stringContaining('checksum') },
      ])
      expect(wrong?.records).toBe(200)
    }
  })

  it('have the chunks of their records checked on the way to them', async () => {
    const log = bulkyLog(20)
    const at = FILE_HEADER_SIZE + 7 * CHUNK_SIZE
    log[at + 3_000]! ^= 1
    const { logs } = await zipped(zipOf({ 'System.evtx': log }))
    const scanned = { log: logs[0]!, firstChunk: FILE_HEADER_SIZE }
    const row = (chunkAt: number) => {
      const offset = chunkAt + 512
      const size = new DataView(log.buffer).getUint32(offset + 4, true)
      return { recordId: 1, timeCreated: 0n, offset, eventId: 7036, recovery: undefined, size }
    }
    const rows = [row(at + CHUNK_SIZE), row(at)]
    expect((await decodeRows(scanned, rows.slice(0, 1), rows.slice(1))).events.size).toBe(1)
    expect(await verifyChunksOf(scanned, rows)).toMatchObject([{ kind: 'chunk-data-checksum', offset: at }])
    expect(await verifyChunksOf(scanned, [row(FILE_HEADER_SIZE)])).toEqual([])
  })
})
