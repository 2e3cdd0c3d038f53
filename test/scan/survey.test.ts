import { describe, expect, it } from 'vitest'
import type { Collection } from '../../src/evidence/collection.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import type { Need } from '../../src/query/need.ts'
import { survey } from '../../src/scan/survey.ts'
import type { Progress, ScanOptions } from '../../src/scan/watch.ts'
import { headerChecksum } from '../support/evtx-bytes.ts'
import { BULK, bulkyLog, evidenceOf, NINE, SCAN, SECOND, UNWATCHED } from '../support/logs.ts'

const SERVICE = { provider: { name: 'Service Control Manager' }, eventId: 7036 } as const
const CHANGES: Need = { id: 'changes', provider: SERVICE.provider.name, eventIds: [7036], as: 'event' }
/** Asks for a field, which the scan reads in its place or decodes the record for. */
const STOPPED: Need = {
  id: 'stopped',
  provider: 'Test',
  eventIds: [1],
  where: [{ name: 'State', values: ['stopped'] }],
  as: 'sighting',
}

/** What was found, in a form that compares. */
async function found(collection: Collection, options: Partial<ScanOptions> = {}, needs: readonly Need[] = [CHANGES]) {
  const surveyed = await survey(collection, needs, { ...SCAN, ...options }, UNWATCHED)
  return surveyed.map(({ groups, ...rest }) => ({
    ...rest,
    groups: groups.map(({ group: { wanted, ...counted }, rows }) => ({
      ...counted,
      rows: [...rows].map(([need, each]) => ({ need, count: each.count, rows: [...each.all()] })),
    })),
  }))
}

/** Offsets of the records of a chunk. */
function recordsOf(log: Uint8Array, chunk: number): number[] {
  const view = new DataView(log.buffer, log.byteOffset)
  const offsets: number[] = []
  for (let at = FILE_HEADER_SIZE + chunk * CHUNK_SIZE + 512; view.getUint32(at, true) === 0x2a2a; ) {
    offsets.push(at)
    at += view.getUint32(at + 4, true)
  }
  return offsets
}

/** Makes unused space of a chunk from its nth record on. */
function endChunk(log: Uint8Array, chunk: number, record: number): void {
  const start = FILE_HEADER_SIZE + chunk * CHUNK_SIZE
  const view = new DataView(log.buffer, log.byteOffset)
  view.setUint32(start + 48, recordsOf(log, chunk)[record]! - start, true)
  view.setUint32(start + 124, headerChecksum(log.subarray(start, start + CHUNK_SIZE)), true)
}

