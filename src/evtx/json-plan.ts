import type { ElementNode, FragmentNode } from './fragment.ts'
import { NUMBER_ATTRIBUTES, NUMBERS, systemKey, toNumber } from './json.ts'
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
  PAYLOAD_NAMES,
  planObject,
  planOptional,
  planOptionalValue,
} from './json-shape.ts'
import * as plan from './plan.ts'
import { type PlanWriter, Refusal } from './plan-writer.ts'
import { NO_DEPENDENCY } from './token.ts'

/**
 * Writes the plan of a definition for our own JSON: the same text as `toJson`. That of an event is its members, a comma
 * before each; that of another element is one member. Returns the flags of its head.
 */
export function planJson(nodes: readonly FragmentNode[], writer: PlanWriter): number {
  const [only] = nodes
  if (nodes.length !== 1 || only?.kind !== 'element') throw new Refusal('There is more than one element')
  if (only.name === 'Event') {
    planOptional(only, writer, () => planEvent(only, writer))
    return plan.ROOT
  }
  writer.text(key(only.name))
  if (only.name === 'EventData') {
    planEventData(only, writer)
    return childFlags(only) & plan.PAYLOAD
  }
  planElement(only, undefined, writer)
  return childFlags(only)
}

function planEvent(event: ElementNode, writer: PlanWriter): void {
  const names = new MemberNames()
  names.add('_meta')
  const systems = event.children.filter((child) => child.kind === 'element' && child.name === 'System')
  for (const system of systems) {
    if (system.kind !== 'element' || systems.length > 1 || system.dependency !== NO_DEPENDENCY) {
      throw new Refusal('There is no one System')
    }
    for (const child of system.children) {
      if (child.kind === 'element') planSystemElement(child, names, writer)
      else if (child.kind === 'slot') throw new Refusal('System holds a slot')
    }
  }
  for (const child of event.children) {
    if (child.kind === 'slot') {
      names.beforePayload()
      // One payload is all that its name is kept free for.
      for (const name of PAYLOAD_NAMES) names.add(name)
      writer.op(plan.JSON_CHILDREN, child.slot)
    } else if (child.kind === 'element' && child.name !== 'System') {
      names.add(child.name)
      planOptional(child, writer, () => {
        writer.text(key(child.name))
        if (child.name === 'EventData') planEventData(child, writer)
        else planElement(child, undefined, writer)
      })
    }
  }
}

function planSystemElement(element: ElementNode, names: MemberNames, writer: PlanWriter): void {
  if (!holdsOnly(element)) {
    planOptional(element, writer, () => planSystemField(element, names, writer))
    return
  }
  names.add(element.name)
  const flags = NUMBERS.has(element.name) ? plan.NUMBER | plan.NULL_IS_TEXT : 0
  planOptionalValue(element, key(element.name), flags, writer)
}

function planSystemField(element: ElementNode, names: MemberNames, writer: PlanWriter): void {
  for (const attribute of attributesOf(element)) {
    const name = systemKey(element.name, attribute.name)
    const isNumber = NUMBER_ATTRIBUTES.has(name)
    names.add(name)
    const argument = writer.text(key(name))
    if (!isFixed(attribute)) {
      writer.op(plan.JSON_MEMBER, attribute.slot, { argument, flags: isNumber ? plan.NUMBER : 0 })
    } else writer.text(JSON.stringify(isNumber ? toNumber(attribute.value) : attribute.value))
  }
  if (element.children.length === 0) return
  const content = contentOf(element)
  const isNumber = NUMBERS.has(element.name)
  names.add(element.name)
  writer.text(key(element.name))
  if (content.kind === 'elements') throw new Refusal('A field of System holds elements')
  if (content.kind === 'slot') {
    writer.op(plan.JSON_VALUE, content.slot, { flags: isNumber ? plan.NUMBER | plan.NULL_IS_TEXT : 0 })
  } else writer.text(JSON.stringify(isNumber ? toNumber(content.text) : content.text))
}

