import type { ElementNode, FragmentNode } from './fragment.ts'
import {
  attributesOf,
  childFlags,
  contentOf,
  holdsOnly,
  isCertain,
  isFixed,
  key,
  MemberNames,
  onlyElements,
  planObject,
  planOptional,
  planOptionalValue,
} from './json-shape.ts'
import * as plan from './plan.ts'
import { type PlanWriter, Refusal } from './plan-writer.ts'
import { NO_DEPENDENCY } from './token.ts'

const ATTRIBUTES = '{"#attributes":'

/**
 * Writes the plan of a definition for JSON in the shape of `evtx_dump`: the same text as `renderEvtxDumpJson`, as a
 * member with a comma before it. Returns the flags of its head.
 */
export function planEvtxDump(nodes: readonly FragmentNode[], writer: PlanWriter): number {
  const [only] = nodes
  if (nodes.length !== 1 || only?.kind !== 'element') throw new Refusal('There is more than one element')
  planOptional(only, writer, () => {
    writer.text(key(only.name))
    planElement(only, writer)
  })
  return plan.ROOT | childFlags(only)
}

function planElement(element: ElementNode, writer: PlanWriter): void {
  const attributes = attributesOf(element)
  const content = contentOf(element)
  if (attributes.length === 0 || attributes.some(isCertain)) {
    if (attributes.length > 0) {
      writer.text(ATTRIBUTES)
      planObject(writer, 0, () => planAttributes(attributes, writer))
    }
    const isAlone = attributes.length === 0
    if (content.kind === 'elements') planElements(element, isAlone, writer)
    else if (content.kind === 'text') {
      const text = content.text === '' ? undefined : JSON.stringify(content.text)
      if (isAlone) writer.text(text ?? 'null')
      else writer.text(text === undefined ? '}' : `,"#text":${text}}`)
    } else if (isAlone) {
      const isEventData = element.name === 'EventData'
      const flags = plan.EMPTY_IS_NULL | (isEventData ? 0 : plan.OBJECT)
      writer.op(plan.JSON_VALUE, content.slot, { flags })
    } else {
      const argument = writer.text(',"#text":')
      writer.op(plan.JSON_MEMBER, content.slot, { argument })
      writer.text('}')
    }
    return
  }
  if (content.kind === 'elements' || (content.kind === 'text' && content.text !== '')) {
    throw new Refusal('Attributes may all be missing')
  }
  const argument = writer.text(ATTRIBUTES)
  planAttributes(attributes, writer, plan.FIRST)
  const slot = content.kind === 'slot' ? content.slot : plan.NO_SLOT
  writer.op(plan.CLOSE_ATTRIBUTES, slot, { argument, flags: plan.WRAPPED | plan.EMPTY_IS_NULL })
}

/** @param first flags of the first one */
function planAttributes(attributes: ReturnType<typeof attributesOf>, writer: PlanWriter, first = 0): void {
  const names = new MemberNames()
  for (const [index, attribute] of attributes.entries()) {
    names.add(attribute.name)
    const argument = writer.text(key(attribute.name))
    if (isFixed(attribute)) writer.text(JSON.stringify(attribute.value))
    else writer.op(plan.JSON_MEMBER, attribute.slot, { argument, flags: index === 0 ? first : 0 })
  }
}

/** Elements as members of an object; `isAlone` where nothing of it stands before them. */
function planElements(element: ElementNode, isAlone: boolean, writer: PlanWriter): void {
  const members = () => (element.name === 'EventData' ? planEventData(element, writer) : planMembers(element, writer))
  if (isAlone) planObject(writer, 0, members)
  else {
    members()
    writer.text('}')
  }
}

function planMembers(element: ElementNode, writer: PlanWriter): void {
  const names = new MemberNames()
  names.add('#attributes')
  const { children } = element
  for (const [index, child] of children.entries()) {
    if (child.kind === 'element') {
      const free = names.free(child)
      if (holdsOnly(child)) planOptionalValue(child, key(free), plan.EMPTY_IS_NULL | plan.OBJECT, writer)
      else {
        planOptional(child, writer, () => {
          writer.text(key(free))
          planElement(child, writer)
        })
      }
    } else if (child.kind === 'slot') {
      const isCertain = children.some((node) => node.kind === 'element' && node.dependency === NO_DEPENDENCY)
      if (index < children.length - 1 || !isCertain) throw new Refusal('A slot stands among elements')
      names.beforePayload()
      writer.op(plan.JSON_CHILDREN, child.slot, { flags: plan.TEXT_IS_NULL })
    }
  }
}

/** Named items by name; unnamed ones together under `Data`, where the first of them stands. */
function planEventData(element: ElementNode, writer: PlanWriter): void {
  const content = contentOf(element)
  const children = content.kind === 'elements' ? onlyElements(content.elements) : []
  const names = new MemberNames()
  names.add('#attributes')
  const given = children.map(nameOf)
  const first = given.indexOf(undefined)
  const last = given.lastIndexOf(undefined)
  if (first >= 0 && given.slice(first, last + 1).some((name) => name !== undefined)) {
    throw new Refusal('Named items stand between unnamed ones')
  }
  for (const [index, child] of children.entries()) {
    const name = given[index]
    if (name !== undefined) {
      const free = names.free({ name, dependency: child.dependency })
      planOptional(child, writer, () => {
        writer.text(key(free))
        if (child.name === 'Data') planItem(child, writer)
        else planElement(child, writer)
      })
    } else if (index === first) {
      names.add('Data')
      planItems(children.slice(first, last + 1), writer)
    }
  }
}

/** The name of a member; undefined for an unnamed `Data`. */
function nameOf(child: ElementNode): string | undefined {
  if (child.name !== 'Data') return child.name
  const attribute = attributesOf(child).find(({ name }) => name === 'Name')
  if (attribute === undefined) return undefined
  if (!isFixed(attribute)) throw new Refusal('The name of an item is a slot')
  return attribute.value
}

/** The content of a `Data`, whatever its attributes. */
function planItem(child: ElementNode, writer: PlanWriter): void {
  const content = contentOf(child)
  if (content.kind === 'elements') throw new Refusal('An item holds elements')
  if (content.kind === 'text') writer.text(JSON.stringify(content.text))
  else writer.op(plan.JSON_VALUE, content.slot, { flags: plan.NULL_IS_TEXT })
}

function planItems(children: readonly ElementNode[], writer: PlanWriter): void {
  const argument = writer.text(',"Data":{"#text":')
  writer.op(plan.OPEN, plan.NO_SLOT)
  for (const child of children) {
    planOptional(child, writer, () => {
      const content = contentOf(child)
      if (content.kind === 'elements') throw new Refusal('An item holds elements')
      if (content.kind === 'text') {
        writer.text(`,${JSON.stringify(content.text)}`)
        writer.op(plan.COUNT_ITEM, plan.NO_SLOT)
      } else writer.op(plan.JSON_ITEM, content.slot, { flags: plan.NULL_IS_TEXT })
    })
  }
  writer.op(plan.CLOSE_ITEMS, plan.NO_SLOT, { argument, flags: plan.WRAPPED | plan.SINGLE_IS_BARE })
}
