import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { type ChunkNames, NO_NAME } from './chunk-names.ts'
import { ENTITIES, type FragmentNode, readFragment } from './fragment.ts'
import { Interner, TOO_MANY_NAMES } from './interner.ts'
import { NAME_OVERHEAD } from './name.ts'
import { isKeyed, Slotted } from './plain-shape-slots.ts'
import { type Dialect, LITERAL_TYPE, PARTS_TYPE, REFUSED } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import * as token from './token.ts'
import { NULL_TYPE } from './value-type.ts'

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
/** Where the parts of texts begin, bytes from the slots. */
const PARTS_AT = 8 * MAX_TOKENS
/** Bytes of slots that a shape may take. */
export const SHAPE_SLOTS = 2 * PARTS_AT
/** Shapes kept; only hostile logs have so many. */
const MAX_SHAPES = 16_384

/** Bytes of a value that may grow to what a reference is. */
const REFERENCE_SIZE = 2

/**
 * Finds plans for BinXML without a template: records that Event Viewer's "save filtered" wrote, and values that are
 * bare elements. They are walked token by token; what they share with others of their shape (elements, attributes,
 * names) is a key to a plan, and their texts are its slots. In JSON, attributes that decide on names of members belong
 * to the key.
 */
export class PlainShapes {
  /** What the last `find` put into slots: how many, parts of texts besides, and bytes of text in all. */
  slots = 0
  parts = 0
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
    this.parts = 0
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
    const { bytes, view } = this.#memory
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
            while (keyed && at + 4 <= end && (bytes[at]! & ~token.MORE) === token.VALUE) {
              const size = 2 * view.getUint16(at + 2, true)
              if (size > end - (at + 4) || length >= MAX_TOKENS) return false
              const text = this.#keyText(at + 4, size)
              if (text < 0) return false
              sequence[length++] = STEP * text + KEY_TEXT
              at += 4 + size
            }
            if (!keyed && at < end && isText(bytes[at]!)) {
              const next = this.#text(at, end, true)
              if (next < 0) return false
              // An attribute without text is not there: that is a matter of shape.
              sequence[length++] = next === at + 4 ? NO_TEXT : TEXT
              at = next
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
      } else if (isText(kind) && depth > 0) {
        at = this.#text(at, end, false)
        if (at < 0) return false
        sequence[length++] = TEXT
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

  /** Puts a text into a slot, all its parts if it has several. Returns the position behind it, or -1. */
  #text(from: number, end: number, inAttribute: boolean): number {
    const { bytes, view } = this.#memory
    const first = this.parts
    // There the end of one value and the begin of the next may be one character.
    const isJoined = inAttribute || this.#isJson
    let at = from
    let isAfterValue = false
    for (;;) {
      const kind = at < end ? bytes[at]! & ~token.MORE : token.END_OF_FRAGMENT
      if (kind === token.VALUE) {
        if (at + 4 > end || (isAfterValue && isJoined)) return -1
        const size = 2 * view.getUint16(at + 2, true)
        if (size > end - (at + 4) || !this.#part(at + 4, size, LITERAL_TYPE)) return -1
        this.valueBytes += size
        at += 4 + size
        isAfterValue = true
      } else if (kind === token.ENTITY_REFERENCE) {
        const name = at + 5 > end ? NO_NAME : this.#names.idAt(view.getUint32(at + 1, true))
        const meaning = name === NO_NAME ? undefined : ENTITIES.get(this.#names.texts[name]!)
        if (meaning === undefined || !this.#part(meaning.charCodeAt(0), 0, NULL_TYPE)) return -1
        this.valueBytes += REFERENCE_SIZE
        at = this.#afterName(at + 1)
        isAfterValue = false
      } else break
    }
    const count = this.parts - first
    if (count > 1 || !isAfterValue) {
      // A zero ends an attribute in XML, with all its parts.
      if (inAttribute && !this.#isJson && this.#holdsZero(first)) return -1
      this.#slot((this.#slotsAt << 2) + PARTS_AT + 8 * first, count, PARTS_TYPE)
    } else {
      this.#slot(from + 4, at - from - 4, LITERAL_TYPE)
      this.parts = first
    }
    return at
  }

  /** True where a unit of the parts is zero. */
  #holdsZero(first: number): boolean {
    const { view, words } = this.#memory
    for (let part = first; part < this.parts; part++) {
      const word = this.#slotsAt + (PARTS_AT >> 2) + 2 * part
      const from = words[word]!
      const end = from + (words[word + 1]! & 0xffff)
      for (let at = from; at < end; at += 2) if (view.getUint16(at, true) === 0) return true
    }
    return false
  }

  #slot(from: number, size: number, slotType: number): void {
    const { words } = this.#memory
    const at = this.#slotsAt + 2 * this.slots++
    words[at] = from
    words[at + 1] = size | (slotType << 16)
  }

  /** False where there is no room for it. */
  #part(from: number, size: number, partType: number): boolean {
    if (this.parts === MAX_TOKENS) return false
    const { words } = this.#memory
    const at = this.#slotsAt + (PARTS_AT >> 2) + 2 * this.parts++
    words[at] = from
    words[at + 1] = size | (partType << 16)
    return true
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

/** True for a token that text begins with. */
function isText(kind: number): boolean {
  const plain = kind & ~token.MORE
  return plain === token.VALUE || plain === token.ENTITY_REFERENCE
}

function isSame(known: Int32Array, sequence: Int32Array, length: number): boolean {
  if (known.length !== length) return false
  for (let i = 0; i < length; i++) if (known[i] !== sequence[i]) return false
  return true
}
