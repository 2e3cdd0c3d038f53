import { describe, expect, it } from 'vitest'
import { CHUNK_SIZE, chunkAt, slotKind } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { OPEN_GATE } from '../../src/evtx/gate.ts'
import { type IdRuns, joinRuns } from '../../src/evtx/id-runs.ts'
import { elsewhereIn } from '../../src/evtx/log.ts'
import { RecordIds } from '../../src/evtx/record-ids.ts'
import { Scanner } from '../../src/evtx/scanner.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { bulky, bulkyLog } from '../support/logs.ts'
import { scanLog } from '../support/scan-log.ts'

/** Feeds a log chunk by chunk, as a scan does. */
function noted(log: Uint8Array): IdRuns {
  const ids = new RecordIds()
  ids.start()
  const scanner = new Scanner(OPEN_GATE, { onMatch: () => {}, onDamage: () => ids.hurt() })
  const options = { recover: 'resync', dirty: false, elsewhere: elsewhereIn(log, false) } as const
  const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
  for (let at = FILE_HEADER_SIZE; at < log.length; at += CHUNK_SIZE) {
    chunk.bytes.fill(0)
    chunk.bytes.set(log.subarray(at, at + CHUNK_SIZE))
    scanner.scanChunk(chunk, at, options)
    if (slotKind(chunk) !== 'unused') ids.add(chunk, options, scanner)
  }
  return ids.taken(scanner.groups.all())
}

const bounds = ({ runs }: IdRuns) => runs.map(({ first, last }) => [first, last])

/** First and last of the ids that follow each other, by reading every record. */
function runsOf(ids: readonly number[]): number[][] {
  const runs: number[][] = []
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run && id === run[1]! + 1) run[1] = id
    else runs.push([id, id])
  }
  return runs
}

describe('RecordIds', () => {
  it('makes one run of a whole log', () => {
    const { runs, foldedGaps } = noted(bulkyLog(4))
    expect([runs.length, runs[0]?.first, foldedGaps]).toEqual([1, 1, 0])
    expect(runs[0]).toMatchObject({ hurtBefore: false, hurtAfter: false })
  })

  it('tells a gap between two chunks, and when its neighbours were written', () => {
    const later = writeLog(bulky(20), { firstRecordId: 131 }).subarray(FILE_HEADER_SIZE)
    const { runs } = noted(Buffer.concat([bulkyLog(3), later]))
    expect(runs.map(({ first, last }) => [first, last])).toEqual([
      [1, 30],
      [131, 150],
    ])
    expect(runs[0]!.lastLow).not.toBe(runs[0]!.firstLow)
  })

  it("goes by the events' own ids where record headers have others, as in an export", () => {
    const log = writeLog(bulky(60, (i) => ({ recordId: i < 33 ? i + 500 : i + 600 })))
    expect(bounds(noted(log))).toEqual([
      [500, 532],
      [633, 659],
    ])
  })

  it("goes by the events' own ids where the first is that of its header by chance", () => {
    const log = writeLog(bulky(60, (i) => ({ recordId: i < 3 ? i + 1 : i + 601 })))
    expect(bounds(noted(log))).toEqual([
      [1, 3],
      [604, 660],
    ])
  })

  it('says nothing of an export whose first chunk is that of the log by chance', () => {
    const log = writeLog(bulky(60, (i) => ({ recordId: i < 33 ? i + 1 : i + 601 })))
    expect(noted(log)).toMatchObject({ runs: [], isMixed: true })
  })

  it('takes the ids of several computers for no sequence', () => {
    const log = writeLog(bulky(40, (i) => ({ recordId: 7 * i + 1, computer: `PC${i % 2}` })))
    expect(noted(log).runs).toEqual([])
  })

  it('tells that a neighbour of a gap is damaged', () => {
    const log = bulkyLog(4)
    const records = [...scanLog(log).systems.values()].length
    // The second chunk has lost its signature and its records.
    log.fill(0xff, FILE_HEADER_SIZE + CHUNK_SIZE, FILE_HEADER_SIZE + 2 * CHUNK_SIZE)
    const { runs } = noted(log)
    expect(runs).toHaveLength(2)
    expect(runs.map(({ hurtBefore, hurtAfter }) => [hurtBefore, hurtAfter])).toEqual([
      [false, true],
      [true, false],
    ])
    expect(runs[1]!.last).toBe(records)
  })

  it('goes on behind what the header of a log knows that was not closed', () => {
    const log = bulkyLog(1)
    const view = new DataView(log.buffer, log.byteOffset + FILE_HEADER_SIZE)
    const count = view.getUint32(32, true)
    // The header is of a time when there were two records less.
    view.setUint32(16, count - 2, true)
    view.setUint32(32, count - 2, true)
    expect(bounds(noted(log))).toEqual([[1, count]])
  })

  it.skipIf(!HAS_CORPUS)('says what reading every record says, of every log of one channel and computer', () => {
    let told = 0
    for (const path of corpusLogs()) {
      const log = readCorpus(path)
      // A chunk of the last was torn when it was copied: its header is newer than what stands in its middle.
      if (log.length > 4e6 || path.includes('RemoteConnectionManager%4Operational')) continue
      const { systems, scanner } = scanLog(log)
      const groups = scanner.groups.all().filter(({ records }) => records > 0)
      const runs = noted(log)
      if (groups.length !== 1 || runs.foldedGaps > 0) continue
      told++
      const all = [...systems.values()].map(({ recordId }) => Number(recordId))
      expect(bounds(joinRuns([runs])), path).toEqual(runsOf(all))
    }
    expect(told).toBeGreaterThan(100)
  })
})
