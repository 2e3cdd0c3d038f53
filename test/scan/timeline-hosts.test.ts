import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import type { Collection } from '../../src/evidence/collection.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { type TimelineOptions, timeline } from '../../src/scan/timeline.ts'
import { HostNames } from '../../src/scan/timeline-hosts.ts'
import { askDuckDb, hasDuckDb } from '../support/duckdb.ts'
import { bulky, described, evidenceOf, gathered, NINE, SCAN, SECOND, UNWATCHED } from '../support/logs.ts'
import { readCsv } from '../support/read-csv.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const JSONL: TimelineOptions = { ...SCAN, format: 'jsonl', bom: false, filter: EVERY_EVENT }

async function textOf(collection: Collection, options: Partial<TimelineOptions> = {}): Promise<string> {
  const out = gathered()
  await timeline(collection, { ...JSONL, ...options }, out.write, UNWATCHED)
  return out.text()
}

async function hostsOf(collection: Collection, options?: Partial<TimelineOptions>): Promise<readonly string[]> {
  const lines = (await textOf(collection, options)).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line).Host)
}

async function analyzed(collection: Collection): Promise<readonly string[]> {
  const window = { windowText: '24h', windowTicks: 864_000_000_000n, reference: 'last-event' } as const
  const { analysis } = await analyze(collection, { ...SCAN, window, referenceText: 'last-event' }, UNWATCHED)
  return analysis.hosts.map(({ host }) => host)
}

/** A log with a record a second of these computers. */
function logOf(...computers: readonly string[]): Uint8Array {
  return writeLog(computers.map((computer, i) => described('x', { computer, timeCreated: NINE + BigInt(i) * SECOND })))
}

const JOINED = logOf('DC1', 'DC1', 'dc1', 'DC1.domain.local')
const ALWAYS = 'DC1.domain.local'