describe('survey()', () => {
  it('counts each computer and channel of a log by itself, and finds what is asked for', async () => {
    const log = bulkyLog(3, (i) => ({ computer: i < 20 ? 'PC1' : 'PC2', eventId: i % 5 === 0 ? 7036 : 7040 }))
    const [one] = await found(await evidenceOf({ 'System.evtx': log }))
    expect(one).toMatchObject({ records: 30, damaged: 0, recovered: 0, dirty: false, damage: [] })
    expect(one?.groups).toMatchObject([
      { computer: 'PC1', channel: 'System', records: 20, rows: [{ need: 0, count: 4 }] },
      { computer: 'PC2', channel: 'System', records: 10, rows: [{ need: 0, count: 2 }] },
    ])
    expect(one?.groups[0]?.rows[0]?.rows.map(({ recordId, timeCreated }) => [recordId, timeCreated])).toEqual(
      [0, 5, 10, 15].map((i) => [i + 1, NINE + BigInt(i) * SECOND]),
    )
  })

  it('finds the same however the logs are cut into batches', async () => {
    const mixed = bulkyLog(9, (i) => ({
      computer: `PC${i % 3}`,
      channel: ['System', 'Application'][i % 2]!,
      timeCreated: NINE + BigInt((i * 37) % 90) * SECOND,
      recordId: 1 + ((i * 7) % 60),
    }))
    mixed.fill(0xff, FILE_HEADER_SIZE + 2 * CHUNK_SIZE + 9_000, FILE_HEADER_SIZE + 2 * CHUNK_SIZE + 9_900)
    mixed.fill(0, FILE_HEADER_SIZE + 5 * CHUNK_SIZE, FILE_HEADER_SIZE + 5 * CHUNK_SIZE + 512)
    const collection = await evidenceOf({
      'a.evtx': mixed,
      'b.evtx': bulkyLog(1),
      'c.evtx': mixed.slice(FILE_HEADER_SIZE),
    })
    for (const recover of ['none', 'resync', 'slack'] as const) {
      const whole = await found(collection, { recover })
      for (const chunks of [1, 2, 4, 7]) {
        expect(await found(collection, { recover, batchBytes: chunks * CHUNK_SIZE }), recover).toEqual(whole)
      }
    }
  })

  it('keeps what lies in unused space of one chunk for a computer whose records stand in another, however they are cut', async () => {
    const log = bulkyLog(3, (i) => ({ computer: i < 6 ? 'PC1' : 'PC2' }))
    endChunk(log, 0, 6)
    const collection = await evidenceOf({ 'System.evtx': log })
    const [whole] = await found(collection, { recover: 'slack' })
    const late = whole?.groups.find(({ computer }) => computer === 'PC2')
    const slack = late?.rows[0]?.rows.filter(({ recovery }) => recovery === 'slack')
    expect(slack?.length).toBeGreaterThan(2)
    expect(late?.records).toBe(late!.rows[0]!.rows.length - slack!.length)
    expect(await found(collection, { recover: 'slack', batchBytes: CHUNK_SIZE })).toEqual([whole])
  })

  it('makes no host of a computer that is met in unused space only', async () => {
    const log = bulkyLog(2, (i) => ({ computer: i < 6 || i > 9 ? 'PC1' : 'GHOST' }))
    endChunk(log, 0, 6)
    for (const batchBytes of [CHUNK_SIZE, 10 * CHUNK_SIZE]) {
      const [one] = await found(await evidenceOf({ 'System.evtx': log }), { recover: 'slack', batchBytes })
      expect(one?.groups.map(({ computer }) => computer)).toEqual(['PC1'])
      expect(one?.recovered).toBeGreaterThan(2)
    }
  })

  it('takes a record that is live in one chunk and left over in another for live', async () => {
    const log = bulkyLog(3, (i) => ({
      recordId: i < 10 ? 100 + i : 100 + (i % 10),
      timeCreated: NINE + BigInt(i % 10) * SECOND,
    }))
    endChunk(log, 0, 3)
    const [one] = await found(await evidenceOf({ 'System.evtx': log }), { recover: 'slack' })
    expect(one?.groups[0]?.rows[0]?.rows).toHaveLength(10)
    expect(one?.groups[0]?.rows[0]?.rows.every(({ recovery }) => recovery === undefined)).toBe(true)
  })

  it('tests a field in its place, and decodes the records where it cannot', async () => {
    const log = bulkyLog(2, (i) => ({
      provider: { name: 'Test' },
      eventId: 1,
      form: i % 2 === 0 ? 'template' : 'plain',
      payload: {
        kind: 'eventData',
        items: [
          { name: 'Text', value: BULK.slice(0, 1000) },
          { name: 'state', value: i % 4 < 2 ? 'Stopped' : 'running' },
        ],
      },
    }))
    const [one] = await found(await evidenceOf({ 'x.evtx': log }), {}, [STOPPED])
    const rows = one?.groups[0]?.rows[0]?.rows ?? []
    expect(rows.map(({ recordId }) => recordId)).toEqual([0, 1, 4, 5, 8, 9, 12, 13, 16, 17].map((i) => i + 1))
  })

  it('keeps two runs in one process apart', async () => {
    const first = await evidenceOf({ 'System.evtx': bulkyLog(40, () => ({ computer: 'PC1' })) })
    const second = await evidenceOf({ 'System.evtx': bulkyLog(30, () => ({ computer: 'PC2' })) })
    const alone = [await found(first), await found(second)]
    const together = await Promise.all([
      found(first, { batchBytes: CHUNK_SIZE }),
      found(second, { batchBytes: CHUNK_SIZE }),
    ])
    expect(together).toEqual(alone)
  })

  it('tells how far it is, up to all files and bytes', async () => {
    const collection = await evidenceOf({ 'a.evtx': bulkyLog(3), 'b.evtx': bulkyLog(2) })
    const steps: Progress[] = []
    await survey(
      collection,
      [CHANGES],
      { ...SCAN, batchBytes: 2 * CHUNK_SIZE },
      { ...UNWATCHED, onProgress: (step) => steps.push(step) },
    )
    expect(steps[0]).toMatchObject({ files: 2, filesDone: 0, bytesDone: 0 })
    expect(steps.at(-1)).toMatchObject({ filesDone: 2, bytesDone: steps[0]!.bytes })
    for (const [i, { filesDone, bytesDone }] of steps.entries()) {
      expect(filesDone).toBeGreaterThanOrEqual(steps[i - 1]?.filesDone ?? 0)
      expect(bytesDone).toBeGreaterThanOrEqual(steps[i - 1]?.bytesDone ?? 0)
    }
  })

  it('stops with the reason of an abort, whatever that is', async () => {
    const collection = await evidenceOf({ 'a.evtx': bulkyLog(20) })
    const abort = new AbortController()
    const onProgress = ({ bytesDone }: Progress) => bytesDone > 0 && abort.abort('enough')
    const watch = { signal: abort.signal, onProgress }
    await expect(survey(collection, [CHANGES], { ...SCAN, batchBytes: CHUNK_SIZE }, watch)).rejects.toBe('enough')
  })

  it('says nothing of no logs', async () => {
    expect(await found({ roots: [], logs: [], refused: [] })).toEqual([])
  })
})
