import { closeSync, openSync, writeSync } from 'node:fs'
import { moment } from '../scripts/samples/moment.ts'
import { DAY } from '../src/bytes/filetime.ts'
import { CHUNK_SIZE } from '../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../src/evtx/file-header.ts'
import { fileHeaderBytes, walkChunks } from '../src/evtx/write/log-writer.ts'
import { readStamps, restamp, type StampedChunk } from './restamp.ts'
import { dayOfTraffic } from './traffic.ts'

/** What the archive begins with, and how many days it covers, more or less. */
const START = moment('2026-01-12T03:00:00')
const DAYS = 60

/** Few enough to be made in seconds, enough that no cache holds what they have in common. */
const LEAST_POOL_CHUNKS = 64
/** Bytes of log that a scene of traffic comes to, and a day without any; measured. */
const SCENE_BYTES = 2_710
const QUIET_DAY_BYTES = 105_000
const CHUNKS_A_WRITE = 16

/** What was written. */
export interface Archive {
  readonly bytes: number
  readonly chunks: number
  readonly records: number
}

/**
 * Writes a log of one host's everyday traffic over about sixty days (fewer below 10 MiB): one file with some forty
 * providers in a dozen channels, as large as one likes. The same size gives the same bytes.
 *
 * A pool of days is described and written once; the days after it are its chunks again with times, record numbers and
 * checksums of their own. So 1 GiB takes seconds, and memory holds a day.
 */
export function archive(path: string, sizeMiB: number): Archive {
  const wanted = Math.max(1, Math.floor((sizeMiB * 1_048_576 - FILE_HEADER_SIZE) / CHUNK_SIZE))
  const chunksADay = wanted / DAYS
  const poolDays = Math.max(1, Math.ceil(LEAST_POOL_CHUNKS / chunksADay))
  const scenesADay = Math.max(1, Math.ceil((chunksADay * CHUNK_SIZE - QUIET_DAY_BYTES) / SCENE_BYTES))
  const pool = makePool(poolDays, scenesADay, wanted)
  const poolRecords = pool.reduce((sum, chunk) => sum + chunk.records.length, 0)

  const file = openSync(path, 'w')
  try {
    const block = new Uint8Array(CHUNKS_A_WRITE * CHUNK_SIZE)
    let records = 0
    let filled = 0
    let position = FILE_HEADER_SIZE
    for (let i = 0; i < wanted; i++) {
      const chunk = pool[i % pool.length]!
      const round = Math.floor(i / pool.length)
      const later = BigInt(round * poolDays) * DAY
      restamp(chunk, block.subarray(filled, filled + CHUNK_SIZE), later, round * poolRecords)
      records += chunk.records.length
      filled += CHUNK_SIZE
      if (filled < block.length && i + 1 < wanted) continue
      writeSync(file, block, 0, filled, position)
      position += filled
      filled = 0
    }
    const header = fileHeaderBytes({ chunkCount: wanted, nextRecordId: records + 1 })
    writeSync(file, header, 0, header.length, 0)
    return { bytes: position, chunks: wanted, records }
  } finally {
    closeSync(file)
  }
}

/** The chunks of the first days, one day after the other; no more than are wanted. */
function makePool(days: number, scenesADay: number, wanted: number): StampedChunk[] {
  function* events() {
    for (let day = 0; day < days; day++)
      yield* dayOfTraffic(`archive day ${day}`, START + BigInt(day) * DAY, scenesADay)
  }
  const pool: StampedChunk[] = []
  for (const chunk of walkChunks(events())) {
    pool.push(readStamps(chunk.slice()))
    if (pool.length === wanted) break
  }
  return pool
}
