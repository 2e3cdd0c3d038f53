import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { type ChunkNames, NO_NAME } from './chunk-names.ts'
import { type ElementNode, type FragmentNode, type PartNode, readFragment } from './fragment.ts'
import { Interner, TOO_MANY_NAMES } from './interner.ts'
import { NAME_OVERHEAD } from './name.ts'
import { CERTAIN_TEXT, type Dialect, LITERAL_TYPE, REFUSED } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import * as token from './token.ts'
import { STRING_TYPE } from './value-type.ts'

/** A shape met before, and its plan. */
interface Shape {
  readonly sequence: Int32Array
  readonly head: number
}

/** What a step of the walk over tokens adds to the sequence, beside a name's number. */
const ELEMENT = 1
const ATTRIBUTE = 2
const TEXT = 3
const KEY_TEXT = 4
const CONTENT = 5
const EMPTY = 6
const ELEMENT_END = 7
const NO_TEXT = 8
const STEP = 16

/** Tokens of a record at most; beyond it the tree counts. No record of the public logs has a third of them. */
const MAX_TOKENS = 1_200
/** Bytes of slots that a shape may take. */
export const SHAPE_SLOTS = 8 * MAX_TOKENS
/** Shapes kept; only hostile logs have so many. */
const MAX_SHAPES = 16_384

/**
 * Finds plans for BinXML without a template: records that Event Viewer's "save filtered" wrote, and values that are bare
 * elements. They are walked token by token; what they share with others of their shape (elements, attributes, names) is
 * a key to a plan, and their texts are its slots. In JSON, attributes that decide on names of members belong to the key.
 */
export class PlainShapes {
  /** What the last `find` put into slots: how many, and bytes of text in all. */
  slots = 0
  valueBytes = 0
  readonly #memory: PlanMemory
  readonly #names: ChunkNames
  readonly #compile: (nodes: readonly FragmentNode[]) => number | undefined
  readonly #isJson: boolean
  readonly #shapes = new Map<number, Shape[]>()
  readonly #texts = new Interner()
  readonly #sequence = new Int32Array(MAX_TOKENS + 8)
  #count = 0
  #length = 0
  #slotsAt = 0
  #chunk!: Chunk
  #base = 0

  constructor(
    memory: PlanMemory,
    names: ChunkNames,
    dialect: Dialect,
    compile: (nodes: readonly FragmentNode[]) => number | undefined,
  ) {
    this.#memory = memory
    this.#names = names
    this.#compile = compile
    this.#isJson = dialect !== 'xml'
  }

  startChunk(chunk: Chunk, base: number): void {
    this.#chunk = chunk
    this.#base = base
  }

  /** Forgets all plans, as those who keep them do. */
  forget(): void {
    this.#shapes.clear()
    this.#count = 0
  }

