import type { RunCursor } from './run-cursor.ts'

/** A row as it is merged, and what it is a copy of. */
export interface MergedRow {
  /** Borrowed until the next. */
  readonly row: RunCursor
  /** The log's name, `@` and the offset of the first record that says the same. */
  readonly dupOf: string | undefined
}

/** Where the first of some equal events stands. */
export interface FirstPlace {
  /** Number of the log's name, as in the rows. */
  readonly file: number
  readonly offset: number
}

/** One of the events of a key. */
interface Said extends FirstPlace {
  readonly crc: number
  readonly length: number
}

/**
 * Different events that are remembered under one key: a real log has one, and memory must not grow with a hostile one.
 */
const MOST_REMEMBERED = 4_096

/**
 * Tells rows that repeat an earlier one: the same host, channel, record id and time, and the same words. To be shown
 * the rows in their order, in which those with one key come together, the first by file and offset in front.
 */
export class CopyFinder {
  #first: Said | undefined
  /** Those of the key besides the first, by their checksum. */
  readonly #others = new Map<number, Said>()
  #timeHigh = -1
  #timeLow = -1
  #host = -1
  #channel = -1
  #recordId = -1

  /** Where the event of this row stands first; undefined where this is the first. */
  firstOf(row: RunCursor): FirstPlace | undefined {
    const isNewKey =
      row.timeLow !== this.#timeLow ||
      row.recordId !== this.#recordId ||
      row.timeHigh !== this.#timeHigh ||
      row.channel !== this.#channel ||
      row.host !== this.#host
    if (isNewKey) {
      this.#timeHigh = row.timeHigh
      this.#timeLow = row.timeLow
      this.#host = row.host
      this.#channel = row.channel
      this.#recordId = row.recordId
      this.#others.clear()
      this.#first = saidBy(row)
      return undefined
    }
    if (this.#first && isSame(this.#first, row)) return this.#first
    const other = this.#others.get(row.saidCrc)
    if (other && isSame(other, row)) return other
    if (!other && this.#others.size < MOST_REMEMBERED) this.#others.set(row.saidCrc, saidBy(row))
    return undefined
  }
}

function saidBy({ file, offset, saidCrc: crc, saidLength: length }: RunCursor): Said {
  return { file, offset, crc, length }
}

function isSame({ crc, length }: Said, row: RunCursor): boolean {
  return crc === row.saidCrc && length === row.saidLength
}
