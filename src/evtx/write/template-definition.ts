import { END_OF_FRAGMENT, FRAGMENT_HEADER_SIZE } from '../token.ts'
import type { BinXmlWriter } from './binxml-writer.ts'
import { type Content, type Element, elementNames, elementSize } from './element.ts'

/** Bytes of a definition before its body: next in list, GUID, body size. */
const DEFINITION_HEADER_SIZE = 24
/** Inside template definitions every element names the slot it depends on. */
const IN_TEMPLATE = { dependencies: true }

/** A template that records of one structure share. The same structure has the same GUID in every log. */
export interface TemplateDefinition {
  /** 16 bytes. */
  readonly guid: Uint8Array
  /** The first four bytes of the GUID as a number, as in Windows' own logs. */
  readonly id: number
  readonly root: Element
  readonly names: ReadonlySet<string>
  /** Bytes it takes in a chunk that has all its names. */
  readonly size: number
}

/** A template with this root element: its GUID, names and size. */
export function defineTemplate(root: Element): TemplateDefinition {
  const guid = structureGuid(root)
  return {
    guid,
    id: new DataView(guid.buffer).getUint32(0, true),
    root,
    names: elementNames(root),
    size: DEFINITION_HEADER_SIZE + FRAGMENT_HEADER_SIZE + elementSize(root, IN_TEMPLATE) + 1,
  }
}

/**
 * Writes a definition where the writer stands.
 *
 *     offset  size  field
 *          0     4  next definition of the same list
 *          4    16  GUID
 *         20     4  size of the body
 *         24        body: fragment header, element, end of fragment
 *
 * Little-endian. Source: libyal/libevtx format document, "Template definition".
 *
 * @param next offset of the definition that was the head of its list, 0 for none
 */
export function writeDefinition(writer: BinXmlWriter, definition: TemplateDefinition, next: number): void {
  writer.u32(next)
  writer.raw(definition.guid)
  const bodyAt = writer.position + 4
  writer.position = bodyAt
  writer.fragmentHeader()
  writer.element(definition.root, IN_TEMPLATE)
  writer.u8(END_OF_FRAGMENT)
  writer.view.setUint32(bodyAt - 4, writer.position - bodyAt, true)
}

/**
 * Which of the 32 lists of a chunk a definition belongs to: h·65599 + w over the GUID's eight 16-bit words (version
 * 3.1).
 */
export function templateList(guid: Uint8Array): number {
  let hash = 0
  for (let i = 0; i < 16; i += 2) hash = (Math.imul(hash, 65_599) + (guid[i]! | (guid[i + 1]! << 8))) | 0
  return (hash >>> 0) % 32
}

/** 128 bits of a structure's canonical text. No cryptography: it only has to tell some thousand structures apart. */
function structureGuid(root: Element): Uint8Array<ArrayBuffer> {
  const text = canonicalText(root)
  const lanes = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]
  const factors = [0x01000193, 0x27d4eb2f, 0x165667b1, 0x2c1b3c6d]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    for (let lane = 0; lane < 4; lane++) {
      const mixed = Math.imul(lanes[lane]! ^ unit, factors[lane]!)
      lanes[lane] = mixed ^ (mixed >>> 15)
    }
  }
  const guid = new Uint8Array(16)
  const view = new DataView(guid.buffer)
  for (let lane = 0; lane < 4; lane++) {
    const folded = Math.imul(lanes[lane]! ^ (lanes[(lane + 1) & 3]! >>> 13), factors[lane]!)
    view.setUint32(4 * lane, folded ^ (folded >>> 16), true)
  }
  return guid
}

/** A text that two elements share exactly when they are the same. */
function canonicalText(part: Content): string {
  if (part.kind === 'text') return JSON.stringify(part.text)
  if (part.kind === 'substitution') return `${part.optional ? '?' : '='}${part.slot}:${part.type}`
  const attributes = part.attributes.map(({ name, value }) => `${name}=${canonicalText(value)}`)
  const content = part.content?.map(canonicalText) ?? ['/']
  return `<${part.name} ${part.dependency} ${attributes.join(' ')}>${content.join(',')};`
}
