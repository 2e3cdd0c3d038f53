import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { random } from '../../scripts/samples/random.ts'
import { parseFiletime } from '../../src/bytes/filetime.ts'
import type { Damage } from '../../src/errors.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { isDamage, type RecordOrDamage, walkLog } from '../../src/evtx/log.ts'
import { systemOf } from '../../src/evtx/system.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { health, type LogHealth } from '../../src/scan/health.ts'
import { bulky, bulkyLog, evidenceOf, NINE, SCAN, SECOND, UNWATCHED } from '../support/logs.ts'

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/evtx-rs-samples/', import.meta.url))

async function healthOf(bytes: Uint8Array, batchBytes?: number): Promise<LogHealth> {
  const options = { ...SCAN, verify: true, ...(batchBytes && { batchBytes }) }
  const { logs } = await health(await evidenceOf({ 'x.evtx': bytes }), options, UNWATCHED)
  const { file, ...rest } = logs[0]!
  return { file: 'x.evtx', ...rest, damage: rest.damage.map((damage) => ({ ...damage, file: 'x.evtx' })) }
}

/** What is wrong, and where; who found it says it in words of its own. */
function placeOf({ kind, offset, length }: Damage) {
  return { kind, offset, length }
}

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A record that can be decoded, but says not what it is or when, is damage to all who put records in order. */
function damageWithoutFields(found: RecordOrDamage): RecordOrDamage {
  if (isDamage(found)) return found
  const { eventId, recordId, timeCreated } = systemOf(found.event)
  const isWhole = /^\d{1,5}$/.test(eventId) && /^\d{1,20}$/.test(recordId) && parseFiletime(timeCreated) !== undefined
  if (isWhole) return found
  return { kind: 'record-content', offset: found.offset, length: found.size, detail: 'Fields are missing' }
}

