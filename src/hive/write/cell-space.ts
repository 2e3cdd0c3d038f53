import { FormatError } from '../../errors.ts'
import { BASE_BLOCK_SIZE } from '../base-block.ts'

/** Bytes in the smallest bin; every bin has a multiple of them. */
const GRAIN = 4096
const BIN_HEAD_SIZE = 32
/** Bytes of bins that a hive can have: places are counted in signed numbers here and there. */
const MOST_BYTES = 0x7fff_f000

/** The growing bytes of a hive: a first block that is left empty, and bins with one cell after the other. */
export class CellSpace {
  /** All bytes so far and more to come; another buffer after each `allocate`. */
  bytes = new Uint8Array(1 << 20)
  view = new DataView(this.bytes.buffer)
  private readonly firstBinTicks: bigint
  /** Where the next cell goes, and where the bin ends; bytes from the start of the bins. */
  private next = 0
  private end = 0

  constructor(firstBinTicks: bigint) {
    this.firstBinTicks = firstBinTicks
  }

  /** Bytes of all bins. */
  get size(): number {
    return this.end
  }

  /**
   * Makes a cell, filled with zeros.
   *
   * @param length bytes of content
   * @returns its place, bytes from the start of the bins
   * @throws {FormatError} `too-many` for a hive that would be too large
   */
  allocate(length: number): number {
    const size = Math.ceil((length + 4) / 8) * 8
    if (this.next + size > this.end) this.startBin(size)
    const at = this.next
    this.view.setInt32(BASE_BLOCK_SIZE + at, -size, true)
    this.next += size
    return at
  }

  /** Where in `bytes` a cell's content begins. */
  contentOf(at: number): number {
    return BASE_BLOCK_SIZE + at + 4
  }

  /** Makes a cell with this content. */
  put(content: Uint8Array): number {
    const at = this.allocate(content.length)
    this.bytes.set(content, this.contentOf(at))
    return at
  }

  /** The whole file, its first block still empty. */
  finish(): Uint8Array {
    this.freeRest()
    return this.bytes.slice(0, BASE_BLOCK_SIZE + this.end)
  }

  private startBin(cellSize: number): void {
    this.freeRest()
    const size = Math.ceil((cellSize + BIN_HEAD_SIZE) / GRAIN) * GRAIN
    const start = this.end
    if (start + size > MOST_BYTES) throw new FormatError('too-many', start, 'A hive cannot have more than 2 GiB')
    this.grow(BASE_BLOCK_SIZE + start + size)
    const head = BASE_BLOCK_SIZE + start
    this.view.setUint32(head, 0x6862696e)
    this.view.setUint32(head + 4, start, true)
    this.view.setUint32(head + 8, size, true)
    if (start === 0) this.view.setBigUint64(head + 20, this.firstBinTicks, true)
    this.next = start + BIN_HEAD_SIZE
    this.end = start + size
  }

  private freeRest(): void {
    if (this.next < this.end) this.view.setInt32(BASE_BLOCK_SIZE + this.next, this.end - this.next, true)
  }

  private grow(size: number): void {
    if (size <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(size, this.bytes.length * 2))
    grown.set(this.bytes)
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }
}
