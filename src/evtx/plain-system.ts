import { parseFiletime } from '../bytes/filetime.ts'
import { decodeUtf16 } from '../bytes/utf16.ts'
import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { readRecordElement } from './element.ts'
import { afterName, FewNames, NO_NAME, OTHER_NAME } from './few-names.ts'
import type { Interner } from './interner.ts'
import { RECORD_HEADER_SIZE } from './record.ts'
import { levelIn } from './root-plan.ts'
import type { ScannedRecord } from './scanned-record.ts'
import { type SystemText, systemOf } from './system.ts'
import { TemplateCache } from './template.ts'
import * as token from './token.ts'

/** The names that matter in a System element, by their numbers from 1 on. */
const NAMES = ['System', 'Name', 'SystemTime', 'EventID', 'EventRecordID', 'Channel', 'Computer', 'Level']
const SYSTEM = 1
const NAME = 2
const SYSTEM_TIME = 3
const FIELDS = NAMES.length + 1
const UNREAD = -1

/** Interned names of a record's origin. */
export interface Origin {
  readonly provider: number
  readonly computer: number
  readonly channel: number
}

/**
 * Reads the System element of records that have no template: Event Viewer's "save filtered" writes such, a twentieth of
 * exported logs. Walks the tokens and remembers where the texts stand, builds nothing. Whatever is out of the ordinary
 * (another template's shape, split texts, references) is decoded whole instead.
 */
export class PlainSystem {
  readonly #names: Interner
  readonly #templates = new TemplateCache()
  readonly #fewNames = new FewNames(NAMES)
  /** Start and length in bytes of each field's text, by name number. */
  readonly #start = new Int32Array(FIELDS)
  readonly #length = new Int32Array(FIELDS)

  constructor(names: Interner) {
    this.#names = names
  }

  /** Forgets names and definitions of the chunk before. */
  startChunk(): void {
    this.#fewNames.startChunk()
    this.#templates.startChunk()
  }

  /**
   * Fills in EventID, TimeCreated, EventRecordID and Level.
   *
   * @throws {FormatError} the record makes no sense
   */
  read(chunk: Chunk, offset: number, size: number, into: ScannedRecord): Origin {
    this.#start.fill(UNREAD)
    if (this.#walk(chunk, offset + RECORD_HEADER_SIZE + token.FRAGMENT_HEADER_SIZE, offset + size - 4)) {
      const text = (field: number) => this.#text(chunk, field)
      const [name, time, eventId, recordId] = [text(2), text(3), text(4), text(5)]
      if (setNumbers(into, eventId, time, recordId)) {
        into.level = levelIn(text(8))
        return {
          provider: this.#names.ofText(name),
          channel: this.#names.ofText(text(6)),
          computer: this.#names.ofText(text(7)),
        }
      }
    }
    const origin = this.take(systemOf(readRecordElement(chunk, offset, size, this.#templates)), into)
    if (origin === undefined) {
      throw new FormatError('bad-value', offset, 'It has no EventID, TimeCreated or EventRecordID')
    }
    return origin
  }

  /** Fills in the same of a record that was decoded; undefined where one is not there. */
  take(system: SystemText, into: ScannedRecord): Origin | undefined {
    if (!setNumbers(into, system.eventId, system.timeCreated, system.recordId)) return undefined
    into.level = levelIn(system.level)
    return {
      provider: this.#names.ofText(system.provider),
      channel: this.#names.ofText(system.channel),
      computer: this.#names.ofText(system.computer),
    }
  }

  #text(chunk: Chunk, field: number): string {
    return this.#start[field] === UNREAD ? '' : decodeUtf16(chunk.bytes, this.#start[field]!, this.#length[field]!)
  }

  /** False where anything is met that this walk does not know. Element and attribute texts never nest in System. */
  #walk(chunk: Chunk, from: number, end: number): boolean {
    const { bytes, view } = chunk
    let at = from
    let depth = 0
    let element = OTHER_NAME
    let field = OTHER_NAME
    let inSystem = false
    while (at + 13 <= end) {
      const kind = bytes[at]!
      switch (kind & ~token.MORE) {
        case token.OPEN_ELEMENT: {
          const name = this.#fewNames.of(chunk, view.getUint32(at + 5, true))
          if (name === NO_NAME || ++depth > 3) return false
          if (depth === 2) inSystem = name === SYSTEM
          element = depth === 3 && inSystem ? name : 0
          at = afterName(view, at + 5) + (kind & token.MORE ? 4 : 0)
          break
        }
        case token.ATTRIBUTE: {
          const name = this.#fewNames.of(chunk, view.getUint32(at + 1, true))
          if (name === NO_NAME) return false
          // Provider and TimeCreated are the only elements of System with these attributes.
          field = depth === 3 && inSystem && (name === NAME || name === SYSTEM_TIME) ? name : 0
          at = afterName(view, at + 1)
          break
        }
        case token.VALUE: {
          const length = 2 * view.getUint16(at + 2, true)
          if (field !== 0) {
            if (this.#start[field] !== UNREAD || at + 4 + length > end) return false
            this.#start[field] = at + 4
            this.#length[field] = length
          }
          at += 4 + length
          break
        }
        case token.CLOSE_START_ELEMENT:
          field = element
          at += 1
          break
        case token.CLOSE_EMPTY_ELEMENT:
        case token.END_ELEMENT:
          if (depth === 2 && inSystem) return true
          depth--
          field = 0
          element = 0
          at += 1
          break
        default:
          return false
      }
    }
    return false
  }
}

/** Takes the numbers from their texts; false where one is missing, is no number, or is greater than its field. */
function setNumbers(into: ScannedRecord, eventId: string, time: string, recordId: string): boolean {
  const ticks = parseFiletime(time)
  if (ticks === undefined || !/^\d{1,5}$/.test(eventId) || !/^\d{1,20}$/.test(recordId)) return false
  const id = BigInt(recordId)
  if (Number(eventId) > 0xffff || id > 0xffffffffffffffffn) return false
  into.eventId = Number(eventId)
  into.timeLow = Number(ticks & 0xffffffffn)
  into.timeHigh = Number(ticks >> 32n)
  into.recordIdLow = Number(id & 0xffffffffn)
  into.recordIdHigh = Number(id >> 32n)
  return true
}