describe('health()', () => {
  it('tells what a log holds and what its header says', async () => {
    const log = writeLog(
      bulky(25, (i) => (i < 20 ? { recordId: 500 + i } : { channel: 'Security', computer: 'DC01', recordId: i })),
      { full: true },
    )
    const found = await healthOf(log)
    expect(found).toMatchObject({
      size: log.length,
      header: { dirty: false, full: true, version: '3.1', chunkCount: 3, nextRecordId: 26, checksumOk: true },
      chunksUsed: 3,
      chunksEmpty: 0,
      chunksDamaged: 0,
      records: 25,
      recovered: 0,
      damaged: 0,
      providers: 1,
      computers: ['RDS01', 'DC01'],
      damage: [],
    })
    expect(found.channels).toEqual([
      {
        channel: 'System',
        records: 20,
        firstTime: NINE,
        lastTime: NINE + 19n * SECOND,
        firstRecordId: 500,
        lastRecordId: 519,
      },
      {
        channel: 'Security',
        records: 5,
        firstTime: NINE + 20n * SECOND,
        lastTime: NINE + 24n * SECOND,
        firstRecordId: 20,
        lastRecordId: 24,
      },
    ])
  })

  it('tells used chunks from unused and damaged ones, each once however much is wrong with it', async () => {
    const log = new Uint8Array(FILE_HEADER_SIZE + 8 * CHUNK_SIZE)
    log.set(bulkyLog(5).subarray(0, FILE_HEADER_SIZE + 5 * CHUNK_SIZE))
    const second = FILE_HEADER_SIZE + CHUNK_SIZE
    log.fill(0xff, second + 20_000, second + 20_600)
    log.fill(0xff, second + 40_000, second + 40_600)
    log[second + 130]! ^= 1
    const found = await healthOf(log)
    expect(found).toMatchObject({ chunksUsed: 5, chunksEmpty: 3, chunksDamaged: 1 })
    expect(found.damage.length).toBeGreaterThan(2)
  })

  it('counts the damaged chunks of a log that lost its header block', async () => {
    const log = bulkyLog(3).slice(FILE_HEADER_SIZE)
    log.fill(0xff, 1_000, 1_600)
    log.fill(0xff, 30_000, 30_600)
    const found = await healthOf(log)
    expect(found.header).toBeUndefined()
    expect(found.chunksDamaged).toBe(1)
  })

  it('says the same through ranges of any size, also of more damage than is named', async () => {
    const log = bulkyLog(12, (i) => ({ channel: `C${i % 7}`, computer: `PC${i % 3}` }))
    for (let at = FILE_HEADER_SIZE + 512; at < log.length; at += 48) log[at] = 0xff
    const whole = await healthOf(log)
    expect(whole.damage.length).toBeGreaterThan(0)
    for (const chunks of [1, 2, 5]) expect(await healthOf(log, chunks * CHUNK_SIZE)).toEqual(whole)
  })

  it.each(['kernel', 'plain'])('says of every record what decoding it to a tree says (engine: %s)', async (engine) => {
    vi.stubEnv('EVTXRAY_ENGINE', engine)
    const log = writeLog(
      bulky(1_000, (i) => ({ payload: { kind: 'eventData', items: [{ name: 'Text', value: `${i} some text` }] } })),
    )
    const chunks = (log.length - FILE_HEADER_SIZE) / CHUNK_SIZE
    expect(chunks).toBeGreaterThan(2)
    const { integer } = random('health')
    let damaged = 0
    for (let i = 0; i < 60; i++) {
      const changed = log.slice()
      for (let n = 0; n < 10 * chunks; n++) {
        changed[FILE_HEADER_SIZE + (n % chunks) * CHUNK_SIZE + 1_536 + integer(0, 60_000)] = integer(0, 255)
      }
      const decoded = [...walkLog(changed, { recover: SCAN.recover })].map(damageWithoutFields)
      const found = await healthOf(changed)
      expect(found.damage.filter(({ kind }) => kind !== 'chunk-data-checksum').map(placeOf)).toEqual(
        decoded.filter(isDamage).map(placeOf),
      )
      expect(found.records).toBe(decoded.filter((each) => !isDamage(each)).length)
      damaged += found.damaged
    }
    expect(damaged).toBeGreaterThan(10)
  })

  it('names a log that cannot be opened', async () => {
    const collection = await evidenceOf({ 'x.evtx': bulkyLog(1) })
    const logs = [{ ...collection.logs[0]!, source: { kind: 'file' as const, path: 'not-there' } }]
    const [found] = (await health({ ...collection, logs }, SCAN, UNWATCHED)).logs
    expect(found?.failure).toContain('ENOENT')
    expect(found?.header).toBeUndefined()
  })
})

/** Chunks that the header counts, and slots as they are: counted by hand. The first has other bytes behind its end. */
const KNOWN = [
  { file: 'sysmon.evtx', stated: 1, used: 9, empty: 0, damaged: 8 },
  { file: 'system.evtx', stated: 3, used: 15, empty: 2, damaged: 0 },
  { file: '2-vss_7-System.evtx', stated: 4, used: 11, empty: 6, damaged: 0 },
] as const

describe.skipIf(!existsSync(CORPUS))('health() of logs that are known', () => {
  it.each(KNOWN)(
    'counts the chunks of $file, whatever its stale header says',
    async ({ file, stated, used, empty, damaged }) => {
      const { logs } = await health(await findEvidence([CORPUS + file]), SCAN, UNWATCHED)
      expect(logs[0]).toMatchObject({
        header: { chunkCount: stated, dirty: true },
        chunksUsed: used,
        chunksEmpty: empty,
        chunksDamaged: damaged,
      })
    },
  )

  it('ignores garbage among the flags, and misses no checksum where there is none', async () => {
    const { logs } = await health(
      await findEvidence([`${CORPUS}Application_no_crc32.evtx`]),
      { ...SCAN, verify: true },
      UNWATCHED,
    )
    expect(logs[0]?.damage.filter(({ kind }) => kind.includes('checksum') || kind === 'file-header')).toEqual([])
  })

  it('recovers the records of a chunk without signature', async () => {
    const { logs } = await health(await findEvidence([`${CORPUS}sample_with_a_bad_chunk_magic.evtx`]), SCAN, UNWATCHED)
    expect(logs[0]?.damage.some(({ kind }) => kind === 'chunk-signature')).toBe(true)
    expect(logs[0]!.recovered).toBeGreaterThan(30)
  })
})
