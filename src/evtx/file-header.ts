import { crc32 } from '../bytes/crc32.ts'
import { FormatError } from '../errors.ts'

/** Bytes of the block that a file begins with; the first chunk follows. */
export const FILE_HEADER_SIZE = 4096

const SIGNATURE = 'ElfFile\0'
const FLAG_DIRTY = 1
const FLAG_FULL = 2
const FLAG_NO_CHECKSUM = 4

/** What the first block of a log says. The counts are stale in a log that was not closed: believe the chunks. */
export interface FileHeader {
  readonly firstChunk: number
  readonly lastChunk: number
  readonly nextRecordId: number
  readonly majorVersion: number
  readonly minorVersion: number
  readonly chunkCount: number
  /** Not closed when it was copied: usual on a snapshot. */
  readonly dirty: boolean
  readonly full: boolean
  readonly noChecksums: boolean
  readonly checksumOk: boolean
}

/** True when the bytes begin like a log, its header intact or (with 4,104 bytes given) lost before a chunk. */
export function looksLikeLog(bytes: Uint8Array): boolean {
  return (
    hasSignature(bytes, 0, SIGNATURE) ||
    hasSignature(bytes, FILE_HEADER_SIZE, 'ElfChnk\0') ||
    hasSignature(bytes, 0, 'ElfChnk\0')
  )
}

/** True when the ASCII text stands at the offset. */
export function hasSignature(bytes: Uint8Array, offset: number, text: string): boolean {
  if (bytes.length < offset + text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false
  return true
}

/**
 * Reads the header of a log.
 *
 *     offset  size  field
 *          0     8  signature, "ElfFile\0"
 *          8     8  first (oldest) chunk
 *         16     8  last (current) chunk
 *         24     8  next record id
 *         32     4  header size, 128
 *         36     2  minor version: 1, or 2 since Windows 10 2004
 *         38     2  major version: 3
 *         40     2  size of this block, 4096
 *         42     2  chunk count
 *        120     4  flags: 1 dirty, 2 full, 4 no checksums; others are garbage that occurs
 *        124     4  checksum: CRC-32 of bytes 0–119
 *
 * Little-endian. Source: libyal/libevtx format document, "File header".
 *
 * @param bytes at least 128 bytes from the start of the file
 * @throws {FormatError} `truncated` if shorter, `bad-signature` if this is no log
 */
export function readFileHeader(bytes: Uint8Array): FileHeader {
  if (bytes.length < 128) throw new FormatError('truncated', 0, 'The file is shorter than a log header of 128 bytes')
  if (!hasSignature(bytes, 0, SIGNATURE)) throw new FormatError('bad-signature', 0, 'No "ElfFile" signature')
  const view = new DataView(bytes.buffer, bytes.byteOffset, 128)
  const flags = view.getUint32(120, true)
  return {
    firstChunk: readU64(view, 8),
    lastChunk: readU64(view, 16),
    nextRecordId: readU64(view, 24),
    minorVersion: view.getUint16(36, true),
    majorVersion: view.getUint16(38, true),
    chunkCount: view.getUint16(42, true),
    dirty: (flags & FLAG_DIRTY) !== 0,
    full: (flags & FLAG_FULL) !== 0,
    noChecksums: (flags & FLAG_NO_CHECKSUM) !== 0,
    checksumOk: crc32(bytes.subarray(0, 120)) === view.getUint32(124, true),
  }
}

/** A 64-bit count or id as a number: exact up to 2^53, far beyond any real log. */
export function readU64(view: DataView, offset: number): number {
  return view.getUint32(offset + 4, true) * 4_294_967_296 + view.getUint32(offset, true)
}
