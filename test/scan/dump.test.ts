import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Collection } from '../../src/evidence/collection.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { type DumpOptions, dump } from '../../src/scan/dump.ts'
import { corpusLogs, HAS_CORPUS } from '../support/corpus.ts'
import { bulkyLog, evidenceOf, gathered, NINE, SCAN, SECOND, UNWATCHED } from '../support/logs.ts'

const JSONL: DumpOptions = { ...SCAN, format: 'jsonl', jsonShape: 'evtxray', filter: EVERY_EVENT }

async function dumped(collection: Collection, options: Partial<DumpOptions> = {}) {
  const out = gathered()
  const summary = await dump(collection, { ...JSONL, ...options }, out.write, UNWATCHED)
  return { text: out.text(), summary }
}

/** `_meta` of each line. */
function metas(text: string): { file: string; offset: number; recordId: number; recovered?: string }[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line)._meta)
}

describe('dump()', () => {
  it('keeps the order of logs and offsets, not that of time', async () => {
    const backwards = bulkyLog(3, (i) => ({ timeCreated: NINE - BigInt(i) * SECOND }))
    const { text, summary } = await dumped(await evidenceOf({ 'b.evtx': bulkyLog(2), 'a.evtx': backwards }))
    const places = metas(text)
    expect(places).toHaveLength(50)
    expect(places.map(({ recordId }) => recordId)).toEqual([
      ...Array.from({ length: 30 }, (_, i) => i + 1),
      ...Array.from({ length: 20 }, (_, i) => i + 1),
    ])
    expect(places[29]?.file).toMatch(/\/a\.evtx$/)
    expect(places[30]?.file).toMatch(/\/b\.evtx$/)
    expect(summary.stats).toMatchObject({ files: 2, records: 50, decoded: 50 })
  })

  it('writes the same bytes and tells the same, however the logs are cut into batches', async () => {
    const hurt = bulkyLog(7)
    hurt.fill(0xff, FILE_HEADER_SIZE + 2 * CHUNK_SIZE + 9_000, FILE_HEADER_SIZE + 2 * CHUNK_SIZE + 9_800)
    hurt.fill(0, FILE_HEADER_SIZE + 3 * CHUNK_SIZE, FILE_HEADER_SIZE + 3 * CHUNK_SIZE + 512)
    const files = {
      'a.evtx': hurt,
      'b.evtx': bulkyLog(4).slice(FILE_HEADER_SIZE),
      'c.evtx': bulkyLog(1).slice(0, 40_000),
    }
    const collection = await evidenceOf(files)
    for (const format of ['jsonl', 'xml'] as const) {
      const whole = await dumped(collection, { format, recover: 'slack' })
      expect(whole.summary.damage.length).toBeGreaterThan(3)
      for (const chunks of [1, 2, 3]) {
        const options = { format, recover: 'slack', batchBytes: chunks * CHUNK_SIZE } as const
        expect(await dumped(collection, options)).toEqual(whole)
      }
    }
  })

  it('writes one document of XML, also of no records', async () => {
    const { text } = await dumped(await evidenceOf({ 'a.evtx': bulkyLog(1) }), {
      format: 'xml',
      filter: { ...EVERY_EVENT, eventIds: [{ first: 1, last: 1 }] },
    })
    expect(text).toBe('<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<Events></Events>\n')
  })

  it('counts recovered records that a shape leaves out, and says so', async () => {
    const log = bulkyLog(2)
    log.fill(0, FILE_HEADER_SIZE, FILE_HEADER_SIZE + 512)
    const collection = await evidenceOf({ 'a.evtx': log })
    const all = await dumped(collection, { jsonShape: 'evtx_dump' })
    const live = await dumped(collection, { jsonShape: 'evtx_dump', withRecovered: false })
    const [lines, liveLines] = [all, live].map(({ text }) => text.split('\n').length - 1)
    expect(lines).toBe(20)
    expect(liveLines).toBeLessThan(20)
    expect(live.summary.notes).toEqual([expect.stringContaining(`${20 - liveLines!} recovered records are left out`)])
    expect(all.summary.notes).toBeUndefined()
  })

  it('does not go on while what it wrote is not yet taken', async () => {
    const collection = await evidenceOf({ 'a.evtx': bulkyLog(6) })
    let writing = 0
    const write = async () => {
      expect(++writing).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 5))
      writing--
    }
    await dump(collection, { ...JSONL, batchBytes: CHUNK_SIZE }, write, UNWATCHED)
  })

  it('ends with what the writing fails with', async () => {
    const collection = await evidenceOf({ 'a.evtx': bulkyLog(2) })
    const write = () => Promise.reject(new Error('the disk is full'))
    await expect(dump(collection, JSONL, write, UNWATCHED)).rejects.toThrow('the disk is full')
  })

  it.skipIf(!HAS_CORPUS)('orders and labels the records of damaged logs', async () => {
    expect(corpusLogs().length).toBeGreaterThan(100)
    const path = fileURLToPath(
      new URL('../../../shared/corpus/evtx-rs-samples/sample_with_a_bad_chunk_magic.evtx', import.meta.url),
    )
    const { text } = await dumped(await findEvidence([path]))
    const places = metas(text)
    expect(places.map(({ offset }) => offset)).toEqual(places.map(({ offset }) => offset).sort((a, b) => a - b))
    expect(places.filter(({ recovered }) => recovered === 'resync').length).toBeGreaterThan(30)
  })
})
