import { CHUNK_HEADER_SIZE, CHUNK_SIZE, type Chunk } from './chunk.ts'
import { readU64 } from './file-header.ts'
import { OPEN_GATE } from './gate.ts'
import type { Group } from './group.ts'
import type { IdRuns } from './id-runs.ts'
import type { ScanMode } from './scan-sink.ts'
import { Scanner } from './scanner.ts'

/** Little-endian words of "ElfChnk\0", and of the signature that a record begins with. */
const CHUNK_START = 0x43666c45
const CHUNK_START_REST = 0x006b6e68
const RECORD_START = 0x00002a2a
/** Places in a chunk in words of 4 bytes: see `readChunkHeader`. */
const FIRST_ID = 6
const LAST_ID = 8
const LAST_RECORD_OFFSET = 11
const FREE_SPACE_OFFSET = 12
const FIRST_RECORD = CHUNK_HEADER_SIZE / 4
const CHUNK_WORDS = CHUNK_SIZE / 4
const RECORD_HEADER_WORDS = 6
/**
 * Runs kept of one range of a log, the newest; the gaps between others are counted. More than a report tells one by
 * one.
 */
const MOST_OF_RANGE = 2_048

/** A run that grows. */
interface GrowingRun {
  readonly first: number
  last: number
  readonly firstLow: number
  readonly firstHigh: number
  lastLow: number
  lastHigh: number
  readonly hurtBefore: boolean
  hurtAfter: boolean
}

/** Id and written time of one record. */
interface Place {
  readonly id: number
  readonly low: number
  readonly high: number
}

/**
 * Notes which EventRecordIDs a stretch of a log holds, at the cost of a few reads a chunk: a whole chunk's header names
 * its first and last. That holds where record headers have the event's own ids, which the first and the last record of the
 * first chunk show; an exported log has others, and each of its chunks is looked at record by record, like any chunk that
 * is damaged or still being written.
 */
