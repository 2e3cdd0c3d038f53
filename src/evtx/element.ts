import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { type AttributeNode, type ElementNode, type FragmentNode, type PartNode, readFragment } from './fragment.ts'
import { readInstance, type Slot, type TemplateInstance, type Values } from './instance.ts'
import { RECORD_HEADER_SIZE } from './record.ts'
import type { TemplateCache } from './template.ts'
import * as token from './token.ts'
import { renderItems, renderValue, textType } from './value-text.ts'
import * as type from './value-type.ts'

/** Text with the type it has on disk; literal text is a string. */
export interface XmlText {
  readonly text: string
  readonly type: number
  /** How XML writes it, where that is not the escaped text. */
  readonly xml?: string
}

/** One attribute of an element. */
export interface XmlAttribute {
  readonly name: string
  readonly value: string
  /** Value type where the whole value is one substitution, else that of a string. */
  readonly type: number
}

/** One element of a decoded record. */
export interface XmlElement {
  readonly name: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlNode[]
  /** Written as `<X/>` when it has no children. */
  readonly closedEmpty: boolean
}

/** What an element holds. */
export type XmlNode = XmlElement | XmlText

/** True for an element, false for text. */
export function isElement(node: XmlNode): node is XmlElement {
  return 'children' in node
}

/** How the instances of a record are read that is not whole, or that may be none. */
export interface Salvage {
  /**
   * The instance at an offset; without template where its definition is lost.
   *
   * @throws {FormatError}
   */
  read(chunk: Chunk, offset: number, end: number, templates: TemplateCache): TemplateInstance | Values
  /**
   * What stands for an instance whose definition is lost.
   *
   * @param depth 0 for the event itself
   * @param ofNested what a value of type BinXML holds
   * @throws {FormatError}
   */
  ofLost(chunk: Chunk, values: Values, depth: number, ofNested: (slot: Slot) => readonly XmlNode[]): XmlNode
}

/**
 * What a record of a size may grow to: templates that nest into each other could else explode. Each slot takes four
 * bytes of the record and makes an element, its name and its text; a byte of a value makes four characters at most.
 * Nodes are counted with the slots that instances bring, characters with the bytes they are read from: what takes time
 * counts, also where nothing comes of it. No record of the public logs takes a tenth of it.
 */
const NODES = { always: 2_048, forEachByte: 4 }
const CHARACTERS = { always: 65_536, forEachByte: 16 }

/**
 * Decodes one record to its XML tree.
 *
 * @param offset start of the record, bytes from the chunk's start
 * @param size of the record, as framed
 * @returns the `Event` element, or whatever element the record holds
 * @param salvage takes care of definitions that are lost; without it they are an error
 * @throws {FormatError} the BinXML makes no sense; nothing of the record is kept then
 */
export function readRecordElement(
  chunk: Chunk,
  offset: number,
  size: number,
  templates: TemplateCache,
  salvage?: Salvage,
): XmlElement {
  const nodes = new Expansion(chunk, templates, size, salvage).binXml(offset + RECORD_HEADER_SIZE, offset + size - 4, 0)
  const root = nodes.find(isElement)
  if (!root) throw new FormatError('bad-token', offset + RECORD_HEADER_SIZE, 'The record holds no element')
  return root
}

/** The growing of one record from its template and values. */
class Expansion {
  readonly #chunk: Chunk
  readonly #templates: TemplateCache
  readonly #salvage: Salvage | undefined
  #nodesLeft: number
  #charactersLeft: number

  constructor(chunk: Chunk, templates: TemplateCache, size: number, salvage: Salvage | undefined) {
    this.#salvage = salvage
    this.#chunk = chunk
    this.#templates = templates
    this.#nodesLeft = NODES.always + NODES.forEachByte * size
    this.#charactersLeft = CHARACTERS.always + CHARACTERS.forEachByte * size
  }

  /** What stands in a record or in a value of type BinXML: a fragment header or none, then an instance or elements. */
  binXml(offset: number, end: number, depth: number): XmlNode[] {
    if (depth > token.MAX_DEPTH) throw new FormatError('too-deep', offset, 'BinXML values are nested too deep')
    const { bytes } = this.#chunk
    let at = offset
    if (bytes[at] === token.FRAGMENT_HEADER) at += token.FRAGMENT_HEADER_SIZE
    const into: XmlNode[] = []
    if (at < end && bytes[at] === token.TEMPLATE_INSTANCE) {
      const instance = (this.#salvage?.read ?? readInstance)(this.#chunk, at, end, this.#templates)
      this.#grow(instance.slots.length, 0)
      if (!('template' in instance)) into.push(this.#lost(instance, instance.end - at, depth))
      else this.#expandAll(instance.template.fragment.nodes, instance.slots, into, depth)
    } else if (at < end) {
      this.#expandAll(readFragment(this.#chunk, at, end, false).nodes, [], into, depth)
    }
    return into
  }

  /** @param size bytes of the instance */
  #lost(values: Values, size: number, depth: number): XmlNode {
    // Each value makes an element and its text; bytes are told in twice as many digits.
    this.#grow(2 * values.slots.length, 2 * size)
    return this.#salvage!.ofLost(this.#chunk, values, depth, ({ offset, size: length }) =>
      this.binXml(offset, offset + length, depth + 1),
    )
  }

