import { LITERAL_TYPE } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { renderValue } from './value-text.ts'
import * as type from './value-type.ts'
import { ansiForms, untilZero, writeAnsi } from './write-ansi.ts'
import { UNUSUAL } from './write-number.ts'
import { writeValue } from './write-value.ts'
import { writeXmlText } from './write-xml-text.ts'
import { escapeXml } from './xml.ts'

const encoder = new TextEncoder()
const ANSI_FORMS = ansiForms(escapeXml)

/**
 * Writes one value as text of XML. Returns the position behind it.
 *
 * @param valueType without the array flag; not BinXML
 */
export function writeXmlValue(memory: PlanMemory, valueType: number, from: number, size: number, to: number): number {
  if (valueType === type.STRING_TYPE || valueType === LITERAL_TYPE) return writeXmlText(memory, from, size >> 1, to)
  if (valueType === type.ANSI_STRING_TYPE) {
    return writeAnsi(memory, from, untilZero(memory, from, size), to, ANSI_FORMS)
  }
  const end = writeValue(memory, valueType, from, size, to)
  return end === UNUSUAL ? writeRendered(memory, valueType, from, size, to) : end
}

function writeRendered(memory: PlanMemory, valueType: number, from: number, size: number, to: number): number {
  const text = encoder.encode(escapeXml(renderValue(memory, valueType, from, size)))
  memory.bytes.set(text, to)
  return to + text.length
}

/** True for a value whose text may be anything. */
export function isText(valueType: number): boolean {
  return valueType <= type.ANSI_STRING_TYPE || valueType >= type.EVT_XML_TYPE
}

/** True when a value has no text at all, so that an attribute of it is left out. */
export function isEmptyValue({ bytes, view }: PlanMemory, valueType: number, from: number, size: number): boolean {
  switch (valueType) {
    case type.NULL_TYPE:
      return true
    case type.STRING_TYPE:
    case type.EVT_XML_TYPE:
      for (let at = from; at + 1 < from + size; at += 2) if (view.getUint16(at, true) !== 0) return false
      return true
    case type.ANSI_STRING_TYPE:
      for (let at = from; at < from + size; at++) if (bytes[at] !== 0) return false
      return true
    default:
      return size === 0
  }
}
