import { CHUNK_HEADER_SIZE, CHUNK_SIZE, type Chunk, isZero, recordsEnd } from './chunk.ts'

/** Bytes before a record's BinXML: signature, size, id, written time. */
export const RECORD_HEADER_SIZE = 24
/** "**\0\0" as a little-endian word. */
export const RECORD_SIGNATURE = 0x2a2a
/** A fragment header, token 0x0f, version 1.1, no flags, as a little-endian word. */
export const FRAGMENT_START = 0x0001010f
/** The smallest frame that can hold a fragment: header, 12 bytes of BinXML, the copy of the size. */
export const MIN_RECORD_SIZE = 40
/** Most bytes between the values of a record and the copy of its size: the fragment's end, and what aligns it. */
export const MOST_PADDING = 8

/**
 * How a record that is not part of the healthy chain was found: after damage or behind a stale header, in a slot
 * without a chunk's header, inside the frame of the record before it, or in space that is no longer used.
 */
export type Recovery = 'resync' | 'headerless' | 'hidden' | 'slack'

/** Which records to look for besides those of the healthy chain; `slack` includes `resync`. */
export type RecoverMode = 'none' | 'resync' | 'slack'

/** What became of a stretch of a chunk that is not a healthy record. */
export interface FrameDamage {
  /** Bytes from the chunk's start. */
  readonly offset: number
  readonly length: number
  readonly detail: string
}

/**
 * Size of the record at an offset, or 0 where no record is framed there.
 *
 *     offset  size  field
 *          0     4  signature, "**\0\0"
 *          4     4  size, a multiple of 8
 *          8     8  record id
 *         16     8  written time, FILETIME
 *         24        BinXML
 *     size-4     4  the size again
 *
 * Little-endian. Source: libyal/libevtx format document, "Event record". That sizes are multiples of 8 is an
 * observation over all public logs.
 *
 * @param offset bytes from the chunk's start, a multiple of 8
 */
export function framedSize(words: Int32Array, offset: number): number {
  const at = offset >> 2
  if (words[at] !== RECORD_SIGNATURE) return 0
  const size = words[at + 1]!
  if (size < MIN_RECORD_SIZE || (size & 7) !== 0 || offset + size > CHUNK_SIZE) return 0
  return words[(offset + size - 4) >> 2] === size ? size : 0
}

/** Low word of a record's id: enough to tell neighbours. */
function idOf(words: Int32Array, offset: number): number {
  return words[(offset + 8) >> 2]!
}

/** How far to go for a record. */
export interface WalkOptions {
  readonly recover: RecoverMode
  /** The slot has no chunk signature: every record in it was found without the help of a header. */
  readonly headerless: boolean
  /** The log was not closed, so that the header may not know the newest records. */
  readonly dirty: boolean
  /** The header's checksum does not match: where it says that the records end is not to be believed. */
  readonly headerBroken?: boolean
  /** Who passes over healthy records at once: they are not shown. */
  readonly skim?: Skim | undefined
}

/**
 * Takes a record.
 *
 * @returns `false`, and nothing else, where it is none after all: unused space is then searched from its next step on
 */
export type TakeFrame = (offset: number, size: number, recovery: Recovery | undefined) => unknown

/** Passes over records of the healthy chain. */
export interface Skim {
  /** Offset of the first record from `offset` on that it leaves to be shown; `end` or beyond when there is none. */
  pass(offset: number, end: number): number
  /** Offset of the last record passed. */
  readonly lastRecord: number
}

/**
 * Finds the records of one chunk, in their order.
 *
 * The healthy chain runs from the header to the free space offset. Where a frame is broken the walk goes on at the next
 * 8-byte step that frames a record (`resync`). Where the free space offset may be stale or wrong (a log that was not
 * closed, a broken header), records that continue the chain past it with the next id are found too (`resync`). All
 * records of a slot without a header are `headerless`, as long as their ids go up. What lies in unused space beyond is
 * `slack`.
 *
 * Hot: called for every chunk of every scan (`benchmarks/`, case "scan").
 *
 * @param onRecord called with the record's offset and size, and how it was found
 * @param onDamage called for bytes inside the chain that frame no record
 */
