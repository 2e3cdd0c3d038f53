import type { AttributeNode, ElementNode, FragmentNode } from './fragment.ts'
import * as plan from './plan.ts'
import { type PlanWriter, Refusal } from './plan-writer.ts'
import { NO_DEPENDENCY } from './token.ts'
import { escapeAttribute, escapeXml, replaceUnsafe } from './xml.ts'

/** Writes the plan of a definition for XML: the same text as `renderXml`. Returns the flags of its head. */
export function planXml(nodes: readonly FragmentNode[], writer: PlanWriter): number {
  for (const node of nodes) planNode(node, undefined, writer)
  // What stands beside the one element of a record is no part of it.
  const [only] = nodes
  const isRoot = nodes.length === 1 && only?.kind === 'element'
  return plan.CHILD | (isRoot ? plan.ROOT : 0)
}

/** @param tags lengths of the start and end tag around a slot that stands alone, as `XML_VALUE` wants them */
function planNode(node: FragmentNode, tags: number | undefined, writer: PlanWriter): void {
  if (node.kind === 'element') planElement(node, writer)
  else if (node.kind === 'slot') writer.op(plan.XML_VALUE, node.slot, { argument: tags ?? 0 })
  else writer.text(node.kind === 'markup' ? replaceUnsafe(node.xml) : escapeXml(node.text))
}

function planElement(node: ElementNode, writer: PlanWriter): void {
  const { name, children, dependency } = node
  const [only] = children
  const isOptional = children.length === 1 && only?.kind === 'slot' && only.slot === dependency && isFixed(node)
  const optional = dependency === NO_DEPENDENCY || isOptional ? undefined : writer.optional(dependency)
  let startTag = writer.text(`<${name}`)
  for (const attribute of node.attributes) startTag += planAttribute(attribute, writer)
  if (node.closedEmpty && children.length === 0) {
    writer.text('/>')
  } else {
    startTag += writer.text('>')
    const endTag = `</${name}>`
    const tags = startTag | (endTag.length << 16)
    if (isOptional) writer.op(plan.XML_OPTIONAL, dependency, { argument: tags })
    else
      for (const child of children) planNode(child, children.length === 1 && isFixed(node) ? tags : undefined, writer)
    writer.text(endTag)
  }
  optional?.end()
}

/** True for an element whose start tag is one literal, not too long, so that it can be repeated or left out. */
function isFixed({ name, attributes }: ElementNode): boolean {
  if (!/^[\x20-\x7e]*$/.test(name)) return false
  let length = name.length
  for (const { name: attribute, parts } of attributes) {
    length += attribute.length + 4
    for (const part of parts) {
      if (part.kind === 'slot') return false
      length += MOST_EXPANSION * part.text.length
    }
  }
  return length < MAX_TAG
}

/** Bytes of a start tag that may be repeated, and of a UTF-16 unit in it. */
const MAX_TAG = 0x4000
const MOST_EXPANSION = 6

/** Bytes of an attribute that is literal; 0 for one from a slot. */
function planAttribute({ name, parts }: AttributeNode, writer: PlanWriter): number {
  const [only] = parts
  if (parts.length === 1 && only?.kind === 'slot') {
    const argument = writer.text(` ${name}='`)
    writer.op(plan.XML_ATTRIBUTE, only.slot, { argument })
    return 0
  }
  let value = ''
  for (const part of parts) {
    if (part.kind === 'slot') throw new Refusal('An attribute is made of several parts')
    value += part.text
  }
  return value === '' ? 0 : writer.text(` ${name}='${escapeAttribute(value)}'`)
}