/** Items by name, and behind them the unnamed ones in the array `Data`. */
function planEventData(element: ElementNode, writer: PlanWriter): void {
  const names = new MemberNames()
  const content = contentOf(element)
  if (content.kind === 'slot' || (content.kind === 'text' && content.text !== '')) {
    throw new Refusal('EventData holds no elements')
  }
  const children = content.kind === 'elements' ? onlyElements(content.elements) : []
  const unnamed = children.filter((child) => nameOf(child) === undefined)
  planObject(writer, plan.EMPTY_IS_OBJECT, () => {
    for (const attribute of attributesOf(element)) {
      if (attribute.name === 'xmlns') continue
      if (!isFixed(attribute)) throw new Refusal('EventData has an attribute from a slot')
      names.add(`@${attribute.name}`)
      writer.text(key(`@${attribute.name}`) + JSON.stringify(attribute.value))
    }
    if (unnamed.length > 0) names.add('Data')
    for (const child of children) {
      const name = nameOf(child)
      if (name === undefined) continue
      names.add(name)
      planOptional(child, writer, () => {
        writer.text(key(name))
        planElement(child, child.name === 'Data' ? 'Name' : undefined, writer)
      })
    }
    if (unnamed.length > 0) planItems(unnamed, writer)
  })
}

function nameOf(child: ElementNode): string | undefined {
  if (child.name !== 'Data') return child.name
  const attribute = attributesOf(child).find(({ name }) => name === 'Name')
  if (attribute === undefined) return undefined
  if (!isFixed(attribute)) throw new Refusal('The name of an item is a slot')
  return attribute.value
}

function planItems(children: readonly ElementNode[], writer: PlanWriter): void {
  const argument = writer.text(key('Data'))
  writer.op(plan.OPEN, plan.NO_SLOT)
  for (const child of children) {
    planOptional(child, writer, () => {
      const content = contentOf(child)
      if (content.kind === 'elements' || attributesOf(child).some(({ name }) => name !== 'xmlns')) {
        throw new Refusal('An unnamed item is an object')
      }
      if (content.kind === 'text') {
        writer.text(`,${JSON.stringify(content.text)}`)
        writer.op(plan.COUNT_ITEM, plan.NO_SLOT)
      } else writer.op(plan.JSON_ITEM, content.slot)
    })
  }
  writer.op(plan.CLOSE_ITEMS, plan.NO_SLOT, { argument })
}

/**
 * Any element: its text, or an object of attributes, children and text.
 *
 * @param told attribute that the reader knows already
 */
function planElement(element: ElementNode, told: string | undefined, writer: PlanWriter): void {
  const attributes = attributesOf(element).filter(({ name }) => name !== 'xmlns' && name !== told)
  const content = contentOf(element)
  const names = new MemberNames()
  if (attributes.length === 0) {
    if (content.kind === 'text') writer.text(JSON.stringify(content.text))
    else if (content.kind === 'slot') {
      const flags = told === undefined ? plan.OBJECT : plan.REPEAT
      writer.op(plan.JSON_VALUE, content.slot, { flags })
    } else planObject(writer, plan.NULL_IS_TEXT, () => planMembers(onlyElements(content.elements), names, writer))
    return
  }
  const isObject = attributes.some(isCertain)
  if (!isObject && (content.kind === 'elements' || (content.kind === 'text' && content.text !== ''))) {
    throw new Refusal('Attributes may all be missing')
  }
  if (isObject) writer.op(plan.OPEN, plan.NO_SLOT)
  for (const [index, attribute] of attributes.entries()) {
    const name = `@${attribute.name}`
    names.add(name)
    const argument = writer.text(key(name))
    const flags = !isObject && index === 0 ? plan.FIRST : 0
    if (isFixed(attribute)) writer.text(JSON.stringify(attribute.value))
    else writer.op(plan.JSON_MEMBER, attribute.slot, { argument, flags })
  }
  if (content.kind === 'elements') planMembers(onlyElements(content.elements), names, writer)
  else if (content.kind === 'text' && content.text !== '') {
    writer.text(`,"#text":${JSON.stringify(content.text)}`)
  } else if (isObject && content.kind === 'slot') {
    const argument = writer.text(',"#text":')
    writer.op(plan.JSON_MEMBER, content.slot, { argument })
  } else if (!isObject) {
    const slot = content.kind === 'slot' ? content.slot : plan.NO_SLOT
    writer.op(plan.CLOSE_ATTRIBUTES, slot, { flags: slot === plan.NO_SLOT ? plan.NULL_IS_TEXT : 0 })
    return
  }
  writer.op(plan.CLOSE_OBJECT, plan.NO_SLOT)
}

function planMembers(elements: readonly ElementNode[], names: MemberNames, writer: PlanWriter): void {
  for (const child of elements) {
    names.add(child.name)
    planOptional(child, writer, () => {
      writer.text(key(child.name))
      planElement(child, undefined, writer)
    })
  }
}
