import { closeSync, ftruncateSync, linkSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AnalyzeOptions, analyze } from '../src/analyze.ts'
import { findEvidence } from '../src/evidence/find-logs.ts'
import { CHUNK_SIZE } from '../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../src/evtx/file-header.ts'
import { renderFileHeader, writeLog } from '../src/evtx/write/log-writer.ts'
import type { Analysis } from '../src/finding/analysis.ts'
import { attempt, booted, createFailed, describedAs, keyUnusable, LAST_DAY } from './support/events.ts'
import { bulky, bulkyLog, evidenceOf, SCAN, UNWATCHED } from './support/logs.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const OPTIONS: AnalyzeOptions = { ...SCAN, window: LAST_DAY, referenceText: 'last-event' }

/** The listener cannot use its key: what must be found in whatever is left of a log. */
const TROUBLE = [createFailed('09:30:00'), attempt('09:30:09'), keyUnusable('09:30:10')].map(describedAs)
/** Six chunks; the trouble stands in the third. */
const LOG = writeLog([...bulky(25), ...TROUBLE, ...bulky(30)])
const THIRD = FILE_HEADER_SIZE + 2 * CHUNK_SIZE

async function analysisOf(
  files: Readonly<Record<string, Uint8Array>>,
  options: Partial<AnalyzeOptions> = {},
): Promise<Analysis> {
  return (await analyze(await evidenceOf(files), { ...OPTIONS, ...options }, UNWATCHED)).analysis
}

function verdicts({ hosts }: Analysis): readonly string[] {
  return hosts.flatMap(({ findings }) => findings.map(({ scenario, verdict }) => `${scenario} ${verdict}`))
}

const FOUND = ['listener-key-unusable probable']

describe('analyze() of damaged logs', () => {
  it('finds the trouble in the log as it was', async () => {
    const analysis = await analysisOf({ 'System.evtx': LOG })
    expect(verdicts(analysis)).toEqual(FOUND)
    expect(analysis.damage).toEqual([])
  })

  it('names a log that is gone by the time it is read, and reads the others', async () => {
    const collection = await evidenceOf({ 'System.evtx': LOG, 'Security.evtx': bulkyLog(1) })
    rmSync(collection.logs[0]!.source.path)
    const { analysis } = await analyze(collection, OPTIONS, UNWATCHED)
    expect(verdicts(analysis)).toEqual(FOUND)
    const [gone, read] = analysis.inputs
    expect(gone).toMatchObject({ state: 'unreadable', reason: expect.stringContaining('ENOENT'), records: 0 })
    expect(gone?.file).toMatch(/Security\.evtx$/)
    expect(read).toMatchObject({ state: 'read', records: 58 })
  })

  it('names files that are no logs, and a log of 0 bytes', async () => {
    const analysis = await analysisOf({
      'System.evtx': LOG,
      'Empty.evtx': new Uint8Array(0),
      'Text.evtx': Buffer.from('not a log at all'),
    })
    expect(analysis.inputs.map(({ file, state }) => `${file.replace(/^.*\//, '')} ${state}`)).toEqual([
      'Empty.evtx empty',
      'System.evtx read',
      'Text.evtx not-evtx',
    ])
  })

  it('tells an empty log from one of which nothing is left', async () => {
    const wiped = LOG.slice()
    wiped.fill(0xff, FILE_HEADER_SIZE)
    const analysis = await analysisOf({
      'System.evtx': writeLog([]),
      'Security.evtx': wiped,
      'Setup.evtx': LOG.slice(0, FILE_HEADER_SIZE),
    })
    expect(analysis.inputs.map(({ state }) => state)).toEqual(['unreadable', 'unreadable', 'empty'])
    expect(analysis.inputs[1]?.reason).toBe('No record could be read: what should hold them is damaged or cut off')
    expect(analysis.inputs[0]?.reason).toMatch(
      /^None of its \d+ records could be read$|^Its one record could not be read$/,
    )
    const states = analysis.hosts.flatMap(({ coverage }) => coverage).map(({ channel, state }) => `${channel} ${state}`)
    expect(states).toContain('System empty')
    expect(states).toContain('Security unreadable')
  })

  it('reads what is there of a log that was cut in the middle of a chunk, and of a record', async () => {
    for (const end of [THIRD + 60_000, THIRD + 59_999, THIRD + CHUNK_SIZE]) {
      const analysis = await analysisOf({ 'System.evtx': LOG.slice(0, end) })
      expect(verdicts(analysis)).toEqual(FOUND)
      expect(analysis.damage.map(({ kind }) => kind)).toContain('file-size')
    }
  })

  it('finds the records of a chunk whose header is wiped, and labels them', async () => {
    const wiped = LOG.slice()
    wiped.fill(0, THIRD, THIRD + 512)
    const analysis = await analysisOf({ 'System.evtx': wiped })
    expect(verdicts(analysis)).toEqual(FOUND)
    expect(analysis.hosts[0]?.findings[0]?.evidence.some(({ recovered }) => recovered === 'headerless')).toBe(true)
    expect(analysis.damage).toMatchObject([{ kind: 'chunk-signature', offset: THIRD }])
    expect(verdicts(await analysisOf({ 'System.evtx': wiped }, { recover: 'none' }))).toEqual([])
  })

  it('goes by the chunks, whatever the header says', async () => {
    const fields = { dirty: false, full: true, minorVersion: 1, nextRecordId: 3 }
    for (const chunkCount of [1, 60_000]) {
      const lying = LOG.slice()
      lying.set(renderFileHeader({ ...fields, chunkCount }))
      const analysis = await analysisOf({ 'System.evtx': lying })
      expect(verdicts(analysis)).toEqual(FOUND)
      expect(analysis.inputs[0]?.records).toBe(58)
      expect(analysis.damage.length).toBe(chunkCount === 1 ? 0 : 1)
    }
  })

  it('says that the bytes of a shown record are not as they were written', async () => {
    const changed = LOG.slice()
    // In the text of a record that nobody asks for, in the chunk of one that is shown.
    const at = LOG.indexOf('x'.charCodeAt(0), THIRD + 2_000)
    changed[at]! ^= 1
    const analysis = await analysisOf({ 'System.evtx': changed })
    expect(verdicts(analysis)).toEqual(FOUND)
    expect(analysis.damage).toMatchObject([{ kind: 'chunk-data-checksum', offset: THIRD }])
  })

  it('survives a log that brings a new name with every record', async () => {
    const hostile = bulkyLog(30, (i) => ({
      computer: `\u202e<PC${i}>\n`,
      channel: `=C${i}`,
      provider: { name: i % 2 === 0 ? 'SCHANNEL' : `sChannel\0${i}` },
      eventId: 36870,
    }))
    const analysis = await analysisOf({ 'System.evtx': hostile })
    expect(analysis.inputs[0]).toMatchObject({ state: 'read', records: 300 })
    expect(analysis.hosts).toHaveLength(300)
  })
})

