import { closeSync } from 'node:fs'
import { type Damage, FormatError } from '../errors.ts'
import { winEventOf } from '../event/decode.ts'
import type { WinEvent } from '../event/win-event.ts'
import type { LogFile } from '../evidence/collection.ts'
import { openDescriptor } from '../evidence/open-read-only.ts'
import { whyUnreadable } from '../evidence/why-unreadable.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../evtx/chunk.ts'
import { readRecordElement } from '../evtx/element.ts'
import { TemplateCache } from '../evtx/template.ts'
import { turn } from '../pool/turn.ts'
import type { SightingRow } from '../query/sighting-rows.ts'
import { alignedBuffer } from './aligned-buffer.ts'
import { readFully, refusedBytes } from './chunk-reader.ts'
import { dataDamage } from './read-range.ts'

/** A log that was scanned. */
interface ScannedLog {
  readonly log: LogFile
  /** Where its first chunk begins. */
  readonly firstChunk: number
}

/** Decoded records of one log by offset; what could not be decoded is damage and missing here. */
export interface DecodedRows {
  readonly events: ReadonlyMap<number, WinEvent>
  readonly damage: readonly Damage[]
}

/** What is remembered from log to log: templates are alike on all hosts. */
const templates = new TemplateCache()
let place: Chunk | undefined

/** Decodes some records of a log, chunk by chunk. Checksums are not checked: most of what is kept is never shown. */
export async function decodeRows(scanned: ScannedLog, rows: readonly SightingRow[]): Promise<DecodedRows> {
  const events = new Map<number, WinEvent>()
  const damage: Damage[] = []
  const file = scanned.log.name
  await eachChunk(scanned, rows, (chunk, at, inChunk, error) => {
    if (error !== undefined) {
      damage.push(...inChunk.map((row) => lostRow(row, 'read-failed', `read again: ${whyUnreadable(error)}`)))
      return
    }
    templates.startChunk()
    for (const row of inChunk) {
      try {
        const element = readRecordElement(chunk, row.offset - at, row.size, templates)
        const recovered = row.recovery && { recovered: row.recovery }
        events.set(row.offset, winEventOf(element, { file, offset: row.offset, ...recovered }))
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
        damage.push(lostRow(row, 'record-content', `decoded: ${error.message}`))
      }
    }
  })
  return { events, damage }
}

function lostRow({ recordId, offset, size }: SightingRow, kind: Damage['kind'], why: string): Damage {
  return { kind, offset, length: size, detail: `Record ${recordId}, which matters, cannot be ${why}` }
}

/** Checks the data checksum of every chunk that holds one of the records; returns what does not match. */
export async function verifyChunksOf(
  scanned: ScannedLog,
  records: readonly { readonly offset: number }[],
): Promise<Damage[]> {
  const damage: Damage[] = []
  await eachChunk(scanned, records, (chunk, at, _, error) => {
    const found = error === undefined ? dataDamage(chunk, at) : refusedBytes(at, CHUNK_SIZE, error)
    if (found) damage.push(found)
  })
  return damage
}

/**
 * Reads every chunk that holds one of the records, in the order of the file.
 *
 * @param visit called with the chunk, borrowed, its place, and its records; or with the error that it cannot be read for
 */
async function eachChunk<Member extends { readonly offset: number }>(
  { log, firstChunk }: ScannedLog,
  records: readonly Member[],
  visit: (chunk: Chunk, at: number, inChunk: readonly Member[], error?: unknown) => void,
): Promise<void> {
  if (records.length === 0) return
  const sorted = [...records].sort((a, b) => a.offset - b.offset)
  const chunk = ownChunk()
  let fd: number
  try {
    fd = await openDescriptor(log.path)
  } catch (error) {
    visit(chunk, sorted[0]!.offset, sorted, error)
    return
  }
  try {
    for (let first = 0, end = 0; first < sorted.length; first = end) {
      const { offset } = sorted[first]!
      const at = offset - ((offset - firstChunk) % CHUNK_SIZE)
      while (end < sorted.length && sorted[end]!.offset < at + CHUNK_SIZE) end++
      const pause = turn()
      if (pause) await pause
      visit(chunk, at, sorted.slice(first, end), fill(fd, chunk, at))
    }
  } finally {
    closeSync(fd)
  }
}

/** The one chunk that this module reads into: it is filled and looked at before anything else has its turn. */
function ownChunk(): Chunk {
  if (place === undefined) {
    const { buffer, start } = alignedBuffer(CHUNK_SIZE)
    place = chunkAt(buffer, start)
  }
  return place
}

/** Reads a chunk, with zeros for what the file cuts off; returns the error it cannot be read for. */
function fill(fd: number, chunk: Chunk, at: number): unknown {
  try {
    chunk.bytes.fill(0, readFully(fd, chunk.bytes, at))
    return undefined
  } catch (error) {
    return error
  }
}
