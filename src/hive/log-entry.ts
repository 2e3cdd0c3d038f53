import { viewOf } from '../bytes/view.ts'
import { hexOf } from './damage-list.ts'
import type { HiveBytes } from './hive-bytes.ts'
import { Marvin32 } from './marvin32.ts'
import { SECTOR_SIZE } from './overlay.ts'

/** Bytes before an entry's references. */
export const ENTRY_HEAD_SIZE = 40
/** Bytes of the head that the second hash is about. */
const HASHED_HEAD_SIZE = 32
/** Bytes that are read of a log at a time. */
const PIECE_SIZE = 1 << 16
const GRAIN = 4096

/** A stretch of a hive's bins that an entry replaces. */
export interface DirtyPage {
  /** Bytes from the start of the bins; a multiple of 512, like `length`. */
  readonly offset: number
  readonly length: number
  /** Where the new bytes stand in the log. */
  readonly logOffset: number
}

/** One entry of a log, whole: both hashes are right, and each page is within it. */
export interface LogEntry {
  readonly sequence: number
  /** Bytes of the hive's bins after it. */
  readonly binsSize: number
  readonly pages: readonly DirtyPage[]
}

/** Why the entries of a log end where they end. */
export interface LogEnd {
  /** Where the next entry would be. */
  readonly offset: number
  /** What is wrong with an entry that begins there; undefined where none does. */
  readonly broken?: string
  /** Its number by its own word, where it has one. */
  readonly sequence?: number
}

/** The entries of one log that follow each other. */
export interface LogRun {
  readonly log: HiveBytes
  readonly entries: readonly LogEntry[]
  readonly end: LogEnd
}

/**
 * Reads the entries of a log of the new form, as long as each is whole and has the number after the last one's. What
 * stands behind them is what is left of earlier runs.
 *
 *     offset  size  field
 *          0     4  signature, "HvLE"
 *          4     4  size, a multiple of 512
 *          8     4  flags
 *         12     4  sequence number
 *         16     4  size of the hive's bins
 *         20     4  count of pages
 *         24     8  Marvin32 hash of bytes 40 up to the size
 *         32     8  Marvin32 hash of bytes 0–31
 *         40     …  references: offset in the bins and size, 4 bytes each
 *          …     …  the pages, without a gap
 *
 * Source: msuhanov's regf specification, "Log entries".
 *
 * @param start where the first one stands
 * @param mostBytes that are read of the log
 */
export function readLogRun(log: HiveBytes, start: number, mostBytes: number): LogRun {
  const entries: LogEntry[] = []
  let offset = start
  for (;;) {
    const head = log.read(offset, ENTRY_HEAD_SIZE)
    if (head.length < ENTRY_HEAD_SIZE || viewOf(head).getUint32(0) !== 0x48764c45) break
    const sequence = viewOf(head).getUint32(12, true)
    const last = entries.at(-1)
    if (last && sequence !== (last.sequence + 1) >>> 0) return { log, entries, end: { offset, sequence } }
    const size = viewOf(head).getUint32(4, true)
    const entry = offset + size - start > mostBytes ? 'is behind what is read of a log' : readEntry(log, offset, head)
    if (typeof entry === 'string') {
      return { log, entries, end: { offset, sequence, broken: `The log entry at ${hexOf(offset)} ${entry}` } }
    }
    entries.push(entry)
    offset += size
  }
  return { log, entries, end: { offset } }
}

/** One entry, or what is wrong with it. */
function readEntry(log: HiveBytes, offset: number, head: Uint8Array): LogEntry | string {
  const view = viewOf(head)
  const size = view.getUint32(4, true)
  const binsSize = view.getUint32(16, true)
  const count = view.getUint32(20, true)
  if (!hasHash(new Marvin32().update(head.subarray(0, HASHED_HEAD_SIZE)), view, 32))
    return 'has a head with a wrong hash'
  if (size % SECTOR_SIZE !== 0 || size < SECTOR_SIZE) return `has a size that cannot be, ${size}`
  if (offset + size > log.size) return 'goes on behind the end of the log'
  if (binsSize === 0 || binsSize % GRAIN !== 0) return `says that the hive has ${binsSize} bytes, which cannot be`
  if (ENTRY_HEAD_SIZE + count * 8 > size) return `says that it has ${count} pages, which cannot be`
  if (!hasHash(hashOf(log, offset + ENTRY_HEAD_SIZE, size - ENTRY_HEAD_SIZE), view, 24)) return 'has a wrong hash'
  const pages = readPages(log, offset, count, binsSize)
  const last = pages?.at(-1)
  if (!pages || (last && last.logOffset + last.length > offset + size)) return 'has pages that cannot be'
  return { sequence: view.getUint32(12, true), binsSize, pages }
}

function readPages(log: HiveBytes, offset: number, count: number, binsSize: number): DirtyPage[] | undefined {
  const bytes = log.read(offset + ENTRY_HEAD_SIZE, count * 8)
  if (bytes.length < count * 8) return undefined
  const references = viewOf(bytes)
  const pages: DirtyPage[] = []
  let logOffset = offset + ENTRY_HEAD_SIZE + count * 8
  for (let i = 0; i < count; i++) {
    const at = references.getUint32(i * 8, true)
    const length = references.getUint32(i * 8 + 4, true)
    if (at % SECTOR_SIZE !== 0 || length % SECTOR_SIZE !== 0 || at + length > binsSize) return undefined
    pages.push({ offset: at, length, logOffset })
    logOffset += length
  }
  return pages
}

function hashOf(log: HiveBytes, offset: number, length: number): Marvin32 {
  const hash = new Marvin32()
  for (let done = 0; done < length; done += PIECE_SIZE) {
    hash.update(log.read(offset + done, Math.min(PIECE_SIZE, length - done)))
  }
  return hash
}

function hasHash(hash: Marvin32, head: DataView, at: number): boolean {
  const { low, high } = hash.finish()
  return low === head.getUint32(at, true) && high === head.getUint32(at + 4, true)
}
