import { ticksFrom } from '../bytes/filetime.ts'
import { FormatError } from '../errors.ts'

/** Bytes of a hive before its bins; offsets of cells count from there. */
export const BASE_BLOCK_SIZE = 4096
/** Bytes at its start that the checksum and a log's copy are about. */
export const BASE_SECTOR_SIZE = 512
/** Kinds of file that begin with a base block. */
export const FILE_TYPE = { hive: 0, oldLog: 1, veryOldLog: 2, newLog: 6 } as const

/** What a hive, or the copy in a transaction log, says of itself. */
export interface BaseBlock {
  readonly primarySequence: number
  readonly secondarySequence: number
  /** FILETIME ticks. */
  readonly lastWritten: bigint
  readonly minorVersion: number
  /** One of `FILE_TYPE`. */
  readonly fileType: number
  /** Bytes from the start of the bins. */
  readonly rootCell: number
  /** Bytes of all bins. */
  readonly binsSize: number
  /** Sectors of 512 bytes that the disk wrote at once. */
  readonly clusteringFactor: number
  /** Whether the checksum is that of the bytes. */
  readonly isIntact: boolean
}

/**
 * Reads the base block of a hive or of a transaction log. Nothing but the signature must be right.
 *
 *     offset  size  field
 *          0     4  signature, "regf"
 *          4     4  primary sequence number, raised before a write
 *          8     4  secondary sequence number, raised after it
 *         12     8  last written, FILETIME
 *         20     4  major version: 1
 *         24     4  minor version: 3 to 6
 *         28     4  file type: 0 hive, 1 or 2 log of the old form, 6 log of the new form
 *         36     4  root cell
 *         40     4  size of the bins
 *         44     4  clustering factor
 *         48    64  file name, UTF-16LE
 *        508     4  checksum of bytes 0–507
 *
 * Little-endian. Source: msuhanov's regf specification, "Base block".
 *
 * @param bytes at least 512
 * @throws {FormatError} `truncated` if shorter, `bad-signature` if this is no base block
 */
export function readBaseBlock(bytes: Uint8Array): BaseBlock {
  if (bytes.length < BASE_SECTOR_SIZE) {
    throw new FormatError('truncated', 0, `A base block has ${BASE_SECTOR_SIZE} bytes, and there are ${bytes.length}`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, BASE_SECTOR_SIZE)
  if (view.getUint32(0) !== 0x72656766) throw new FormatError('bad-signature', 0, 'There is no "regf" signature')
  return {
    primarySequence: view.getUint32(4, true),
    secondarySequence: view.getUint32(8, true),
    lastWritten: ticksFrom(view.getUint32(12, true), view.getUint32(16, true)),
    minorVersion: view.getUint32(24, true),
    fileType: view.getUint32(28, true),
    rootCell: view.getUint32(36, true),
    binsSize: view.getUint32(40, true),
    clusteringFactor: view.getUint32(44, true),
    isIntact: view.getUint32(508, true) === baseChecksum(view),
  }
}

/** XOR of the 127 words before the checksum; 0 and 0xffffffff are never written. */
export function baseChecksum(view: DataView): number {
  let sum = 0
  for (let i = 0; i < 508; i += 4) sum ^= view.getUint32(i, true)
  if (sum === 0) return 1
  return sum === -1 ? 0xfffffffe : sum >>> 0
}
