import type { Damage } from '../errors.ts'
import type { Flaw, Source } from '../evidence/source.ts'
import { reasonUnreadable } from '../evidence/why-unreadable.ts'
import { type Chunk, slotKind, verifyChunkData } from '../evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../evtx/file-header.ts'
import { throwIfAborted } from '../pool/turn.ts'
import { type Block, readChunks } from './chunk-reader.ts'
import { giveBack, takeOpen } from './held-source.ts'
import { type OpeningFacts, openingFacts } from './opening-facts.ts'

/** A part of one log: whole chunk slots. All ranges of a log together hold each slot once. */
export interface Range {
  /** To open it. */
  readonly source: Source
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
  /** Where the chunks are to stand, if that matters. */
  readonly into?: Block
}

/** How the reading of a range ended. */
export interface RangeEnd {
  /** Undefined when the log could not be opened. */
  readonly facts?: OpeningFacts
  /** Why it could not be opened or read to its end, in a sentence without full stop. */
  readonly failure?: string
}

/**
 * Reads one range of a log. What is wrong with the log as a whole is told with its first or last range.
 *
 * @throws the reason when the run was aborted; nothing else: whatever else goes wrong costs this log
 */
export async function readRange(range: Range, visitor: RangeVisitor): Promise<RangeEnd> {
  let facts: OpeningFacts | undefined
  try {
    const source = await takeOpen(range.source)
    let goesOn = false
    try {
      const opening = await openingFacts(source)
      facts = opening
      for (const damage of damageOfWhole(range, opening)) visitor.onDamage(damage)
      const stretch = placed(range, opening)
      await readChunks(
        source,
        stretch,
        (chunk, fileOffset) => visitor.onChunk(chunk, fileOffset, opening),
        (damage) => visitor.onDamage(damage, damage.offset),
        visitor.into,
      )
      const { flaw } = source
      const from = range.start === FILE_HEADER_SIZE ? 0 : stretch.start
      if (flaw && flaw.at >= from && flaw.at < stretch.end) visitor.onDamage(flawDamage(flaw))
      goesOn = range.foundSize === undefined
    } finally {
      giveBack(range.source, source, { goesOn })
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

function flawDamage({ at, lost, reason }: Flaw): Damage {
  return { kind: lost > 0 ? 'read-failed' : 'file-size', offset: at, length: lost, detail: reason }
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
