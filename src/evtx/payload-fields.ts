import { parseIso, ticksFrom } from '../bytes/filetime.ts'
import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { type DefinitionPrint, printOf } from './definition-print.ts'
import type { ElementNode, FragmentNode } from './fragment.ts'
import { readInstanceHead } from './instance.ts'
import type { ScannedRecord } from './scanned-record.ts'
import type { Template, TemplateCache } from './template.ts'
import * as token from './token.ts'
import { renderValue } from './value-text.ts'
import * as type from './value-type.ts'

/** The record must be decoded to know. */
export const UNDECIDED = Symbol('undecided')

/** Where a field's value comes from. */
interface FieldSource {
  /** The slot, or the text where the template says it literally. */
  readonly value: number | string
  /** Slot without which the element is not there; `NO_DEPENDENCY` for none. */
  readonly dependency: number
}

/** How to find a field's value in any record whose payload has the same definition. One object for each place. */
export interface FieldPlace {
  /** Size of that definition, header included. */
  readonly definitionSize: number
  readonly print: DefinitionPrint
  readonly slot: number
  /** Slot without which the field is not there; `NO_DEPENDENCY` for none. */
  readonly dependency: number
}

/** The first source of each field of a payload template, by name in lower case. */
type FieldSources = ReadonlyMap<string, FieldSource>

/**
 * Finds single fields of a record's payload through the slots of its nested template, without decoding the record:
 * enough to tell a logon of type 10 from the hundred thousand others.
 */
export class PayloadFields {
  /** Of what `find` found last: value type of its descriptor. */
  type = type.NULL_TYPE
  /** Of what `find` found last: where the value stands, bytes from the chunk's start. */
  offset = 0
  /** Bytes. */
  size = 0
  /** Of what `find` found last: what the template says literally. */
  literal = ''
  /** Of what `find` found last: where the definition stands in the chunk, its size, and what it says of the field. */
  #definition = 0
  #definitionSize = 0
  #source: FieldSource | undefined
  readonly #places = new WeakMap<FieldSource, FieldPlace>()

  readonly #templates: TemplateCache
  readonly #sources = new WeakMap<Template, FieldSources | typeof UNDECIDED>()

  constructor(templates: TemplateCache) {
    this.#templates = templates
  }

  /**
   * Time that the first field of that name says, in FILETIME ticks; undefined where the record has none, or it says
   * none.
   *
   * @param name in lower case
   */
  ticks(chunk: Chunk, record: ScannedRecord, name: string): bigint | undefined | typeof UNDECIDED {
    const found = this.find(chunk, record, name)
    if (found === UNDECIDED) return UNDECIDED
    if (found === 'absent') return undefined
    // As a text and back again it would be the same, a hundred times as slowly.
    if (found === 'value' && this.type === type.FILETIME_TYPE && this.size === 8) {
      return ticksFrom(chunk.view.getUint32(this.offset, true), chunk.view.getUint32(this.offset + 4, true))
    }
    return parseIso(this.text(chunk, found))?.ticks
  }

  /** Text of what `find` found last. */
  text(chunk: Chunk, found: 'literal' | 'value'): string {
    return found === 'literal' ? this.literal : renderValue(chunk, this.type, this.offset, this.size)
  }

  /**
   * Finds the first field of that name: afterwards `type`, `offset` and `size` tell where its value stands, or
   * `literal` what the template says.
   *
   * @param name in lower case
   */
  find(chunk: Chunk, record: ScannedRecord, name: string): 'value' | 'literal' | 'absent' | typeof UNDECIDED {
    try {
      return this.#find(chunk, record, name)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      return UNDECIDED
    }
  }

