import { countWhile } from '../bytes/count-while.ts'
import { type Chunk, slotKind, verifyChunkHeader } from './chunk.ts'
import { walkRecords } from './record.ts'
import { recordSum } from './record-sum.ts'

/** Records that are remembered: those of a log of some 7 GiB. Of what comes behind them copies are not told. */
const MOST_RECORDS = 8 * 1024 * 1024

/**
 * The records of one log that are not in unused space, eight bytes each: to tell which records there are copies of
 * them.
 */
export class LiveRecords {
  #sums = new Float64Array(1024)
  #count = 0
  #isSorted = true

  /**
   * Takes in the records of a chunk; chunks come in the order of the file.
   *
   * @param dirty the log was not closed
   */
  addChunk(chunk: Chunk, dirty: boolean): void {
    const kind = slotKind(chunk)
    if (kind === 'unused' || this.#count === MOST_RECORDS) return
    const headerless = kind === 'headerless'
    const headerBroken = headerless || !verifyChunkHeader(chunk)
    walkRecords(
      chunk,
      { recover: 'resync', headerless, dirty, headerBroken },
      (offset, size) => this.#push(recordSum(chunk, offset, size)),
      () => {},
    )
  }

  /** True where a record with the same id, written time and values was taken in. */
  has(chunk: Chunk, offset: number, size: number): boolean {
    if (!this.#isSorted) {
      this.#sums = this.#sums.slice(0, this.#count).sort()
      this.#isSorted = true
    }
    const wanted = recordSum(chunk, offset, size)
    const place = countWhile(this.#count, (i) => this.#sums[i]! < wanted)
    return place < this.#count && this.#sums[place] === wanted
  }

  #push(sum: number): void {
    if (this.#count === MOST_RECORDS) return
    if (this.#count === this.#sums.length) {
      const grown = new Float64Array(2 * this.#sums.length)
      grown.set(this.#sums)
      this.#sums = grown
    }
    this.#sums[this.#count++] = sum
    this.#isSorted = false
  }
}
