import { int32At, uint16At } from '../bytes/little-endian.ts'
import { BASE_BLOCK_SIZE } from './base-block.ts'
import { type DamageList, hexOf } from './damage-list.ts'
import type { PageCache } from './page-cache.ts'

/** Where a field says that there is no cell. */
export const NO_CELL = 0xffffffff

/** The content of one cell in use. */
export interface Cell {
  /** Where the cell stands; bytes from the start of the bins. */
  readonly at: number
  /** Where its content begins; bytes from the start of the file. */
  readonly offset: number
  /** Bytes of content; up to seven more than what was put there. */
  readonly length: number
}

/**
 * The cells of a hive.
 *
 *     offset  size  field
 *          0     4  size with this field, a multiple of 8; negative for a cell in use
 *          4     …  content
 *
 * Source: msuhanov's regf specification, "Cell".
 */
export class Cells {
  readonly damage: DamageList
  /** Bytes of all bins. */
  readonly binsSize: number
  /** Bytes of content that were read so far. */
  bytesRead = 0
  private readonly pages: PageCache

  constructor(pages: PageCache, binsSize: number, damage: DamageList) {
    this.pages = pages
    this.binsSize = binsSize
    this.damage = damage
  }

  /**
   * The cell at a place, or damage.
   *
   * @param what is said to stand there, for people: "The key"
   */
  find(at: number, what: string): Cell | undefined {
    if (at % 8 !== 0 || at + 8 > this.binsSize) {
      return this.refuse(at, 0, `${what} is said to be at ${placeOf(at)}, where no cell can be`)
    }
    const { pages } = this
    if (pages.seek(BASE_BLOCK_SIZE + at, 4) < 4) {
      return this.refuse(at, 4, `${what} at ${placeOf(at)} is behind the end of what could be read`)
    }
    const size = int32At(pages.bytes, pages.start)
    if (size >= 0) return this.refuse(at, 0, `${what} is said to be at ${placeOf(at)}, where there is no cell in use`)
    if (size > -8 || at - size > this.binsSize) {
      return this.refuse(at, 0, `${what} at ${placeOf(at)} has a size that cannot be, ${-size}`)
    }
    return { at, offset: BASE_BLOCK_SIZE + at + 4, length: -size - 4 }
  }

  /**
   * Bytes of a cell's content, or damage where it has fewer or they cannot be read.
   *
   * @param start bytes from the start of the content
   * @returns to be looked at, neither kept nor changed
   */
  readView(cell: Cell, start: number, length: number, what: string): Uint8Array | undefined {
    return this.seek(cell, start, length, what) ? this.bytes.subarray(this.start, this.start + length) : undefined
  }

  /** As `readView`, where a view costs more than what is looked at: `bytes` hold them from `start` on. */
  seek(cell: Cell, start: number, length: number, what: string): boolean {
    if (start + length > cell.length) {
      const room = `${start + length} bytes, and its cell holds ${cell.length}`
      this.refuse(cell.at, 0, `${what} at ${placeOf(cell.at)} would take ${room}`)
      return false
    }
    const there = this.pages.seek(cell.offset + start, length)
    this.bytesRead += there
    if (there === length) return true
    this.refuse(cell.at, length - there, `${what} at ${placeOf(cell.at)} goes on behind what could be read`)
    return false
  }

  /** Where the last seek led; good until the next. */
  get bytes(): Uint8Array {
    return this.pages.bytes
  }

  get start(): number {
    return this.pages.start
  }

  /** Whether a cell in use begins with a signature of two letters; no damage where none does. */
  startsWith(at: number, signature: number): boolean {
    if (at % 8 !== 0 || at + 8 > this.binsSize) return false
    const { pages } = this
    if (pages.seek(BASE_BLOCK_SIZE + at, 6) < 6) return false
    const { bytes, start } = pages
    return int32At(bytes, start) < 0 && uint16At(bytes, start + 4) === signature
  }

  /** Reports damage at a cell. */
  refuse(at: number, length: number, detail: string): undefined {
    this.damage.add('hive-cell', BASE_BLOCK_SIZE + at, length, detail)
  }
}

/** Where in the file a cell stands, for people. */
export function placeOf(at: number): string {
  return hexOf(BASE_BLOCK_SIZE + at)
}
