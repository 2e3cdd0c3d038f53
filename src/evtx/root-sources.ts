import type { ElementNode, Fragment, FragmentNode, PartNode, SlotNode, TextNode } from './fragment.ts'
import { NO_DEPENDENCY } from './token.ts'

/** Not there. */
export const NONE = -1
/** More than a plan can say: several pieces, or a reference. */
export const MANY = -2

/** The fields of System that a scan looks at; the first five may come from slots. */
export const EVENT_ID = 0
export const TIME = 1
export const RECORD_ID = 2
export const PROVIDER = 3
export const CHANNEL = 4
export const LEVEL = 5
export const COMPUTER = 6
const FIELDS = 7

/** Where a root definition has its System fields from. Filled again for each definition. */
export class RootSources {
  /** By field: the slot it is filled from; `NONE` for what is said literally, `MANY`. */
  readonly slots = new Int32Array(FIELDS)
  /**
   * By field: where the slot's token or the literal's characters stand, bytes from the chunk's start; `NONE` for what is
   * left empty or is not there.
   */
  readonly starts = new Int32Array(FIELDS)
  /** By field: bytes of the literal's characters. */
  readonly sizes = new Int32Array(FIELDS)
  /** Slot without whose value there is no event at all; `NONE` for none. */
  dependency = NONE
  /** Slot of EventData or UserData; `NONE` where there is none. */
  payload = NONE

  /** As of a definition that says nothing. */
  clear(): void {
    this.slots.fill(NONE)
    this.starts.fill(NONE)
    this.sizes.fill(0)
    this.dependency = NONE
    this.payload = NONE
  }

  /** Takes them from a definition that was read whole. */
  read(fragment: Fragment): void {
    this.clear()
    const event = fragment.nodes.find((node) => node.kind === 'element')
    const system = event && child(event, 'System')
    this.#take(PROVIDER, attribute(child(system, 'Provider'), 'Name'))
    this.#take(EVENT_ID, child(system, 'EventID')?.children)
    this.#take(LEVEL, child(system, 'Level')?.children)
    this.#take(TIME, attribute(child(system, 'TimeCreated'), 'SystemTime'))
    this.#take(RECORD_ID, child(system, 'EventRecordID')?.children)
    this.#take(CHANNEL, child(system, 'Channel')?.children)
    this.#take(COMPUTER, child(system, 'Computer')?.children)
    if (event && event.dependency !== NO_DEPENDENCY) this.dependency = event.dependency
    // EventData fills the slot with itself, UserData stands around it.
    const payload = event?.children.find((node) => node.kind === 'slot') ?? sourceOf(child(event, 'UserData')?.children)
    if (payload?.kind === 'slot') this.payload = payload.slot
  }

  #take(field: number, parts: readonly FragmentNode[] | undefined): void {
    const source = sourceOf(parts)
    if (source === undefined) this.slots[field] = MANY
    else if (source !== EMPTY) {
      this.starts[field] = source.offset
      if (source.kind === 'slot') this.slots[field] = source.slot
      else this.sizes[field] = 2 * source.text.length
    }
  }
}

function child(element: ElementNode | undefined, name: string): ElementNode | undefined {
  return element?.children.find((node): node is ElementNode => node.kind === 'element' && node.name === name)
}

function attribute(element: ElementNode | undefined, name: string): readonly PartNode[] | undefined {
  return element?.attributes.find((candidate) => candidate.name === name)?.parts
}

/** Stands for a field that the template does not have or leaves empty. */
const EMPTY: TextNode = { kind: 'text', text: '', offset: 0 }

/** Where one field comes from, when that is a single literal or a single slot; undefined for anything else. */
export function sourceOf(parts: readonly FragmentNode[] | undefined): TextNode | SlotNode | undefined {
  if (parts === undefined || parts.length === 0) return EMPTY
  const [part] = parts
  return parts.length === 1 && (part?.kind === 'text' || part?.kind === 'slot') ? part : undefined
}
