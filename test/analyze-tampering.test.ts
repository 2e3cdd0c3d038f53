import { describe, expect, it } from 'vitest'
import { type AnalyzeOptions, analyze } from '../src/analyze.ts'
import { crc32 } from '../src/bytes/crc32.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../src/evtx/file-header.ts'
import { writeLog } from '../src/evtx/write/log-writer.ts'
import type { Analysis } from '../src/finding/analysis.ts'
import { renderHtml } from '../src/report/html/page.ts'
import { english } from '../src/report/language/en.ts'
import { french } from '../src/report/language/fr.ts'
import { renderMarkdown } from '../src/report/markdown.ts'
import { attempt, booted, createFailed, describedAs, keyUnusable, LAST_DAY } from './support/events.ts'
import { headerChecksum } from './support/evtx-bytes.ts'
import { bulky, evidenceOf, SCAN, UNWATCHED } from './support/logs.ts'

const OPTIONS: AnalyzeOptions = { ...SCAN, window: LAST_DAY, referenceText: 'last-event' }

/** Two attempts at a connection, and between them, with something else in front, why they failed. */
const EVENTS = [
  booted('07:50:00'),
  attempt('09:30:09'),
  createFailed('09:30:10'),
  keyUnusable('09:30:10'),
  attempt('09:31:00'),
]

/** Where the records of the first chunk stand. */
function records(log: Uint8Array): { readonly offset: number; readonly size: number }[] {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength)
  const found: { offset: number; size: number }[] = []
  let offset = FILE_HEADER_SIZE + CHUNK_HEADER_SIZE
  while (offset < FILE_HEADER_SIZE + CHUNK_SIZE && view.getUint32(offset, true) === 0x2a2a) {
    const size = view.getUint32(offset + 4, true)
    found.push({ offset, size })
    offset += size
  }
  return found
}

/** The log as a tool leaves it that erases some records: the one before them is made longer. */
function erase(log: Uint8Array, first: number, count: number): Uint8Array {
  const all = records(log)
  const outer = all[first - 1]!
  const last = all[first + count - 1]!
  const size = last.offset + last.size - outer.offset
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength)
  view.setUint32(outer.offset + 4, size, true)
  view.setUint32(outer.offset + size - 4, size, true)
  const chunk = log.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE)
  const free = view.getUint32(FILE_HEADER_SIZE + 48, true)
  view.setUint32(FILE_HEADER_SIZE + 52, crc32(chunk.subarray(CHUNK_HEADER_SIZE, free)), true)
  view.setUint32(FILE_HEADER_SIZE + 124, headerChecksum(chunk), true)
  return log
}

async function analysisOf(log: Uint8Array, options: Partial<AnalyzeOptions> = {}): Promise<Analysis> {
  return (await analyze(await evidenceOf({ 'System.evtx': log }), { ...OPTIONS, ...options }, UNWATCHED)).analysis
}

const whole = () => writeLog([...bulky(3), ...EVENTS.map(describedAs), ...bulky(30)])
/** Position of the first event of the trouble. */
const TROUBLE = 5

describe('analyze() of a log that was tampered with', () => {
  it('tells of each place where records are hidden, takes them, and says that a finding rests on them alone', async () => {
    const before = await analysisOf(whole())
    const analysis = await analysisOf(erase(whole(), TROUBLE, 2))
    const [finding] = analysis.hosts[0]!.findings
    expect(finding?.scenario).toBe(before.hosts[0]!.findings[0]!.scenario)
    const triggers = finding!.evidence.filter(({ role }) => role === 'trigger')
    expect(triggers.length).toBeGreaterThan(0)
    expect(triggers.map(({ recovered }) => recovered)).toEqual(triggers.map(() => 'hidden'))
    expect(finding!.rules.find(({ id }) => id === 'trigger-in-use')).toMatchObject({ met: 'no' })
    expect(before.hosts[0]!.findings[0]!.rules.find(({ id }) => id === 'trigger-in-use')).toBeUndefined()
    expect(analysis.damage).toMatchObject([{ kind: 'hidden-record', length: 0 }])
    expect(analysis.inputs[0]).toMatchObject({ records: before.inputs[0]!.records, recovered: 2, damaged: 0 })
    // No id is missing.
    expect(analysis.hosts[0]!.gaps).toEqual(before.hosts[0]!.gaps)
  })

  it('says so in every report', async () => {
    const analysis = await analysisOf(erase(whole(), TROUBLE, 2))
    const sign = 'a sign of tampering: 1 record hidden inside another one'
    expect(renderMarkdown(analysis, { language: english })).toContain(sign)
    expect(renderHtml(analysis, { language: english })).toContain(sign)
    expect(renderMarkdown(analysis, { language: french })).toContain('indice de manipulation')
    expect(renderMarkdown(analysis, { language: english })).toContain('no record in use tells of it')
  })

  it('tells of it and takes nothing where nothing is to be recovered', async () => {
    const analysis = await analysisOf(erase(whole(), TROUBLE, 2), { recover: 'none' })
    expect(analysis.hosts[0]!.findings).toEqual([])
    expect(analysis.damage).toMatchObject([{ kind: 'hidden-record' }])
    expect(analysis.damage[0]!.length).toBeGreaterThan(0)
    expect(analysis.inputs[0]).toMatchObject({ recovered: 0 })
  })
})