  #find(chunk: Chunk, record: ScannedRecord, name: string): 'value' | 'literal' | 'absent' | typeof UNDECIDED {
    const { view, bytes } = chunk
    const { values, valueCount, payloadSlot } = record
    if (values === 0 || payloadSlot < 0 || payloadSlot >= valueCount) return UNDECIDED
    let at = values + 4 * valueCount
    for (let slot = 0; slot < payloadSlot; slot++) at += view.getUint16(values + 4 * slot, true)
    const end = at + view.getUint16(values + 4 * payloadSlot, true)
    if (bytes[values + 4 * payloadSlot + 2] !== type.BIN_XML_TYPE || end > record.offset + record.size) return UNDECIDED
    if (bytes[at] === token.FRAGMENT_HEADER) at += token.FRAGMENT_HEADER_SIZE
    if (bytes[at] !== token.TEMPLATE_INSTANCE) return UNDECIDED
    const { template, count, descriptors } = readInstanceHead(chunk, at, end, this.#templates)
    const sources = this.#sourcesOf(template)
    if (sources === UNDECIDED) return UNDECIDED
    const source = sources.get(name)
    if (source === undefined) return 'absent'
    this.#definition = view.getUint32(at + 6, true)
    this.#definitionSize = template.size
    this.#source = source
    const { dependency, value: where } = source
    if (dependency !== token.NO_DEPENDENCY && typeOf(bytes, descriptors, count, dependency) === type.NULL_TYPE) {
      return 'absent'
    }
    if (typeof where === 'string') return this.#literally(where)
    this.type = typeOf(bytes, descriptors, count, where)
    if (this.type === type.NULL_TYPE) return this.#literally('')
    let value = descriptors + 4 * count
    for (let slot = 0; slot < where; slot++) value += view.getUint16(descriptors + 4 * slot, true)
    this.offset = value
    this.size = view.getUint16(descriptors + 4 * where, true)
    const isPlain = (this.type & type.ARRAY_FLAG) === 0 && this.type !== type.BIN_XML_TYPE
    return isPlain && value + this.size <= end ? 'value' : UNDECIDED
  }

  /**
   * How to find what `find` found last, in a slot of a record of that chunk; undefined where the template says it
   * itself.
   */
  placeOfLast(chunk: Chunk): FieldPlace | undefined {
    const source = this.#source
    if (source === undefined || typeof source.value === 'string') return undefined
    const known = this.#places.get(source)
    if (known) return known
    const { value: slot, dependency } = source
    const definitionSize = this.#definitionSize
    const print = printOf(chunk, this.#definition, definitionSize)
    const place = { definitionSize, print, slot, dependency }
    this.#places.set(source, place)
    return place
  }

  #literally(text: string): 'literal' {
    this.literal = text
    return 'literal'
  }

  #sourcesOf(template: Template): FieldSources | typeof UNDECIDED {
    let sources = this.#sources.get(template)
    if (sources === undefined) {
      const found = new Map<string, FieldSource>()
      sources = collect(template.fragment.nodes, found) ? found : UNDECIDED
      this.#sources.set(template, sources)
    }
    return sources
  }
}

/** Value type of a slot; null for one that the instance does not have. */
function typeOf(bytes: Uint8Array, descriptors: number, count: number, slot: number): number {
  return slot < count ? bytes[descriptors + 4 * slot + 2]! : type.NULL_TYPE
}

/** Takes in the fields of an EventData or UserData definition; false where it is not plain enough to be sure. */
function collect(nodes: readonly FragmentNode[], into: Map<string, FieldSource>): boolean {
  for (const node of nodes) {
    if (node.kind !== 'element') return false
    const { dependency } = node
    const name = nameOf(node)
    if (name === undefined) return false
    const [only] = node.children
    if (node.children.length > 0 && node.children.every((child) => child.kind === 'element')) {
      if (dependency !== token.NO_DEPENDENCY || !collect(node.children, into)) return false
    } else if (node.children.length > 1 || only?.kind === 'markup') {
      return false
    } else {
      // Where the first of a name may be left out, which one is the first differs from record to record.
      const first = into.get(name)
      if (first && first.dependency !== token.NO_DEPENDENCY) return false
      const value = only?.kind === 'slot' ? only.slot : only?.kind === 'text' ? only.text : ''
      if (!first) into.set(name, { value, dependency })
    }
  }
  return true
}

/** A `<Data>` is known by its Name, any other element by its own; undefined where the Name is not literal. */
function nameOf(node: ElementNode): string | undefined {
  if (node.name !== 'Data') return node.name.replace(/^.*:/, '').toLowerCase()
  const attribute = node.attributes.find((candidate) => candidate.name === 'Name')
  if (!attribute) return ''
  const [part] = attribute.parts
  return attribute.parts.length === 1 && part?.kind === 'text' ? part.text.toLowerCase() : undefined
}
