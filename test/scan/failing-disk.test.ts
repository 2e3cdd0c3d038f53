import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { DAY } from '../../src/bytes/filetime.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { decodeRows, verifyChunksOf } from '../../src/scan/decode-rows.ts'
import { dump } from '../../src/scan/dump.ts'
import { health } from '../../src/scan/health.ts'
import { survey } from '../../src/scan/survey.ts'
import { bulkyLog, evidenceOf, gathered, SCAN, UNWATCHED } from '../support/logs.ts'

/** Places that the disk refuses to give, in bytes from the start of the file. */
let broken: (at: number, length: number) => boolean = () => false

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const readSync = (fd: number, into: Uint8Array, offset: number, length: number, at: number) => {
    if (broken(at, length)) throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })
    return fs.readSync(fd, into, offset, length, at)
  }
  return { ...fs, readSync }
})

beforeEach(() => {
  broken = () => false
})

/** Chunk 3 of the log, counted from 0, cannot be read. */
const BAD = FILE_HEADER_SIZE + 3 * CHUNK_SIZE
const onlyBad = (at: number, length: number) => at < BAD + CHUNK_SIZE && at + length > BAD
const log = bulkyLog(20)
const DUMP = { ...SCAN, format: 'jsonl', jsonShape: 'evtxray', filter: EVERY_EVENT } as const

describe('a disk that refuses one chunk', () => {
  it('costs that chunk and no other', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    const [whole] = await survey(collection, [], SCAN, UNWATCHED)
    broken = onlyBad
    const [part] = await survey(collection, [], SCAN, UNWATCHED)
    expect(part?.damage).toEqual([
      { kind: 'read-failed', offset: BAD, length: CHUNK_SIZE, detail: expect.stringContaining('EIO') },
    ])
    expect(part?.failure).toBeUndefined()
    expect(part!.records).toBeGreaterThan(150)
    expect(part!.records).toBeLessThan(whole!.records)
  })

  it('is a damaged chunk to info, neither a used nor an unused one', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    const [before] = (await health(collection, SCAN, UNWATCHED)).logs
    broken = onlyBad
    const [after] = (await health(collection, SCAN, UNWATCHED)).logs
    expect(after).toMatchObject({ chunksUsed: before!.chunksUsed - 1, chunksEmpty: 0, chunksDamaged: 1 })
  })

  it('is told by dump, which writes all others', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    broken = onlyBad
    const out = gathered()
    const { inputs, damage } = await dump(collection, DUMP, out.write, UNWATCHED)
    expect(inputs[0]).toMatchObject({ state: 'read', damaged: 0 })
    expect(damage).toHaveLength(1)
    expect(out.text().trimEnd().split('\n')).toHaveLength(inputs[0]!.records)
  })
})

describe('a disk that is gone', () => {
  it('is told, chunk by chunk, and the reading ends', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    broken = () => true
    const [found] = await survey(collection, [], SCAN, UNWATCHED)
    expect(found?.damage[0]).toMatchObject({ kind: 'file-header', offset: 0, detail: expect.stringContaining('EIO') })
    expect(found?.damage.slice(1).every(({ kind }) => kind === 'read-failed')).toBe(true)
    expect(found?.damage.slice(1).reduce((sum, { length }) => sum + length, 0)).toBe(log.length - FILE_HEADER_SIZE)
  })

  it('leaves a log unreadable, never empty', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    broken = () => true
    const window = { windowText: '24h', windowTicks: DAY, reference: 'last-event' } as const
    const options = { ...SCAN, window, referenceText: 'last-event' }
    const { analysis } = await analyze(collection, options, UNWATCHED)
    expect(analysis.inputs[0]?.state).not.toBe('empty')
    expect(analysis.hosts[0]?.coverage.find(({ channel }) => channel === 'System')?.state).toBe('unreadable')
  })

  it('is no quiet channel where the copy of its log has 0 bytes', async () => {
    const collection = await evidenceOf({ 'Security.evtx': new Uint8Array(0), 'System.evtx': log })
    const window = { windowText: '24h', windowTicks: DAY, reference: 'last-event' } as const
    const { analysis } = await analyze(collection, { ...SCAN, window, referenceText: 'last-event' }, UNWATCHED)
    expect(analysis.inputs.map(({ state }) => state)).toEqual(['empty', 'read'])
    expect(analysis.hosts[0]?.coverage.find(({ channel }) => channel === 'Security')?.state).toBe('unreadable')
  })

  it('costs the records that were found and cannot be read again', async () => {
    const collection = await evidenceOf({ 'System.evtx': log })
    const scanned = { log: collection.logs[0]!, firstChunk: FILE_HEADER_SIZE }
    const offset = FILE_HEADER_SIZE + 512
    const size = new DataView(readFileSync(scanned.log.source.path).buffer).getUint32(offset + 4, true)
    const row = { recordId: 1, timeCreated: 0n, offset, eventId: 7036, recovery: undefined, size }
    expect((await decodeRows(scanned, [row])).events.get(offset)?.eventId).toBe(7036)
    expect(await verifyChunksOf(scanned, [row])).toEqual([])
    broken = () => true
    const { events, damage } = await decodeRows(scanned, [row])
    expect(events.size).toBe(0)
    expect(damage).toEqual([{ kind: 'read-failed', offset, length: size, detail: expect.stringContaining('Record 1') }])
    expect(await verifyChunksOf(scanned, [row])).toMatchObject([{ kind: 'read-failed' }])
    const gone = {
      ...scanned,
      log: { ...scanned.log, source: { kind: 'file', path: `${scanned.log.source.path}-gone` } as const },
    }
    expect((await decodeRows(gone, [row])).damage).toMatchObject([{ kind: 'read-failed', offset }])
    expect(await verifyChunksOf(gone, [row])).toMatchObject([{ kind: 'read-failed' }])
  })
})
