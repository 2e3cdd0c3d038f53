import { decodeUtf16 } from '../bytes/utf16.ts'
import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { readName } from './name.ts'
import * as token from './token.ts'

/** Text as it stands in the BinXML. */
export interface TextNode {
  readonly kind: 'text'
  readonly text: string
  /** Where its characters stand, bytes from the chunk's start. */
  readonly offset: number
}

/** Text that XML writes in another way: CDATA, a character or entity reference, a processing instruction. */
export interface MarkupNode {
  readonly kind: 'markup'
  /** What it means. */
  readonly text: string
  /** How XML writes it. */
  readonly xml: string
}

/** A place that a template instance fills. */
export interface SlotNode {
  readonly kind: 'slot'
  readonly slot: number
  /** Value type the template declares; the instance's descriptor wins over it. */
  readonly type: number
  /** Where its token stands, bytes from the chunk's start. */
  readonly offset: number
}

/** One piece of an attribute value or of text. */
export type PartNode = TextNode | MarkupNode | SlotNode

/** One attribute, its value in pieces. */
export interface AttributeNode {
  readonly name: string
  readonly parts: readonly PartNode[]
}

/** One element of a definition. */
export interface ElementNode {
  readonly kind: 'element'
  readonly name: string
  /** Slot without whose value the element is left out; `NO_DEPENDENCY` for none. */
  readonly dependency: number
  readonly attributes: readonly AttributeNode[]
  readonly children: readonly FragmentNode[]
  /** Written as `<X/>`: the definition closed it without room for content. */
  readonly closedEmpty: boolean
}

/** What an element of a definition holds. */
export type FragmentNode = ElementNode | PartNode

/** A name that stands outside the fragment: what a cached copy of the fragment depends on. */
export interface NameReference {
  readonly offset: number
  readonly text: string
}

/** A parsed run of elements. */
export interface Fragment {
  readonly nodes: readonly FragmentNode[]
  /** Bytes from the chunk's start to the first byte after it. */
  readonly end: number
  readonly outsideNames: readonly NameReference[]
  /** Names stand inside it, so that its bytes mean the same at this one place only. */
  readonly hasOwnNames: boolean
}

/** What entity references mean. */
export const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const XML_CHARACTER = /[\t\n\r\x20-\ud7ff\ue000-\ufffd]/

/**
 * Reads BinXML elements up to the end-of-fragment token or `end`. A leading fragment header is skipped.
 *
 * Elements of a template definition carry a dependency id, others do not (MS-EVEN6 2.2.12). Files made by other
 * programs disagree now and then, so the other layout is tried when the expected one makes no sense.
 *
 * @param offset bytes from the chunk's start
 * @param end first byte that does not belong to the fragment
 * @param nameFields takes in where the offsets of names stand, ascending, bytes from the chunk's start
 * @throws {FormatError} what makes no sense, where
 */
export function readFragment(
  chunk: Chunk,
  offset: number,
  end: number,
  inDefinition: boolean,
  nameFields?: number[],
): Fragment {
  try {
    return new FragmentReader(chunk, offset, end, inDefinition, nameFields).read()
  } catch (error) {
    if (!(error instanceof FormatError) || error.code === 'too-many') throw error
    if (nameFields) nameFields.length = 0
    try {
      return new FragmentReader(chunk, offset, end, !inDefinition, nameFields).read()
    } catch {
      throw error
    }
  }
}

/** State of one reading: position, names met, bounds. */
class FragmentReader {
  readonly #chunk: Chunk
  readonly #start: number
  readonly #end: number
  readonly #dependencies: boolean
  readonly #outsideNames: NameReference[] = []
  readonly #nameFields: number[] | undefined
  #hasOwnNames = false
  #at: number
  #nodes = 0

  constructor(chunk: Chunk, offset: number, end: number, dependencies: boolean, nameFields: number[] | undefined) {
    this.#chunk = chunk
    this.#nameFields = nameFields
    this.#start = offset
    this.#at = offset
    this.#end = Math.min(end, chunk.bytes.length)
    this.#dependencies = dependencies
  }

