import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Collection } from '../../src/evidence/collection.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { timeline } from '../../src/scan/timeline.ts'
import type { ProfileName, TimelineFormat } from '../../src/timeline/profile.ts'
import { askDuckDb, hasDuckDb } from '../support/duckdb.ts'
import { bulkyLog, described, evidenceOf, NINE, SCAN, UNWATCHED } from '../support/logs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url))

/** Writes a timeline to a file of its own; returns its path. */
async function fileOf(collection: Collection, profile: ProfileName, format: TimelineFormat): Promise<string> {
  const path = join(temporaryFolder(), `${profile}.${format}`)
  const fd = openSync(path, 'w')
  try {
    const options = { ...SCAN, profile, format, bom: true, filter: EVERY_EVENT }
    await timeline(collection, options, async (bytes) => void writeSync(fd, bytes), UNWATCHED)
  } finally {
    closeSync(fd)
  }
  return path
}

/** How each output is asked for what all of them must agree in. Times are in microseconds since 1970. */
const VIEWS: readonly { profile: ProfileName; format: TimelineFormat; sql: (path: string) => string }[] = [
  {
    profile: 'default',
    format: 'parquet',
    sql: (
      path,
    ) => `SELECT epoch_us(TimeCreatedUtc) AS us, CAST(RecordId AS VARCHAR) AS id, Computer AS computer, Channel AS channel,
      Provider AS provider, EventId AS event_id, SourceFile AS file, "Offset" AS place, Fields AS fields, DupOf AS dup, Level AS level, Recovered AS recovered FROM '${path}'`,
  },
  {
    profile: 'default',
    format: 'csv',
    sql: (
      path,
    ) => `SELECT epoch_us(TimeCreatedUtc::TIMESTAMP_NS) AS us, RecordId AS id, Computer AS computer, Channel AS channel,
      Provider AS provider, EventId::INTEGER AS event_id, SourceFile AS file, "Offset"::BIGINT AS place, Fields AS fields,
      nullif(DupOf, '') AS dup, nullif(Level, '') AS level, nullif(Recovered, '') AS recovered
      FROM read_csv('${path}', all_varchar = true, header = true, quote = '"', escape = '"')`,
  },
  {
    profile: 'default',
    format: 'jsonl',
    sql: (path) => `SELECT epoch_us(replace(TimeCreatedUtc, 'Z', '')::TIMESTAMP_NS) AS us, RecordId::VARCHAR AS id,
      Computer AS computer, Channel AS channel, Provider AS provider, EventId AS event_id, SourceFile AS file, "Offset" AS place,
      Fields::VARCHAR AS fields, DupOf AS dup FROM read_json('${path}', format = 'newline_delimited', columns = {
        TimeCreatedUtc: 'VARCHAR', RecordId: 'UBIGINT', Computer: 'VARCHAR', Channel: 'VARCHAR', Provider: 'VARCHAR',
        EventId: 'INTEGER', SourceFile: 'VARCHAR', "Offset": 'BIGINT', Fields: 'JSON', DupOf: 'VARCHAR' })`,
  },
  {
    profile: 'evtxecmd',
    format: 'csv',
    sql: (
      path,
    ) => `SELECT epoch_us(TimeCreated::TIMESTAMP_NS) AS us, EventRecordId AS id, Computer AS computer, Channel AS channel,
      Provider AS provider, EventId::INTEGER AS event_id, SourceFile AS file, NULL AS place, NULL AS fields, NULL AS dup
      FROM read_csv('${path}', all_varchar = true, header = true, quote = '"', escape = '"')`,
  },
  {
    profile: 'timesketch',
    format: 'jsonl',
    sql: (path) => `SELECT timestamp AS us, record_number::VARCHAR AS id, computer_name AS computer, channel,
      source_name AS provider, event_identifier AS event_id, display_name AS file, "offset" AS place, strings::VARCHAR AS fields, dup_of AS dup
      FROM read_json('${path}', format = 'newline_delimited', maximum_object_size = 100000000, columns = {
        timestamp: 'BIGINT', record_number: 'UBIGINT', computer_name: 'VARCHAR', channel: 'VARCHAR',
        source_name: 'VARCHAR', event_identifier: 'INTEGER', display_name: 'VARCHAR', "offset": 'BIGINT', strings: 'JSON', dup_of: 'VARCHAR' })`,
  },
  {
    profile: 'timesketch',
    format: 'csv',
    sql: (path) => `SELECT timestamp::BIGINT AS us, record_number AS id, computer_name AS computer, channel,
      source_name AS provider, event_identifier::INTEGER AS event_id, display_name AS file, "offset"::BIGINT AS place, strings AS fields,
      nullif(dup_of, '') AS dup FROM read_csv('${path}', all_varchar = true, header = true, quote = '"', escape = '"')`,
  },
  {
    profile: 'ecs',
    format: 'jsonl',
    sql: (path) => `SELECT epoch_us(replace("@timestamp", 'Z', '')::TIMESTAMP_NS) AS us, winlog->>'$.record_id' AS id,
      winlog->>'$.computer_name' AS computer, winlog->>'$.channel' AS channel, winlog->>'$.provider_name' AS provider,
      (event->>'$.code')::INTEGER AS event_id, log->>'$.file.path' AS file, (log->>'$.offset')::BIGINT AS place,
      coalesce(winlog->'$.event_data', winlog->'$.user_data', '{}')::VARCHAR AS fields,
      labels->>'$.dup_of' AS dup FROM read_json('${path}', format = 'newline_delimited', columns = {
        "@timestamp": 'VARCHAR', winlog: 'JSON', event: 'JSON', log: 'JSON', labels: 'JSON' })`,
  },
]

