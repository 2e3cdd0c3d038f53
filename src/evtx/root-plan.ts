import type { Chunk } from './chunk.ts'
import type { ElementNode, Fragment, FragmentNode, PartNode, SlotNode, TextNode } from './fragment.ts'
import type { Interner } from './interner.ts'
import { NO_DEPENDENCY } from './token.ts'

/** Not there. */
export const NONE = -1

/** What the scan takes from a slot. */
export const EVENT_ID = 0
export const TIME = 1
export const RECORD_ID = 2
export const PROVIDER = 3
export const CHANNEL = 4

/** A stretch of a definition that what is known of it stands on. */
export interface Probe {
  /** Bytes from the definition's start. */
  readonly offset: number
  readonly bytes: Uint8Array
}

/**
 * How to find the System fields of a record without decoding it: which slots of the root template hold them, and what
 * the template says literally. Slots follow the fixed map of Windows' root templates, but nothing is taken for granted:
 * each is read off the definition.
 */
export interface RootPlan {
  /** Size of the definition where it stands, header included. */
  readonly size: number
  readonly probes: readonly Probe[]
  /** False: this template is not shaped so that its fields can be taken from slots. */
  readonly fast: boolean
  /** Slot without whose value there is no event at all; `NONE` for none. */
  readonly dependencySlot: number
  /** Slot of type BinXML below the root: EventData or UserData. */
  readonly payloadSlot: number
  /** Slot of Level, which is looked at only where a record is kept. */
  readonly levelSlot: number
  /** Level where the template says it literally. */
  readonly level: number
  /** Slots that hold System fields, ascending, and what each holds. */
  readonly stepSlots: Int32Array
  readonly stepFields: Int32Array
  /** Greatest of `stepSlots`. */
  readonly lastSlot: number
  /** Interned literals, `NONE` where a slot has them. */
  readonly provider: number
  readonly channel: number
  readonly computer: number
}

/**
 * Derives the plan of a root template.
 *
 * @param chunk where the definition stands at `offset`; `size` bytes, header included
 */
export function planRoot(chunk: Chunk, offset: number, size: number, fragment: Fragment, names: Interner): RootPlan {
  const event = fragment.nodes.find((node) => node.kind === 'element')
  const system = event && child(event, 'System')
  const provider = sourceOf(attribute(child(system, 'Provider'), 'Name'))
  const eventId = sourceOf(child(system, 'EventID')?.children)
  const level = sourceOf(child(system, 'Level')?.children)
  const time = sourceOf(attribute(child(system, 'TimeCreated'), 'SystemTime'))
  const recordId = sourceOf(child(system, 'EventRecordID')?.children)
  const channel = sourceOf(child(system, 'Channel')?.children)
  const computer = sourceOf(child(system, 'Computer')?.children)
  // EventData fills the slot with itself, UserData stands around it.
  const userData = sourceOf(child(event, 'UserData')?.children)
  const payload = event?.children.find((node) => node.kind === 'slot') ?? userData
  const intern = (source: TextNode | SlotNode | undefined) =>
    source?.kind === 'text' ? names.ofText(source.text) : NONE
  const slot = (source: TextNode | SlotNode | undefined) => (source?.kind === 'slot' ? source.slot : NONE)
  // By field.
  const slots = [slot(eventId), slot(time), slot(recordId), slot(provider), slot(channel)]
  const [eventIdSlot, timeSlot, recordIdSlot, providerSlot] = slots
  const steps = stepsOf(slots)
  const fast =
    eventIdSlot !== NONE &&
    timeSlot !== NONE &&
    recordIdSlot !== NONE &&
    !!provider &&
    !!channel &&
    computer?.kind === 'text' &&
    // The scan looks at a provider only when it knows that the event id is wanted.
    (providerSlot === NONE || slot(provider) > slot(eventId))
  const probes: Probe[] = [{ offset: 4, bytes: chunk.bytes.slice(offset + 4, offset + 20) }]
  for (const source of [provider, eventId, level, time, recordId, channel, computer]) {
    if (source && source !== EMPTY) probes.push(probe(chunk, offset, source))
  }
  return {
    size,
    probes,
    fast,
    dependencySlot: event === undefined || event.dependency === NO_DEPENDENCY ? NONE : event.dependency,
    payloadSlot: payload?.kind === 'slot' ? payload.slot : NONE,
    levelSlot: slot(level),
    level: level?.kind === 'text' ? levelIn(level.text) : NONE,
    ...steps,
    lastSlot: steps.stepSlots.at(-1) ?? NONE,
    provider: intern(provider),
    channel: intern(channel),
    computer: intern(computer),
  }
}

/** The number that a text says, `NONE` where it says none. */
export function levelIn(text: string): number {
  return /^\d{1,3}$/.test(text) ? Number(text) : NONE
}

/** Slots in the order in which they stand, without those that are `NONE`. A scan plans some hundreds of templates. */
function stepsOf(slots: readonly number[]): Pick<RootPlan, 'stepSlots' | 'stepFields'> {
  const stepFields: number[] = []
  for (let field = 0; field < slots.length; field++) {
    if (slots[field] === NONE) continue
    let at = stepFields.length
    while (at > 0 && slots[stepFields[at - 1]!]! > slots[field]!) at--
    stepFields.splice(at, 0, field)
  }
  const stepSlots = new Int32Array(stepFields.length)
  for (let step = 0; step < stepSlots.length; step++) stepSlots[step] = slots[stepFields[step]!]!
  return { stepSlots, stepFields: new Int32Array(stepFields) }
}

/**
 * True when the definition at the offset says the same as the one the plan was made from, where the plan depends on it.
 */
export function planHolds(plan: RootPlan, bytes: Uint8Array, offset: number): boolean {
  for (const probe of plan.probes) {
    const known = probe.bytes
    const at = offset + probe.offset
    for (let i = 0; i < known.length; i++) if (known[i] !== bytes[at + i]) return false
  }
  return true
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

/** The token of a slot, or the length and characters of a literal. */
function probe(chunk: Chunk, definition: number, source: TextNode | SlotNode): Probe {
  const start = source.kind === 'slot' ? source.offset : source.offset - 2
  const end = source.kind === 'slot' ? start + 4 : source.offset + 2 * source.text.length
  return { offset: start - definition, bytes: chunk.bytes.slice(start, end) }
}
