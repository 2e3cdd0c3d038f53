import { describe, expect, it } from 'vitest'
import type { Collection } from '../../src/evidence/collection.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { type TimelineOptions, timeline } from '../../src/scan/timeline.ts'
import { bulky, bulkyLog, described, evidenceOf, gathered, NINE, SCAN, SECOND, UNWATCHED } from '../support/logs.ts'

const JSONL: TimelineOptions = { ...SCAN, format: 'jsonl', bom: false, filter: EVERY_EVENT }

interface Row {
  readonly RecordId: number
  readonly SourceFile: string
  readonly Offset: number
  readonly DupOf?: string
}

async function rowsIn(collection: Collection, options: Partial<TimelineOptions> = {}) {
  const out = gathered()
  const summary = await timeline(collection, { ...JSONL, ...options }, out.write, UNWATCHED)
  const rows: Row[] = out
    .text()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { rows, summary }
}

function events(count: number, over: (i: number) => Partial<EventDescription> = () => ({})): EventDescription[] {
  return Array.from({ length: count }, (_, i) =>
    described(`event ${i}`, { timeCreated: NINE + BigInt(i) * SECOND, recordId: 100 + i, ...over(i) }),
  )
}

describe('timeline() of logs that repeat each other', () => {
  it('marks each record of a log that lies there under two names, and drops none', async () => {
    const log = bulkyLog(5)
    const { rows, summary } = await rowsIn(await evidenceOf({ 'System.evtx': log, 'archive/System-old.evtx': log }))
    expect(rows).toHaveLength(100)
    const firsts = rows.filter(({ DupOf }) => DupOf === undefined)
    const copies = rows.filter(({ DupOf }) => DupOf !== undefined)
    // Names are compared code unit by code unit: capital letters come first.
    expect(new Set(firsts.map(({ SourceFile }) => SourceFile)).size).toBe(1)
    expect(firsts[0]!.SourceFile).toMatch(/System\.evtx$/)
    expect(copies.map(({ DupOf }) => DupOf)).toEqual(firsts.map(({ SourceFile, Offset }) => `${SourceFile}@${Offset}`))
    const counted = Object.fromEntries(
      summary.inputs.map(({ file, duplicates }) => [file.split('/').at(-1), duplicates]),
    )
    expect(counted).toEqual({ 'System.evtx': undefined, 'System-old.evtx': 50 })
    expect(summary.notes).toEqual(['50 records repeat others of their host; they are marked and stay'])
  })

  it('finds the records of an exported copy, whose bytes are others', async () => {
    const all = events(40)
    // What "save filtered" writes: some of the records, without templates, every value a string.
    const exported = all.filter((_, i) => i % 3 === 0).map((event): EventDescription => ({ ...event, form: 'plain' }))
    const { rows } = await rowsIn(await evidenceOf({ 'a.evtx': writeLog(all), 'b.evtx': writeLog(exported) }))
    const marked = rows.filter(({ DupOf }) => DupOf !== undefined)
    expect(marked.map(({ RecordId }) => RecordId)).toEqual(exported.map(({ recordId }) => recordId))
    expect(marked.every(({ SourceFile }) => SourceFile.endsWith('b.evtx'))).toBe(true)
  })

  it('takes the same ids and times of two hosts for two events', async () => {
    const [one, two] = ['PC1', 'PC2'].map((computer) => writeLog(events(20, () => ({ computer }))))
    const { rows, summary } = await rowsIn(await evidenceOf({ 'a.evtx': one!, 'b.evtx': two! }))
    expect(rows.some(({ DupOf }) => DupOf !== undefined)).toBe(false)
    expect(summary.notes).toEqual([])
  })

  it('takes the records of a restarted log for new ones: the same ids at other times', async () => {
    const before = writeLog(events(20))
    const after = writeLog(events(20, (i) => ({ timeCreated: NINE + BigInt(1000 + i) * SECOND })))
    const { rows } = await rowsIn(await evidenceOf({ 'a.evtx': before, 'b.evtx': after }))
    expect(rows.some(({ DupOf }) => DupOf !== undefined)).toBe(false)
  })

  it('takes two events for two that agree in all but what they say', async () => {
    const other = events(20, (i) => ({ payload: { kind: 'classic', strings: [`other ${i}`] } }))
    const { rows } = await rowsIn(await evidenceOf({ 'a.evtx': writeLog(events(20)), 'b.evtx': writeLog(other) }))
    expect(rows.some(({ DupOf }) => DupOf !== undefined)).toBe(false)
  })

  it('finds the same copies however the logs are cut', async () => {
    const log = writeLog(bulky(60))
    const collection = await evidenceOf({ 'a.evtx': log, 'b.evtx': log, 'c.evtx': log })
    const whole = await rowsIn(collection)
    expect(whole.rows.filter(({ DupOf }) => DupOf !== undefined)).toHaveLength(120)
    expect(await rowsIn(collection, { batchBytes: 65_536 })).toEqual(whole)
  })

  it('says so in every profile that has a place for it', async () => {
    const log = writeLog(events(1))
    const collection = await evidenceOf({ 'a.evtx': log, 'b.evtx': log })
    const lastLine = async (options: Partial<TimelineOptions>) => {
      const out = gathered()
      await timeline(collection, { ...JSONL, ...options }, out.write, UNWATCHED)
      return out.text().trimEnd().split('\n').at(-1)!
    }
    expect(await lastLine({ profile: 'timesketch' })).toMatch(/,"dup_of":"[^"]*a\.evtx@\d+"\}$/)
    expect(await lastLine({ profile: 'ecs' })).toMatch(/,"dup_of":"[^"]*a\.evtx@\d+"\}\}$/)
    expect(await lastLine({ profile: 'default', format: 'csv' })).toMatch(/,"[^"]*a\.evtx@\d+"$/)
    expect(await lastLine({ profile: 'timesketch', format: 'csv' })).toMatch(/,"[^"]*a\.evtx@\d+"$/)
    expect(await lastLine({ profile: 'evtxecmd', format: 'csv' })).not.toContain('@4')
  })
})