// What every format must carry unchanged; what a cell may not hold is tested where cells are made.
const NASTY = ['a "quoted", cell', 'x,y;z', ' blanks ', '\u{1f600}', "it's", '\\n', '{"a":[1]}']

/** All values of a JSON document, however they are named there, but for the name of the element they stand in. */
function valuesOf(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [String(json)]
  const members = Object.entries(json).filter(([name]) => name !== 'xml_name')
  return members.flatMap(([, value]) => valuesOf(value)).sort()
}

/** A log, a copy of it, and a log of awkward names. */
async function mixedEvidence(): Promise<Collection> {
  const system = readFileSync(`${SAMPLES}japanese/Windows/System32/winevt/Logs/System.evtx`)
  const nasty = NASTY.map((text) => described(text, { computer: text, channel: text, provider: { name: text } }))
  return evidenceOf({ 'System.evtx': system, 'archive/System-2026.evtx': system, 'nasty.evtx': writeLog(nasty) })
}

describe.skipIf(!hasDuckDb)('timeline() read by DuckDB', () => {
  it('has every record, in the one order', async () => {
    const rows = await askDuckDb(VIEWS[0]!.sql(await fileOf(await mixedEvidence(), 'default', 'parquet')))
    expect(rows.length).toBeGreaterThan(300)
    expect(rows.filter(({ dup }) => dup !== null)).toHaveLength((rows.length - NASTY.length) / 2)
    const order = rows.map(({ us }) => BigInt(String(us)))
    expect(order.every((us, i) => i === 0 || order[i - 1]! <= us)).toBe(true)
  })

  it.each(VIEWS.slice(1))('says in $profile $format what it says in Parquet, record by record', async (view) => {
    const collection = await mixedEvidence()
    const expected = await askDuckDb(VIEWS[0]!.sql(await fileOf(collection, 'default', 'parquet')))
    const found = await askDuckDb(view.sql(await fileOf(collection, view.profile, view.format)))
    const [row] = found
    // What a profile has no column for is compared nowhere.
    const known = Object.keys(row!).filter((name) => found.some((each) => each[name] !== null))
    const only = (each: Readonly<Record<string, unknown>>) =>
      known.map((name) => (name === 'fields' ? valuesOf(JSON.parse(String(each[name]))) : each[name]))
    expect(found.length).toBe(expected.length)
    expect(found.map(only)).toEqual(expected.map(only))
  })

  it('has in Parquet the columns of the CSV file, in their order, and FileTime', async () => {
    const collection = await mixedEvidence()
    const namesOf = async (from: string) => {
      const columns = await askDuckDb(`SELECT column_name AS name FROM (DESCRIBE SELECT * FROM ${from})`)
      return columns.map(({ name }) => name)
    }
    const parquet = await fileOf(collection, 'default', 'parquet')
    const csv = await fileOf(collection, 'default', 'csv')
    const names = await namesOf(`'${parquet}'`)
    expect(names.filter((name) => name !== 'FileTime')).toEqual(
      await namesOf(`read_csv('${csv}', all_varchar = true, header = true)`),
    )
    const empty = 'count(Role) + count(Scenario) + count(Summary)'
    expect(await askDuckDb(`SELECT ${empty} AS said FROM '${parquet}'`)).toEqual([{ said: '0' }])
  })

  it('keeps all digits of a time in Parquet, and times that no other epoch reaches', async () => {
    const times = [0n, 1n, NINE + 1_234_567n, 0x7fff_ffff_ffff_ffffn, 0xffff_ffff_ffff_ffffn]
    const events = times.map((timeCreated, i) => described(`${i}`, { timeCreated }))
    const logs = await evidenceOf({ 'a.evtx': writeLog(events) })
    const path = await fileOf(logs, 'default', 'parquet')
    const rows = await askDuckDb(`SELECT FileTime, strftime(TimeCreatedUtc, '%Y-%m-%d %H:%M:%S.%f') t FROM '${path}'`)
    expect(rows.map(({ FileTime }) => FileTime)).toEqual(times.map(String))
    expect(rows[0]!.t).toBe('1601-01-01 00:00:00.000000')
    expect(rows[2]!.t).toBe('2026-03-14 09:00:00.123456')
  })

  it('ends row groups where memory would grow, and loses nothing between them', async () => {
    const wide = 'y'.repeat(30_000)
    const log = bulkyLog(60, (i) => ({ payload: { kind: 'classic', strings: [`${i} ${wide}`] } }))
    const path = await fileOf(await evidenceOf({ 'a.evtx': log }), 'default', 'parquet')
    const [groups] = await askDuckDb(`SELECT count(DISTINCT row_group_id) n FROM parquet_metadata('${path}')`)
    expect(Number(groups!.n)).toBeGreaterThan(1)
    const [sums] = await askDuckDb(`SELECT count(*) n, count(DISTINCT Fields) fields FROM '${path}'`)
    expect(sums).toEqual({ n: '600', fields: '600' })
  })

  it('writes a Parquet file of no records too', async () => {
    const path = await fileOf(await evidenceOf({ 'a.evtx': writeLog([]) }), 'default', 'parquet')
    expect(await askDuckDb(`SELECT count(*) n FROM '${path}'`)).toEqual([{ n: '0' }])
  })
})
