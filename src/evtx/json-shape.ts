import type { AttributeNode, ElementNode, FragmentNode, PartNode, SlotNode } from './fragment.ts'
import * as plan from './plan.ts'
import { type PlanWriter, Refusal } from './plan-writer.ts'
import { NO_DEPENDENCY } from './token.ts'

/** An attribute whose value is known. */
export interface FixedAttribute {
  readonly name: string
  readonly value: string
}

/** An attribute that is there when its slot has a value. */
export interface SlotAttribute {
  readonly name: string
  readonly slot: number
  /** The slot is known to have one. */
  readonly isCertain: boolean
}

/** True for an attribute whose value is known. */
export function isFixed(attribute: FixedAttribute | SlotAttribute): attribute is FixedAttribute {
  return 'value' in attribute
}

/** True for an attribute that is there in every record. */
export function isCertain(attribute: FixedAttribute | SlotAttribute): boolean {
  return isFixed(attribute) || attribute.isCertain
}

/** The attributes of an element, those without any value left out. */
export function attributesOf(element: ElementNode): (FixedAttribute | SlotAttribute)[] {
  const known: (FixedAttribute | SlotAttribute)[] = []
  for (const attribute of element.attributes) {
    const found = attributeOf(attribute)
    if (!isFixed(found) || found.value !== '') known.push(found)
  }
  return known
}

function attributeOf({ name, parts }: AttributeNode): FixedAttribute | SlotAttribute {
  const [only] = parts
  if (parts.length === 1 && only?.kind === 'slot')
    return { name, slot: only.slot, isCertain: only.type === plan.CERTAIN_TEXT }
  return { name, value: textOf(parts) }
}

/** Text of parts without slots. */
function textOf(parts: readonly FragmentNode[]): string {
  let text = ''
  for (const part of parts) {
    if (part.kind === 'element' || part.kind === 'slot') throw new Refusal('A text is made of several parts')
    text += part.text
  }
  return text
}

/** What stands in an element, where a plan can say it. */
export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly parts: readonly PartNode[] }
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'elements'; readonly elements: readonly (ElementNode | SlotNode)[] }

/** Elements without text among them, one slot, or text. */
export function contentOf({ children }: ElementNode): Content {
  const [only] = children
  if (children.length === 1 && only?.kind === 'slot') return { kind: 'slot', slot: only.slot }
  if (!children.some((child) => child.kind === 'element')) {
    // The filter drops nothing: there are no elements.
    const parts = children.filter((child): child is PartNode => child.kind !== 'element')
    return { kind: 'text', text: textOf(parts), parts }
  }
  const elements = children.map((child) => {
    if (child.kind === 'element' || child.kind === 'slot') return child
    throw new Refusal('Text stands among elements')
  })
  return { kind: 'elements', elements }
}

/** The elements, where no slot stands among them. */
export function onlyElements(elements: readonly (ElementNode | SlotNode)[]): ElementNode[] {
  return elements.map((element) => {
    if (element.kind === 'element') return element
    throw new Refusal('A slot stands among elements')
  })
}

/** Elements that may stand as payload in an event: no other member of one has such a name. */
export const PAYLOAD_NAMES: ReadonlySet<string> = new Set([
  'EventData',
  'UserData',
  'DebugData',
  'BinaryEventData',
  'ProcessingErrorData',
])

/** Names of an object's members, each of which may be there once. */
export class MemberNames {
  readonly #names = new Set<string>()
  /** Those of elements that may be left out. */
  readonly #uncertain = new Set<string>()

  /** @throws {Refusal} when the name is taken, or when a program would sort it before the others */
  add(name: string): void {
    if (this.#names.has(name)) throw new Refusal('A name occurs twice')
    if (/^\d+$/.test(name) || name === '__proto__') throw new Refusal('A name is out of order')
    this.#names.add(name)
  }

  /**
   * The name of a member where a taken one gets the next free suffix.
   *
   * @throws {Refusal} when that depends on whether another element is there
   */
  free({ name, dependency }: { readonly name: string; readonly dependency: number }): string {
    let free = name
    for (let n = 1; this.#names.has(free); n++) {
      if (this.#uncertain.has(free)) throw new Refusal('A name may occur twice')
      free = `${name}_${n}`
    }
    this.add(free)
    if (dependency !== NO_DEPENDENCY) this.#uncertain.add(free)
    return free
  }

  /** @throws {Refusal} when a payload could have the name of a member */
  beforePayload(): void {
    for (const name of PAYLOAD_NAMES) if (this.#names.has(name)) throw new Refusal('A name may occur twice')
  }
}

/** An object whose members may be missing: see `plan.ts` for how commas become braces. */
export function planObject(writer: PlanWriter, flags: number, members: () => void): void {
  writer.op(plan.OPEN, plan.NO_SLOT)
  members()
  writer.op(plan.CLOSE_OBJECT, plan.NO_SLOT, { flags })
}

/** Runs `work` so that what it plans is only there when the element is. */
export function planOptional(element: ElementNode, writer: PlanWriter, work: () => void): void {
  const optional = element.dependency === NO_DEPENDENCY ? undefined : writer.optional(element.dependency)
  work()
  optional?.end()
}

/** True for an element without attributes that holds the slot that it depends on, and nothing else. */
export function holdsOnly({ attributes, children, dependency }: ElementNode): boolean {
  const [only] = children
  return attributes.length === 0 && children.length === 1 && only?.kind === 'slot' && only.slot === dependency
}

/** Such an element as a member. */
export function planOptionalValue(
  { dependency }: ElementNode,
  memberKey: string,
  flags: number,
  writer: PlanWriter,
): void {
  const argument = writer.text(memberKey)
  writer.op(plan.JSON_OPTIONAL, dependency, { argument, flags })
}

/** `,"name":` */
export function key(name: string): string {
  return `,${JSON.stringify(name)}:`
}

/** What the plan of one element is good for as a value: only where it is certain to be there. */
export function childFlags(element: ElementNode): number {
  if (element.dependency !== NO_DEPENDENCY) return 0
  return plan.CHILD | (PAYLOAD_NAMES.has(element.name) ? plan.PAYLOAD : 0)
}
