import { closeSync, readSync } from 'node:fs'
import type { Damage } from '../errors.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../evtx/file-header.ts'
import { cutChunk } from '../evtx/log.ts'
import { openDescriptor } from '../evidence/open-read-only.ts'
import { turn } from '../pool/turn.ts'
import { alignedBuffer } from './aligned-buffer.ts'

/** Bytes read at once. */
const BLOCK_SIZE = 16 * CHUNK_SIZE

/** A stretch of one log: whole chunk slots. */
export interface Range {
  /** To open it. */
  readonly path: string
  /** Bytes from the start of the file, on a chunk boundary behind the file header. */
  readonly start: number
  /** First byte not to be read; the file may end before. */
  readonly end: number
}

let block: { readonly bytes: Uint8Array; readonly chunks: readonly Chunk[] } | undefined

/** The one buffer of this thread: ranges are read one after the other. */
function sharedBlock(): NonNullable<typeof block> {
  if (block === undefined) {
    const { buffer, start } = alignedBuffer(BLOCK_SIZE)
    const chunks: Chunk[] = []
    for (let at = 0; at < BLOCK_SIZE; at += CHUNK_SIZE) chunks.push(chunkAt(buffer, start + at))
    block = { bytes: new Uint8Array(buffer, start, BLOCK_SIZE), chunks }
  }
  return block
}

/**
 * Reads a range of a log and shows its chunks one by one; each is good only until the next is shown. A last chunk that
 * the file cuts off is filled with zeros and reported. What the disk refuses to give is reported and passed over.
 *
 * @param visit called with each slot and its place in the file; what it throws ends the reading
 * @throws what opening the file throws
 */
export async function readChunks(
  range: Range,
  visit: (chunk: Chunk, fileOffset: number) => void | Promise<void>,
  onDamage: (damage: Damage) => void,
): Promise<void> {
  const { bytes, chunks } = sharedBlock()
  const fd = await openDescriptor(range.path)
  try {
    for (let at = range.start; at < range.end; ) {
      const wanted = Math.min(BLOCK_SIZE, range.end - at)
      const got = readBlock(fd, bytes.subarray(0, wanted), at, onDamage)
      if (got === 0) return
      const cut = got % CHUNK_SIZE
      if (cut !== 0) bytes.fill(0, got, got - cut + CHUNK_SIZE)
      for (let slot = 0; slot * CHUNK_SIZE < got; slot++) {
        const shown = visit(chunks[slot]!, at + slot * CHUNK_SIZE)
        if (shown !== undefined) await shown
      }
      if (cut !== 0) onDamage(cutChunk(at + got - cut, cut))
      at += got - cut + (cut ? CHUNK_SIZE : 0)
      const pause = turn()
      if (pause) await pause
    }
  } finally {
    closeSync(fd)
  }
}

/** Fills the buffer as far as the file goes. Where the disk fails, chunk after chunk is tried alone. */
function readBlock(fd: number, into: Uint8Array, at: number, onDamage: (damage: Damage) => void): number {
  try {
    return readFully(fd, into, at)
  } catch (error) {
    if (into.length > CHUNK_SIZE) {
      let got = 0
      for (let slot = 0; slot < into.length; slot += CHUNK_SIZE) {
        const part = readBlock(fd, into.subarray(slot, slot + CHUNK_SIZE), at + slot, onDamage)
        got += part
        if (part < CHUNK_SIZE) break
      }
      return got
    }
    into.fill(0)
    const detail = `The disk refused to give this chunk: ${error instanceof Error ? error.message : String(error)}`
    onDamage({ kind: 'read-failed', offset: at, length: into.length, detail })
    return into.length
  }
}

function readFully(fd: number, into: Uint8Array, at: number): number {
  let got = 0
  while (got < into.length) {
    const count = readSync(fd, into, got, into.length - got, at + got)
    if (count === 0) break
    got += count
  }
  return got
}

/**
 * The first bytes of a log, up to the first chunk's start.
 *
 * @throws what opening or reading throws
 */
export async function readHeaderBlock(path: string): Promise<Uint8Array> {
  const fd = await openDescriptor(path)
  try {
    const bytes = new Uint8Array(FILE_HEADER_SIZE)
    return bytes.subarray(0, readFully(fd, bytes, 0))
  } finally {
    closeSync(fd)
  }
}