export function walkRecords(
  chunk: Chunk,
  options: WalkOptions,
  onRecord: TakeFrame,
  onDamage: (damage: FrameDamage) => void,
): void {
  const { words } = chunk
  const { skim } = options
  // Records stand on multiples of 8, whatever the header says.
  const end = options.headerless ? CHUNK_SIZE : (recordsEnd(chunk) + 7) & ~7
  let recovery: Recovery | undefined = options.headerless ? 'headerless' : undefined
  if (recovery !== undefined && options.recover === 'none') return
  let offset = CHUNK_HEADER_SIZE
  let last = 0
  let any = false
  while (offset < end) {
    if (skim !== undefined && recovery === undefined) {
      const passed = skim.pass(offset, end)
      if (passed !== offset) {
        last = idOf(words, skim.lastRecord)
        any = true
        offset = passed
        continue
      }
    }
    const size = framedSize(words, offset)
    if (size !== 0) {
      if (options.headerless && any && ((idOf(words, offset) - last) | 0) <= 0) break
      onRecord(offset, size, recovery)
      last = idOf(words, offset)
      any = true
      offset += size
      continue
    }
    const next = options.recover === 'none' ? end : nextFrame(words, offset + 8, end)
    const held = options.recover === 'none' ? 0 : unframedSize(words, offset, next)
    if (!isZero(words, offset, next)) onDamage(describe(words, offset, next, end, held))
    if (held !== 0) onRecord(offset, held, 'resync')
    if (next < end) recovery ??= 'resync'
    offset = next
  }
  if ((options.dirty || options.headerBroken) && !options.headerless && options.recover !== 'none') {
    // Before the first record there is no id to go on from; a broken header may hide that one too.
    const mayFollow = any || options.headerBroken === true
    while (mayFollow && offset < CHUNK_SIZE) {
      const size = framedSize(words, offset)
      if (size === 0 || (any && idOf(words, offset) !== ((last + 1) | 0))) break
      onRecord(offset, size, 'resync')
      last = idOf(words, offset)
      any = true
      offset += size
    }
  }
  if (options.recover === 'slack') walkSlack(words, offset, onRecord)
}

/** Bytes in frames that turn out to hold no record, after which they are stepped over whole: hostile ones overlap. */
const MOST_VAIN_BYTES = 16 * CHUNK_SIZE

function walkSlack(words: Int32Array, from: number, onRecord: TakeFrame): void {
  let offset = from
  let vain = 0
  while (offset < CHUNK_SIZE) {
    const size = framedSize(words, offset)
    if (size === 0) offset += 8
    else if (onRecord(offset, size, 'slack') !== false || vain > MOST_VAIN_BYTES) offset += size
    else {
      vain += size
      offset += 8
    }
  }
}

/** Next offset from which a record is framed, or the end. */
function nextFrame(words: Int32Array, from: number, end: number): number {
  for (let offset = from; offset < end; offset += 8) if (framedSize(words, offset) !== 0) return offset
  return end
}

/**
 * Size of what may still be a whole record although its frame is broken: it begins as one, and a fragment header
 * follows. Its own size is believed where it fits before the next frame, else all the bytes up to there are its.
 */
function unframedSize(words: Int32Array, offset: number, next: number): number {
  const at = offset >> 2
  if (words[at] !== RECORD_SIGNATURE || words[at + 6] !== FRAGMENT_START) return 0
  const size = words[at + 1]!
  if (size >= MIN_RECORD_SIZE && (size & 7) === 0 && offset + size <= next) return size
  return next - offset >= MIN_RECORD_SIZE ? next - offset : 0
}

/** What is wrong with the frame here, for a person. `held` bytes of it are tried as a record all the same. */
function describe(words: Int32Array, offset: number, next: number, end: number, held: number): FrameDamage {
  const length = next - offset - held
  const lost = held
    ? 'its content was tried all the same'
    : `${length} bytes up to ${next < end ? 'the next record' : 'the end of the records'} are not read`
  return { offset, length, detail: `${frameFault(words, offset)}; ${lost}` }
}

function frameFault(words: Int32Array, offset: number): string {
  if (words[offset >> 2] !== RECORD_SIGNATURE) return 'No record begins where one is expected'
  const size = words[(offset >> 2) + 1]!
  if (size < MIN_RECORD_SIZE || size % 8 !== 0) return `A record claims an impossible size of ${size >>> 0} bytes`
  if (offset + size > CHUNK_SIZE) return `A record of ${size} bytes runs over the end of its chunk`
  return `A record's size of ${size} bytes is not repeated at its end`
}
