import { readSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { viewOf } from '../bytes/view.ts'
import { OutputError } from '../errors.ts'
import {
  CHANNEL_AT,
  FILE_AT,
  FRAME_SIZE,
  HOST_AT,
  OFFSET_AT,
  RECORD_ID_AT,
  SAID_AT,
  SAID_CRC_AT,
  SAID_LENGTH_AT,
  SHARED_AT,
  TIME_AT,
} from './row-run.ts'

/** Where a run waits: in memory, or as a stretch of the temporary file. */
export type StoredRun =
  | { readonly bytes: Uint8Array }
  | { readonly fd: number; readonly start: number; readonly end: number }

/**
 * Goes through one run; its fields are those of the row at hand. Names are numbers that compare as the names do. Hot:
 * every row of a timeline is read once and compared a few times, so nothing is made for it.
 */
export class RunCursor {
  /** No row is at hand any more. */
  ended = false
  /** TimeCreated, the halves of a FILETIME. */
  timeHigh = 0
  timeLow = 0
  host = 0
  channel = 0
  recordId = 0
  file = 0
  offset = 0
  /** What the row shares with many others. */
  shared = 0
  /** CRC-32 of what the event says, and its place in the text. */
  saidCrc = 0
  saidStart = 0
  saidLength = 0
  #textStart = 0
  #textEnd = 0

  readonly #ranks: Uint32Array
  #bytes: Uint8Array
  #view: DataView
  /** Bytes that there are, from where the next row begins. */
  #at = 0
  #length: number
  /** What is still to be read of the file. */
  readonly #fd: number
  #start = 0
  readonly #end: number

  /**
   * @param ranks the order of each of the run's names among those of all runs
   * @param size bytes to read at once
   */
  constructor(run: StoredRun, ranks: Uint32Array, size: number) {
    this.#ranks = ranks
    if ('bytes' in run) {
      this.#bytes = run.bytes
      this.#length = run.bytes.length
      this.#fd = -1
      this.#end = 0
    } else {
      this.#bytes = new Uint8Array(Math.min(size, run.end - run.start))
      this.#length = 0
      this.#fd = run.fd
      this.#start = run.start
      this.#end = run.end
    }
    this.#view = viewOf(this.#bytes)
    this.next()
  }

  /** The row's text; borrowed until `next`. */
  get text(): Uint8Array {
    return this.#bytes.subarray(this.#textStart, this.#textEnd)
  }

  /** Bytes of the row's text. */
  get textLength(): number {
    return this.#textEnd - this.#textStart
  }

  /** Copies the first bytes of the row's text. */
  copyText(to: Uint8Array, at: number, length: number): void {
    to.set(this.#bytes.subarray(this.#textStart, this.#textStart + length), at)
  }

  /** What the event says; borrowed until `next`. */
  get said(): Uint8Array {
    const start = this.#textStart + this.saidStart
    return this.#bytes.subarray(start, start + this.saidLength)
  }

  /** Moves to the next row. */
  next(): void {
    while (!this.#hasRow()) {
      if (this.#start === this.#end) {
        this.ended = true
        this.#bytes = NOTHING
        return
      }
      this.#fill()
    }
    const view = this.#view
    const at = this.#at
    const ranks = this.#ranks
    this.saidStart = view.getUint32(at + SAID_AT, true)
    this.saidLength = view.getUint32(at + SAID_LENGTH_AT, true)
    this.saidCrc = view.getUint32(at + SAID_CRC_AT, true)
    this.timeLow = view.getUint32(at + TIME_AT, true)
    this.timeHigh = view.getUint32(at + TIME_AT + 4, true)
    this.recordId = view.getFloat64(at + RECORD_ID_AT, true)
    this.offset = view.getFloat64(at + OFFSET_AT, true)
    this.host = ranks[view.getUint32(at + HOST_AT, true)]!
    this.channel = ranks[view.getUint32(at + CHANNEL_AT, true)]!
    this.file = ranks[view.getUint32(at + FILE_AT, true)]!
    this.shared = ranks[view.getUint32(at + SHARED_AT, true)]!
    this.#textStart = at + FRAME_SIZE
    this.#textEnd = this.#textStart + view.getUint32(at, true)
    this.#at = this.#textEnd
  }

  #hasRow(): boolean {
    const left = this.#length - this.#at
    return left >= FRAME_SIZE && left >= FRAME_SIZE + this.#view.getUint32(this.#at, true)
  }

  /** Keeps what is unread and reads on behind it. */
  #fill(): void {
    const rest = this.#length - this.#at
    if (rest === this.#bytes.length) {
      // A row longer than what is read at once.
      const grown = new Uint8Array(2 * rest)
      grown.set(this.#bytes)
      this.#bytes = grown
      this.#view = viewOf(grown)
    } else this.#bytes.copyWithin(0, this.#at, this.#length)
    const wanted = Math.min(this.#bytes.length - rest, this.#end - this.#start)
    const got = readSync(this.#fd, this.#bytes, rest, wanted, this.#start)
    if (got === 0) throw new OutputError('The temporary file of the timeline was cut while it was read', tmpdir())
    this.#start += got
    this.#length = rest + got
    this.#at = 0
  }
}

const NOTHING = new Uint8Array(0)

/** The one order of two rows: time, host, channel, record id, file, offset. */
export function comesBefore(a: RunCursor, b: RunCursor): boolean {
  if (a.timeHigh !== b.timeHigh) return a.timeHigh < b.timeHigh
  if (a.timeLow !== b.timeLow) return a.timeLow < b.timeLow
  if (a.host !== b.host) return a.host < b.host
  if (a.channel !== b.channel) return a.channel < b.channel
  if (a.recordId !== b.recordId) return a.recordId < b.recordId
  if (a.file !== b.file) return a.file < b.file
  return a.offset <= b.offset
}
