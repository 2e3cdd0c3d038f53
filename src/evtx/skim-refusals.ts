import type { FieldPlace } from './payload-fields.ts'
import { NONE } from './root-sources.ts'
import * as map from './skim-map.ts'
import type { SkimPrints } from './skim-prints.ts'
import { NO_DEPENDENCY } from './token.ts'

const WORD = 4

/** What else a refusal is about than a place. */
interface Kind {
  /** Address of the provider's name. */
  readonly name: number
  readonly eventId: number
  /** Slot of the root that holds the payload. */
  readonly payloadSlot: number
}

/**
 * The numbers in payloads that make a record of no interest, as the skim kernel has them: see
 * `kernel/skim/refusals.ts`.
 */
export class SkimRefusals {
  readonly #words: Int32Array
  readonly #prints: SkimPrints
  /** Addresses, by place and kind. */
  #known = new Map<FieldPlace, Map<string, number>>()
  #count = 0

  constructor(words: Int32Array, prints: SkimPrints) {
    this.#words = words
    this.#prints = prints
  }

  /** Forgets all of them; the kernel's table is the caller's to clear. */
  clear(): void {
    this.#known = new Map()
    this.#count = 0
  }

  /** False where nothing would come of refusing a number, so that nobody need find out where it stands. */
  mayTake(number: number): boolean {
    return number < map.REFUSED_BELOW
  }

  /** Refuses a number at a place, for records of a kind. Without room nothing is refused. */
  add(kind: Kind, place: FieldPlace, number: number): void {
    if (number >= map.REFUSED_BELOW) return
    const key = `${kind.name} ${kind.eventId} ${kind.payloadSlot}`
    const address = this.#known.get(place)?.get(key) ?? this.#make(kind, place)
    if (address === 0) return
    const byKind = this.#known.get(place) ?? new Map<string, number>()
    this.#known.set(place, byKind.set(key, address))
    this.#words[(address + map.REFUSAL_NUMBERS) / WORD + (number >> 5)]! |= 1 << (number & 31)
  }

  #make({ name, eventId, payloadSlot }: Kind, { definitionSize, print, slot, dependency }: FieldPlace): number {
    if (this.#count === map.MOST_REFUSALS || !this.#prints.hasRoom(print)) return 0
    const address = map.REFUSALS + this.#count++ * map.REFUSAL_SIZE
    const set = (field: number, value: number) => {
      this.#words[(address + field) / WORD] = value
    }
    set(map.REFUSAL_NAME, name)
    set(map.REFUSAL_EVENT_ID, eventId)
    set(map.REFUSAL_PAYLOAD, payloadSlot)
    set(map.REFUSAL_DEFINITION_SIZE, definitionSize)
    set(map.REFUSAL_PRINT, this.#prints.add(print))
    set(map.REFUSAL_SLOT, slot)
    set(map.REFUSAL_DEPENDENCY, dependency === NO_DEPENDENCY ? NONE : dependency)
    set(map.REFUSAL_STAMP, 0)
    for (let at = 0; at < map.REFUSED_BELOW / 8; at += WORD) set(map.REFUSAL_NUMBERS + at, 0)
    this.#words[map.COUNT_OF_REFUSALS / WORD] = this.#count
    return address
  }
}
