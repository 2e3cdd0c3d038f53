import { viewOf } from '../bytes/view.ts'
import type { BaseBlock } from './base-block.ts'
import type { HiveBytes } from './hive-bytes.ts'
import type { DirtyPage } from './log-entry.ts'
import { SECTOR_SIZE } from './overlay.ts'

/** Bytes of a hive that a byte of the bitmap is about. */
const BYTES_OF_A_BYTE = 8 * SECTOR_SIZE

/**
 * Reads which sectors a log of the old form replaces.
 *
 *     offset  size  field
 *          0     4  signature, "DIRT"
 *          4     …  a bit for each 512 bytes of the bins, the lowest of a byte first; set where they are replaced
 *
 * The sectors follow from the next multiple of 512 bytes on. Source: msuhanov's regf specification, "Dirty vector".
 *
 * @param base the log's own base block
 * @param start where the bitmap stands in the log
 * @returns what is wrong, as a predicate, where it cannot be read
 */
export function readDirtyVector(log: HiveBytes, base: BaseBlock, start: number): DirtyPage[] | string {
  const length = Math.floor(base.binsSize / BYTES_OF_A_BYTE)
  if (start + 4 + length > log.size) return 'is too short for its bitmap'
  const bytes = log.read(start, 4 + length)
  if (bytes.length < 4 + length || viewOf(bytes).getUint32(0) !== 0x44495254) return 'has no bitmap'
  const pages: DirtyPage[] = []
  let logOffset = Math.ceil((start + 4 + length) / SECTOR_SIZE) * SECTOR_SIZE
  for (let bit = 0; bit < 8 * length; bit++) {
    if ((bytes[4 + (bit >> 3)]! & (1 << (bit & 7))) === 0) continue
    if (logOffset + SECTOR_SIZE > log.size) return 'ends before the last sector that its bitmap tells'
    pages.push({ offset: bit * SECTOR_SIZE, length: SECTOR_SIZE, logOffset })
    logOffset += SECTOR_SIZE
  }
  return pages
}