describe('analyze() of very many and very large logs', () => {
  it('reads 2,000 small logs', async () => {
    const folder = temporaryFolder()
    const [quiet, trouble] = [join(folder, 'quiet.evtx'), join(folder, 'z.evtx')]
    writeFileSync(quiet, writeLog(bulky(5)))
    writeFileSync(trouble, writeLog(TROUBLE))
    mkdirSync(join(folder, 'more'))
    for (let i = 0; i < 1_998; i++) linkSync(quiet, join(folder, 'more', `${i}.evtx`))
    const collection = await findEvidence([folder])
    const started = performance.now()
    const { analysis, stats } = await analyze(collection, OPTIONS, UNWATCHED)
    expect(performance.now() - started).toBeLessThan(15_000)
    expect(stats).toMatchObject({ files: 2_000, records: 1_999 * 5 + 3 })
    expect(verdicts(analysis)).toEqual(FOUND)
    expect(analysis.inputs.every(({ state }) => state === 'read')).toBe(true)
  }, 60_000)

  it('reads a log of more than 4 GiB and 65,535 chunks', async ({ skip }) => {
    const path = join(temporaryFolder(), 'System.evtx')
    const last = FILE_HEADER_SIZE + 66_000 * CHUNK_SIZE
    const first = writeLog([booted('08:00:00'), createFailed('09:30:00')].map(describedAs))
    const end = writeLog([attempt('09:30:09'), keyUnusable('09:30:10')].map(describedAs), { firstRecordId: 3 })
    try {
      const fd = openSync(path, 'w')
      writeSync(fd, first)
      ftruncateSync(fd, last)
      writeSync(fd, end, FILE_HEADER_SIZE, CHUNK_SIZE, last)
      const fields = { chunkCount: 66_001, nextRecordId: 5, dirty: false, full: false, minorVersion: 1 }
      writeSync(fd, renderFileHeader(fields), 0, FILE_HEADER_SIZE, 0)
      closeSync(fd)
    } catch (error) {
      skip(`this disk holds no sparse file of 4 GiB: ${error}`)
    }
    const collection = await findEvidence([path])
    const { analysis } = await analyze(collection, OPTIONS, UNWATCHED)
    expect(verdicts(analysis)).toEqual(FOUND)
    expect(analysis.inputs[0]).toMatchObject({ size: last + CHUNK_SIZE, state: 'read', records: 4 })
    expect(analysis.damage).toEqual([])
    const offsets = analysis.hosts[0]!.findings[0]!.evidence.map(({ offset }) => offset)
    expect(Math.max(...offsets)).toBeGreaterThan(last)
  }, 120_000)
})
