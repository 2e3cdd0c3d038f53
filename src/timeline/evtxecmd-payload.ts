import { isElement, type XmlElement, type XmlNode, type XmlText } from '../evtx/element.ts'
import * as type from '../evtx/value-type.ts'
import { toJsonString } from './json-text.ts'

/**
 * What an event holds besides System, as EvtxECmd has it in its column `Payload`: XML as Json.NET writes it. Attributes
 * are `@name`, text beside attributes or elements `#text`, a repeated name an array; namespaces are left out. Values
 * have the forms of .NET: GUIDs without braces, hex digits in upper case, bytes with hyphens between, `True` and
 * `False`. The strings of a classic event stand in one `Data`, joined by commas.
 */
export function evtxecmdPayload(event: XmlElement): string {
  const payload = event.children.find((child): child is XmlElement => isElement(child) && child.name !== 'System')
  return payload === undefined ? '' : `{${toJsonString(payload.name)}:${elementJson(payload)}}`
}

function elementJson(element: XmlElement): string {
  const attributes = element.attributes.filter(({ name }) => name !== 'xmlns' && !name.startsWith('xmlns:'))
  const text = textOf(element.children)
  if (attributes.length === 0 && !element.children.some(isElement)) {
    return text === '' && element.closedEmpty ? 'null' : toJsonString(text)
  }
  const members = attributes.map(({ name, value, type }) => {
    return `${toJsonString(`@${name}`)}:${toJsonString(dotNetText({ text: value, type }))}`
  })
  for (const [name, values] of childrenByName(element)) {
    members.push(`${toJsonString(name)}:${values.length === 1 ? values[0] : `[${values.join(',')}]`}`)
  }
  if (text !== '') members.push(`"#text":${toJsonString(text)}`)
  return `{${members.join(',')}}`
}

/** Children as JSON, by name in the order in which the names first stand. */
function childrenByName(element: XmlElement): Map<string, string[]> {
  const byName = new Map<string, string[]>()
  let strings: string[] = []
  const add = (name: string, json: string): void => {
    const known = byName.get(name)
    if (known) known.push(json)
    else byName.set(name, [json])
  }
  const close = (): void => {
    if (strings.length > 0) add('Data', toJsonString(strings.filter((each) => each !== '').join(', ')))
    strings = []
  }
  for (const child of element.children) {
    if (!isElement(child)) continue
    if (child.name === 'Data' && child.attributes.length === 0 && !child.children.some(isElement)) {
      strings.push(textOf(child.children))
      continue
    }
    close()
    add(child.name, elementJson(child))
  }
  close()
  return byName
}

function textOf(nodes: readonly XmlNode[]): string {
  let text = ''
  for (const node of nodes) if (!isElement(node)) text += dotNetText(node)
  return text
}

/** One value as .NET writes it. */
function dotNetText({ text, type: valueType }: Pick<XmlText, 'text' | 'type'>): string {
  switch (valueType) {
    case type.BOOL_TYPE:
      return text === 'true' ? 'True' : text === 'false' ? 'False' : text
    case type.GUID_TYPE:
      return text.replace(/^\{(.*)\}$/, '$1').toLowerCase()
    case type.HEX_INT32_TYPE:
    case type.HEX_INT64_TYPE:
      return upperHex(text)
    case type.FILETIME_TYPE:
      return text.replace('T', ' ').replace('Z', '')
    case type.SYSTEMTIME_TYPE:
      return text.replace('T', ' ').replace('Z', '0000')
    case type.BINARY_TYPE:
      return text.replace(/..(?!$)/g, '$&-')
    default:
      return onOneLine(text)
  }
}

/** `0x1F9CD52`. */
export function upperHex(text: string): string {
  return text.startsWith('0x') ? `0x${text.slice(2).toUpperCase()}` : text
}

/** What is not to be seen stands as a comma, as that program has it: line breaks above all. */
export function onOneLine(text: string): string {
  return /^[ -~]*$/.test(text) ? text : text.replace(/\p{C}+/gu, ', ')
}
