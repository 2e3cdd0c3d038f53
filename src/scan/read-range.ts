import { closeSync } from 'node:fs'
import type { Damage } from '../errors.ts'
import { openDescriptor } from '../evidence/open-read-only.ts'
import { reasonUnreadable } from '../evidence/why-unreadable.ts'
import { type Chunk, slotKind, verifyChunkData } from '../evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../evtx/file-header.ts'
import { throwIfAborted } from '../pool/turn.ts'
import { readChunks } from './chunk-reader.ts'
import { type OpeningFacts, openingFacts } from './opening-facts.ts'

/** A part of one log: whole chunk slots. All ranges of a log together hold each slot once. */
export interface Range {
  /** To open it. */
  readonly path: string
  /** Bytes from the start of the file, on a chunk boundary behind the file header. */
  readonly start: number
  /** First byte not to be read; the file may end before. */
  readonly end: number
  /** On the last range of a log: bytes that the log had when it was found. */
  readonly foundSize?: number
}

/** Who looks at the chunks of a range. */
export interface RangeVisitor {
  /** Each slot, unused ones too, and its place in the file. The chunk is borrowed until the next. */
  onChunk(chunk: Chunk, fileOffset: number, facts: OpeningFacts): void
  /** @param chunkAt place of the slot that it is about; undefined for what is wrong with the log as a whole */
  onDamage(damage: Damage, chunkAt?: number): void
}

/** How the reading of a range ended. */
export interface RangeEnd {
  /** Undefined when the log could not be opened. */
  readonly facts?: OpeningFacts
  /** Why it could not be opened or read to its end, in a sentence without full stop. */
  readonly failure?: string
}

/** Places of damage that are named one by one in each log; the counts are true. */
export const DAMAGE_KEPT = 1_000

/**
 * Reads one range of a log. What is wrong with the log as a whole is told with its first or last range.
 *
 * @throws the reason when the run was aborted; nothing else: whatever else goes wrong costs this log
 */
export async function readRange(range: Range, visitor: RangeVisitor): Promise<RangeEnd> {
  let facts: OpeningFacts | undefined
  try {
    const fd = await openDescriptor(range.path)
    try {
      const opening = openingFacts(fd)
      facts = opening
      for (const damage of damageOfWhole(range, opening)) visitor.onDamage(damage)
      await readChunks(
        fd,
        placed(range, opening),
        (chunk, fileOffset) => visitor.onChunk(chunk, fileOffset, opening),
        (damage) => visitor.onDamage(damage, damage.offset),
      )
    } finally {
      closeSync(fd)
    }
    return { facts }
  } catch (error) {
    throwIfAborted()
    return { ...(facts && { facts }), failure: reasonUnreadable(error) }
  }
}

function* damageOfWhole(range: Range, { damage, size }: OpeningFacts): Generator<Damage> {
  if (range.start === FILE_HEADER_SIZE) yield* damage
  const { foundSize = size } = range
  if (size >= foundSize) return
  const detail = `The log had ${foundSize} bytes when it was found and has ${size} now; what is there was read`
  yield { kind: 'file-size', offset: size, length: foundSize - size, detail }
}

/** The range where it really lies, in a log that lost its header block. */
function placed({ start, end }: Range, { firstChunk }: OpeningFacts): { start: number; end: number } {
  const shift = FILE_HEADER_SIZE - firstChunk
  return { start: start - shift, end: end - shift }
}

/** A chunk whose data checksum does not match; nothing is given up for it. A slot without header has no checksum. */
export function dataDamage(chunk: Chunk, offset: number): Damage | undefined {
  if (slotKind(chunk) !== 'chunk' || verifyChunkData(chunk)) return undefined
  const detail = "The checksum over the chunk's records does not match; they were read all the same"
  return { kind: 'chunk-data-checksum', offset, length: 0, detail }
}
