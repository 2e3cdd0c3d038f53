import { isElement, type XmlElement, type XmlNode } from './element.ts'
import { attributeOf, childOf, textOf } from './system.ts'
import * as type from './value-type.ts'

/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** System fields that are numbers, whatever type they have on disk. */
export const NUMBERS: ReadonlySet<string> = new Set(['EventID', 'Version', 'Level', 'Task', 'Opcode', 'EventRecordID'])
/** Names for attributes of System elements; others are called after both. */
const ATTRIBUTES = new Map([
  ['Provider@Name', 'Provider'],
  ['Provider@Guid', 'ProviderGuid'],
  ['Provider@EventSourceName', 'EventSourceName'],
  ['EventID@Qualifiers', 'Qualifiers'],
  ['TimeCreated@SystemTime', 'TimeCreated'],
  ['Correlation@ActivityID', 'ActivityID'],
  ['Correlation@RelatedActivityID', 'RelatedActivityID'],
  ['Execution@ProcessID', 'ProcessID'],
  ['Execution@ThreadID', 'ThreadID'],
  ['Security@UserID', 'UserID'],
])
/** Of those, numbers. */
export const NUMBER_ATTRIBUTES: ReadonlySet<string> = new Set(['Qualifiers', 'ProcessID', 'ThreadID'])

/**
 * One event as an object in our own shape: System fields flat and typed, `EventData` with named items by name and
 * unnamed ones always in the array `Data`, a repeated name as an array; `UserData` and anything else as it is nested.
 * Nothing is dropped. 64-bit numbers beyond 2^53 are strings.
 */
export function toJson(event: XmlElement): { [key: string]: Json } {
  const json: { [key: string]: Json } = {}
  for (const node of childOf(event, 'System')?.children ?? []) if (isElement(node)) addSystemField(json, node)
  for (const node of event.children) {
    if (!isElement(node) || node.name === 'System') continue
    add(json, node.name, node.name === 'EventData' ? eventDataJson(node) : elementJson(node))
  }
  return json
}

/** What an attribute of an element of System is called. */
export function systemKey(element: string, attribute: string): string {
  return ATTRIBUTES.get(`${element}@${attribute}`) ?? `${element}${attribute}`
}

function addSystemField(json: { [key: string]: Json }, element: XmlElement): void {
  for (const { name, value, type: valueType } of element.attributes) {
    const key = systemKey(element.name, name)
    add(json, key, NUMBER_ATTRIBUTES.has(key) ? toNumber(value) : scalar(value, valueType))
  }
  if (element.children.length === 0) return
  if (element.children.some(isElement)) add(json, element.name, elementJson(element))
  else add(json, element.name, NUMBERS.has(element.name) ? toNumber(textOf(element)) : textJson(element.children))
}

function eventDataJson(element: XmlElement): Json {
  const json: { [key: string]: Json } = {}
  const unnamed: Json[] = []
  for (const { name, value } of element.attributes) if (name !== 'xmlns') add(json, `@${name}`, value)
  for (const node of element.children) {
    if (!isElement(node)) {
      if (node.text !== '') unnamed.push(node.text)
      continue
    }
    const name = node.name === 'Data' ? attributeOf(node, 'Name') : node.name
    const content = elementJson(node, node.name === 'Data' ? 'Name' : undefined)
    if (name === undefined) unnamed.push(content)
    else add(json, name, content)
  }
  if (unnamed.length > 0) {
    const taken = json.Data
    // A field that happens to be called "Data" gives way to the unnamed items, and stays beside them.
    if (taken !== undefined) json['@Data'] = taken
    json.Data = unnamed
  }
  return json
}

/**
 * Any element: its text, or an object of attributes (`@name`), children, and text (`#text`).
 *
 * @param told attribute that the reader knows already
 */
function elementJson(element: XmlElement, told?: string): Json {
  const attributes = element.attributes.filter(({ name }) => name !== 'xmlns' && name !== told)
  const nested = element.children.some(isElement)
  if (!nested && attributes.length === 0) return textJson(element.children)
  const json: { [key: string]: Json } = {}
  for (const { name, value, type: valueType } of attributes) add(json, `@${name}`, scalar(value, valueType))
  for (const node of element.children) if (isElement(node)) add(json, node.name, elementJson(node))
  const text = textJson(element.children.filter((node) => !isElement(node)))
  if (text !== null && text !== '') json['#text'] = text
  return json
}

/** Text of nodes without elements: typed where it is one value, null where that value is none. */
function textJson(nodes: readonly XmlNode[]): Json {
  const [only] = nodes
  if (nodes.length === 1 && only && !isElement(only)) return scalar(only.text, only.type)
  return nodes.map((node) => (isElement(node) ? '' : node.text)).join('')
}

/** One value, from the text that XML has of it. */
export function scalar(text: string, valueType: number): Json {
  switch (valueType) {
    case type.NULL_TYPE:
      return null
    case type.INT8_TYPE:
    case type.UINT8_TYPE:
    case type.INT16_TYPE:
    case type.UINT16_TYPE:
    case type.INT32_TYPE:
    case type.UINT32_TYPE:
    case type.INT64_TYPE:
    case type.UINT64_TYPE:
    case type.REAL32_TYPE:
    case type.REAL64_TYPE:
      return toNumber(text)
    case type.BOOL_TYPE:
      return text === 'true' || text === 'false' ? text === 'true' : text
    default:
      return text
  }
}

/** A number where it is exactly the one that is written, else the text. */
export function toNumber(text: string): Json {
  const number = Number(text)
  return text !== '' && String(number) === text && (Number.isSafeInteger(number) || !Number.isInteger(number))
    ? number
    : text
}

/** Adds a member; a repeated name becomes an array. `__proto__` is a name like any other. */
function add(json: { [key: string]: Json }, key: string, value: Json): void {
  const known = Object.hasOwn(json, key) ? json[key] : undefined
  const joined = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value]
  if (key !== '__proto__') json[key] = joined
  else Object.defineProperty(json, key, { value: joined, writable: true, enumerable: true, configurable: true })
}
