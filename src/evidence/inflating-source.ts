import { closeSync, readSync } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { constants, createInflateRaw, type InflateRaw } from 'node:zlib'
import { crc32 } from '../bytes/crc32.ts'
import type { Flaw, OpenSource, ZipSource } from './source.ts'
import { whyUnreadable } from './why-unreadable.ts'

/** Packed bytes read first: enough for the head of a log, which is all that is wanted of most entries. */
const FIRST_PACKED = 4 * 1024
/** Packed bytes read at once after that, and inflated bytes handed over at once. */
const PACKED = 128 * 1024
const INFLATED = 512 * 1024

/**
 * A deflated entry of a zip, inflated piece by piece, off this thread. In memory are the stretch that was prepared and
 * at most a few pieces more, whatever the size of the entry.
 */
export class InflatingSource implements OpenSource {
  readonly size: number
  flaw: Flaw | undefined
  readonly #fd: number
  readonly #start: number
  readonly #packedSize: number
  readonly #crc32: number
  #stream: InflateRaw | undefined
  #pieces: AsyncIterator<Uint8Array> | undefined
  /** Inflated and not yet let go, in order. */
  #kept: Uint8Array[] = []
  /** Places of the first kept byte and behind the last. */
  #first = 0
  #end = 0
  #checksum = 0
  #isClosed = false

  /**
   * @param fd the zip's; closed with this
   * @param start place of the first packed byte
   */
  constructor(fd: number, start: number, { size, packedSize, crc32 }: ZipSource) {
    this.#fd = fd
    this.#start = start
    this.size = size
    this.#packedSize = packedSize
    this.#crc32 = crc32
  }

  prepare(at: number, length: number): Promise<void> | undefined {
    const end = Math.min(at + length, this.size)
    const isBehind = at < this.#first
    if (!isBehind && (end <= this.#end || this.flaw !== undefined)) return undefined
    return this.#inflate(at, end)
  }

  read(into: Uint8Array, at: number): number {
    let got = 0
    let place = this.#first
    for (const piece of this.#kept) {
      const skip = Math.max(0, at - place)
      if (skip < piece.length) {
        const part = piece.subarray(skip, skip + into.length - got)
        into.set(part, got)
        got += part.length
      }
      place += piece.length
      if (got === into.length) break
    }
    return got
  }

  async readSoon(into: Uint8Array, at: number): Promise<number> {
    await this.prepare(at, into.length)
    return this.read(into, at)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#stream?.destroy()
    closeSync(this.#fd)
  }

  /** Goes on from where it is, or from the start, until a stretch is there. */
  async #inflate(at: number, end: number): Promise<void> {
    if (at < this.#first || this.#pieces === undefined) this.#restart()
    this.#letGo(at)
    while (this.#end < end && this.flaw === undefined) {
      const piece = await this.#next()
      if (piece === undefined) break
      this.#checksum = crc32(piece, this.#checksum)
      this.#kept.push(piece)
      this.#end += piece.length
      this.#letGo(at)
    }
    if (this.#end >= this.size && this.flaw === undefined) await this.#finish()
  }

  #restart(): void {
    this.#stream?.destroy()
    const inflate = createInflateRaw({ chunkSize: INFLATED, finishFlush: constants.Z_SYNC_FLUSH })
    // What goes wrong on the way is thrown where the pieces are taken.
    pipeline(Readable.from(this.#packed(), { objectMode: false, highWaterMark: PACKED }), inflate, () => {})
    this.#stream = inflate
    this.#pieces = inflate[Symbol.asyncIterator]()
    this.#kept = []
    this.#first = this.#end = this.#checksum = 0
    this.flaw = undefined
  }

  *#packed(): Generator<Uint8Array> {
    for (let at = 0, length = FIRST_PACKED; at < this.#packedSize && !this.#isClosed; length = PACKED) {
      const piece = Buffer.allocUnsafe(Math.min(length, this.#packedSize - at))
      const got = readSync(this.#fd, piece, 0, piece.length, this.#start + at)
      if (got === 0) return
      at += got
      yield piece.subarray(0, got)
    }
  }

  /** The next piece, no longer than the entry may be; undefined at the end or where it cannot go on. */
  async #next(): Promise<Uint8Array | undefined> {
    const lost = this.size - this.#end
    try {
      const { value, done } = await this.#pieces!.next()
      if (!done) return this.#cut(value)
      this.flaw = { at: this.#end, lost, reason: `The zip holds ${this.#end} bytes of it and promises ${this.size}` }
    } catch (error) {
      this.flaw = { at: this.#end, lost, reason: `${lost} bytes of it could not be inflated: ${whyUnreadable(error)}` }
    }
    return undefined
  }

  #cut(piece: Uint8Array): Uint8Array {
    if (this.#end + piece.length <= this.size) return piece
    this.flaw = this.#tooLong()
    return piece.subarray(0, this.size - this.#end)
  }

  #tooLong(): Flaw {
    const reason = `The zip holds more of it than the ${this.size} bytes that it promises; the rest was not read`
    return { at: this.size, lost: 0, reason }
  }

  /** All that was promised is there: it must be all there is, and what was packed. */
  async #finish(): Promise<void> {
    try {
      const { done } = await this.#pieces!.next()
      if (!done) this.flaw = this.#tooLong()
    } catch (error) {
      this.flaw = { at: this.size, lost: 0, reason: `What was packed does not end well: ${whyUnreadable(error)}` }
    }
    if (this.flaw === undefined && this.#checksum !== this.#crc32) {
      const reason = "The zip's checksum of it does not match; what came out was read all the same"
      this.flaw = { at: this.size, lost: 0, reason }
    }
  }

  #letGo(before: number): void {
    let count = 0
    while (count < this.#kept.length && this.#first + this.#kept[count]!.length <= before) {
      this.#first += this.#kept[count]!.length
      count++
    }
    if (count > 0) this.#kept.splice(0, count)
  }
}
