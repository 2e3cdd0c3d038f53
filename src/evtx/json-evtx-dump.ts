import { isElement, type XmlElement, type XmlNode, type XmlText } from './element.ts'
import { attributeOf } from './system.ts'
import * as type from './value-type.ts'

/** Value types that are written as bare numbers. */
const BARE = new Set([
  type.INT8_TYPE,
  type.UINT8_TYPE,
  type.INT16_TYPE,
  type.UINT16_TYPE,
  type.INT32_TYPE,
  type.UINT32_TYPE,
  type.INT64_TYPE,
  type.UINT64_TYPE,
])

/**
 * One event as a line of JSON in the shape that users of `evtx_dump -o jsonl` know: `#attributes`, `#text`, a repeated
 * name with the suffix `_1`, `_2`, items of EventData by name. Times have six digits and GUIDs no braces, as there;
 * 64-bit numbers stand bare. Where that program prints one key twice or drops a value, every value is kept under the
 * same rule of suffixes; elements that Windows leaves out are left out.
 */
export function renderEvtxDumpJson(event: XmlElement): string {
  return `{${JSON.stringify(event.name)}:${elementText(event)}}`
}

function elementText(element: XmlElement): string {
  const members = new Members()
  if (element.attributes.length > 0) members.add('#attributes', attributesText(element))
  if (element.children.some(isElement)) {
    if (element.name === 'EventData') addEventData(members, element)
    else for (const node of element.children) if (isElement(node)) members.add(node.name, elementText(node))
    const text = element.children.filter((node) => !isElement(node))
    if (text.length > 0) members.add('#text', contentText(text))
    return members.text()
  }
  const content = contentText(element.children)
  if (element.attributes.length === 0) return content
  if (content !== 'null') members.add('#text', content)
  return members.text()
}

/** Named items stand by name; unnamed ones together under `Data`. */
function addEventData(members: Members, element: XmlElement): void {
  const unnamed: string[] = []
  let place: number | undefined
  for (const node of element.children) {
    if (!isElement(node)) continue
    const name = node.name === 'Data' ? attributeOf(node, 'Name') : node.name
    if (name !== undefined && node.name === 'Data') members.add(name, itemText(node))
    else if (name !== undefined) members.add(name, elementText(node))
    else {
      place ??= members.reserve('Data')
      unnamed.push(itemText(node))
    }
  }
  if (place !== undefined) {
    members.fill(place, `{"#text":${unnamed.length === 1 ? unnamed[0]! : `[${unnamed.join(',')}]`}}`)
  }
}

function itemText(node: XmlElement): string {
  if (node.children.some(isElement)) return elementText(node)
  const text = contentText(node.children)
  return text === 'null' ? '""' : text
}

function attributesText(element: XmlElement): string {
  const members = new Members()
  for (const { name, value, type: valueType } of element.attributes) {
    members.add(name, scalarText({ text: value, type: valueType }))
  }
  return members.text()
}

/** One value as it is, several as one string; `null` for none and for an empty one. */
function contentText(nodes: readonly XmlNode[]): string {
  const texts = nodes.filter((node): node is XmlText => !isElement(node))
  const [only] = texts
  if (only === undefined || texts.every(({ text }) => text === '')) return 'null'
  if (texts.length === 1) return scalarText(only)
  return JSON.stringify(texts.map(({ text }) => text).join(''))
}

/** One value. */
export function scalarText({ text, type: valueType }: XmlText): string {
  if (BARE.has(valueType) && /^-?\d+$/.test(text)) return text
  if (valueType === type.BOOL_TYPE && (text === 'true' || text === 'false')) return text
  if (valueType === type.REAL32_TYPE || valueType === type.REAL64_TYPE) {
    if (/^-?\d/.test(text) && Number.isFinite(Number(text))) return text
  }
  if (valueType === type.GUID_TYPE) return JSON.stringify(text.replace(/^\{(.*)\}$/, '$1').toUpperCase())
  if (valueType === type.FILETIME_TYPE) return JSON.stringify(text.replace(/\dZ$/, 'Z'))
  if (valueType === type.SYSTEMTIME_TYPE) return JSON.stringify(text.replace(/Z$/, '000Z'))
  return JSON.stringify(text)
}

/** Members of an object in order; a name that is taken gets the next free suffix. */
class Members {
  readonly #names: string[] = []
  readonly #values: string[] = []
  readonly #taken = new Set<string>()

  add(name: string, value: string): void {
    this.fill(this.reserve(name), value)
  }

  /** A place for a member whose value is not known yet. */
  reserve(name: string): number {
    let free = name
    for (let n = 1; this.#taken.has(free); n++) free = `${name}_${n}`
    this.#taken.add(free)
    this.#values.push('null')
    return this.#names.push(free) - 1
  }

  fill(place: number, value: string): void {
    this.#values[place] = value
  }

  text(): string {
    return `{${this.#names.map((name, i) => `${JSON.stringify(name)}:${this.#values[i]}`).join(',')}}`
  }
}
