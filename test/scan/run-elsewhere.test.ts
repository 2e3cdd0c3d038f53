import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Collection } from '../../src/evidence/collection.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { EVERY_EVENT, type Filter } from '../../src/query/filter.ts'
import { dump } from '../../src/scan/dump.ts'
import { health } from '../../src/scan/health.ts'
import { packRunLogs, withElsewhere } from '../../src/scan/run-elsewhere.ts'
import { survey } from '../../src/scan/survey.ts'
import { timeline } from '../../src/scan/timeline.ts'
import type { ScanOptions } from '../../src/scan/watch.ts'
import { corpusPath, HAS_CORPUS } from '../support/corpus.ts'
import { bulkyLog, evidenceOf, gathered, SCAN, UNWATCHED } from '../support/logs.ts'

/** A log whose second chunk has neither header nor definitions: it begins behind its first record. */
function torn(log: Uint8Array): Uint8Array {
  const at = FILE_HEADER_SIZE + CHUNK_SIZE
  const first = new DataView(log.buffer, log.byteOffset).getUint32(at + 512 + 4, true)
  log.fill(0, at, at + 512)
  return log.fill(0, at + 512 + 30, at + 512 + first)
}

/** What reads logs: of the source, or built, as only that can be loaded by workers. */
const source = { dump, timeline, survey, health }

async function everything(
  collection: Collection,
  options: ScanOptions,
  { dump, timeline, survey, health }: typeof source = source,
) {
  const [text, rows] = [gathered(), gathered()]
  const scan = { ...options, filter: EVERY_EVENT }
  const dumped = await dump(collection, { ...scan, format: 'jsonl', jsonShape: 'evtxray' }, text.write, UNWATCHED)
  const told = await timeline(collection, { ...scan, format: 'csv', bom: false }, rows.write, UNWATCHED)
  const surveyed = await survey(collection, [], options, UNWATCHED)
  const { logs } = await health(collection, options, UNWATCHED)
  return {
    text: text.text(),
    rows: rows.text(),
    inputs: dumped.inputs,
    counted: told.stats.decoded,
    surveyed: surveyed.map(({ records, recovered, copies, damaged }) => ({ records, recovered, copies, damaged })),
    health: logs.map(({ records, recovered, copies, damaged }) => ({ records, recovered, copies, damaged })),
  }
}

describe('withElsewhere()', () => {
  it('takes a definition from another log of the run, and from none that is not in it', async () => {
    const files = { 'a.evtx': torn(bulkyLog(2).slice(0, FILE_HEADER_SIZE + 2 * CHUNK_SIZE)), 'b.evtx': bulkyLog(1) }
    // Of the torn log the first chunk is gone as well.
    files['a.evtx'].fill(0, FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE)
    const together = await everything(await evidenceOf(files), SCAN)
    const alone = await everything(await evidenceOf({ 'a.evtx': files['a.evtx'] }), SCAN)
    const labels = (text: string) =>
      new Set([...text.matchAll(/"recovered":"(\w+)","template":"([\w-]+)"/g)].map(([, ...kind]) => kind.join(' ')))
    expect(labels(together.text)).toEqual(new Set(['headerless library']))
    expect(labels(alone.text)).toEqual(new Set(['headerless root-map']))
    expect(together.rows).toContain('"headerless, library"')
  })

  it('tells how many records lost the computer that is asked for, and are as wanted in all else', async () => {
    const log = torn(bulkyLog(2).slice(0, FILE_HEADER_SIZE + 2 * CHUNK_SIZE))
    log.fill(0, FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE)
    const collection = await evidenceOf({ 'a.evtx': log })
    const asked = async (filter: Partial<Filter>) => {
      const options = { ...SCAN, filter: { ...EVERY_EVENT, ...filter }, format: 'csv', bom: false } as const
      const { stats, seen } = await timeline(collection, options, gathered().write, UNWATCHED)
      return { ...stats, nameless: seen?.nameless }
    }
    const { records } = await asked({})
    expect(records).toBeGreaterThan(5)
    expect(await asked({ computers: ['RDS05'] })).toMatchObject({ records, decoded: 0, nameless: records })
    expect(await asked({ computers: ['RDS05'], eventIds: [{ first: 9, last: 9 }] })).toMatchObject({ nameless: 0 })
    expect(await asked({ eventIds: [{ first: 0, last: 65_535 }] })).toMatchObject({ decoded: records, nameless: 0 })
  })

  it('does the work once where nothing is asked for, and as often as something new is', async () => {
    const run = packRunLogs((await evidenceOf({ 'b.evtx': bulkyLog(1) })).logs)
    let times = 0
    await withElsewhere(run, 'resync', async () => void times++)
    expect(times).toBe(1)
    times = 0
    await withElsewhere(run, 'resync', async (elsewhere) => {
      times++
      elsewhere?.template(1)
    })
    expect(times).toBe(2)
    await withElsewhere(run, 'none', async (elsewhere) => expect(elsewhere).toBeUndefined())
  })
})

const DAMAGED = ['bad_chunk_magic', 'zero-data-size', 'TerminalServices-RemoteConn', 'post-Security']
const damaged = () => findEvidence(DAMAGED.map((part) => corpusPath('evtx-rs-samples/', part)))

describe.skipIf(!HAS_CORPUS)('what is recovered of damaged logs', () => {
  it.each(['resync', 'slack'] as const)('is the same however they are cut (%s)', async (recover) => {
    const collection = await damaged()
    const whole = await everything(collection, { ...SCAN, recover })
    expect(whole.text).toContain('"template":"library"')
    expect(whole.inputs.map(({ records, recovered }) => ({ records, recovered }))).toEqual(
      whole.health.map(({ records, recovered }) => ({ records, recovered })),
    )
    expect(await everything(collection, { ...SCAN, recover, batchBytes: CHUNK_SIZE })).toEqual(whole)
  })
})

const DIST = new URL('../../dist/src/scan/', import.meta.url)
const isBuilt = existsSync(new URL('run-elsewhere.js', DIST))

describe.skipIf(!HAS_CORPUS || !isBuilt)('what workers recover of damaged logs (needs npm run build)', () => {
  it.each(['resync', 'slack'] as const)('is the same with one, two and four (%s)', async (recover) => {
    // The types of the built modules are those of the source.
    const load = async (name: string) => (await import(new URL(name, DIST).href)) as typeof source
    const parts = await Promise.all(['dump.js', 'timeline.js', 'survey.js', 'health.js'].map(load))
    const built = Object.assign({}, ...parts) as typeof source
    const collection = await damaged()
    const one = await everything(collection, { ...SCAN, recover }, built)
    for (const [threads, chunks] of [
      [2, 1],
      [4, 3],
    ] as const) {
      const options = { ...SCAN, recover, threads, batchBytes: chunks * CHUNK_SIZE }
      expect(await everything(collection, options, built)).toEqual(one)
    }
  })
})
