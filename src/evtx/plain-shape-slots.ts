import type { ElementNode, FragmentNode, PartNode, SlotNode } from './fragment.ts'
import { CERTAIN_TEXT } from './plan.ts'
import { STRING_TYPE } from './value-type.ts'

/** Attributes whose text decides on the shape of JSON. */
export function isKeyed(element: string, attribute: string): boolean {
  return attribute === 'xmlns' || (attribute === 'Name' && (element === 'Data' || element === 'EventData'))
}

/** Puts slots in the place of texts, in the order of the walk. */
export class Slotted {
  readonly #isJson: boolean
  #slots = 0

  constructor(isJson: boolean) {
    this.#isJson = isJson
  }

  /** Parts of one text, which stand side by side, are one slot. */
  nodes(nodes: readonly FragmentNode[]): FragmentNode[] {
    const kept = nodes.filter((node, i) => node.kind === 'element' || i === 0 || nodes[i - 1]!.kind === 'element')
    return kept.map((node) => (node.kind === 'element' ? this.#element(node) : this.#slot(node)))
  }

  #element(node: ElementNode): ElementNode {
    const attributes = node.attributes.map(({ name, parts }) => {
      const stays = this.#isJson && isKeyed(node.name, name)
      return { name, parts: stays ? parts : this.#attributeParts(parts) }
    })
    const { kind, name, dependency, closedEmpty } = node
    // All elements have their members in one order: to the compiler they are alike then.
    return { kind, name, dependency, attributes, children: this.nodes(node.children), closedEmpty }
  }

  #attributeParts(parts: readonly PartNode[]): PartNode[] {
    const [first] = parts
    if (first === undefined || !parts.some(({ kind }) => kind === 'markup')) {
      return parts.map((part) => this.#attributePart(part))
    }
    return [this.#slot(first, CERTAIN_TEXT)]
  }

  /** One that is not empty is marked as certain to be there. */
  #attributePart(part: PartNode): PartNode {
    if (part.kind !== 'text') return part
    const slotted = this.#slot(part, CERTAIN_TEXT)
    return part.text === '' ? part : slotted
  }

  #slot(part: PartNode, type = STRING_TYPE): SlotNode {
    return { kind: 'slot', slot: this.#slots++, type, offset: part.kind === 'markup' ? 0 : part.offset }
  }
}
