import { ticksFrom } from '../bytes/filetime.ts'
import { FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import { type Interner, TOO_MANY_NAMES } from './interner.ts'
import { RECORD_HEADER_SIZE } from './record.ts'
import { NONE } from './root-sources.ts'
import { type FieldPlace, placesOf, type SystemField, type SystemPlaces } from './system-places.ts'
import { DEFINITION_HEADER_SIZE, type Template, type TemplateCache } from './template.ts'
import * as token from './token.ts'
import { renderValue } from './value-text.ts'
import * as type from './value-type.ts'

/** Where the parts of a template instance stand: see `readInstance`. */
const TEMPLATE_ID_AT = 2
const DEFINITION_AT = 6
const COUNT_AT = 10
/** High half of a FILETIME in the year 9999: of greater ones not every reader makes a time. */
const LAST_TIME_HIGH = 0x24c85a5e
/** The fields must be read off the decoded record. */
const UNCLEAR = Symbol('unclear')

/** What is known of a definition. */
interface Known {
  readonly places: SystemPlaces
  /** Those of the fields that are asked for. */
  readonly asked: readonly FieldPlace[]
  /** Of the definition, header included. */
  readonly size: number
  /** Greatest slot of these fields; `NONE` for none. */
  readonly lastSlot: number
}

/**
 * The System fields of records where they stand, for those who ask for a few of them and would have to decode the
 * record. What a scan takes by its plans is meant to let through too much; these are exact: where they stand is read
 * off the root's very definition, known again by all its bytes and names.
 *
 * Hot: asked of every record that a filter may want (`benchmarks/`, case "answers").
 */
export class SystemFields {
  readonly #templates: TemplateCache
  readonly #names: Interner
  readonly #asked: readonly SystemField[]
  readonly #known = new WeakMap<Template, Known | typeof UNCLEAR>()
  /** By the offset of the definition. */
  readonly #inChunk = new Map<number, Known | typeof UNCLEAR>()
  #chunk!: Chunk
  /** Of the record at hand. */
  #fields!: SystemPlaces['fields']
  #descriptors = 0
  #count = 0
  /** Where its values begin, up to that of the last slot. */
  readonly #values = new Uint32Array(token.MAX_SUBSTITUTIONS)

  /**
   * @param names gives texts that were met before
   * @param asked fields; no others may be read
   */
  constructor(templates: TemplateCache, names: Interner, asked: readonly SystemField[]) {
    this.#templates = templates
    this.#names = names
    this.#asked = asked
  }

  /** Turns to a chunk. */
  startChunk(chunk: Chunk): void {
    this.#chunk = chunk
    this.#inChunk.clear()
    this.#templates.startChunk()
  }

  /**
   * Turns to a record of the chunk.
   *
   * @param offset of the record, as framed, bytes from the chunk's start
   * @returns false where it must be decoded to know
   */
  read(offset: number, size: number): boolean {
    const { bytes, view } = this.#chunk
    const end = offset + size - 4
    let at = offset + RECORD_HEADER_SIZE
    if (bytes[at] === token.FRAGMENT_HEADER) at += token.FRAGMENT_HEADER_SIZE
    if (bytes[at] !== token.TEMPLATE_INSTANCE || at + COUNT_AT + 4 > end) return false
    const definition = view.getUint32(at + DEFINITION_AT, true)
    const known = this.#inChunk.get(definition) ?? this.#find(definition)
    if (known === UNCLEAR || view.getInt32(at + TEMPLATE_ID_AT, true) !== view.getInt32(definition + 4, true))
      return false
    at += COUNT_AT
    if (definition === at) at += known.size
    if (at + 4 > end) return false
    this.#count = view.getUint32(at, true)
    this.#descriptors = at + 4
    if (this.#count <= known.lastSlot || this.#count > token.MAX_SUBSTITUTIONS) return false
    let value = this.#descriptors + 4 * this.#count
    if (value > end) return false
    at = this.#descriptors
    for (let slot = 0; slot <= known.lastSlot; slot++, at += 4) {
      this.#values[slot] = value
      value += view.getUint16(at, true)
    }
    this.#fields = known.places.fields
    return value <= end && this.#isRegular(known)
  }

  get eventId(): number {
    return this.#chunk.view.getUint16(this.#valueOf('eventId'), true)
  }

  /** 0 where there is none. */
  get level(): number {
    const place = this.#fields.level!
    return this.#isAbsent(place) ? 0 : this.#chunk.bytes[this.#valueOf('level')]!
  }

  /** FILETIME ticks. */
  get timeCreated(): bigint {
    const { view } = this.#chunk
    const at = this.#valueOf('timeCreated')
    return ticksFrom(view.getUint32(at, true), view.getUint32(at + 4, true))
  }

  get provider(): string {
    return this.#text('provider')
  }

  get channel(): string {
    return this.#text('channel')
  }

  get computer(): string {
    return this.#text('computer')
  }

  #valueOf(field: SystemField): number {
    return this.#values[this.#fields[field]!.slot]!
  }

  #text(field: SystemField): string {
    const { slot, text } = this.#fields[field]!
    if (slot === NONE) return text
    const { bytes, view } = this.#chunk
    const [at, size] = [this.#values[slot]!, this.#sizeOf(slot) & ~1]
    const known = this.#names.texts[this.#names.ofBytes(bytes, view, at, size)]!
    return known === TOO_MANY_NAMES ? renderValue(this.#chunk, type.STRING_TYPE, at, size) : known
  }

  #isRegular({ places, asked }: Known): boolean {
    const { fields, needed, alone } = places
    for (const slot of needed) if (this.#typeOf(slot) === type.NULL_TYPE) return false
    for (const slot of alone) if ((this.#typeOf(slot) & type.ARRAY_FLAG) !== 0) return false
    for (const place of asked) {
      if (this.#isAbsent(place)) {
        if (place !== fields.level) return false
      } else if (place.slot !== NONE && !this.#hasShape(place)) return false
    }
    return true
  }

  #hasShape({ slot, type: wanted, size }: FieldPlace): boolean {
    if (this.#typeOf(slot) !== wanted || (size !== NONE && this.#sizeOf(slot) !== size)) return false
    return wanted !== type.FILETIME_TYPE || this.#chunk.view.getUint32(this.#values[slot]! + 4, true) < LAST_TIME_HIGH
  }

  /** A level may be absent, and the definition may say nothing of it. */
  #isAbsent({ slot, dependency, type: wanted }: FieldPlace): boolean {
    if (dependency !== NONE && this.#typeOf(dependency) === type.NULL_TYPE) return true
    return slot === NONE ? wanted !== type.STRING_TYPE : this.#typeOf(slot) === type.NULL_TYPE
  }

  /** Value type of a slot; null for one that the record does not have. */
  #typeOf(slot: number): number {
    return slot < this.#count ? this.#chunk.bytes[this.#descriptors + 4 * slot + 2]! : type.NULL_TYPE
  }

  #sizeOf(slot: number): number {
    return this.#chunk.view.getUint16(this.#descriptors + 4 * slot, true)
  }

  #find(definition: number): Known | typeof UNCLEAR {
    const known = this.#read(definition)
    this.#inChunk.set(definition, known)
    return known
  }

  #read(definition: number): Known | typeof UNCLEAR {
    if (definition + DEFINITION_HEADER_SIZE > CHUNK_SIZE) return UNCLEAR
    try {
      const template = this.#templates.find(this.#chunk, definition, this.#chunk.view.getUint32(definition + 4, true))
      const known = this.#known.get(template)
      return known ?? this.#know(template)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      return UNCLEAR
    }
  }

  #know(template: Template): Known | typeof UNCLEAR {
    const places = placesOf(template.fragment.nodes)
    const asked = this.#asked.flatMap((field) => places?.fields[field] ?? [])
    let known: Known | typeof UNCLEAR = UNCLEAR
    if (places !== undefined && asked.length === this.#asked.length) {
      const lastSlot = Math.max(NONE, ...asked.map(({ slot }) => slot))
      known = { places, asked, size: template.size, lastSlot }
    }
    this.#known.set(template, known)
    return known
  }
}
