import { fstatSync, readSync } from 'node:fs'
import type { Damage } from '../errors.ts'
import { whyUnreadable } from '../evidence/why-unreadable.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../evtx/chunk.ts'
import { cutChunk } from '../evtx/log.ts'
import { turn } from '../pool/turn.ts'
import { alignedBuffer } from './aligned-buffer.ts'

/** Bytes read at once. */
const BLOCK_SIZE = 16 * CHUNK_SIZE

let block: { readonly bytes: Uint8Array; readonly chunks: readonly Chunk[] } | undefined

/** The one buffer of this thread: a block is read and looked at before anything else has its turn. */
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
 * Reads a stretch of a log and shows its chunk slots one by one; each is good only until the next is shown. A last chunk
 * that the file cuts off is filled with zeros and reported. What the disk refuses to give is reported and not shown.
 *
 * @param stretch bytes from the start of the file, on chunk boundaries; the file may end before
 * @param visit called with each slot and its place in the file; what it throws ends the reading
 * @param onDamage called with damage whose offset is that of a slot
 */
export async function readChunks(
  fd: number,
  stretch: { readonly start: number; readonly end: number },
  visit: (chunk: Chunk, fileOffset: number) => void,
  onDamage: (damage: Damage) => void,
): Promise<void> {
  const { bytes, chunks } = sharedBlock()
  // A disk that is gone fails at every place, also behind the end of the file: there must be one.
  const end = Math.min(stretch.end, fstatSync(fd).size)
  for (let at = stretch.start; at < end; at += BLOCK_SIZE) {
    const { got, refused } = readBlock(fd, bytes.subarray(0, Math.min(BLOCK_SIZE, end - at)), at, onDamage)
    const cut = got % CHUNK_SIZE
    bytes.fill(0, got, cut === 0 ? got : got - cut + CHUNK_SIZE)
    for (let slot = 0; slot * CHUNK_SIZE < got; slot++) {
      if (!refused.has(slot)) visit(chunks[slot]!, at + slot * CHUNK_SIZE)
    }
    if (cut !== 0 && !refused.has(Math.floor(got / CHUNK_SIZE))) onDamage(cutChunk(at + got - cut, cut))
    const pause = turn()
    if (pause) await pause
  }
}

const NONE: ReadonlySet<number> = new Set()

/** Fills the buffer as far as the file goes. Where the disk fails, slot after slot is tried alone. */
function readBlock(
  fd: number,
  into: Uint8Array,
  at: number,
  onDamage: (damage: Damage) => void,
): { readonly got: number; readonly refused: ReadonlySet<number> } {
  try {
    return { got: readFully(fd, into, at), refused: NONE }
  } catch {
    return readSlots(fd, into, at, onDamage)
  }
}

function readSlots(fd: number, into: Uint8Array, at: number, onDamage: (damage: Damage) => void) {
  const refused = new Set<number>()
  let got = 0
  for (let start = 0; start < into.length; start += CHUNK_SIZE) {
    const slot = into.subarray(start, start + CHUNK_SIZE)
    try {
      const count = readFully(fd, slot, at + start)
      got += count
      if (count < slot.length) break
    } catch (error) {
      refused.add(start / CHUNK_SIZE)
      got += slot.length
      onDamage(refusedBytes(at + start, slot.length, error))
    }
  }
  return { got, refused }
}

/** Damage for what the disk does not give. */
export function refusedBytes(offset: number, length: number, error: unknown): Damage {
  const detail = `${length} bytes of the log could not be read: ${whyUnreadable(error)}`
  return { kind: 'read-failed', offset, length, detail }
}

/**
 * Fills the buffer from a place in a file, as far as the file goes; returns how many bytes there were.
 *
 * @throws what reading throws
 */
export function readFully(fd: number, into: Uint8Array, at: number): number {
  let got = 0
  while (got < into.length) {
    const count = readSync(fd, into, got, into.length - got, at + got)
    if (count === 0) break
    got += count
  }
  return got
}
