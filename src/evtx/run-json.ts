import { literalCopier } from './copy-literal.ts'
import type { WriteAny } from './exercise-writer.ts'
import { jsonValueWriter } from './json-value.ts'
import * as plan from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { REFUSAL, type RunNested, type RunPlan } from './run-xml.ts'
import { ARRAY_FLAG, BIN_XML_TYPE, NULL_TYPE, STRING_TYPE, UINT8_TYPE, UINT16_TYPE, UINT32_TYPE } from './value-type.ts'
import { itemSize, writersOf } from './write-value.ts'

const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

/** Objects and arrays that are open at once: plans nest into each other a few levels deep. */
const MAX_OPEN = 1_024

const NO_CONTENT = -1
const TEXT_MEMBER = Uint8Array.from(',"#text":', (character) => character.charCodeAt(0))

/** Runs plans of JSON. */
export interface JsonRunner {
  /** Begins a record: nothing is open, whatever became of the one before. */
  start(): void
  readonly run: RunPlan
  /** All that a run may do with a value, for `exerciseWriter`. */
  readonly writeAny: WriteAny
}

/** A runner of plans of the JSON dialects in a memory. */
export function jsonRunner(memory: PlanMemory, isDump: boolean, nested: RunNested): JsonRunner {
  const { words, bytes, view } = memory
  const writers = writersOf(memory)
  const { writeUint32 } = writers.numbers
  const { isEmptyValue } = writers.values
  const writeJsonValue = jsonValueWriter(memory, writers, isDump)
  const copyLiteral = literalCopier(memory)
  /** Where the objects and arrays begin that are open. */
  const starts = new Int32Array(MAX_OPEN)
  /** Items of each array. */
  const items = new Int32Array(MAX_OPEN)
  let open = 0
  /** Position that arrays may not write behind. */
  let bound = 0

  function start(): void {
    open = 0
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
  function run(head: number, slots: number, to: number, limit: number): number {
    // As `writersOf` has it: before the loop.
    const { words, view, doubles } = memory
    const above = bound
    bound = limit
    // Whole numbers all along, for the compiler to see.
    let op = (head + plan.HEAD_SIZE) | 0
    let out = to | 0
    const firstSlot = slots >> 2
    // Of the literal that comes, bytes that are left out.
    let skipped = 0
    // Where the attributes begin that may all be missing.
    let attributes = 0
    for (;;) {
      const word = op >> 2
      const kind = words[word]!
      const length = words[word + plan.OP_LENGTH]!
      if (skipped !== 0) {
        out = copyLiteral(op + plan.OP_SIZE + skipped, length - skipped, out) | 0
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
      const slot = (firstSlot + 2 * (kind >>> 16)) | 0
      const flags = (kind >>> 8) & 0xff
      switch (kind & 0xff) {
        case plan.JSON_OPTIONAL:
          out = words[slot + 1]! >> 16 === NULL_TYPE ? (out - argument) | 0 : value(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.JSON_VALUE:
          out = value(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.JSON_MEMBER:
          if ((flags & plan.FIRST) !== 0) attributes = out - argument
          out = isEmpty(slot) ? (out - argument) | 0 : value(slot, flags, out) | 0
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
          if (open === MAX_OPEN) return REFUSAL
          starts[open] = out
          items[open++] = 0
          break
        case plan.CLOSE_OBJECT:
          out = closeObject(flags, out) | 0
          break
        case plan.CLOSE_ATTRIBUTES: {
          const content = kind >>> 16 === plan.NO_SLOT ? NO_CONTENT : slot
          out = closeAttributes(attributes, content, flags, argument, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        }
        case plan.JSON_CHILDREN:
          out = children(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.JSON_ITEM:
          out = item(slot, flags, out) | 0
          if (out === REFUSAL) return REFUSAL
          break
        case plan.COUNT_ITEM:
          items[open - 1]!++
          break
        case plan.CLOSE_ITEMS:
          out = closeItems(flags, argument, out) | 0
          break
        case plan.LITERAL:
          break
        default:
          bound = above
          return out
      }
      op = words[word + plan.OP_NEXT]!
    }
  }

  function isEmpty(slot: number): boolean {
    const descriptor = words[slot + 1]!
    return isEmptyValue(descriptor >> 16, words[slot]!, descriptor & 0xffff)
  }

  function value(slot: number, flags: number, to: number): number {
    const from = words[slot]!
    const descriptor = words[slot + 1]!
    const valueType = descriptor >> 16
    const size = descriptor & 0xffff
    // The numbers that most values are, in any field.
    if (valueType === UINT8_TYPE && size === 1) return writeUint32(bytes[from]!, to)
    if (valueType === UINT16_TYPE && size === 2) return writeUint32(view.getUint16(from, true), to)
    if (valueType === UINT32_TYPE && size === 4) return writeUint32(view.getUint32(from, true), to)
    if (valueType === BIN_XML_TYPE) {
      if ((flags & plan.OBJECT) === 0) return REFUSAL
      const out = nested(from, size, to, plan.CHILD)
      if (out === REFUSAL) return REFUSAL
      bytes[to] = OPEN_BRACE
      bytes[out] = CLOSE_BRACE
      return out + 1
    }
    if ((valueType & ARRAY_FLAG) === 0) {
      return writeJsonValue(valueType, from, size, to, flags)
    }
    if ((flags & plan.REPEAT) === 0 || open === MAX_OPEN) return REFUSAL
    starts[open] = to
    items[open++] = 0
    const out = list(from, descriptor, flags, to)
    return out === REFUSAL ? REFUSAL : closeItems(plan.SINGLE_IS_BARE, 0, out)
  }

  function item(slot: number, flags: number, to: number): number {
    const descriptor = words[slot + 1]!
    const valueType = descriptor >> 16
    if (valueType === BIN_XML_TYPE) return REFUSAL
    if ((valueType & ARRAY_FLAG) !== 0) return list(words[slot]!, descriptor, flags, to)
    bytes[to] = COMMA
    items[open - 1]!++
    return writeJsonValue(valueType, words[slot]!, descriptor & 0xffff, to + 1, flags)
  }

  /** The items of an array value, each with a comma before it; an empty text where there are none. */
  function list(from: number, descriptor: number, flags: number, to: number): number {
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
        items[open - 1]!++
        break
      }
      if (step === 0) for (length = 0; at + length < end && view.getUint16(at + length, true) !== 0; ) length += 2
      if (out + plan.MAX_EXPANSION * length > bound) return REFUSAL
      bytes[out] = COMMA
      out = writeJsonValue(itemType, at, length, out + 1, flags)
      if (out === REFUSAL) return REFUSAL
      items[open - 1]!++
      at += step === 0 ? length + 2 : step
    }
    return out
  }

  function closeObject(flags: number, to: number): number {
    const start = starts[--open]!
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
    return writeJsonValue(NULL_TYPE, 0, 0, to, flags)
  }

  /** @param start where the attributes began */
  function closeAttributes(start: number, slot: number, flags: number, before: number, to: number): number {
    const descriptor = slot === NO_CONTENT ? 0 : words[slot + 1]!
    if ((descriptor >> 16) & ARRAY_FLAG || descriptor >> 16 === BIN_XML_TYPE) return REFUSAL
    if (to === start) {
      if (slot === NO_CONTENT) return writeJsonValue(NULL_TYPE, 0, 0, to - before, flags)
      return value(slot, flags, to - before)
    }
    let out = to
    bytes[start] = OPEN_BRACE
    if (flags & plan.WRAPPED) bytes[out++] = CLOSE_BRACE
    if (slot !== NO_CONTENT && !isEmpty(slot)) {
      for (let i = 0; i < TEXT_MEMBER.length; i++) bytes[out++] = TEXT_MEMBER[i]!
      out = value(slot, flags, out)
      if (out === REFUSAL) return REFUSAL
    }
    bytes[out] = CLOSE_BRACE
    return out + 1
  }

  function children(slot: number, flags: number, to: number): number {
    const descriptor = words[slot + 1]!
    const valueType = descriptor >> 16
    if (valueType === BIN_XML_TYPE) return nested(words[slot]!, descriptor & 0xffff, to, plan.PAYLOAD)
    if (valueType !== NULL_TYPE) return REFUSAL
    if ((flags & plan.TEXT_IS_NULL) === 0) return to
    for (let i = 0; i < TEXT_MEMBER.length; i++) bytes[to + i] = TEXT_MEMBER[i]!
    return writeJsonValue(NULL_TYPE, 0, 0, to + TEXT_MEMBER.length, 0)
  }

  function closeItems(flags: number, before: number, to: number): number {
    const start = starts[--open]!
    const count = items[open]!
    if (count === 0) return to - before
    let out = to
    if (count === 1 && flags & plan.SINGLE_IS_BARE) {
      bytes.copyWithin(start, start + 1, out)
      out--
    } else {
      bytes[start] = OPEN_BRACKET
      bytes[out++] = CLOSE_BRACKET
    }
    if (flags & plan.WRAPPED) bytes[out++] = CLOSE_BRACE
    return out
  }

  function writeAny(valueType: number, from: number, size: number, to: number): void {
    if (!isEmptyValue(valueType, from, size)) writeJsonValue(valueType, from, size, to, 0)
  }

  return { start, run, writeAny }
}
