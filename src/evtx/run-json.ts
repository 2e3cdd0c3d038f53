import { copyLiteral } from './copy-literal.ts'
import { writeJsonValue } from './json-value.ts'
import * as plan from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { REFUSAL, type RunNested } from './run-xml.ts'
import { ARRAY_FLAG, BIN_XML_TYPE, NULL_TYPE, STRING_TYPE, UINT8_TYPE, UINT16_TYPE, UINT32_TYPE } from './value-type.ts'
import { writeUint32 } from './write-number.ts'
import { itemSize } from './write-value.ts'
import { isEmptyValue } from './xml-value.ts'

const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

/** Objects and arrays that are open at once: plans nest into each other a few levels deep. */
const MAX_OPEN = 1_024

/** Runs plans of the JSON dialects. */
export class JsonRunner {
  readonly #memory: PlanMemory
  readonly #isDump: boolean
  readonly #nested: RunNested
  /** Where the objects and arrays begin that are open. */
  readonly #starts = new Int32Array(MAX_OPEN)
  /** Items of each array. */
  readonly #items = new Int32Array(MAX_OPEN)
  #open = 0
  /** Position that arrays may not write behind. */
  #limit = 0

  constructor(memory: PlanMemory, isDump: boolean, nested: RunNested) {
    this.#memory = memory
    this.#isDump = isDump
    this.#nested = nested
  }

  /** Begins a record: nothing is open, whatever became of the one before. */
  start(): void {
    this.#open = 0
  }

