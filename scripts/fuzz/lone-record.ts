import { CHUNK_HEADER_SIZE, CHUNK_SIZE, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { framedSize } from '../../src/evtx/record.ts'

/** Where a record stands in its log. */
export interface RecordPlace {
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly size: number
}

/**
 * A log with a record as its only one: the file header and the record's chunk, in which the frames of all others are
 * broken. Names and template definitions stay where they are. So one flipped byte costs microseconds to read, and not
 * the milliseconds of a whole chunk.
 *
 * @returns the log, and where the record stands in it
 */
export function loneRecord(log: Uint8Array, { offset, size }: RecordPlace): { log: Uint8Array; record: RecordPlace } {
  const slot = Math.floor((offset - FILE_HEADER_SIZE) / CHUNK_SIZE)
  const start = FILE_HEADER_SIZE + slot * CHUNK_SIZE
  const lone = new Uint8Array(FILE_HEADER_SIZE + CHUNK_SIZE)
  lone.set(log.subarray(0, FILE_HEADER_SIZE))
  lone.set(log.subarray(start, start + CHUNK_SIZE), FILE_HEADER_SIZE)
  const { words } = chunkAt(lone.buffer, FILE_HEADER_SIZE)
  for (let at = CHUNK_HEADER_SIZE; at < CHUNK_SIZE; at += 8) {
    if (at !== offset - start && framedSize(words, at) !== 0) words[at >> 2] = 0
  }
  return { log: lone, record: { offset: offset - start + FILE_HEADER_SIZE, size } }
}