export class RecordIds {
  /** `own`: the headers' ids are not the events'. `mixed`: records of several computers, or ids of both kinds, are no sequence. */
  #kind: 'unknown' | 'same' | 'own' | 'mixed' = 'unknown'
  #runs: GrowingRun[] = []
  #foldedGaps = 0
  #foldedIds = 0
  #hurt = false
  #places: Place[] = []
  #headersAgree = true
  readonly #scanner = new Scanner(OPEN_GATE, {
    onMatch: ({ recordIdLow, recordIdHigh, offset }, { view }) => {
      const id = recordIdHigh * 4_294_967_296 + recordIdLow
      if (!Number.isSafeInteger(id)) return
      if (id !== readU64(view, offset + 8)) this.#headersAgree = false
      this.#places.push({ id, low: view.getUint32(offset + 16, true), high: view.getUint32(offset + 20, true) })
    },
    onDamage: () => {},
  })

  /** Begins a new stretch. */
  start(): void {
    this.#kind = 'unknown'
    this.#runs = []
    this.#foldedGaps = 0
    this.#foldedIds = 0
    this.#hurt = false
    this.#scanner.startLog()
  }

  /** Records may be lost where the stretch is at: in the chunk that is added next, or before it. */
  hurt(): void {
    this.#hurt = true
  }

  /**
   * Takes in a chunk that is no unused space; chunks come in the order of the file. Nothing of it is kept.
   *
   * @param scanned what has just scanned the chunk
   */
  add(chunk: Chunk, mode: ScanMode, scanned: Scanner): void {
    if (this.#kind === 'mixed') return
    if (!this.#hurt && this.#kind !== 'own' && this.#addWhole(chunk, scanned)) return
    this.#places = []
    this.#headersAgree = true
    // What stands in unused space is older than the log, or of another one.
    this.#scanner.scanChunk(chunk, 0, mode.recover === 'slack' ? { ...mode, recover: 'resync' } : mode)
    if (this.#places.length === 0) return
    if (this.#kind === 'unknown') this.#kind = this.#headersAgree ? 'same' : 'own'
    if (this.#kind === 'own' && this.#scanner.groups.all().filter(({ records }) => records > 0).length > 1) {
      this.#kind = 'mixed'
      this.#runs = []
      return
    }
    for (const place of this.#places) this.#append(place, place)
    // The next chunk's first record may follow records that are lost with the end of this one.
    const last = this.#runs.at(-1)
    if (last) last.hurtAfter = this.#hurt
    this.#hurt = false
  }

  /**
   * What was noted since `start`.
   *
   * @param groups what the stretch holds
   */
  taken(groups: readonly Group[]): IdRuns {
    // A part of a log that was exported may begin with ids as headers have them, and go on with greater ones.
    if (this.#kind === 'same' && greatestIn(groups) > Math.max(...this.#runs.map(({ last }) => last))) {
      this.#kind = 'mixed'
      this.#runs = []
    }
    const last = this.#runs.at(-1)
    if (last && this.#hurt) last.hurtAfter = true
    const isLost = last === undefined && this.#hurt
    return {
      runs: this.#runs,
      foldedGaps: this.#foldedGaps,
      foldedIds: this.#foldedIds,
      isLost,
      isMixed: this.#kind === 'mixed',
    }
  }

  /**
   * True when the header could be believed: its first and last record are there, nothing follows them, and ids are known to be
   * the same in headers. Runs for every chunk of a scan (`benchmarks/`, case "scan"), so it reads words and not
   * `readChunkHeader`.
   */
  #addWhole({ words }: Chunk, scanned: Scanner): boolean {
    if (words[0] !== CHUNK_START || words[1] !== CHUNK_START_REST) return false
    const lastAt = words[LAST_RECORD_OFFSET]! >>> 2
    const freeAt = words[FREE_SPACE_OFFSET]! >>> 2
    if (lastAt < FIRST_RECORD || lastAt + RECORD_HEADER_WORDS > CHUNK_WORDS || freeAt > CHUNK_WORDS) return false
    // Records begin with signature, size, id (64 bits) and written time (64 bits).
    if (words[FIRST_RECORD] !== RECORD_START || words[lastAt] !== RECORD_START) return false
    if (words[FIRST_RECORD + 2] !== words[FIRST_ID] || words[FIRST_RECORD + 3] !== words[FIRST_ID + 1]) return false
    if (words[lastAt + 2] !== words[LAST_ID] || words[lastAt + 3] !== words[LAST_ID + 1]) return false
    if (lastAt + (words[lastAt + 1]! >>> 2) !== freeAt) return false
    const first = idAt(words, FIRST_ID)
    const last = idAt(words, LAST_ID)
    if (last < first || !Number.isSafeInteger(last)) return false
    // A log that was not closed goes on behind what its header knows.
    const goesOn = freeAt + RECORD_HEADER_WORDS <= CHUNK_WORDS && words[freeAt] === RECORD_START
    if (goesOn && idAt(words, freeAt + 2) === last + 1) return false
    if (this.#kind === 'unknown') {
      if (scanned.recordIdAt(4 * FIRST_RECORD) !== first || scanned.recordIdAt(4 * lastAt) !== last) return false
      this.#kind = 'same'
    }
    const before = this.#runs.at(-1)
    if (before && first === before.last + 1) {
      before.last = last
      before.lastLow = words[lastAt + 4]! >>> 0
      before.lastHigh = words[lastAt + 5]! >>> 0
      before.hurtAfter = false
    } else this.#append(placeAt(words, FIRST_RECORD), placeAt(words, lastAt))
    return true
  }

  #append(first: Place, last: Place): void {
    const before = this.#runs.at(-1)
    if (before && first.id === before.last + 1) {
      before.last = last.id
      before.lastLow = last.low
      before.lastHigh = last.high
      before.hurtAfter = false
      return
    }
    if (before && this.#hurt) before.hurtAfter = true
    this.#runs.push({
      first: first.id,
      last: last.id,
      firstLow: first.low,
      firstHigh: first.high,
      lastLow: last.low,
      lastHigh: last.high,
      hurtBefore: this.#hurt,
      hurtAfter: false,
    })
    if (this.#runs.length <= MOST_OF_RANGE) return
    const oldest = this.#runs.shift()!
    this.#foldedGaps++
    this.#foldedIds += Math.max(0, this.#runs[0]!.first - oldest.last - 1)
  }
}

function idAt(words: Int32Array, at: number): number {
  return (words[at + 1]! >>> 0) * 4_294_967_296 + (words[at]! >>> 0)
}

/** Greatest EventRecordID that was counted. */
function greatestIn(groups: readonly Group[]): number {
  const counted = groups.filter(({ records }) => records > 0)
  return Math.max(...counted.map(({ highestLow, highestHigh }) => highestHigh * 4_294_967_296 + highestLow))
}

/** The record whose header stands at a word. */
function placeAt(words: Int32Array, at: number): Place {
  return { id: idAt(words, at + 2), low: words[at + 4]! >>> 0, high: words[at + 5]! >>> 0 }
}