  /**
   * Runs a plan over the slots of an instance. Returns the position behind what it wrote, or `REFUSAL`.
   *
   * Hot: called for every record and every nested instance of a dump (`benchmarks/`, case "dump").
   *
   * @param head of the plan, bytes from the memory's start
   * @param slots the first slot, bytes from the memory's start; as many as the head tells
   * @param limit position that arrays may not write behind
   */
  run(head: number, slots: number, to: number, limit: number): number {
    const memory = this.#memory
    const { words, view, doubles } = memory
    const above = this.#limit
    this.#limit = limit
    // Whole numbers all along, for the compiler to see.
    let op = (head + plan.HEAD_SIZE) | 0
    let out = to | 0
    // Of the literal that comes, bytes that are left out.
    let skipped = 0
    // Where the attributes begin that may all be missing.
    let attributes = 0
    for (;;) {
      const word = op >> 2
      const kind = words[word]!
      const length = words[word + plan.OP_LENGTH]!
      if (skipped !== 0) {
        out = copyLiteral(memory, op + plan.OP_SIZE + skipped, length - skipped, out) | 0
        skipped = 0
      } else {
        // In place of `copyLiteral`, whose call costs as much: 16 bytes at a time.
        let from = (op + plan.OP_SIZE) >> 3
        view.setFloat64(out, doubles[from]!, true)
        view.setFloat64(out + 8, doubles[from + 1]!, true)
        for (let at = 16; at < length; at += 16) {
          from += 2
          view.setFloat64(out + at, doubles[from]!, true)
          view.setFloat64(out + at + 8, doubles[from + 1]!, true)
        }
        out = (out + length) | 0
      }
      const argument = words[word + plan.OP_ARGUMENT]!
      const slot = ((slots >> 2) + 2 * (kind >>> 16)) | 0
      const flags = (kind >>> 8) & 0xff
      switch (kind & 0xff) {
        case plan.JSON_OPTIONAL:
          out = words[slot + 1]! >> 16 === NULL_TYPE ? (out - argument) | 0 : this.#value(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.JSON_VALUE:
          out = this.#value(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.JSON_MEMBER:
          if ((flags & plan.FIRST) !== 0) attributes = out - argument
          out = this.#isEmpty(slot) ? (out - argument) | 0 : this.#value(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.SKIP_IF_NULL:
          if (words[slot + 1]! >> 16 === NULL_TYPE) {
            op = argument
            skipped = flags
            continue
          }
          break
        case plan.OPEN:
          if (this.#open === MAX_OPEN) return REFUSAL
          this.#starts[this.#open] = out
          this.#items[this.#open++] = 0
          break
        case plan.CLOSE_OBJECT:
          out = this.#closeObject(flags, out) | 0
          break
        case plan.CLOSE_ATTRIBUTES: {
          const content = kind >>> 16 === plan.NO_SLOT ? NO_CONTENT : slot
          out = this.#closeAttributes(attributes, content, flags, argument, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        }
        case plan.JSON_CHILDREN:
          out = this.#children(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.JSON_ITEM:
          out = this.#item(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.COUNT_ITEM:
          this.#items[this.#open - 1]!++
          break
        case plan.CLOSE_ITEMS:
          out = this.#closeItems(flags, argument, out) | 0
          break
        case plan.LITERAL:
          break
        default:
          this.#limit = above
          return out
      }
      op = words[word + plan.OP_NEXT]!
    }
  }

  #isEmpty(slot: number): boolean {
    const { words } = this.#memory
    const descriptor = words[slot + 1]!
    return isEmptyValue(this.#memory, descriptor >> 16, words[slot]!, descriptor & 0xffff)
  }

  #value(slot: number, flags: number, to: number): number {
    const { words, bytes, view } = this.#memory
    const from = words[slot]!
    const descriptor = words[slot + 1]!
    const valueType = descriptor >> 16
    const size = descriptor & 0xffff
    // The numbers that most values are, in any field.
    if (valueType === UINT8_TYPE && size === 1) return writeUint32(this.#memory, bytes[from]!, to)
    if (valueType === UINT16_TYPE && size === 2) return writeUint32(this.#memory, view.getUint16(from, true), to)
    if (valueType === UINT32_TYPE && size === 4) return writeUint32(this.#memory, view.getUint32(from, true), to)
    if (valueType === BIN_XML_TYPE) {
      if ((flags & plan.OBJECT) === 0) return REFUSAL
      const out = this.#nested(from, size, to, plan.CHILD)
      if (out === REFUSAL) return REFUSAL
      bytes[to] = OPEN_BRACE
      bytes[out] = CLOSE_BRACE
      return out + 1
    }
    if ((valueType & ARRAY_FLAG) === 0) {
      return writeJsonValue(this.#memory, valueType, from, size, to, flags, this.#isDump)
    }
    if ((flags & plan.REPEAT) === 0 || this.#open === MAX_OPEN) return REFUSAL
    this.#starts[this.#open] = to
    this.#items[this.#open++] = 0
    const out = this.#list(from, descriptor, flags, to)
    return out === REFUSAL ? REFUSAL : this.#closeItems(plan.SINGLE_IS_BARE, 0, out)
  }

  #item(slot: number, flags: number, to: number): number {
    const { words, bytes } = this.#memory
    const descriptor = words[slot + 1]!
    const valueType = descriptor >> 16
    if (valueType === BIN_XML_TYPE) return REFUSAL
    if ((valueType & ARRAY_FLAG) !== 0) return this.#list(words[slot]!, descriptor, flags, to)
    bytes[to] = COMMA
    this.#items[this.#open - 1]!++
    return writeJsonValue(this.#memory, valueType, words[slot]!, descriptor & 0xffff, to + 1, flags, this.#isDump)
  }

  /** The items of an array value, each with a comma before it; an empty text where there are none. */
  #list(from: number, descriptor: number, flags: number, to: number): number {
    const { bytes, view } = this.#memory
    const itemType = (descriptor >> 16) & ~ARRAY_FLAG
    const step = itemType === STRING_TYPE ? 0 : itemSize(itemType)
    const size = descriptor & (itemType === STRING_TYPE ? 0xfffe : 0xffff)
    if (itemType !== STRING_TYPE && (step === 0 || size % step !== 0)) return REFUSAL
    const end = from + size
    let out = to
    for (let at = from; at < end || at === from; ) {
      let length = step
      if (at === end) {
        // An array without items leaves one element that is empty.
        bytes[out++] = COMMA
        bytes[out++] = 0x22
        bytes[out++] = 0x22
        this.#items[this.#open - 1]!++
        break
      }
      if (step === 0) for (length = 0; at + length < end && view.getUint16(at + length, true) !== 0; ) length += 2
      if (out + plan.MAX_EXPANSION * length > this.#limit) return REFUSAL
      bytes[out] = COMMA
      out = writeJsonValue(this.#memory, itemType, at, length, out + 1, flags, this.#isDump)
      if (out === REFUSAL) return REFUSAL
      this.#items[this.#open - 1]!++
      at += step === 0 ? length + 2 : step
    }
    return out
  }

  #closeObject(flags: number, to: number): number {
    const { bytes } = this.#memory
    const start = this.#starts[--this.#open]!
    if (to > start) {
      bytes[start] = OPEN_BRACE
      bytes[to] = CLOSE_BRACE
      return to + 1
    }
    if (flags & plan.EMPTY_IS_OBJECT) {
      bytes[to] = OPEN_BRACE
      bytes[to + 1] = CLOSE_BRACE
      return to + 2
    }
    return writeJsonValue(this.#memory, NULL_TYPE, 0, 0, to, flags, this.#isDump)
  }

  /** @param start where the attributes began */
  #closeAttributes(start: number, slot: number, flags: number, before: number, to: number): number {
    const { words, bytes } = this.#memory
    const descriptor = slot === NO_CONTENT ? 0 : words[slot + 1]!
    if ((descriptor >> 16) & ARRAY_FLAG || descriptor >> 16 === BIN_XML_TYPE) return REFUSAL
    if (to === start) {
      if (slot === NO_CONTENT) return writeJsonValue(this.#memory, NULL_TYPE, 0, 0, to - before, flags, this.#isDump)
      return this.#value(slot, flags, to - before)
    }
    let out = to
    bytes[start] = OPEN_BRACE
    if (flags & plan.WRAPPED) bytes[out++] = CLOSE_BRACE
    if (slot !== NO_CONTENT && !this.#isEmpty(slot)) {
      for (let i = 0; i < TEXT_MEMBER.length; i++) bytes[out++] = TEXT_MEMBER[i]!
      out = this.#value(slot, flags, out)
      if (out === REFUSAL) return REFUSAL
    }
    bytes[out] = CLOSE_BRACE
    return out + 1
  }

  #children(slot: number, flags: number, to: number): number {
    const { words, bytes } = this.#memory
    const descriptor = words[slot + 1]!
    const valueType = descriptor >> 16
    if (valueType === BIN_XML_TYPE) return this.#nested(words[slot]!, descriptor & 0xffff, to, plan.PAYLOAD)
    if (valueType !== NULL_TYPE) return REFUSAL
    if ((flags & plan.TEXT_IS_NULL) === 0) return to
    for (let i = 0; i < TEXT_MEMBER.length; i++) bytes[to + i] = TEXT_MEMBER[i]!
    return writeJsonValue(this.#memory, NULL_TYPE, 0, 0, to + TEXT_MEMBER.length, 0, this.#isDump)
  }

  #closeItems(flags: number, before: number, to: number): number {
    const { bytes } = this.#memory
    const start = this.#starts[--this.#open]!
    const items = this.#items[this.#open]!
    if (items === 0) return to - before
    let out = to
    if (items === 1 && flags & plan.SINGLE_IS_BARE) {
      bytes.copyWithin(start, start + 1, out)
      out--
    } else {
      bytes[start] = OPEN_BRACKET
      bytes[out++] = CLOSE_BRACKET
    }
    if (flags & plan.WRAPPED) bytes[out++] = CLOSE_BRACE
    return out
  }
}

const NO_CONTENT = -1
const TEXT_MEMBER = Uint8Array.from(',"#text":', (character) => character.charCodeAt(0))
