import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import { SHAPE_SLOTS } from './plain-shape.ts'
import * as plan from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { PlanShelf } from './plan-shelf.ts'
import { RECORD_HEADER_SIZE } from './record.ts'
import { JsonRunner } from './run-json.ts'
import { REFUSAL, type RunNested, runXml } from './run-xml.ts'
import { DEFINITION_HEADER_SIZE } from './template.ts'
import * as token from './token.ts'
import { ARRAY_FLAG } from './value-type.ts'

/** Values of type BinXML inside each other; the tree goes deeper. Real ones have one. */
const MAX_NESTED = 8
/** Bytes of an instance before its definition or count: token, 1, template id, definition's offset. */
const INSTANCE_SIZE = 10

/** A definition that begins behind has no room for its header. */
const MAX_DEFINITION = CHUNK_SIZE - DEFINITION_HEADER_SIZE

/** As in `element.ts`: what a record of a size may grow to. */
const NODES = { always: 2_048, forEachByte: 4 }
const CHARACTERS = { always: 65_536, forEachByte: 16 }

/**
 * Renders records straight from the bytes of their chunk to the bytes of an output, by plans: see `plan.ts`. This is the plain
 * engine, and the truth for the faster one. A record that is not regular is refused, and the caller gives it to the tree.
 */
export class PlainRenderer {
  readonly memory: PlanMemory
  /** The last refusal was for want of room alone: with an empty output the record may be regular. */
  lacksRoom = false
  readonly #isXml: boolean
  readonly #isDump: boolean
  readonly #shelf: PlanShelf
  readonly #json: JsonRunner
  readonly #nested: RunNested
  #base = 0
  #slots = 0
  #depth = 0
  /** Bytes that the runs under way may still write. */
  #reserved = 0
  #nodesLeft = 0
  #charactersLeft = 0

  constructor(memory: PlanMemory, dialect: plan.Dialect) {
    this.memory = memory
    this.#isXml = dialect === 'xml'
    this.#isDump = dialect === 'evtx_dump'
    this.#shelf = new PlanShelf(memory, dialect)
    this.#nested = (from, size, to, flags) => this.#value(from, size, to, flags)
    this.#json = new JsonRunner(memory, this.#isDump, this.#nested)
  }

  /** Begins another chunk. One that does not stand in the memory is copied there. */
  startChunk(chunk: Chunk): void {
    const { buffer, bytes, inputAt } = this.memory
    this.#base = chunk.bytes.byteOffset
    if (chunk.bytes.buffer !== buffer) {
      this.#base = inputAt
      bytes.set(chunk.bytes, inputAt)
    }
    this.#shelf.startChunk(chunk, this.#base)
  }

