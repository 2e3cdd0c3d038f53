import { crc32 } from '../../bytes/crc32.ts'
import { CHUNK_SIZE } from '../chunk.ts'
import { FILE_HEADER_SIZE } from '../file-header.ts'
import { ChunkWriter } from './chunk-writer.ts'
import type { EventDescription } from './event-description.ts'
import { RecordComposer } from './record-content.ts'

/** "ElfFile\0" */
const SIGNATURE = Uint8Array.from('ElfFile\0', (character) => character.charCodeAt(0))
const FLAG_DIRTY = 1
const FLAG_FULL = 2

/** How a log is written. */
export interface LogOptions {
  /** Record number of the first record; 1 when absent. */
  readonly firstRecordId?: number
  /** A log that was not closed: flag 1, and a header that still says what it said when the log was begun. */
  readonly dirty?: boolean
  /** Flag 2: the log reached its maximum size. */
  readonly full?: boolean
  /** 1 when absent; 2 as Windows states since 10 2004. The chunks are written the same way. */
  readonly minorVersion?: 1 | 2
}

/** What a log's header has to know of its chunks. */
export interface LogExtent {
  /** At least 1: a log without records has one empty chunk. */
  readonly chunkCount: number
  readonly nextRecordId: number
}

/** The fields of a log's header that differ between logs. */
export interface FileHeaderFields extends LogExtent {
  readonly dirty: boolean
  readonly full: boolean
  readonly minorVersion: number
}

/**
 * A whole .evtx file with these events, in their order. The same events give the same bytes.
 *
 * @throws {FormatError} `bad-value`, `bad-size` or `bad-name` for a description that no record can hold
 */
export function writeLog(events: Iterable<EventDescription>, options: LogOptions = {}): Uint8Array {
  const chunks = walkChunks(events, options)
  const copies: Uint8Array[] = []
  let step = chunks.next()
  for (; !step.done; step = chunks.next()) copies.push(step.value.slice())
  const log = new Uint8Array(FILE_HEADER_SIZE + CHUNK_SIZE * copies.length)
  log.set(fileHeaderBytes(step.value, options))
  for (const [i, chunk] of copies.entries()) log.set(chunk, FILE_HEADER_SIZE + CHUNK_SIZE * i)
  return log
}

/**
 * The chunks of a log one by one, for logs that no memory holds. What it returns at its end goes to `fileHeaderBytes`,
 * whose bytes go before the chunks.
 *
 * @yields 65,536 bytes each, borrowed: good until the next step
 * @throws {FormatError} as `writeLog`
 */
export function* walkChunks(
  events: Iterable<EventDescription>,
  options: LogOptions = {},
): Generator<Uint8Array, LogExtent> {
  let number = options.firstRecordId ?? 1
  let chunkCount = 1
  const composer = new RecordComposer()
  const writer = new ChunkWriter(number)
  for (const event of events) {
    const content = composer.composeView(event, number)
    if (!writer.add(content)) {
      yield writer.finishView()
      writer.start(number)
      chunkCount++
      writer.add(content)
    }
    number++
  }
  yield writer.finishView()
  return { chunkCount, nextRecordId: number }
}

/** The first 4,096 bytes of a log with these chunks, stale where the options say dirty. */
export function fileHeaderBytes(extent: LogExtent, options: LogOptions = {}): Uint8Array {
  const { firstRecordId = 1, dirty = false, full = false, minorVersion = 1 } = options
  const stated = dirty ? { chunkCount: 1, nextRecordId: firstRecordId } : extent
  return renderFileHeader({ ...stated, dirty, full, minorVersion })
}

/**
 * The header block of a log.
 *
 *     offset  size  field
 *          0     8  signature, "ElfFile\0"
 *          8     8  first (oldest) chunk, 0
 *         16     8  last (current) chunk
 *         24     8  next record id
 *         32     4  header size, 128
 *         36     2  minor version
 *         38     2  major version: 3
 *         40     2  size of this block, 4096
 *         42     2  chunk count; of more than 65,535 the low 16 bits
 *        120     4  flags: 1 dirty, 2 full
 *        124     4  checksum: CRC-32 of bytes 0–119
 *
 * Little-endian. Source: libyal/libevtx format document, "File header".
 */
export function renderFileHeader(fields: FileHeaderFields): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_SIZE)
  const view = new DataView(bytes.buffer)
  bytes.set(SIGNATURE)
  view.setBigUint64(16, BigInt(fields.chunkCount - 1), true)
  view.setBigUint64(24, BigInt(fields.nextRecordId), true)
  view.setUint32(32, 128, true)
  view.setUint16(36, fields.minorVersion, true)
  view.setUint16(38, 3, true)
  view.setUint16(40, FILE_HEADER_SIZE, true)
  view.setUint16(42, fields.chunkCount & 0xffff, true)
  view.setUint32(120, (fields.dirty ? FLAG_DIRTY : 0) | (fields.full ? FLAG_FULL : 0), true)
  view.setUint32(124, crc32(bytes.subarray(0, 120)), true)
  return bytes
}
