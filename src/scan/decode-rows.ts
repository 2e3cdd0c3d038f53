import { closeSync, readSync } from 'node:fs'
import { type Damage, FormatError } from '../errors.ts'
import { winEventOf } from '../event/decode.ts'
import type { WinEvent } from '../event/win-event.ts'
import { CHUNK_SIZE, type Chunk, chunkAt, verifyChunkData } from '../evtx/chunk.ts'
import { readRecordElement } from '../evtx/element.ts'
import { TemplateCache } from '../evtx/template.ts'
import { openDescriptor } from '../evidence/open-read-only.ts'
import { turn } from '../pool/turn.ts'
import type { SightingRow } from '../query/sighting-rows.ts'
import { alignedBuffer } from './aligned-buffer.ts'
import { openingFacts } from './opening-facts.ts'
import { checksumDamage } from './scan-task.ts'

/** Records of one log to decode, and what became of them. */
export interface DecodeRequest {
  readonly path: string
  /** As reports name the log. */
  readonly name: string
  readonly rows: readonly SightingRow[]
}

/** Decoded records of one log by offset; what could not be decoded is damage and missing here. */
export interface DecodedRows {
  readonly events: ReadonlyMap<number, WinEvent>
  readonly damage: readonly Damage[]
}

/** What is remembered from log to log: templates are alike on all hosts. */
const templates = new TemplateCache()
let place: Chunk | undefined

/**
 * Decodes some records of a log, chunk by chunk. Checksums are not checked: most of what is kept is never shown.
 *
 * @throws what opening the file throws
 */
export async function decodeRows(request: DecodeRequest): Promise<DecodedRows> {
  const events = new Map<number, WinEvent>()
  const damage: Damage[] = []
  const rows = [...request.rows].sort((a, b) => a.offset - b.offset)
  if (rows.length === 0) return { events, damage }
  const chunk = ownChunk()
  const { firstChunk } = await openingFacts(request.path)
  const fd = await openDescriptor(request.path)
  try {
    let current = -1
    for (const row of rows) {
      const at = row.offset - ((row.offset - firstChunk) % CHUNK_SIZE)
      if (at !== current) {
        current = at
        const pause = turn()
        if (pause) await pause
        fill(fd, chunk, at)
        templates.startChunk()
      }
      try {
        const element = readRecordElement(chunk, row.offset - at, row.size, templates)
        events.set(
          row.offset,
          winEventOf(element, {
            file: request.name,
            offset: row.offset,
            ...(row.recovery && { recovered: row.recovery }),
          }),
        )
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
        const detail = `Record ${row.recordId}, which matters, cannot be decoded: ${error.message}`
        damage.push({ kind: 'record-content', offset: row.offset, length: row.size, detail })
      }
    }
  } finally {
    closeSync(fd)
  }
  return { events, damage }
}

/**
 * Checks the data checksum of every chunk that holds one of the records; returns what does not match.
 *
 * @param offsets of records, bytes from the start of the file
 * @throws what opening the file throws
 */
export async function verifyChunksOf(path: string, offsets: Iterable<number>): Promise<Damage[]> {
  const { firstChunk } = await openingFacts(path)
  const starts = new Set([...offsets].map((offset) => offset - ((offset - firstChunk) % CHUNK_SIZE)))
  const chunk = ownChunk()
  const damage: Damage[] = []
  const fd = await openDescriptor(path)
  try {
    for (const at of [...starts].sort((a, b) => a - b)) {
      fill(fd, chunk, at)
      if (!verifyChunkData(chunk)) damage.push(checksumDamage(at))
    }
  } finally {
    closeSync(fd)
  }
  return damage
}

/** The one chunk that this module reads into. */
function ownChunk(): Chunk {
  if (place === undefined) {
    const { buffer, start } = alignedBuffer(CHUNK_SIZE)
    place = chunkAt(buffer, start)
  }
  return place
}

function fill(fd: number, chunk: Chunk, at: number): void {
  let got = 0
  while (got < CHUNK_SIZE) {
    const count = readSync(fd, chunk.bytes, got, CHUNK_SIZE - got, at + got)
    if (count === 0) break
    got += count
  }
  chunk.bytes.fill(0, got)
}