  /**
   * Renders one record of the chunk. Returns the position behind what it wrote, or `REFUSAL`: then what stands behind
   * `to` is undefined, and the record is one for the tree, or for an output with more room.
   *
   * XML is the element; the JSON of `evtx_dump` is an object without a line's end; our own JSON is the members of one, each
   * with a comma before it.
   *
   * @param offset of the record, bytes from the chunk's start
   * @param size of the record, as framed
   * @param to position in the memory's output
   */
  render(offset: number, size: number, to: number): number {
    this.#slots = this.memory.slotsAt
    this.#depth = 0
    this.#reserved = 0
    this.lacksRoom = false
    this.#nodesLeft = NODES.always + NODES.forEachByte * size
    this.#charactersLeft = CHARACTERS.always + CHARACTERS.forEachByte * size
    if (!this.#isXml) this.#json.start()
    const from = this.#base + offset + RECORD_HEADER_SIZE
    const end = this.#binXml(from, this.#base + offset + size - 4, to, plan.ROOT)
    // An element that its template leaves out is no record.
    if (end === to) return REFUSAL
    if (end === REFUSAL || !this.#isDump) return end
    const { bytes } = this.memory
    bytes[to] = 0x7b
    bytes[end] = 0x7d
    return end + 1
  }

  #value(from: number, size: number, to: number, flags: number): number {
    if (this.#depth === MAX_NESTED) return REFUSAL
    this.#depth++
    const end = this.#binXml(from, from + size, to, flags)
    this.#depth--
    return end
  }

  /** What stands in a record or in a value of type BinXML. `flags`: what its plan must be good for. */
  #binXml(from: number, end: number, to: number, flags: number): number {
    const { bytes } = this.memory
    let at = from
    if (bytes[at] === token.FRAGMENT_HEADER) at += token.FRAGMENT_HEADER_SIZE
    if (at >= end) return REFUSAL
    if (bytes[at] === token.TEMPLATE_INSTANCE) return this.#instance(at, end, to, flags)
    if (this.#slots + SHAPE_SLOTS > this.memory.slotsEnd) return REFUSAL
    const { shapes } = this.#shelf
    const head = shapes.find(at, end, this.#slots)
    if (head === plan.REFUSED) return REFUSAL
    return this.#run(head, shapes.slots, 0, shapes.valueBytes, to, flags)
  }

  /** See `readInstance` for the layout. */
  #instance(at: number, end: number, to: number, flags: number): number {
    const { view, words } = this.memory
    if (at + INSTANCE_SIZE + 4 > end) return REFUSAL
    const definition = view.getUint32(at + 6, true)
    const head = definition > MAX_DEFINITION ? plan.REFUSED : this.#shelf.find(definition)
    if (head === plan.REFUSED) return REFUSAL
    const definitionAt = this.#base + definition
    if (view.getInt32(definitionAt + 4, true) !== view.getInt32(at + 2, true)) return REFUSAL
    let descriptor = at + INSTANCE_SIZE
    if (definitionAt === descriptor) {
      descriptor += DEFINITION_HEADER_SIZE + view.getUint32(definitionAt + 20, true)
      if (descriptor + 4 > end) return REFUSAL
    }
    const count = view.getUint32(descriptor, true)
    descriptor += 4
    const first = descriptor + 4 * count
    const used = words[(head >> 2) + plan.HEAD_SLOTS]!
    const room = 8 * (count > used ? count : used)
    if (count > token.MAX_SUBSTITUTIONS || first > end || this.#slots + room > this.memory.slotsEnd) return REFUSAL
    let value = first
    let types = 0
    let slot = this.#slots >> 2
    for (; descriptor < first; descriptor += 4, slot += 2) {
      const word = view.getInt32(descriptor, true) & 0xffffff
      words[slot] = value
      words[slot + 1] = word
      value += word & 0xffff
      types |= word
    }
    if (value > end) return REFUSAL
    // A slot that the instance does not bring is null.
    for (let missing = count; missing < used; missing++, slot += 2) words[slot + 1] = 0
    const valueBytes = value - first
    // Items of arrays are nodes each.
    const items = ((types >> 16) & ARRAY_FLAG) === 0 ? 0 : valueBytes * words[(head >> 2) + plan.HEAD_USES]!
    return this.#run(head, count > used ? count : used, count + items, valueBytes, to, flags)
  }

  /**
   * Runs a plan over the slots at `#slots`, if the limits allow it.
   *
   * @param count of slots
   * @param nodes that the instance brings, besides those of the plan
   */
  #run(head: number, count: number, nodes: number, valueBytes: number, to: number, flags: number): number {
    const { words, outputEnd } = this.memory
    const word = head >> 2
    const growth = words[word + plan.HEAD_USES]! * plan.MAX_EXPANSION * valueBytes
    this.#nodesLeft -= words[word + plan.HEAD_NODES]! + nodes
    this.#charactersLeft -= words[word + plan.HEAD_CHARACTERS]! + growth
    if ((words[word + plan.HEAD_FLAGS]! & flags) === 0 || this.#nodesLeft < 0 || this.#charactersLeft < 0)
      return REFUSAL
    const reserved = this.#reserved
    const slots = this.#slots
    // What is around this run still has to be written behind it.
    this.#reserved = reserved + words[word + plan.HEAD_BYTES]! + growth + plan.SLACK
    const limit = outputEnd - this.#reserved
    this.#slots = slots + 8 * count
    let end = REFUSAL
    if (to > limit) this.lacksRoom = true
    else if (this.#isXml) end = runXml(this.memory, head, slots, to, limit, this.#nested)
    else end = this.#json.run(head, slots, to, limit)
    this.#reserved = reserved
    this.#slots = slots
    return end
  }
}
