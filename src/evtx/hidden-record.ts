import type { Chunk } from './chunk.ts'
import { FRAGMENT_START, MIN_RECORD_SIZE, RECORD_SIGNATURE } from './record.ts'

/**
 * Where a record stands inside the frame of another and ends where that one ends; 0 where none does.
 *
 * Tools that erase an event make the record before it longer, so that readers step over both, and leave the bytes.
 * Source: an observation, on the log of such a tool (`post-Security.evtx` of the evtx-rs samples). The sizes of an honest
 * record's values do not spell a whole record header by chance.
 *
 * @param offset start of the outer record, bytes from the chunk's start
 * @param size of the outer record
 * @returns bytes from the chunk's start
 */
export function hiddenRecord({ words }: Chunk, offset: number, size: number): number {
  // Two words a step, as records are 8-aligned. Hot: every record of a full decode is looked through.
  const first = (offset + MIN_RECORD_SIZE) >> 2
  const last = (offset + size - MIN_RECORD_SIZE) >> 2
  for (let word = first; word <= last; word += 2) {
    if (words[word] !== RECORD_SIGNATURE) continue
    const at = word << 2
    if (words[word + 1] === offset + size - at && words[word + 6] === FRAGMENT_START) return at
  }
  return 0
}
