import { viewOf } from '../../bytes/view.ts'
import {
  ATTRIBUTE,
  CLOSE_EMPTY_ELEMENT,
  CLOSE_START_ELEMENT,
  END_ELEMENT,
  FRAGMENT_HEADER,
  MORE,
  NORMAL_SUBSTITUTION,
  OPEN_ELEMENT,
  OPTIONAL_SUBSTITUTION,
  VALUE,
} from '../token.ts'
import { STRING_TYPE } from '../value-type.ts'
import type { Content, Element, ElementForm } from './element.ts'
import type { NameTable } from './name-table.ts'

/**
 * Writes BinXML into a chunk, at a position that moves on. It does not look for the chunk's end: whoever writes a
 * record has computed its size before.
 *
 * Little-endian. Source: MS-EVEN6 2.2.12, and libyal/libevtx format document for what stands in a chunk by offset.
 */
export class BinXmlWriter {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly names: NameTable
  /** Bytes from the chunk's start. */
  position = 0

  constructor(bytes: Uint8Array, names: NameTable) {
    this.bytes = bytes
    this.view = viewOf(bytes)
    this.names = names
  }

  u8(value: number): void {
    this.bytes[this.position++] = value
  }

  u16(value: number): void {
    this.view.setUint16(this.position, value, true)
    this.position += 2
  }

  u32(value: number): void {
    this.view.setUint32(this.position, value, true)
    this.position += 4
  }

  /** @param value a whole number up to 2^53 */
  u64(value: number): void {
    this.u32(value % 4_294_967_296)
    this.u32(Math.floor(value / 4_294_967_296))
  }

  raw(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.position)
    this.position += bytes.length
  }

  fragmentHeader(): void {
    this.u8(FRAGMENT_HEADER)
    this.u8(1)
    this.u8(1)
    this.u8(0)
  }

  /**
   * An element with all that is in it. Its size, and that of its attributes, count the names that happen to be written
   * inside it, so the same element has other bytes where its names are known already.
   */
  element(of: Element, form: ElementForm): void {
    const { attributes, content } = of
    this.u8(attributes.length > 0 ? OPEN_ELEMENT | MORE : OPEN_ELEMENT)
    if (form.dependencies) this.u16(of.dependency)
    const sizeAt = this.#openSize()
    this.#name(of.name)
    if (attributes.length > 0) {
      const listAt = this.#openSize()
      const last = attributes.length - 1
      for (let i = 0; i <= last; i++) {
        const { name, value } = attributes[i]!
        this.u8(i < last ? ATTRIBUTE | MORE : ATTRIBUTE)
        this.#name(name)
        this.#content(value, form)
      }
      this.#closeSize(listAt)
    }
    if (content === undefined) {
      this.u8(CLOSE_EMPTY_ELEMENT)
    } else {
      this.u8(CLOSE_START_ELEMENT)
      for (const part of content) this.#content(part, form)
      this.u8(END_ELEMENT)
    }
    this.#closeSize(sizeAt)
  }

  #content(part: Content, form: ElementForm): void {
    if (part.kind === 'element') {
      this.element(part, form)
    } else if (part.kind === 'text') {
      this.u8(VALUE)
      this.u8(STRING_TYPE)
      this.u16(part.text.length)
      this.#chars(part.text)
    } else {
      this.u8(part.optional ? OPTIONAL_SUBSTITUTION : NORMAL_SUBSTITUTION)
      this.u16(part.slot)
      this.u8(part.type)
    }
  }

  /** A name by its offset, and in full right behind that where the chunk does not have it yet. */
  #name(text: string): void {
    const known = this.names.offsetOf(text)
    if (known !== undefined) {
      this.u32(known)
      return
    }
    const offset = this.position + 4
    this.u32(offset)
    const { hash, next } = this.names.add(text, offset)
    this.u32(next)
    this.u16(hash)
    this.u16(text.length)
    this.#chars(text)
    this.u16(0)
  }

  #chars(text: string): void {
    const { bytes } = this
    let at = this.position
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      bytes[at++] = unit & 0xff
      bytes[at++] = unit >> 8
    }
    this.position = at
  }

  /** Leaves room for a 32-bit size that `#closeSize` fills in. */
  #openSize(): number {
    this.position += 4
    return this.position - 4
  }

  #closeSize(at: number): void {
    this.view.setUint32(at, this.position - at - 4, true)
  }
}
