import { compareText } from '../bytes/compare-text.ts'
import { crc32 } from '../bytes/crc32.ts'
import type { RowText } from '../timeline/profile.ts'

/**
 * A run: rows of a timeline in order, as they travel and wait on disk. Each row is a frame of a key and its text, so
 * that runs are merged, and copies of an event told, without looking into the text.
 *
 *     offset  size  field
 *          0     4  bytes of the text
 *          4     4  where in the text stands what the event says, and
 *          8     4  how many bytes that is
 *         12     4  its CRC-32
 *         16     8  TimeCreated, FILETIME
 *         24     8  EventRecordID
 *         32     8  offset in the log
 *         40     4  host, position in the run's names
 *         44     4  channel, position in the run's names
 *         48     4  log, position in the run's names
 *         52     4  what the row shares with many others, position in the run's names
 *         56        text, UTF-8
 *
 * Little-endian, the two numbers after the time as doubles; of our own making. Names stand in order, so that their
 * positions compare as they do.
 */
export const FRAME_SIZE = 56
export const SAID_AT = 4
export const SAID_LENGTH_AT = 8
export const SAID_CRC_AT = 12
export const TIME_AT = 16
export const RECORD_ID_AT = 24
export const OFFSET_AT = 32
export const HOST_AT = 40
export const CHANNEL_AT = 44
export const FILE_AT = 48
export const SHARED_AT = 52
/** What a name is used for. */
const AS_HOST = 2
const AS_OTHER = 1
const OTHER_FIELDS = [CHANNEL_AT, FILE_AT, SHARED_AT] as const
const NAME_FIELDS = [HOST_AT, ...OTHER_FIELDS] as const

/** What rows are ordered by: time, host, channel, record id, file, offset. */
export interface RowKey {
  /** FILETIME ticks. */
  readonly time: bigint
  readonly host: string
  readonly channel: string
  readonly recordId: number
  readonly file: string
  readonly offset: number
}

/** Rows framed and in order, with the names they refer to. */
export interface Run {
  /** In order, each once. */
  readonly names: readonly string[]
  /** Those of the names that are hosts. */
  readonly hosts: readonly string[]
  /** In a buffer of its own. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Makes a run of rows that come in any order. They are framed as they come: what is only joined at the end lives long
 * enough for the garbage collector to move it about.
 */
export class RunBuilder {
  #bytes: Buffer
  #length = 0
  #starts: number[] = []
  readonly #names = new Map<string, number>()

  /** @param expected bytes that all rows may take; more is made room for */
  constructor(expected = 64 * 1024) {
    this.#bytes = Buffer.allocUnsafeSlow(expected)
  }

  /** Rows so far. */
  get rows(): number {
    return this.#starts.length
  }

  /** Names that are known, of this run and those before. */
  get knownNames(): number {
    return this.#names.size
  }

  /** Begins another run. Names keep their positions. */
  clear(): void {
    this.#starts = []
    this.#length = 0
  }

  /** Takes in rows that are framed already, with positions that `position` told. */
  addFrames(from: Uint8Array, start: number, end: number): void {
    this.#makeRoom(this.#length + end - start)
    const base = this.#length - start
    this.#bytes.set(from.subarray(start, end), this.#length)
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length)
    this.#length = base + end
    for (let at = base + start; at < this.#length; at += FRAME_SIZE + view.getUint32(at, true)) this.#starts.push(at)
  }

  /** Takes in one row. */
  add(key: RowKey, { before, said, after, shared }: RowText): void {
    const start = this.#length
    // Three bytes are the most that a UTF-16 unit takes.
    this.#makeRoom(start + FRAME_SIZE + 3 * (before.length + said.length + after.length))
    const bytes = this.#bytes
    const text = start + FRAME_SIZE
    const saidStart = before === '' ? text : text + bytes.write(before, text)
    const saidEnd = saidStart + bytes.write(said, saidStart)
    const end = after === '' ? saidEnd : saidEnd + bytes.write(after, saidEnd)
    bytes.writeUInt32LE(end - text, start)
    bytes.writeUInt32LE(saidStart - text, start + SAID_AT)
    bytes.writeUInt32LE(saidEnd - saidStart, start + SAID_LENGTH_AT)
    bytes.writeUInt32LE(crc32(bytes.subarray(saidStart, saidEnd)), start + SAID_CRC_AT)
    bytes.writeBigUInt64LE(key.time, start + TIME_AT)
    bytes.writeDoubleLE(key.recordId, start + RECORD_ID_AT)
    bytes.writeDoubleLE(key.offset, start + OFFSET_AT)
    bytes.writeUInt32LE(this.position(key.host), start + HOST_AT)
    bytes.writeUInt32LE(this.position(key.channel), start + CHANNEL_AT)
    bytes.writeUInt32LE(this.position(key.file), start + FILE_AT)
    bytes.writeUInt32LE(this.position(shared), start + SHARED_AT)
    this.#starts.push(start)
    this.#length = end
  }

  /** All rows in order. */
  finish(): Run {
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#length)
    const used = new Uint8Array(this.#names.size)
    for (const start of this.#starts) {
      used[view.getUint32(start + HOST_AT, true)]! |= AS_HOST
      for (const field of OTHER_FIELDS) used[view.getUint32(start + field, true)]! |= AS_OTHER
    }
    const names: string[] = []
    const hosts: string[] = []
    for (const [name, position] of this.#names) {
      if (used[position]! !== 0) names.push(name)
      if (used[position]! & AS_HOST) hosts.push(name)
    }
    names.sort(compareText)
    hosts.sort(compareText)
    const ranks = new Uint32Array(used.length)
    for (const [rank, name] of names.entries()) ranks[this.#names.get(name)!] = rank
    for (const start of this.#starts) {
      for (const field of NAME_FIELDS) {
        view.setUint32(start + field, ranks[view.getUint32(start + field, true)]!, true)
      }
    }
    const bytes = new Uint8Array(this.#length)
    let at = 0
    for (const start of this.#starts.sort((a, b) => compareFrames(view, a, b))) {
      const frame = this.#bytes.subarray(start, start + FRAME_SIZE + view.getUint32(start, true))
      bytes.set(frame, at)
      at += frame.length
    }
    return { names, hosts, bytes }
  }

  /** Position of a name, for as long as the builder lives. */
  position(name: string): number {
    let known = this.#names.get(name)
    if (known === undefined) {
      known = this.#names.size
      this.#names.set(name, known)
    }
    return known
  }

  #makeRoom(most: number): void {
    if (most <= this.#bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(most, 2 * this.#bytes.length))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}

/** Frames of one run, by their keys; never 0 for two records. */
function compareFrames(view: DataView, a: number, b: number): number {
  return (
    view.getUint32(a + TIME_AT + 4, true) - view.getUint32(b + TIME_AT + 4, true) ||
    view.getUint32(a + TIME_AT, true) - view.getUint32(b + TIME_AT, true) ||
    view.getUint32(a + HOST_AT, true) - view.getUint32(b + HOST_AT, true) ||
    view.getUint32(a + CHANNEL_AT, true) - view.getUint32(b + CHANNEL_AT, true) ||
    view.getFloat64(a + RECORD_ID_AT, true) - view.getFloat64(b + RECORD_ID_AT, true) ||
    view.getUint32(a + FILE_AT, true) - view.getUint32(b + FILE_AT, true) ||
    view.getFloat64(a + OFFSET_AT, true) - view.getFloat64(b + OFFSET_AT, true)
  )
}
