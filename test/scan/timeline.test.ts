import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Collection } from '../../src/evidence/collection.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { type TimelineOptions, timeline } from '../../src/scan/timeline.ts'
import { COLUMNS } from '../../src/timeline/columns.ts'
import { bulkyLog, evidenceOf, gathered, NINE, SCAN, SECOND, UNWATCHED } from '../support/logs.ts'
import { readCsv } from '../support/read-csv.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url))
const CSV: TimelineOptions = { ...SCAN, format: 'csv', bom: false, filter: EVERY_EVENT }

async function written(collection: Collection, options: Partial<TimelineOptions> = {}) {
  const out = gathered()
  const summary = await timeline(collection, { ...CSV, ...options }, out.write, UNWATCHED)
  return { text: out.text(), summary }
}

type Line = Readonly<Record<string, string | number | object>>

async function linesOf(collection: Collection, options: Partial<TimelineOptions> = {}): Promise<Line[]> {
  const { text } = await written(collection, { ...options, format: 'jsonl' })
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('timeline()', () => {
  it('has every record of every log in the one order: time, host, channel, record id, file, offset', async () => {
    // Few different times, hosts and channels, so that every part of the order decides somewhere.
    const mixed = (shift: number) =>
      bulkyLog(4, (i) => ({
        timeCreated: NINE + BigInt((i * 7 + shift) % 3) * SECOND,
        computer: `PC${(i * 5 + shift) % 2}`,
        channel: ['System', 'Application'][(i + shift) % 2]!,
        recordId: 1 + (i % 3),
      }))
    const collection = await evidenceOf({ 'a.evtx': mixed(0), 'b.evtx': mixed(1), 'c.evtx': mixed(0) })
    const lines = await linesOf(collection)
    expect(lines).toHaveLength(120)
    const keys = ['TimeCreatedUtc', 'Host', 'Channel', 'RecordId', 'SourceFile', 'Offset']
    const compare = (a: Line, b: Line) => {
      for (const key of keys) if (a[key]! !== b[key]!) return a[key]! < b[key]! ? -1 : 1
      return 0
    }
    for (const [i, line] of lines.entries()) if (i > 0) expect(compare(lines[i - 1]!, line)).toBe(-1)
  })

  it('says the same record by record in CSV and in JSONL', async () => {
    const hosts = ['japanese', 'healed', 'lookalike-numbers'].map((host) => `${SAMPLES}${host}`)
    const collection = await findEvidence(hosts)
    const lines = await linesOf(collection)
    const { text, summary } = await written(collection)
    const [head, ...records] = readCsv(text)
    expect(head).toEqual([...COLUMNS])
    expect(records).toHaveLength(summary.stats.records)
    expect(lines).toHaveLength(records.length)
    for (const [i, record] of records.entries()) {
      const line = lines[i]!
      const cells = Object.fromEntries(COLUMNS.map((column, position) => [column, record[position]!]))
      expect(cells.TimeCreatedUtc).toBe(String(line.TimeCreatedUtc).replace('T', ' ').slice(0, -1))
      expect(JSON.parse(cells.Fields!)).toEqual(line.Fields)
      const same = ['Host', 'Computer', 'Channel', 'Provider', 'EventId', 'RecordId', 'SourceFile', 'Offset'] as const
      for (const column of same) expect(cells[column]).toBe(String(line[column]))
    }
  })

  it('writes the same bytes however the logs are cut, and whether runs wait in memory or on disk', async () => {
    const collection = await evidenceOf({
      'a.evtx': bulkyLog(9, (i) => ({ timeCreated: NINE + BigInt((i * 37) % 90) * SECOND })),
      'b.evtx': bulkyLog(5, (i) => ({ timeCreated: NINE - BigInt(i) * SECOND, computer: `PC${i % 3}` })),
    })
    const whole = await written(collection)
    const property = fc.asyncProperty(fc.integer({ min: 1, max: 10 }), async (chunks) => {
      expect(await written(collection, { batchBytes: chunks * CHUNK_SIZE })).toEqual(whole)
    })
    await fc.assert(property, { numRuns: 6 })
  })

  it('removes its temporary files, though whoever writes gives up', async () => {
    const folder = temporaryFolder()
    vi.stubEnv('TMPDIR', folder)
    vi.stubEnv('TEMP', folder)
    try {
      // More than the runs that stay in memory: 60 MiB of text.
      const text = 'y'.repeat(30_000)
      const collection = await evidenceOf({
        'a.evtx': bulkyLog(200, () => ({ payload: { kind: 'classic', strings: [text] } })),
      })
      let parts = 0
      let spilled = 0
      const write = async () => {
        spilled = Math.max(
          spilled,
          readdirSync(folder).filter((name) => name.startsWith('evtxray-') && !name.includes('test')).length,
        )
        if (++parts === 3) throw new Error('the disk is full')
      }
      await expect(timeline(collection, CSV, write, UNWATCHED)).rejects.toThrow('the disk is full')
      expect(spilled).toBe(1)
      expect(readdirSync(folder).filter((name) => !name.includes('test'))).toEqual([])
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('keeps apart whatever names a hostile log brings', async () => {
    const names = ['=cmd|calc', '"quoted"', 'two\r\nlines', '\u202eevil', '__proto__', 'a,b', '']
    const collection = await evidenceOf({
      'a.evtx': bulkyLog(1, (i) => ({
        computer: names[i % names.length]!,
        channel: names[(i + 1) % names.length]!,
        timeCreated: NINE,
      })),
    })
    const records = readCsv((await written(collection)).text).slice(1)
    expect(records).toHaveLength(10)
    expect(records.every((record) => record.length === COLUMNS.length)).toBe(true)
    const lines = await linesOf(collection)
    // What has no name is left out.
    expect(new Set(lines.map(({ Host }) => Host ?? ''))).toEqual(new Set(names))
  })

  it('takes a volume for one host, and the computers of its forwarded events for others', async () => {
    const LOGS = 'DISK1/Windows/System32/winevt/Logs'
    const collection = await evidenceOf({
      [`${LOGS}/System.evtx`]: bulkyLog(1, (i) => ({ computer: i < 5 ? 'OLD' : 'NEW' })),
      [`${LOGS}/ForwardedEvents.evtx`]: bulkyLog(1, (i) => ({ computer: `PC${i % 2}` })),
    })
    const hosts = new Set((await linesOf(collection)).map(({ Host }) => String(Host)))
    expect([...hosts].map((host) => host.replace(/^.*DISK1/, 'DISK1')).sort()).toEqual([
      'DISK1',
      'DISK1/PC0',
      'DISK1/PC1',
    ])
  })

  it('tells what was changed for a spreadsheet, where there is one', async () => {
    const payload = { kind: 'classic', strings: ['"'.repeat(20_000)] } as const
    const collection = await evidenceOf({ 'a.evtx': bulkyLog(1, (i) => (i < 3 ? { computer: '=1+1' } : { payload })) })
    expect((await written(collection)).summary.notes).toEqual([
      '6 cells would be read as a formula: an apostrophe stands in front',
      '7 cells longer than a sheet takes: cut, and marked with what is missing; JSONL has it whole',
    ])
    expect((await written(collection, { format: 'jsonl' })).summary.notes).toEqual([])
  })

  it('has a byte order mark only where it is wanted, and a header for no records too', async () => {
    const collection = await evidenceOf({ 'a.evtx': bulkyLog(1) })
    const none = { ...EVERY_EVENT, providers: ['nobody'] }
    expect((await written(collection, { filter: none })).text).toBe(`${COLUMNS.join(',')}\r\n`)
    expect((await written(collection, { filter: none, bom: true })).text).toBe(`\ufeff${COLUMNS.join(',')}\r\n`)
    expect((await written(collection, { filter: none, format: 'jsonl' })).text).toBe('')
  })
})
