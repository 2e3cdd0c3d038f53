import { copyLiteral } from './copy-literal.ts'
import * as plan from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { ARRAY_FLAG, BIN_XML_TYPE, NULL_TYPE, STRING_TYPE } from './value-type.ts'
import { itemSize } from './write-value.ts'
import { isEmptyValue, isText, writeXmlValue } from './xml-value.ts'

/** What a run is asked for that it does not do: the record goes to the tree. */
export const REFUSAL = -1

/** Around attributes; in one it would have to be escaped. */
const QUOTE = 0x27

/** Runs the instance or fragment that a slot of type BinXML holds. Returns the position behind what it wrote, or `REFUSAL`. */
export type RunNested = (from: number, size: number, to: number, flags: number) => number

/**
 * Runs a plan of XML over the slots of an instance. Returns the position behind what it wrote, or `REFUSAL`.
 *
 * Hot: called for every record and every nested instance of a dump (`benchmarks/`, case "dump").
 *
 * @param head of the plan, bytes from the memory's start
 * @param slots the first slot, bytes from the memory's start; as many as the head tells
 * @param limit position that arrays may not write behind
 */
export function runXml(
  memory: PlanMemory,
  head: number,
  slots: number,
  to: number,
  limit: number,
  nested: RunNested,
): number {
  const { words, bytes } = memory
  let op = head + plan.HEAD_SIZE
  let out = to
  for (;;) {
    const word = op >> 2
    const kind = words[word]!
    out = copyLiteral(memory, op + plan.OP_SIZE, words[word + plan.OP_LENGTH]!, out)
    const next = words[word + plan.OP_NEXT]!
    const slot = (slots >> 2) + 2 * (kind >>> 16)
    switch (kind & 0xff) {
      case plan.XML_VALUE: {
        const descriptor = words[slot + 1]!
        const valueType = descriptor >> 16
        const size = descriptor & 0xffff
        if (valueType === BIN_XML_TYPE) out = nested(words[slot]!, size, out, plan.CHILD)
        else if ((valueType & ARRAY_FLAG) === 0) out = writeXmlValue(memory, valueType, words[slot]!, size, out)
        else out = runItems(memory, op, words[slot]!, descriptor, out, limit)
        if (out === REFUSAL) return REFUSAL
        break
      }
      case plan.XML_ATTRIBUTE: {
        const descriptor = words[slot + 1]!
        const valueType = descriptor >> 16
        const size = descriptor & 0xffff
        if (valueType === BIN_XML_TYPE || (valueType & ARRAY_FLAG) !== 0) return REFUSAL
        if (isEmptyValue(memory, valueType, words[slot]!, size)) {
          out -= words[word + plan.OP_ARGUMENT]!
          break
        }
        const start = out
        out = writeXmlValue(memory, valueType, words[slot]!, size, out)
        if (isText(valueType)) for (let at = start; at < out; at++) if (bytes[at] === QUOTE) return REFUSAL
        bytes[out++] = QUOTE
        break
      }
      case plan.SKIP_IF_NULL:
        if (words[slot + 1]! >> 16 === NULL_TYPE) {
          op = words[word + plan.OP_ARGUMENT]!
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
function runItems(memory: PlanMemory, op: number, from: number, descriptor: number, to: number, limit: number): number {
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
    out = writeXmlValue(memory, itemType, at, length, out)
    // A string ends with a zero, the last one perhaps without.
    at += step === 0 ? length + 2 : step
  }
  return out
}
