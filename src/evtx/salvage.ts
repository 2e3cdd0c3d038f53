import { FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import type { Salvage, XmlElement, XmlNode } from './element.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { FragmentNode } from './fragment.ts'
import { readInstance, readValues, type Slot, type TemplateInstance, type Values } from './instance.ts'
import { eventDataOfSlots, eventOfRootSlots } from './lost-template.ts'
import { DEFINITION_HEADER_SIZE, type Template, type TemplateCache } from './template.ts'
import * as type from './value-type.ts'

/**
 * Where what a recovered record says was taken from, when its own chunk does not have all of its template definitions:
 * `library`, the definitions are the run's; `values`, that of the payload is lost and its values stand unnamed;
 * `root-map`, that of the event is lost and System is told by the fixed order of its slots.
 */
export type TemplateOrigin = 'library' | 'values' | 'root-map'

/**
 * One reading of a record that is recovered: what is missing in its chunk is looked for elsewhere, then done without.
 */
export class RecordSalvage implements Salvage {
  /** The least sure of what was done. */
  origin: TemplateOrigin | undefined
  readonly #elsewhere: Elsewhere | undefined

  constructor(elsewhere: Elsewhere | undefined) {
    this.#elsewhere = elsewhere
  }

  readonly read = (chunk: Chunk, offset: number, end: number, templates: TemplateCache): TemplateInstance | Values => {
    const own = tryInstance(chunk, offset, end, templates)
    if (own !== undefined && fits(own.template, own.slots)) return own
    const values = readValues(chunk, offset, end)
    const template = this.#elsewhere?.template(chunk.view.getUint32(offset + 2, true))
    if (template === undefined || !fits(template, values.slots)) return values
    this.#note('library')
    return { template, ...values }
  }

  ofLost(chunk: Chunk, values: Values, depth: number, ofNested: (slot: Slot) => readonly XmlNode[]): XmlElement {
    if (depth > 0) {
      this.#note('values')
      return eventDataOfSlots(chunk, values.slots, ofNested)
    }
    const event = eventOfRootSlots(chunk, values.slots, ofNested)
    if (event === undefined) {
      throw new FormatError(
        'bad-template',
        values.end,
        'Its template is lost, and its values are not those of an event',
      )
    }
    this.#note('root-map')
    return event
  }

  #note(origin: TemplateOrigin): void {
    if (this.origin === undefined || SURE.indexOf(origin) > SURE.indexOf(this.origin)) this.origin = origin
  }
}

/** Bytes of an instance with its count of values, but for what follows. */
const INSTANCE_SIZE = 14

/** The surest first. */
const SURE: readonly TemplateOrigin[] = ['library', 'values', 'root-map']

function tryInstance(
  chunk: Chunk,
  offset: number,
  end: number,
  templates: TemplateCache,
): TemplateInstance | undefined {
  const { view } = chunk
  if (offset + INSTANCE_SIZE > end) return undefined
  // Most that are lost do not stand where they should: no error need be made to know.
  const definition = view.getUint32(offset + 6, true)
  if (definition > CHUNK_SIZE - DEFINITION_HEADER_SIZE) return undefined
  if (view.getUint32(definition + 4, true) !== view.getUint32(offset + 2, true)) return undefined
  try {
    return readInstance(chunk, offset, end, templates)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return undefined
  }
}

/** A slot of a definition: its number, and the type it declares. */
type DeclaredSlot = readonly [slot: number, type: number]

/** What definitions declare. */
const declared = new WeakMap<Template, readonly DeclaredSlot[]>()

/**
 * True where the values can be those of the template: there is one for each of its slots, of the type it declares or
 * none. Numbers of one size are written for each other; nothing else is, in any public log.
 */
function fits(template: Template, slots: readonly Slot[]): boolean {
  let wanted = declared.get(template)
  if (wanted === undefined) {
    const found: DeclaredSlot[] = []
    collect(template.fragment.nodes, found)
    declared.set(template, found)
    wanted = found
  }
  // What is left of an overwritten definition may have no element at all.
  if (!template.fragment.nodes.some(({ kind }) => kind === 'element')) return false
  return wanted.every(([slot, type]) => slot < slots.length && isOfType(slots[slot]!.type, type))
}

function collect(nodes: readonly FragmentNode[], into: DeclaredSlot[]): void {
  for (const node of nodes) {
    if (node.kind === 'slot') into.push([node.slot, node.type])
    else if (node.kind === 'element') {
      for (const { parts } of node.attributes) collect(parts, into)
      collect(node.children, into)
    }
  }
}

const NUMBERS: ReadonlySet<number> = new Set([
  type.INT8_TYPE,
  type.UINT8_TYPE,
  type.INT16_TYPE,
  type.UINT16_TYPE,
  type.INT32_TYPE,
  type.UINT32_TYPE,
  type.INT64_TYPE,
  type.UINT64_TYPE,
  type.BOOL_TYPE,
  type.SIZE_T_TYPE,
  type.HEX_INT32_TYPE,
  type.HEX_INT64_TYPE,
])

function isOfType(actual: number, wanted: number): boolean {
  if (actual === type.NULL_TYPE || actual === wanted) return true
  const [one, other] = [actual & ~type.ARRAY_FLAG, wanted & ~type.ARRAY_FLAG]
  return one === other || (NUMBERS.has(one) && NUMBERS.has(other))
}
