import type { Chunk } from './chunk.ts'
import { readU64 } from './file-header.ts'
import type { PlanMemory } from './plan-memory.ts'
import { writeAscii } from './write-number.ts'
import { writersOf } from './write-value.ts'

/** Most bytes behind the name of the file. */
const NUMBERS_SIZE = 256
const SEVEN = 7
const TWO_32 = 4_294_967_296

const encoder = new TextEncoder()

/**
 * Writes what our own JSON says about a record of the healthy chain, beside what is in it: the member `_meta`, and the
 * object's end.
 */
export class JsonMeta {
  /** Most bytes that are written. */
  readonly size: number
  /** What stands before the offset, for each record of the log. */
  readonly start: Uint8Array

  /** @param file as reports name it */
  constructor(file: string) {
    this.start = encoder.encode(`,"_meta":{"file":${JSON.stringify(file)},"offset":`)
    this.size = this.start.length + NUMBERS_SIZE
  }

  /**
   * Returns the position behind.
   *
   * @param fileOffset of the chunk
   * @param offset of the record, bytes from the chunk's start
   */
  write(
    memory: PlanMemory,
    record: { readonly chunk: Chunk; readonly fileOffset: number; readonly offset: number },
    to: number,
  ): number {
    const { view } = record.chunk
    const { numbers, times } = writersOf(memory)
    const { writeUint64 } = numbers
    const { offset } = record
    memory.bytes.set(this.start, to)
    const place = record.fileOffset + offset
    let at = writeUint64(place % TWO_32, Math.floor(place / TWO_32), to + this.start.length)
    at = writeAscii(memory, ',"recordId":', at)
    const high = view.getUint32(offset + 12, true)
    // A number beyond 2^53 is not exact, and stands as a program would print it.
    if (high < 0x200000) at = writeUint64(view.getUint32(offset + 8, true), high, at)
    else at = writeAscii(memory, JSON.stringify(readU64(view, offset + 8)), at)
    at = writeAscii(memory, ',"writtenTime":"', at)
    at = times.writeFiletime(view.getUint32(offset + 16, true), view.getUint32(offset + 20, true), at, SEVEN)
    return writeAscii(memory, '"}}', at)
  }
}
