import type { FileHandle } from 'node:fs/promises'
import { readSync } from 'node:fs'
import { type Damage, FormatError } from '../errors.ts'
import { winEventOf } from '../event/decode.ts'
import type { WinEvent } from '../event/win-event.ts'
import { CHUNK_SIZE, type Chunk, chunkAt, verifyChunkData } from '../evtx/chunk.ts'
import { readRecordElement } from '../evtx/element.ts'
import { TemplateCache } from '../evtx/template.ts'
import { openReadOnly } from '../evidence/open-read-only.ts'
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
let place: { readonly chunk: Chunk } | undefined

/**
 * Decodes some records of a log, chunk by chunk, and checks the data checksum of every chunk they come from.
 *
 * @throws what opening the file throws
 */
export async function decodeRows(request: DecodeRequest): Promise<DecodedRows> {
  const events = new Map<number, WinEvent>()
  const damage: Damage[] = []
  const rows = [...request.rows].sort((a, b) => a.offset - b.offset)
  if (rows.length === 0) return { events, damage }
  if (place === undefined) {
    const { buffer, start } = alignedBuffer(CHUNK_SIZE)
    place = { chunk: chunkAt(buffer, start) }
  }
  const { chunk } = place
  const { firstChunk } = await openingFacts(request.path)
  const file = await openReadOnly(request.path)
  try {
    let current = -1
    for (const row of rows) {
      const at = row.offset - ((row.offset - firstChunk) % CHUNK_SIZE)
      if (at !== current) {
        current = at
        const pause = turn()
        if (pause) await pause
        fill(file, chunk, at)
        templates.startChunk()
        if (!verifyChunkData(chunk)) damage.push(checksumDamage(at))
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
    await file.close()
  }
  return { events, damage }
}

function fill(file: FileHandle, chunk: Chunk, at: number): void {
  let got = 0
  while (got < CHUNK_SIZE) {
    const count = readSync(file.fd, chunk.bytes, got, CHUNK_SIZE - got, at + got)
    if (count === 0) break
    got += count
  }
  chunk.bytes.fill(0, got)
}
