import { FormatError } from '../../errors.ts'
import { ARRAY_FLAG, BINARY_TYPE, NULL_TYPE, STRING_TYPE } from '../value-type.ts'
import { type Attribute, attribute, type Element, element, optional, required } from './element.ts'
import type { DescribedItem, DescribedPayload, DescribedValue } from './event-description.ts'
import type { TemplateShelf } from './template-shelf.ts'
import { valueType } from './value-list.ts'

/** A payload that a record carries: everything but none. */
export type CarriedPayload = Exclude<DescribedPayload, { kind: 'none' }>

const STRINGS_TYPE = STRING_TYPE | ARRAY_FLAG
const NULL_VALUE: DescribedValue = { type: 'null' }

/** Finds the place that all payloads share whom the same template fits. */
export function shelfOfPayload(start: TemplateShelf, payload: CarriedPayload): TemplateShelf {
  let shelf = start.next(payload.kind)
  if (payload.kind === 'classic') return shelf
  if (payload.kind === 'userData') shelf = shelf.next(payload.element).next(payload.namespace)
  else shelf = shelf.next(payload.binary === undefined ? 'items' : 'binary')
  for (const { name, value } of payload.items) shelf = shelf.next(name).next(valueType(value))
  return shelf
}

/**
 * The root of the template that a payload is an instance of, as Windows writes it: the strings of a classic event are
 * one array behind which its binary data may be missing, the items of a manifest event a slot each.
 *
 * @throws {FormatError} `bad-name` for an item of UserData without a name
 */
export function payloadElement(payload: CarriedPayload): Element {
  if (payload.kind === 'classic') return CLASSIC
  if (payload.kind === 'userData') {
    const attributes = payload.namespace === undefined ? [] : [attribute('xmlns', payload.namespace)]
    return element(payload.element, { attributes, content: payload.items.map(userDataItem) })
  }
  const content = payload.items.map(dataItem)
  // The slot between the items and the binary holds its length.
  const binary = element('Binary', { content: [required(content.length + 1, BINARY_TYPE)] })
  return element('EventData', { content: payload.binary === undefined ? content : [...content, binary] })
}

/** Visits the values of a payload in the order of its template's slots. */
export function visitPayloadValues(payload: CarriedPayload, visit: (value: DescribedValue) => void): void {
  if (payload.kind === 'classic') {
    visit(payload.strings.length === 0 ? NULL_VALUE : { type: 'strings', value: payload.strings })
    visitBinary(payload.binary, visit)
    return
  }
  for (const { value } of payload.items) visit(value)
  if (payload.kind === 'eventData' && payload.binary !== undefined) visitBinary(payload.binary, visit)
}

function visitBinary(binary: string | undefined, visit: (value: DescribedValue) => void): void {
  visit((binary?.length ?? 0) / 2)
  visit(binary === undefined ? NULL_VALUE : { type: 'binary', value: binary })
}

const CLASSIC = element('EventData', {
  content: [
    element('Data', { dependency: 0, content: [optional(0, STRINGS_TYPE)] }),
    element('Binary', { dependency: 2, content: [optional(2, BINARY_TYPE)] }),
  ],
})

function dataItem({ name, value }: DescribedItem, slot: number): Element {
  const attributes = name === undefined ? [] : [attribute('Name', name)]
  return itemElement('Data', attributes, value, slot)
}

function userDataItem({ name, value }: DescribedItem, slot: number): Element {
  if (name === undefined) throw new FormatError('bad-name', 0, `Item ${slot} of the UserData has no name`)
  return itemElement(name, [], value, slot)
}

/**
 * An item's element. One with a null value is there in the template only: Windows fills no place with null that must
 * be.
 */
function itemElement(name: string, attributes: readonly Attribute[], value: DescribedValue, slot: number): Element {
  const type = valueType(value)
  if (type !== NULL_TYPE) return element(name, { attributes, content: [required(slot, type)] })
  return element(name, { dependency: slot, attributes, content: [optional(slot, STRING_TYPE)] })
}
