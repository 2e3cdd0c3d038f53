import { crc32 } from '../bytes/crc32.ts'
import { hasSignature, readU64 } from './file-header.ts'

/** Bytes of a chunk, header included. */
export const CHUNK_SIZE = 65_536
/** Bytes in a chunk header; the first record starts here. */
export const CHUNK_HEADER_SIZE = 512

const FLAG_NO_CHECKSUM = 4

/** One 64 KiB slot of a log in memory, seen three ways. All offsets into it are relative to the chunk's start. */
export interface Chunk {
  readonly bytes: Uint8Array
  readonly view: DataView
  /** The same as 32-bit words: records are 8-aligned, so their headers can be read this way. */
  readonly words: Int32Array
}

/**
 * A slot of a buffer as a chunk; borrowed, so it is only good until the buffer is filled again.
 *
 * @param offset start of the slot in the buffer, a multiple of 8 from the buffer's own start
 */
export function chunkAt(buffer: ArrayBuffer, offset: number): Chunk {
  return {
    bytes: new Uint8Array(buffer, offset, CHUNK_SIZE),
    view: new DataView(buffer, offset, CHUNK_SIZE),
    words: new Int32Array(buffer, offset, CHUNK_SIZE / 4),
  }
}

/** What a chunk says of itself. All of it may be stale or wrong. */
export interface ChunkHeader {
  readonly firstRecordNumber: number
  readonly lastRecordNumber: number
  readonly firstRecordId: number
  readonly lastRecordId: number
  /** Bytes from the chunk's start to the last record. */
  readonly lastRecordOffset: number
  /** Bytes from the chunk's start to the unused space. */
  readonly freeSpaceOffset: number
  readonly dataChecksum: number
  readonly noChecksums: boolean
  readonly headerChecksum: number
}

/** `unused` is a slot of zeros: space that Windows set aside. */
export type SlotKind = 'chunk' | 'unused' | 'headerless'

/** What stands in a slot. A slot without a signature that is not all zeros may still hold records. */
export function slotKind(chunk: Chunk): SlotKind {
  if (hasSignature(chunk.bytes, 0, 'ElfChnk\0')) return 'chunk'
  return isZero(chunk.words, 0, CHUNK_SIZE) ? 'unused' : 'headerless'
}

/**
 * True when there are only zeros from `start` up to `end`, bytes from the chunk's start. Logs may be mostly unused
 * space.
 */
export function isZero(words: Int32Array, start: number, end: number): boolean {
  let at = start >> 2
  const last = end >> 2
  // Eight at a time: one look where most calls need thousands.
  for (; at + 8 <= last; at += 8) {
    const first = words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!
    if ((first | words[at + 4]! | words[at + 5]! | words[at + 6]! | words[at + 7]!) !== 0) return false
  }
  for (; at < last; at++) if (words[at] !== 0) return false
  return true
}

/**
 * Reads the header of one chunk. Checksums are returned, not checked: see `verifyChunkHeader` and `verifyChunkData`.
 *
 *     offset  size  field
 *          0     8  signature, "ElfChnk\0"
 *          8     8  first record number
 *         16     8  last record number
 *         24     8  first record id
 *         32     8  last record id
 *         40     4  header size, 128
 *         44     4  offset of the last record
 *         48     4  free space offset
 *         52     4  data checksum: CRC-32 of bytes 512 up to the free space offset
 *        120     4  flags: 4 no checksums
 *        124     4  header checksum: CRC-32 of bytes 0–119 followed by 128–511
 *        128   256  heads of 64 lists of names
 *        384   128  heads of 32 lists of template definitions
 *
 * Little-endian. Source: libyal/libevtx format document, "Chunk header". The lists are not used: names and definitions
 * are found by the offsets that refer to them.
 */
export function readChunkHeader(chunk: Chunk): ChunkHeader {
  const { view } = chunk
  return {
    firstRecordNumber: readU64(view, 8),
    lastRecordNumber: readU64(view, 16),
    firstRecordId: readU64(view, 24),
    lastRecordId: readU64(view, 32),
    lastRecordOffset: view.getUint32(44, true),
    freeSpaceOffset: view.getUint32(48, true),
    dataChecksum: view.getUint32(52, true),
    noChecksums: (view.getUint32(120, true) & FLAG_NO_CHECKSUM) !== 0,
    headerChecksum: view.getUint32(124, true),
  }
}

/** Where the records of a chunk should end: its free space offset, or the chunk's end where that cannot be. */
export function recordsEnd(chunk: Chunk): number {
  const offset = chunk.view.getUint32(48, true)
  return offset >= CHUNK_HEADER_SIZE && offset <= CHUNK_SIZE ? offset : CHUNK_SIZE
}

/** True when the header's checksum holds, or the chunk has none. */
export function verifyChunkHeader(chunk: Chunk): boolean {
  const { bytes, view } = chunk
  if (view.getUint32(120, true) & FLAG_NO_CHECKSUM) return true
  const sum = crc32(bytes.subarray(128, CHUNK_HEADER_SIZE), crc32(bytes.subarray(0, 120)))
  return sum === view.getUint32(124, true)
}

/** True when the checksum over the records holds, or the chunk has none. */
export function verifyChunkData(chunk: Chunk): boolean {
  const { bytes, view } = chunk
  if (view.getUint32(120, true) & FLAG_NO_CHECKSUM) return true
  return crc32(bytes.subarray(CHUNK_HEADER_SIZE, recordsEnd(chunk))) === view.getUint32(52, true)
}
