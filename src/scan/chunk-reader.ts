import type { Damage } from '../errors.ts'
import type { OpenSource } from '../evidence/source.ts'
import { whyUnreadable } from '../evidence/why-unreadable.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../evtx/chunk.ts'
import { cutChunk } from '../evtx/log.ts'
import { TABLES_SIZE } from '../evtx/skim-map.ts'
import { Skimmer } from '../evtx/skimmer.ts'
import { turn } from '../pool/turn.ts'
import { type AlignedBuffer, alignedBuffer } from './aligned-buffer.ts'

/** Bytes read at once. */
const BLOCK_SIZE = 8 * CHUNK_SIZE

/** What is read into. */
export interface Block {
  readonly bytes: Uint8Array
  /** Its slots. */
  readonly chunks: readonly Chunk[]
  /** Undefined where WebAssembly is refused. */
  readonly memory: AlignedBuffer['memory']
}

let block: Block | undefined

/** The one buffer of this thread: a block is read and looked at before anything else has its turn. */
function sharedBlock(): Block {
  if (block === undefined) {
    const { buffer, start, memory } = alignedBuffer(BLOCK_SIZE, TABLES_SIZE)
    block = blockAt(buffer, start, memory)
  }
  return block
}

/** A block in a memory that has other uses as well; `BLOCK_SIZE` bytes from `start` are read into. */
export function blockAt(buffer: ArrayBuffer, start: number, memory?: AlignedBuffer['memory']): Block {
  const chunks: Chunk[] = []
  for (let at = 0; at < BLOCK_SIZE; at += CHUNK_SIZE) chunks.push(chunkAt(buffer, start + at))
  return { bytes: new Uint8Array(buffer, start, BLOCK_SIZE), chunks, memory }
}

let skimmer: Skimmer | undefined

/** This thread's skimmer of the chunks that are read; undefined where WebAssembly is refused. */
export function sharedSkimmer(): Skimmer | undefined {
  const { memory } = sharedBlock()
  if (skimmer === undefined && memory !== undefined) skimmer = new Skimmer(memory)
  return skimmer
}

/**
 * Reads a stretch of a log and shows its chunk slots one by one; each is good only until the next is shown. A last
 * chunk that the file cuts off is filled with zeros and reported. What the disk refuses to give is reported and not
 * shown.
 *
 * @param stretch bytes from the start of the file, on chunk boundaries; the file may end before
 * @param visit called with each slot and its place in the file; what it throws ends the reading
 * @param onDamage called with damage whose offset is that of a slot
 * @param into where to read to, if not to the one buffer of this thread
 */
export async function readChunks(
  source: OpenSource,
  stretch: { readonly start: number; readonly end: number },
  visit: (chunk: Chunk, fileOffset: number) => void,
  onDamage: (damage: Damage) => void,
  into: Block = sharedBlock(),
): Promise<void> {
  const { bytes, chunks } = into
  // A disk that is gone fails at every place, also behind the end of the file: there must be one.
  const end = Math.min(stretch.end, source.size)
  for (let at = stretch.start; at < end; at += BLOCK_SIZE) {
    const length = Math.min(BLOCK_SIZE, end - at)
    const coming = source.prepare(at, length)
    if (coming) await coming
    const { got, refused } = readBlock(source, bytes.subarray(0, length), at, onDamage)
    const cut = got % CHUNK_SIZE
    bytes.fill(0, got, cut === 0 ? got : got - cut + CHUNK_SIZE)
    for (let slot = 0; slot * CHUNK_SIZE < got; slot++) {
      if (!refused.has(slot)) visit(chunks[slot]!, at + slot * CHUNK_SIZE)
    }
    // Where a source ends too early it says so itself.
    const isTold = source.flaw !== undefined || refused.has(Math.floor(got / CHUNK_SIZE))
    if (cut !== 0 && !isTold) onDamage(cutChunk(at + got - cut, cut))
    const pause = turn()
    if (pause) await pause
  }
}

const NONE: ReadonlySet<number> = new Set()

/** Fills the buffer as far as the file goes. Where the disk fails, slot after slot is tried alone. */
function readBlock(
  source: OpenSource,
  into: Uint8Array,
  at: number,
  onDamage: (damage: Damage) => void,
): { readonly got: number; readonly refused: ReadonlySet<number> } {
  try {
    return { got: source.read(into, at), refused: NONE }
  } catch {
    return readSlots(source, into, at, onDamage)
  }
}

function readSlots(source: OpenSource, into: Uint8Array, at: number, onDamage: (damage: Damage) => void) {
  const refused = new Set<number>()
  let got = 0
  for (let start = 0; start < into.length; start += CHUNK_SIZE) {
    const slot = into.subarray(start, start + CHUNK_SIZE)
    try {
      const count = source.read(slot, at + start)
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
