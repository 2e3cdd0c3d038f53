import { ENTITIES } from './fragment.ts'
import { LITERAL_TYPE, PARTS_TYPE } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { renderValue } from './value-text.ts'
import * as type from './value-type.ts'
import { ansiForms, ansiWriter } from './write-ansi.ts'
import { UNUSUAL, writeAscii } from './write-number.ts'
import type { ValueWriter } from './write-value.ts'
import { xmlTextWriter } from './write-xml-text.ts'
import { escapeAttribute, escapeXml } from './xml.ts'

const encoder = new TextEncoder()
/**
 * How an entity reference is written, by the character that it means: in text as it stands, in an attribute as any
 * character.
 */
const REFERENCES = references((name) => `&${name};`)
const ATTRIBUTE_REFERENCES = references((_, meaning) => escapeAttribute(meaning))
const ANSI_FORMS = ansiForms(escapeXml)

/** True for a value whose text may be anything. */
export function isText(valueType: number): boolean {
  return valueType <= type.ANSI_STRING_TYPE || valueType >= type.EVT_XML_TYPE
}

function references(formOf: (name: string, meaning: string) => string): ReadonlyMap<number, string> {
  return new Map([...ENTITIES].map(([name, meaning]) => [meaning.charCodeAt(0), formOf(name, meaning)]))
}

/** Writers of text and of any value for XML; see `writersOf`. */
export function xmlValueWriter(memory: PlanMemory, { writeValue }: ValueWriter) {
  const { bytes, words } = memory
  const { writeAnsi, untilZero } = ansiWriter(memory, ANSI_FORMS)
  const writeXmlText = xmlTextWriter(memory)

  /**
   * Writes one value as text of XML. Returns the position behind it.
   *
   * @param valueType without the array flag; not BinXML
   */
  function writeXmlValue(valueType: number, from: number, size: number, to: number): number {
    if (valueType === type.STRING_TYPE || valueType === LITERAL_TYPE) return writeXmlText(from, size >> 1, to)
    if (valueType === type.ANSI_STRING_TYPE) return writeAnsi(from, untilZero(from, size), to)
    if (valueType === PARTS_TYPE) return writeParts(from, size, to, REFERENCES)
    const end = writeValue(valueType, from, size, to)
    return end === UNUSUAL ? writeRendered(valueType, from, size, to) : end
  }

  function writeAttributeValue(valueType: number, from: number, size: number, to: number): number {
    if (valueType === PARTS_TYPE) return writeParts(from, size, to, ATTRIBUTE_REFERENCES)
    return writeXmlValue(valueType, from, size, to)
  }

  function writeParts(first: number, count: number, to: number, forms: ReadonlyMap<number, string>): number {
    let out = to
    for (let i = 0; i < count; i++) {
      const from = words[(first >> 2) + 2 * i]!
      const descriptor = words[(first >> 2) + 2 * i + 1]!
      if (descriptor >> 16 === LITERAL_TYPE) out = writeXmlText(from, (descriptor & 0xffff) >> 1, out)
      else out = writeAscii(memory, forms.get(from)!, out)
    }
    return out
  }

  function writeRendered(valueType: number, from: number, size: number, to: number): number {
    const text = encoder.encode(escapeXml(renderValue(memory, valueType, from, size)))
    bytes.set(text, to)
    return to + text.length
  }

  return { writeXmlText, writeXmlValue, writeAttributeValue }
}
