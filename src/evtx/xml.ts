import { isElement, type XmlElement } from './element.ts'

/**
 * XML of a decoded element, byte for byte as Windows writes it: attributes in single quotes, no white space added,
 * `&`, `<` and `>` escaped in text and nothing else.
 */
export function renderXml(element: XmlElement): string {
  let xml = `<${element.name}`
  for (const { name, value } of element.attributes) xml += ` ${name}='${escapeAttribute(value)}'`
  if (element.closedEmpty && element.children.length === 0) return `${xml}/>`
  xml += '>'
  for (const child of element.children) {
    if (isElement(child)) xml += renderXml(child)
    else xml += child.xml === undefined ? escapeXml(child.text) : replaceUnsafe(child.xml)
  }
  return `${xml}</${element.name}>`
}

// Control characters that XML 1.0 cannot carry, the noncharacters it excludes, and surrogates without their other half.
const UNSAFE =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const SPECIAL = /[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/

/**
 * Text for XML: special characters escaped, what XML cannot carry replaced by U+FFFD, cut at the first zero as Windows
 * cuts it (JSON keeps what follows).
 */
export function escapeXml(text: string): string {
  if (!SPECIAL.test(text)) return text
  const zero = text.indexOf('\0')
  const kept = zero < 0 ? text : text.slice(0, zero)
  return kept.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(UNSAFE, '\ufffd')
}

/** Text for an attribute in single quotes. */
export function escapeAttribute(text: string): string {
  return escapeXml(text).replaceAll("'", '&apos;')
}

/** Markup with U+FFFD for what XML cannot carry. */
export function replaceUnsafe(xml: string): string {
  return xml.replace(UNSAFE, '\ufffd')
}
