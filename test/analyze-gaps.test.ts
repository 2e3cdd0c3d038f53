import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { DAY } from '../src/bytes/filetime.ts'
import { CHUNK_SIZE } from '../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../src/evtx/file-header.ts'
import { writeLog } from '../src/evtx/write/log-writer.ts'
import { bulky, bulkyLog, evidenceOf, SCAN, UNWATCHED } from './support/logs.ts'

async function host(files: Readonly<Record<string, Uint8Array>>, batchBytes?: number) {
  const window = { windowText: '24h', windowTicks: DAY, reference: 'last-event' as const }
  const options = { ...SCAN, window, referenceText: 'last-event', ...(batchBytes !== undefined && { batchBytes }) }
  const { analysis } = await analyze(await evidenceOf(files), options, UNWATCHED)
  return analysis.hosts[0]!
}

/** Two stretches of one log, with 100 records missing between them. */
const torn = Buffer.concat([bulkyLog(5), writeLog(bulky(50), { firstRecordId: 151 }).subarray(FILE_HEADER_SIZE)])

describe('analyze()', () => {
  it('tells the gap in a log, and in its coverage how much is missing, however the log is cut into ranges', async () => {
    for (const batchBytes of [undefined, CHUNK_SIZE, 3 * CHUNK_SIZE]) {
      const { gaps, coverage } = await host({ 'System.evtx': torn }, batchBytes)
      expect(gaps).toEqual([expect.objectContaining({ channel: 'System', afterRecordId: 50, beforeRecordId: 151 })])
      expect(gaps[0]).not.toHaveProperty('reason')
      expect(coverage[0]).toMatchObject({ channel: 'System', gaps: 1, missingRecords: 100 })
    }
  })

  it('finds what is missing in an archived log', async () => {
    const between = writeLog(bulky(100), { firstRecordId: 51 })
    expect((await host({ 'System.evtx': torn, 'Archive-System.evtx': between })).gaps).toEqual([])
  })

  it('says that damage is why', async () => {
    const log = bulkyLog(6)
    for (const chunk of [2, 3]) {
      const start = FILE_HEADER_SIZE + chunk * CHUNK_SIZE
      log.fill(0xee, start, start + CHUNK_SIZE)
    }
    for (const batchBytes of [undefined, CHUNK_SIZE]) {
      const { gaps } = await host({ 'System.evtx': log }, batchBytes)
      expect(gaps).toEqual([expect.objectContaining({ afterRecordId: 20, beforeRecordId: 41, reason: 'damage' })])
    }
  })
})
