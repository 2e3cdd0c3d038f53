import { literalCopier } from './copy-literal.ts'
import type { WriteAny } from './exercise-writer.ts'
import * as plan from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import {
  ARRAY_FLAG,
  BIN_XML_TYPE,
  FILETIME_TYPE,
  HEX_INT64_TYPE,
  NULL_TYPE,
  STRING_TYPE,
  UINT8_TYPE,
  UINT16_TYPE,
  UINT32_TYPE,
} from './value-type.ts'
import { itemSize, writersOf } from './write-value.ts'
import { isText, xmlValueWriter } from './xml-value.ts'

/** What a run is asked for that it does not do: the record goes to the tree. */
export const REFUSAL = -1

/** Around attributes; in one it would have to be escaped. */
const QUOTE = 0x27
/** In each byte: a quote, a one, the high bit. */
const QUOTES = 0x27272727
const ONES = 0x01010101
const HIGH = 0x80808080 | 0
/** Digits of a second. */
const SEVEN = 7

/**
 * Runs the instance or fragment that a slot of type BinXML holds. Returns the position behind what it wrote, or
 * `REFUSAL`.
 */
export type RunNested = (from: number, size: number, to: number, flags: number) => number

/** Runs a plan; see `xmlRunner` and `jsonRunner`. */
export type RunPlan = (head: number, slots: number, to: number, limit: number) => number

/** Runs plans of XML. */
export interface XmlRunner {
  readonly run: RunPlan
  /** All that a run may do with a value, for `exerciseWriter`. */
  readonly writeAny: WriteAny
}

