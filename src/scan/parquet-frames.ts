import { crc32 } from '../bytes/crc32.ts'
import { viewOf } from '../bytes/view.ts'
import type { WinEvent } from '../event/win-event.ts'
import { FRAME_SIZE, SAID_CRC_AT, SAID_LENGTH_AT, SHARED_AT } from './row-run.ts'

/**
 * Rows of a Parquet file out of rows that the kernel writes as text. It is given next to nothing to stand between the
 * cells:
 *
 *     offset  size  field
 *          0    27  time, ISO 8601 without its zone
 *         27     4  number of the row's group, little-endian
 *         31        event id, comma, record id; decimal
 *                   the fields, an object of JSON
 *                   offset in the log; decimal
 *
 * What the event says ends with the fields. All other cells are in the key, or shared by the rows of a group and an
 * event id.
 */
const GROUP_AT = 27
const EVENT_ID_AT = 31
const COMMA = 0x2c
const DIGIT_0 = 0x30
const BRACE = 0x7b
/** One more than the greatest event id. */
const EVENT_IDS = 0x10000

/** Turns frames of the kernel's text into those of Parquet rows. */
export class ParquetFrames {
  readonly #sharedBy: (event: Partial<WinEvent>) => number
  /** What the rows of a group have in common, and the number of the group, by what the kernel knows it by. */
  #groups: Partial<WinEvent>[] = []
  readonly #numbers = new Map<string, number>()
  /** Positions of what rows share, by group and event id. */
  readonly #shared = new Map<number, number>()

  /** @param sharedBy the position of what all rows of an event's kind share */
  constructor(sharedBy: (event: Partial<WinEvent>) => number) {
    this.#sharedBy = sharedBy
  }

  /** Forgets all groups: their numbers are out of use, and so are the positions. */
  forget(): void {
    this.#groups = []
    this.#numbers.clear()
    this.#shared.clear()
  }

  /**
   * What the kernel is to write into the rows of a group.
   *
   * @param key what it knows the group by; it may ask again
   * @param cells that these rows have in common
   */
  groupText(key: string, cells: Partial<WinEvent>): Uint8Array {
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.#groups.push(cells) - 1
      this.#numbers.set(key, number)
    }
    const text = new Uint8Array(4)
    new DataView(text.buffer).setUint32(0, number, true)
    return text
  }

  /**
   * Rewrites frames in place.
   *
   * @returns where the last one ends now
   */
  rewrite(bytes: Uint8Array, start: number, end: number): number {
    const view = viewOf(bytes)
    let to = start
    for (let at = start, next = start; at < end; at = next) {
      const text = at + FRAME_SIZE
      next = text + view.getUint32(at, true)
      const saidEnd = text + view.getUint32(at + SAID_LENGTH_AT, true)
      const group = view.getUint32(text + GROUP_AT, true)
      let eventId = 0
      let fields = text + EVENT_ID_AT
      for (; bytes[fields] !== COMMA; fields++) eventId = 10 * eventId + bytes[fields]! - DIGIT_0
      while (bytes[fields] !== BRACE) fields++
      const length = saidEnd - fields
      bytes.copyWithin(to, at, text)
      bytes.copyWithin(to + FRAME_SIZE, fields, saidEnd)
      const said = bytes.subarray(to + FRAME_SIZE, to + FRAME_SIZE + length)
      view.setUint32(to, length, true)
      view.setUint32(to + SAID_LENGTH_AT, length, true)
      view.setUint32(to + SAID_CRC_AT, crc32(said), true)
      view.setUint32(to + SHARED_AT, this.#sharedOf(group, eventId), true)
      to += FRAME_SIZE + length
    }
    return to
  }

  #sharedOf(group: number, eventId: number): number {
    const key = group * EVENT_IDS + eventId
    let position = this.#shared.get(key)
    if (position === undefined) {
      position = this.#sharedBy({ ...this.#groups[group], eventId })
      this.#shared.set(key, position)
    }
    return position
  }
}
