import { BIN_XML_TYPE } from '../value-type.ts'
import { type Content, type Element, element, textContent } from './element.ts'
import type { DescribedValue, EventDescription } from './event-description.ts'
import { payloadElement, visitPayloadValues } from './payload.ts'
import { type RecordFacts, rootElement, rootForm, visitRootValues } from './root.ts'
import { renderDescribedValue } from './value-text.ts'

/**
 * An event without template: the elements that its templates would make, every value a text in its place, what is null
 * left out. So "save filtered log file" writes it.
 */
export function plainElement(event: EventDescription, facts: RecordFacts): Element {
  const form = rootForm(event)
  const values: DescribedValue[] = []
  visitRootValues(event, form, facts, (value) => values.push(value))
  const payload: Element[] = []
  if (event.payload.kind !== 'none') {
    const payloadValues: DescribedValue[] = []
    visitPayloadValues(event.payload, (value) => payloadValues.push(value))
    payload.push(...resolve(payloadElement(event.payload), payloadValues, []))
  }
  return resolve(rootElement(event, form), values, payload)[0]!
}

/** The elements that one element of a template becomes: none, itself, or one for each string of an array. */
function resolve(of: Element, values: readonly DescribedValue[], payload: readonly Element[]): Element[] {
  const depends = values[of.dependency]
  if (depends !== undefined && isNull(depends)) return []
  const attributes = of.attributes.flatMap(({ name, value }) => {
    const text = value.kind === 'text' ? value.text : renderDescribedValue(values[value.slot]!)
    return text === '' ? [] : [{ name, value: { kind: 'text', text } as const }]
  })
  const array = of.content?.map((part) => arrayOf(part, values)).find((texts) => texts !== undefined)
  if (array !== undefined) return array.map((text) => element(of.name, { attributes, content: textContent(text) }))
  if (of.content === undefined) return [element(of.name, { attributes })]
  const content = of.content.flatMap((part): readonly Content[] => {
    if (part.kind === 'element') return resolve(part, values, payload)
    if (part.kind === 'text') return [part]
    return part.type === BIN_XML_TYPE ? payload : textContent(renderDescribedValue(values[part.slot]!))
  })
  return [element(of.name, { attributes, content })]
}

/** The strings of a substitution whose value is an array; an array of none is one empty string. */
function arrayOf(part: Content, values: readonly DescribedValue[]): readonly string[] | undefined {
  const value = part.kind === 'substitution' ? values[part.slot] : undefined
  if (typeof value !== 'object' || value.type !== 'strings') return undefined
  return value.value.length === 0 ? [''] : value.value
}

function isNull(value: DescribedValue): boolean {
  return typeof value === 'object' && value.type === 'null'
}