  read(): Fragment {
    if (this.#peek() === token.FRAGMENT_HEADER) this.#at += token.FRAGMENT_HEADER_SIZE
    const nodes: FragmentNode[] = []
    this.#content(nodes, 0, true)
    return { nodes, end: this.#at, outsideNames: this.#outsideNames, hasOwnNames: this.#hasOwnNames }
  }

  /** Children of an element, up to its end token; or, at the top, up to the end of the fragment. */
  #content(into: FragmentNode[], depth: number, top: boolean): void {
    while (!(top && this.#at >= this.#end)) {
      const at = this.#at
      const kind = this.#u8() & ~token.MORE
      if (kind === token.OPEN_ELEMENT) {
        this.#at = at
        into.push(this.#element(depth))
      } else if (kind === token.END_OF_FRAGMENT && top) {
        return
      } else if (kind === token.END_ELEMENT && !top) {
        return
      } else {
        this.#at = at
        const part = this.#part()
        if (!part) throw new FormatError('bad-token', at, `Token 0x${kind.toString(16)} has no place here`)
        into.push(part)
      }
    }
  }

  #element(depth: number): ElementNode {
    if (depth >= token.MAX_DEPTH) throw new FormatError('too-deep', this.#at, 'Elements are nested too deep')
    const hasAttributes = (this.#u8() & token.MORE) !== 0
    const dependency = this.#dependencies ? this.#u16() : token.NO_DEPENDENCY
    const sizeAt = this.#at
    const size = this.#u32()
    if (size > this.#end - this.#at) throw new FormatError('bad-size', sizeAt, `An element claims ${size} bytes`)
    const name = this.#name()
    const attributes: AttributeNode[] = []
    if (hasAttributes) {
      this.#at += 4
      while ((this.#peek() & ~token.MORE) === token.ATTRIBUTE) attributes.push(this.#attribute())
    }
    const children: FragmentNode[] = []
    const close = this.#u8()
    if (close === token.CLOSE_START_ELEMENT) this.#content(children, depth + 1, false)
    else if (close !== token.CLOSE_EMPTY_ELEMENT) {
      throw new FormatError('bad-token', this.#at - 1, `Token 0x${close.toString(16)} does not close a start tag`)
    }
    this.#count()
    return {
      kind: 'element',
      name,
      dependency,
      attributes,
      children,
      closedEmpty: close === token.CLOSE_EMPTY_ELEMENT,
    }
  }

  #attribute(): AttributeNode {
    this.#at += 1
    const name = this.#name()
    const parts: PartNode[] = []
    for (let part = this.#part(); part; part = this.#part()) parts.push(part)
    this.#count()
    return { name, parts }
  }

  /** One piece of text or one slot; undefined, and nothing consumed, when the next token is neither. */
  #part(): PartNode | undefined {
    const at = this.#at
    this.#count()
    switch (this.#u8() & ~token.MORE) {
      case token.VALUE: {
        this.#at += 1
        return { kind: 'text', offset: this.#at + 2, text: this.#text() }
      }
      case token.NORMAL_SUBSTITUTION:
      case token.OPTIONAL_SUBSTITUTION: {
        const slot = this.#u16()
        return { kind: 'slot', slot, type: this.#u8(), offset: at }
      }
      case token.CDATA_SECTION: {
        const text = this.#text()
        return { kind: 'markup', text, xml: `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` }
      }
      case token.CHARACTER_REFERENCE: {
        const unit = this.#u16()
        const text = String.fromCharCode(unit)
        // XML cannot refer to a character that it cannot hold either.
        return { kind: 'markup', text, xml: XML_CHARACTER.test(text) ? `&#${unit};` : text }
      }
      case token.ENTITY_REFERENCE: {
        const name = this.#name()
        return { kind: 'markup', text: ENTITIES.get(name) ?? `&${name};`, xml: `&${name};` }
      }
      case token.PI_TARGET: {
        const name = this.#name()
        const data = this.#peek() === token.PI_DATA ? this.#piData() : ''
        return { kind: 'markup', text: '', xml: `<?${name}${data && ' '}${data.replaceAll('?>', '? >')}?>` }
      }
      default:
        this.#at = at
        return undefined
    }
  }

  #piData(): string {
    this.#at += 1
    return this.#text()
  }

  /** Count of UTF-16 units, then the units. */
  #text(): string {
    const size = 2 * this.#u16()
    if (size > this.#end - this.#at) throw new FormatError('bad-size', this.#at, `A text claims ${size} bytes`)
    const text = decodeUtf16(this.#chunk.bytes, this.#at, size)
    this.#at += size
    return text
  }

  /** A name stands right here, or elsewhere in the chunk when it was written before. */
  #name(): string {
    const offset = this.#u32()
    const name = readName(this.#chunk, offset)
    this.#nameFields?.push(this.#at - 4)
    if (offset === this.#at) this.#at += name.size
    const isInside = offset >= this.#start && offset < this.#end
    if (isInside) this.#hasOwnNames = true
    // One that damage lets begin inside may end outside.
    if (!isInside || offset + name.size > this.#end) this.#outsideNames.push({ offset, text: name.text })
    return name.text
  }

  #count(): void {
    if (++this.#nodes > token.MAX_NODES) throw new FormatError('too-many', this.#at, 'A fragment has too many parts')
  }

  #room(size: number): number {
    const at = this.#at
    if (at + size > this.#end) throw new FormatError('truncated', at, 'BinXML ends in the middle of a token')
    this.#at = at + size
    return at
  }

  #peek(): number {
    return this.#at < this.#end ? this.#chunk.bytes[this.#at]! : -1
  }

  #u8(): number {
    return this.#chunk.view.getUint8(this.#room(1))
  }

  #u16(): number {
    return this.#chunk.view.getUint16(this.#room(2), true)
  }

  #u32(): number {
    return this.#chunk.view.getUint32(this.#room(4), true)
  }
}
