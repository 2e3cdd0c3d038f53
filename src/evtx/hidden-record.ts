import type { Damage } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { FRAGMENT_START, framedSize, MIN_RECORD_SIZE, RECORD_SIGNATURE } from './record.ts'
import type { Frame } from './recover-record.ts'

/**
 * Where a record stands inside the frame of another and ends where that one ends; 0 where none does.
 *
 * Tools that erase an event make the record before it longer, so that readers step over both, and leave the bytes.
 * Source: an observation, on the log of such a tool (`post-Security.evtx` of the evtx-rs samples). The sizes of an
 * honest record's values do not spell a whole record header by chance.
 *
 * @param offset start of the outer record, bytes from the chunk's start
 * @param size of the outer record
 * @returns bytes from the chunk's start
 */
function hiddenRecord({ words }: Chunk, offset: number, size: number): number {
  // Two words a step, as records are 8-aligned. Hot: every record of a full decode is looked through.
  const first = (offset + MIN_RECORD_SIZE) >> 2
  const last = (offset + size - MIN_RECORD_SIZE) >> 2
  for (let word = first; word <= last; word += 2) {
    if (word + 6 <= last && !beginsIn4(words, word)) {
      word += 6
      continue
    }
    if (words[word] !== RECORD_SIGNATURE) continue
    const at = word << 2
    if (words[word + 1] === offset + size - at && words[word + 6] === FRAGMENT_START) return at
  }
  return 0
}

/** True when a record may begin at this step or one of the next three. */
function beginsIn4(words: Int32Array, word: number): boolean {
  const first = words[word] === RECORD_SIGNATURE || words[word + 2] === RECORD_SIGNATURE
  return first || words[word + 4] === RECORD_SIGNATURE || words[word + 6] === RECORD_SIGNATURE
}

/**
 * Tells of the records inside the frame of one that covers others: a tool may have erased several events in a row.
 *
 * @param fileOffset where the chunk stands in its file
 * @param onHidden called with each of them; without it they are only told of
 */
export function tellHidden(
  chunk: Chunk,
  fileOffset: number,
  { offset, size }: Frame,
  sink: { onDamage(damage: Damage): void },
  onHidden?: (frame: Frame) => unknown,
): void {
  const last = hiddenRecord(chunk, offset, size)
  if (last === 0) return
  const end = offset + size
  const detail = `The record at 0x${(fileOffset + offset).toString(16)} covers another one of ${end - last} bytes, as a tool leaves it that erases an event`
  sink.onDamage({ kind: 'hidden-record', offset: fileOffset + last, length: onHidden ? 0 : end - last, detail })
  for (let at = offset + MIN_RECORD_SIZE; onHidden !== undefined && at <= last; ) {
    const size = hiddenSize(chunk, at, end)
    if (size !== 0) onHidden({ offset: at, size, recovery: 'hidden' })
    at += size || 8
  }
}

/**
 * Size of the record at a place inside another one's frame, or 0. Behind the last of them stands the size of that
 * frame.
 */
function hiddenSize({ words }: Chunk, at: number, end: number): number {
  const word = at >> 2
  if (words[word] !== RECORD_SIGNATURE || words[word + 6] !== FRAGMENT_START) return 0
  const size = framedSize(words, at)
  if (size !== 0 && at + size <= end) return size
  return words[word + 1] === end - at ? end - at : 0
}
