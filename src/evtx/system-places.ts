import type { ElementNode, FragmentNode, SlotNode } from './fragment.ts'
import { NONE, sourceOf } from './root-sources.ts'
import { NO_DEPENDENCY } from './token.ts'
import * as type from './value-type.ts'

/** A field of System that a record may be asked for. */
export type SystemField = 'eventId' | 'level' | 'timeCreated' | 'provider' | 'channel' | 'computer'

/** Where a field stands in all records whose root has one definition. */
export interface FieldPlace {
  /** Slot of its value; `NONE` where the definition says it itself. */
  readonly slot: number
  /** What the definition says; empty where there is no such field. */
  readonly text: string
  /** Slot without whose value the element is not there; `NONE` for none. */
  readonly dependency: number
  /** Value type that Windows gives it, and bytes; `NONE` where any number will do. */
  readonly type: number
  readonly size: number
}

/** What a root's definition says of System. */
export interface SystemPlaces {
  /** Undefined where a field is not as in Windows' own definitions: the record has to be decoded to know. */
  readonly fields: Readonly<Record<SystemField, FieldPlace | undefined>>
  /** Slots without whose value there is no System. */
  readonly needed: readonly number[]
  /** Slots that are no arrays, or they would stand in the place of System. */
  readonly alone: readonly number[]
}

/**
 * Finds the fields of System in the definition of a root; undefined where what stands around them is not as Windows has
 * it.
 */
export function placesOf([event]: readonly FragmentNode[]): SystemPlaces | undefined {
  if (!event || !isElement(event)) return undefined
  const systemAt = event.children.findIndex((node) => isElement(node) && node.name === 'System')
  const system = event.children[systemAt]
  if (!system || !isElement(system)) return undefined
  // What a slot holds may be another System, or another field of it.
  if (event.children.slice(0, systemAt).some(isSlot) || system.children.some(isSlot)) return undefined
  const fields = {
    eventId: placeIn(system, 'EventID', undefined, { type: type.UINT16_TYPE, size: 2 }),
    level: placeIn(system, 'Level', undefined, { type: type.UINT8_TYPE, size: 1 }),
    timeCreated: placeIn(system, 'TimeCreated', 'SystemTime', { type: type.FILETIME_TYPE, size: 8 }),
    provider: placeIn(system, 'Provider', 'Name', TEXT),
    channel: placeIn(system, 'Channel', undefined, TEXT),
    computer: placeIn(system, 'Computer', undefined, TEXT),
  }
  return {
    fields,
    needed: [event.dependency, system.dependency].filter((slot) => slot !== NO_DEPENDENCY),
    alone: event.children.filter(isSlot).map(({ slot }) => slot),
  }
}

const TEXT = { type: type.STRING_TYPE, size: NONE }

function placeIn(
  system: ElementNode,
  name: string,
  attribute: string | undefined,
  shape: Pick<FieldPlace, 'type' | 'size'>,
): FieldPlace | undefined {
  const [element, another] = system.children.filter(isElement).filter((child) => child.name === name)
  // Where one of two may be left out, which of them counts differs from record to record.
  if (another) return undefined
  const attributes = element?.attributes.filter((one) => one.name === attribute) ?? []
  if (attributes.length > 1) return undefined
  const source = sourceOf(attribute === undefined ? element?.children : attributes[0]?.parts)
  if (source === undefined) return undefined
  const dependency = element === undefined || element.dependency === NO_DEPENDENCY ? NONE : element.dependency
  if (source.kind === 'slot') return { ...shape, slot: source.slot, text: '', dependency }
  // A number that is said is for those who read numbers.
  const isClear = shape === TEXT || (name === 'Level' && source.text === '')
  return isClear ? { ...shape, slot: NONE, text: source.text, dependency } : undefined
}

function isElement(node: FragmentNode): node is ElementNode {
  return node.kind === 'element'
}

function isSlot(node: FragmentNode): node is SlotNode {
  return node.kind === 'slot'
}