/** A runner of plans of XML in a memory. */
export function xmlRunner(memory: PlanMemory, nested: RunNested): XmlRunner {
  const { numbers, times, values } = writersOf(memory)
  const xml = xmlValueWriter(memory, values)
  const copyLiteral = literalCopier(memory)

  /**
   * Runs a plan of XML over the slots of an instance. Returns the position behind what it wrote, or `REFUSAL`.
   *
   * Hot: called for every record and every nested instance of a dump (`benchmarks/`, case "dump").
   *
   * @param head of the plan, bytes from the memory's start
   * @param slots the first slot, bytes from the memory's start; as many as the head tells
   * @param limit position that arrays may not write behind
   */
  function runXml(head: number, slots: number, to: number, limit: number): number {
    // As `writersOf` has it: before the loop.
    const { words, bytes, view, doubles } = memory
    const { writeHex, writeUint32 } = numbers
    const { writeFiletime } = times
    const { isEmptyValue } = values
    const { writeXmlText, writeXmlValue, writeAttributeValue } = xml
    // Whole numbers all along, for the compiler to see.
    let op = (head + plan.HEAD_SIZE) | 0
    let out = to | 0
    const firstSlot = slots >> 2
    // Of the literal that comes, bytes that are left out.
    let skipped = 0
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
      const next = words[word + plan.OP_NEXT]!
      const slot = (firstSlot + 2 * (kind >>> 16)) | 0
      switch (kind & 0xff) {
        case plan.XML_OPTIONAL:
        case plan.XML_VALUE: {
          const descriptor = words[slot + 1]!
          const valueType = descriptor >> 16
          const size = descriptor & 0xffff
          const from = words[slot]!
          // The types that most values have stand here.
          switch (valueType) {
            case NULL_TYPE:
              if ((kind & 0xff) === plan.XML_OPTIONAL) {
                const tags = words[word + plan.OP_ARGUMENT]!
                out = (out - (tags & 0xffff)) | 0
                skipped = tags >>> 16
              }
              break
            case STRING_TYPE:
            case plan.LITERAL_TYPE:
              out = writeXmlText(from, size >> 1, out) | 0
              break
            case UINT8_TYPE:
              if (size === 1 && bytes[from]! < 10) bytes[out++] = 0x30 + bytes[from]!
              else out = writeXmlValue(valueType, from, size, out) | 0
              break
            case UINT16_TYPE:
              if (size === 2) out = writeUint32(view.getUint16(from, true), out) | 0
              else out = writeXmlValue(valueType, from, size, out) | 0
              break
            case HEX_INT64_TYPE:
              if (size === 8) out = writeHex(view.getInt32(from, true), view.getInt32(from + 4, true), out) | 0
              else out = writeXmlValue(valueType, from, size, out) | 0
              break
            case BIN_XML_TYPE:
              out = nested(from, size, out, plan.CHILD) | 0
              break
            default:
              if ((valueType & ARRAY_FLAG) === 0) out = writeXmlValue(valueType, from, size, out) | 0
              else out = runItems(op, from, descriptor, out, limit) | 0
          }
          if (out === REFUSAL) return REFUSAL
          break
        }
        case plan.XML_ATTRIBUTE: {
          const descriptor = words[slot + 1]!
          const valueType = descriptor >> 16
          const size = descriptor & 0xffff
          const start = out
          if (valueType === UINT32_TYPE && size === 4) {
            out = writeUint32(view.getUint32(words[slot]!, true), out) | 0
          } else if (valueType === FILETIME_TYPE && size === 8) {
            const from = words[slot]!
            out = writeFiletime(view.getUint32(from, true), view.getUint32(from + 4, true), out, SEVEN) | 0
          } else {
            if (valueType === BIN_XML_TYPE || (valueType & ARRAY_FLAG) !== 0) return REFUSAL
            if (valueType === NULL_TYPE || isEmptyValue(valueType, words[slot]!, size)) {
              out = (out - words[word + plan.OP_ARGUMENT]!) | 0
              break
            }
            out = writeAttributeValue(valueType, words[slot]!, size, out) | 0
            if (isText(valueType) && holdsQuote(start, out)) return REFUSAL
          }
          bytes[out++] = QUOTE
          break
        }
        case plan.SKIP_IF_NULL:
          if (words[slot + 1]! >> 16 === NULL_TYPE) {
            op = words[word + plan.OP_ARGUMENT]!
            skipped = (kind >> 8) & 0xff
            continue
          }
          break
        case plan.LITERAL:
          break
        default:
          return out
      }
      op = next
    }
  }

  /** Repeats an element for each item of an array. */
  function runItems(op: number, from: number, descriptor: number, to: number, limit: number): number {
    const { words, bytes, view } = memory
    const tags = words[(op >> 2) + plan.OP_ARGUMENT]!
    if (tags === 0) return REFUSAL
    const startSize = tags & 0xffff
    const endSize = tags >>> 16
    const startTag = op + plan.OP_SIZE + words[(op >> 2) + plan.OP_LENGTH]! - startSize
    const endTag = words[(op >> 2) + plan.OP_NEXT]! + plan.OP_SIZE
    const itemType = (descriptor >> 16) & ~ARRAY_FLAG
    const step = itemType === STRING_TYPE ? 0 : itemSize(itemType)
    const size = descriptor & (itemType === STRING_TYPE ? 0xfffe : 0xffff)
    if (itemType !== STRING_TYPE && (step === 0 || size % step !== 0)) return REFUSAL
    const end = from + size
    let out = to
    for (let at = from; at < end; ) {
      let length = step
      if (step === 0) for (; at + length < end && view.getUint16(at + length, true) !== 0; ) length += 2
      if (out + startSize + endSize + plan.MAX_EXPANSION * length > limit) return REFUSAL
      if (at > from) {
        bytes.copyWithin(out, endTag, endTag + endSize)
        out += endSize
        bytes.copyWithin(out, startTag, startTag + startSize)
        out += startSize
      }
      out = xml.writeXmlValue(itemType, at, length, out)
      // A string ends with a zero, the last one perhaps without.
      at += step === 0 ? length + 2 : step
    }
    return out
  }

  /** True where an apostrophe stands in what was written. */
  function holdsQuote(start: number, end: number): boolean {
    const { bytes, view } = memory
    let at = start | 0
    for (; at + 4 <= end; at += 4) {
      const others = view.getInt32(at, true) ^ QUOTES
      // A byte of zeros alone borrows from its high bit.
      if (((others - ONES) & ~others & HIGH) !== 0) return true
    }
    for (; at < end; at++) if (bytes[at] === QUOTE) return true
    return false
  }

  function writeAny(valueType: number, from: number, size: number, to: number): void {
    xml.writeXmlValue(valueType, from, size, to)
    if (values.isEmptyValue(valueType, from, size)) return
    const end = xml.writeAttributeValue(valueType, from, size, to)
    holdsQuote(to, end)
  }

  return { run: runXml, writeAny }
}