  #expandAll(nodes: readonly FragmentNode[], slots: readonly Slot[], into: XmlNode[], depth: number): void {
    for (const node of nodes) {
      if (node.kind === 'element') this.#element(node, slots, into, depth)
      else this.#part(node, slots, into, depth)
    }
  }

  #element(node: ElementNode, slots: readonly Slot[], into: XmlNode[], depth: number): void {
    const { name, closedEmpty } = node
    this.#grow(1, name.length)
    // MS-EVEN6: an element that depends on a substitution is not there without it.
    if (node.dependency !== token.NO_DEPENDENCY && isNull(slots[node.dependency])) return
    const attributes = this.#attributes(node.attributes, slots)
    const array = arrayIn(node.children, slots)
    if (array) {
      const items = this.#items(array)
      // An array repeats the element around it; one without items leaves one empty element.
      for (const text of items.length > 0 ? items : ['']) {
        into.push({ name, closedEmpty, attributes, children: [{ text, type: array.type & ~type.ARRAY_FLAG }] })
      }
      return
    }
    const children: XmlNode[] = []
    this.#expandAll(node.children, slots, children, depth)
    into.push({ name, closedEmpty, attributes, children })
  }

  #part(node: PartNode, slots: readonly Slot[], into: XmlNode[], depth: number): void {
    if (node.kind !== 'slot') {
      this.#grow(1, node.text.length)
      into.push({ text: node.text, type: type.STRING_TYPE, ...(node.kind === 'markup' && { xml: node.xml }) })
      return
    }
    const slot = slots[node.slot]
    if (slot === undefined || isNull(slot)) {
      this.#grow(1, 0)
      into.push({ text: '', type: type.NULL_TYPE })
    } else if (slot.type === type.BIN_XML_TYPE) {
      this.#grow(1, 0)
      for (const child of this.binXml(slot.offset, slot.offset + slot.size, depth + 1)) into.push(child)
    } else if (isArray(slot)) into.push({ text: this.#items(slot).join(', '), type: type.STRING_TYPE })
    else into.push({ text: this.#value(slot), type: textType(slot.type, slot.size) })
  }

  #attributes(nodes: readonly AttributeNode[], slots: readonly Slot[]): XmlAttribute[] {
    const attributes: XmlAttribute[] = []
    for (const { name, parts } of nodes) {
      this.#grow(1, name.length)
      let value = ''
      let valueType = type.STRING_TYPE
      for (const part of parts) {
        if (part.kind !== 'slot') {
          this.#grow(1, part.text.length)
          value += part.text
          continue
        }
        const slot = slots[part.slot]
        if (slot === undefined || isNull(slot)) continue
        if (parts.length === 1) valueType = textType(slot.type, slot.size)
        value += isArray(slot) ? this.#items(slot).join(', ') : this.#value(slot)
      }
      // Windows leaves out an attribute without a value.
      if (value !== '') attributes.push({ name, value, type: valueType })
    }
    return attributes
  }

  #value({ type: valueType, offset, size }: Slot): string {
    const text = renderValue(this.#chunk, valueType, offset, size)
    this.#grow(1, size + text.length)
    return text
  }

  #items({ type: valueType, offset, size }: Slot): string[] {
    const items = renderItems(this.#chunk, valueType & ~type.ARRAY_FLAG, offset, size)
    let characters = 0
    for (const text of items) characters += text.length
    this.#grow(items.length, size + characters)
    return items
  }

  #grow(nodes: number, characters: number): void {
    this.#nodesLeft -= nodes
    this.#charactersLeft -= characters
    if (this.#nodesLeft < 0 || this.#charactersLeft < 0) {
      throw new FormatError('too-many', 0, 'The record grows beyond all reason')
    }
  }
}

/** No value, whatever size the descriptor gives it. */
function isNull(slot: Slot | undefined): boolean {
  return slot === undefined || slot.type === type.NULL_TYPE
}

/**
 * The first array among the values that stand directly in an element. Beside elements it repeats nothing: only a damaged
 * type makes an array of an event's payload, and System would be lost with the element that it stands in.
 */
function arrayIn(children: readonly FragmentNode[], slots: readonly Slot[]): Slot | undefined {
  if (children.some(({ kind }) => kind === 'element')) return undefined
  for (const child of children) {
    if (child.kind === 'slot' && isArray(slots[child.slot])) return slots[child.slot]
  }
  return undefined
}

function isArray(slot: Slot | undefined): boolean {
  return slot !== undefined && (slot.type & type.ARRAY_FLAG) !== 0
}