describe('timeline(), hosts', () => {
  it('names a computer that joined a domain as analyze does, in every record', async () => {
    const collection = await evidenceOf({ 'System.evtx': JOINED })
    expect(await analyzed(collection)).toEqual([ALWAYS])
    expect(await hostsOf(collection)).toEqual([ALWAYS, ALWAYS, ALWAYS, ALWAYS])
    const [first] = (await textOf(collection)).split('\n')
    expect(JSON.parse(first!).Computer).toBe('DC1')
  })

  it('names it so when a filter lets only its old records through', async () => {
    const collection = await evidenceOf({ 'System.evtx': JOINED })
    const old = { ...EVERY_EVENT, until: NINE + 2n * SECOND }
    expect(await hostsOf(collection, { filter: old })).toEqual([ALWAYS, ALWAYS, ALWAYS])
    // Asked for without its domain, it is the same computer since it joined.
    expect(await hostsOf(collection, { filter: { ...EVERY_EVENT, computers: ['dc1'] } })).toHaveLength(4)
  })

  it('takes a rename from another log, and tells hosts of a folder apart as analyze does', async () => {
    const rename: Partial<EventDescription> = {
      provider: { name: 'EventLog' },
      eventId: 6011,
      computer: 'RDS01',
      timeCreated: NINE + 9n * SECOND,
      payload: { kind: 'classic', strings: ['WIN-1', 'RDS01'] },
    }
    const collection = await evidenceOf({
      'System.evtx': writeLog([described('x', { computer: 'WIN-1' }), described('', rename)]),
      'Security.evtx': logOf('WIN-1', 'APP2'),
    })
    expect(await analyzed(collection)).toEqual(['APP2', 'RDS01'])
    expect(new Set(await hostsOf(collection))).toEqual(new Set(['APP2', 'RDS01']))
    expect((await hostsOf(collection)).filter((host) => host === 'RDS01')).toHaveLength(3)
  })

  it('writes the same bytes however the logs are cut', async () => {
    const records = bulky(60, (i) => ({ computer: ['DC1', 'A', 'DC1.x.local'][i % 3]!, timeCreated: NINE }))
    const collection = await evidenceOf({ 'a.evtx': writeLog(records), 'b.evtx': JOINED })
    const whole = await textOf(collection)
    for (const chunks of [1, 3]) expect(await textOf(collection, { batchBytes: chunks * CHUNK_SIZE })).toBe(whole)
  })

  it('says nothing of the host of a record that names none, and marks its copies all the same', async () => {
    const records = [described('x', { computer: '' }), described('y', { timeCreated: NINE + SECOND })]
    const files = { 'a.evtx': writeLog(records), 'b.evtx': writeLog(records) }
    const collection = await evidenceOf(files)
    const rows = async (profile: 'default' | 'ecs') =>
      (await textOf(collection, { profile }))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    const [first, copy] = await rows('default')
    expect(first).not.toHaveProperty('Host')
    expect(copy.DupOf).toContain('a.evtx@')
    const [ecs, ecsCopy, named, namedCopy] = await rows('ecs')
    expect(ecs).not.toHaveProperty('labels')
    expect(ecsCopy.labels).toEqual({ dup_of: copy.DupOf })
    expect([named.labels, Object.keys(namedCopy.labels)]).toEqual([
      { evidence_host: 'RDS01' },
      ['evidence_host', 'dup_of'],
    ])
  })

  it('names the host of a row that is a copy as well, in every profile', async () => {
    const late = { computer: 'DC1', timeCreated: 0x7fffffffffffffffn }
    const records = [described('x', { computer: 'DC1.x.local' }), described('y', late)]
    const collection = await evidenceOf({ 'a.evtx': writeLog(records), 'b.evtx': writeLog(records) })
    const first = expect.stringMatching(/a\.evtx@\d+$/)
    const last = async (options: Partial<TimelineOptions>) =>
      JSON.parse((await textOf(collection, options)).trimEnd().split('\n').at(-1)!)
    expect(await last({})).toMatchObject({ Host: 'DC1.x.local', Computer: 'DC1', DupOf: first })
    const { labels } = await last({ profile: 'ecs' })
    expect(labels).toEqual({ evidence_host: 'DC1.x.local', dup_of: first })
    expect(await last({ profile: 'timesketch' })).toMatchObject({ hostname: 'DC1.x.local', dup_of: first })
    const lastCells = async (options: Partial<TimelineOptions>) => {
      const [names, ...rows] = readCsv(await textOf(collection, { ...options, format: 'csv' }))
      return Object.fromEntries(names!.map((name, i) => [name, rows.at(-1)![i]]))
    }
    expect(await lastCells({})).toMatchObject({ Host: 'DC1.x.local', Computer: 'DC1', DupOf: first })
    const sketch = await lastCells({ profile: 'timesketch' })
    expect(sketch).toMatchObject({ hostname: 'DC1.x.local', computer_name: 'DC1', dup_of: first })
    expect(await lastCells({ profile: 'evtxecmd' })).toMatchObject({ Computer: 'DC1' })
  })

  it('scans no log again for records without a computer beside one host', async () => {
    const collection = await evidenceOf({ 'a.evtx': logOf('', 'DC1') })
    const settled = (...hosts: readonly string[]) => {
      const names = new HostNames(collection)
      names.addRun({ hosts })
      return names.settle(SCAN, UNWATCHED)
    }
    expect(await settled('', 'DC1')).toBeUndefined()
    expect(await settled('DC1', '')).toBeUndefined()
    expect(await settled('DC1', 'DC2')).toBeTypeOf('function')
  })

  it.skipIf(!hasDuckDb)('writes NULL into Parquet for what a record does not say', async () => {
    const lost = described('x', { computer: '', channel: '', provider: { name: '' } })
    const collection = await evidenceOf({
      'a.evtx': writeLog([lost, described('y', { computer: 'DC1.x.local' })]),
      'b.evtx': logOf('DC1'),
    })
    const path = join(temporaryFolder(), 'x.parquet')
    const parts: Uint8Array[] = []
    await timeline(
      collection,
      { ...JSONL, format: 'parquet' },
      async (bytes) => void parts.push(bytes.slice()),
      UNWATCHED,
    )
    writeFileSync(path, Buffer.concat(parts))
    const sql = `SELECT Host, Computer, Channel, Provider FROM '${path}' ORDER BY Computer NULLS FIRST`
    expect(await askDuckDb(sql)).toEqual([
      { Host: null, Computer: null, Channel: null, Provider: null },
      { Host: 'DC1.x.local', Computer: 'DC1', Channel: 'System', Provider: 'Service Control Manager' },
      { Host: 'DC1.x.local', Computer: 'DC1.x.local', Channel: 'System', Provider: 'Service Control Manager' },
    ])
  })

  it('puts the name where each profile has it, whatever stands around it', async () => {
    const hostile = (computer: string, second: bigint) =>
      described('a,"b",\r\n,"Host":"x","hostname":"y"', { computer, timeCreated: NINE + second * SECOND })
    const collection = await evidenceOf({
      'a,"Host":.evtx': writeLog([hostile('DC1', 0n), hostile('DC1.x.local', 1n)]),
    })
    const cells = readCsv(await textOf(collection, { format: 'csv' }))
    expect(cells.slice(1).map((row) => [row[2], row[3]])).toEqual([
      ['DC1.x.local', 'DC1'],
      ['DC1.x.local', 'DC1.x.local'],
    ])
    const sketch = readCsv(await textOf(collection, { profile: 'timesketch', format: 'csv' }))
    const [at, computerAt] = [sketch[0]!.indexOf('hostname'), sketch[0]!.indexOf('computer_name')]
    expect([sketch[1]![at], sketch[1]![computerAt], sketch[1]!.length]).toEqual([
      'DC1.x.local',
      'DC1',
      sketch[0]!.length,
    ])
    const line = async (profile: 'timesketch' | 'ecs') =>
      JSON.parse((await textOf(collection, { profile })).split('\n')[0]!)
    expect(await line('timesketch')).toMatchObject({ hostname: 'DC1.x.local', computer_name: 'DC1' })
    expect(await line('ecs')).toMatchObject({ labels: { evidence_host: 'DC1.x.local' }, host: { name: 'DC1' } })
  })
})