  /**
   * The plan of the elements at a place of the memory, or `REFUSED`; their texts are put into slots.
   *
   * @param slots where the slots begin, bytes from the memory's start
   */
  find(from: number, end: number, slots: number): number {
    this.#length = 0
    this.#slotsAt = slots >> 2
    this.slots = 0
    this.valueBytes = 0
    if (!this.#walk(from, end)) return REFUSED
    const sequence = this.#sequence
    const length = this.#length
    let hash = 0
    for (let i = 0; i < length; i++) hash = (Math.imul(hash, 65_599) + sequence[i]!) | 0
    const alike = this.#shapes.get(hash)
    const same = alike?.find((shape) => isSame(shape.sequence, sequence, length))
    if (same) return same.head
    if (this.#count === MAX_SHAPES) return REFUSED
    const head = this.#plan(from, end)
    if (head === undefined) return REFUSED
    this.#count++
    const shape = { sequence: sequence.slice(0, length), head }
    if (alike) alike.push(shape)
    else this.#shapes.set(hash, [shape])
    return head
  }

  /** Walks the tokens as `readFragment` does; false wherever that would do something else. */
  #walk(from: number, end: number): boolean {
    const { bytes, view, words } = this.#memory
    const sequence = this.#sequence
    let at = from
    let length = 0
    let depth = 0
    let keyed = false
    for (;;) {
      if (length >= MAX_TOKENS) return false
      if (at >= end) {
        if (depth > 0 || at === from) return false
        break
      }
      const kind = bytes[at]!
      const plain = kind & ~token.MORE
      if (plain === token.OPEN_ELEMENT) {
        if (at + 9 > end || depth >= token.MAX_DEPTH) return false
        if (view.getUint32(at + 1, true) > end - (at + 5)) return false
        const id = this.#names.idAt(view.getUint32(at + 5, true))
        if (id === NO_NAME) return false
        sequence[length++] = STEP * id + ELEMENT
        at = this.#afterName(at + 5)
        depth++
        if (kind & token.MORE) {
          at += 4
          while (at < end && (bytes[at]! & ~token.MORE) === token.ATTRIBUTE) {
            if (at + 5 > end || length >= MAX_TOKENS) return false
            const name = this.#names.idAt(view.getUint32(at + 1, true))
            if (name === NO_NAME) return false
            sequence[length++] = STEP * name + ATTRIBUTE
            keyed = this.#isJson && this.#isKey(id, name)
            at = this.#afterName(at + 1)
            while (at + 4 <= end && (bytes[at]! & ~token.MORE) === token.VALUE) {
              const size = 2 * view.getUint16(at + 2, true)
              if (size > end - (at + 4) || length >= MAX_TOKENS) return false
              if (keyed) {
                const text = this.#keyText(at + 4, size)
                if (text < 0) return false
                sequence[length++] = STEP * text + KEY_TEXT
              } else {
                // An attribute without text is not there: that is a matter of shape.
                sequence[length++] = size === 0 ? NO_TEXT : TEXT
                this.#slot(words, at + 4, size)
              }
              at += 4 + size
            }
          }
        }
        if (at >= end) return false
        if (bytes[at] === token.CLOSE_START_ELEMENT) sequence[length++] = CONTENT
        else if (bytes[at] === token.CLOSE_EMPTY_ELEMENT) {
          sequence[length++] = EMPTY
          depth--
        } else return false
        at++
      } else if (plain === token.VALUE && depth > 0) {
        if (at + 4 > end) return false
        const size = 2 * view.getUint16(at + 2, true)
        if (size > end - (at + 4)) return false
        sequence[length++] = TEXT
        this.#slot(words, at + 4, size)
        at += 4 + size
      } else if (plain === token.END_ELEMENT && depth > 0) {
        sequence[length++] = ELEMENT_END
        depth--
        at++
      } else if (plain === token.END_OF_FRAGMENT && depth === 0 && at > from) {
        break
      } else return false
    }
    this.#length = length
    return true
  }

  #slot(words: Int32Array, from: number, size: number): void {
    const at = this.#slotsAt + 2 * this.slots++
    words[at] = from
    words[at + 1] = size | (LITERAL_TYPE << 16)
    this.valueBytes += size
  }

  /** Position behind a reference to a name, and behind the name where it stands right there. */
  #afterName(at: number): number {
    const { view } = this.#memory
    const here = at + 4
    if (view.getUint32(at, true) !== here - this.#base) return here
    return here + NAME_OVERHEAD + 2 * view.getUint16(here + 6, true)
  }

  #isKey(element: number, attribute: number): boolean {
    return isKeyed(this.#names.texts[element]!, this.#names.texts[attribute]!)
  }

  #keyText(from: number, size: number): number {
    const { bytes, view } = this.#memory
    if (size > 0 && view.getUint16(from + size - 2, true) === 0) return -1
    const id = this.#texts.ofBytes(bytes, view, from, size)
    return this.#texts.texts[id] === TOO_MANY_NAMES ? -1 : id
  }

  #plan(from: number, end: number): number | undefined {
    try {
      const fragment = readFragment(this.#chunk, from - this.#base, end - this.#base, false)
      return this.#compile(new Slotted(this.#isJson).nodes(fragment.nodes))
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      return REFUSED
    }
  }
}

/** Attributes whose text decides on the shape of JSON. */
function isKeyed(element: string, attribute: string): boolean {
  return attribute === 'xmlns' || (attribute === 'Name' && (element === 'Data' || element === 'EventData'))
}

/** Puts slots in the place of texts, in the order of the walk. */
class Slotted {
  readonly #isJson: boolean
  #slots = 0

  constructor(isJson: boolean) {
    this.#isJson = isJson
  }

  nodes(nodes: readonly FragmentNode[]): FragmentNode[] {
    return nodes.map((node) => (node.kind === 'element' ? this.#element(node) : this.#part(node)))
  }

  #element(node: ElementNode): ElementNode {
    const attributes = node.attributes.map(({ name, parts }) => {
      const stays = this.#isJson && isKeyed(node.name, name)
      return { name, parts: stays ? parts : parts.map((part) => this.#attributePart(part)) }
    })
    return { ...node, attributes, children: this.nodes(node.children) }
  }

  /** One that is not empty is marked as certain to be there. */
  #attributePart(part: PartNode): PartNode {
    const slotted = this.#part(part)
    if (part.kind !== 'text' || slotted.kind !== 'slot') return slotted
    return part.text === '' ? part : { ...slotted, type: CERTAIN_TEXT }
  }

  #part(part: PartNode): PartNode {
    if (part.kind !== 'text') return part
    return { kind: 'slot', slot: this.#slots++, type: STRING_TYPE, offset: part.offset }
  }
}

function isSame(known: Int32Array, sequence: Int32Array, length: number): boolean {
  if (known.length !== length) return false
  for (let i = 0; i < length; i++) if (known[i] !== sequence[i]) return false
  return true
}
