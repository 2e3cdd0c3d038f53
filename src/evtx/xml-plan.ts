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
  const { name, children } = node
  const optional = node.dependency === NO_DEPENDENCY ? undefined : writer.optional(node.dependency)
  let startTag = writer.text(`<${name}`)
  let isFixed = true
  for (const attribute of node.attributes) {
    const length = planAttribute(attribute, writer)
    isFixed &&= length !== undefined
    startTag += length ?? 0
  }
  if (node.closedEmpty && children.length === 0) {
    writer.text('/>')
  } else {
    startTag += writer.text('>')
    const endTag = `</${name}>`
    const tags = startTag | (endTag.length << 16)
    const alone = children.length === 1 && isFixed && startTag < 0x8000 && /^[\x20-\x7e]*$/.test(name)
    for (const child of children) planNode(child, alone ? tags : undefined, writer)
    writer.text(endTag)
  }
  optional?.end()
}

/** Bytes of an attribute that is literal; undefined for one from a slot. */
function planAttribute({ name, parts }: AttributeNode, writer: PlanWriter): number | undefined {
  const [only] = parts
  if (parts.length === 1 && only?.kind === 'slot') {
    const argument = writer.text(` ${name}='`)
    writer.op(plan.XML_ATTRIBUTE, only.slot, { argument })
    return undefined
  }
  let value = ''
  for (const part of parts) {
    if (part.kind === 'slot') throw new Refusal('An attribute is made of several parts')
    value += part.text
  }
  return value === '' ? 0 : writer.text(` ${name}='${escapeAttribute(value)}'`)
}
