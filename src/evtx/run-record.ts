import { CHUNK_SIZE } from './chunk.ts'
import { exerciseWriter } from './exercise-writer.ts'
import { SHAPE_SLOTS } from './plain-shape.ts'
import * as plan from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import type { PlanShelf } from './plan-shelf.ts'
import { RECORD_HEADER_SIZE } from './record.ts'
import { jsonRunner } from './run-json.ts'
import { REFUSAL, xmlRunner } from './run-xml.ts'
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

/** Runs the plans of records. */
export interface RecordRunner {
  /** Begins another chunk. @param base where it stands in the memory */
  startChunk(base: number): void
  /**
   * Runs the plans of one record.
   *
   * @param from where its BinXML stands in the memory
   * @param size of the record, as framed
   * @returns the position behind what it wrote, or `REFUSAL`
   */
  run(from: number, size: number, to: number): number
  /** The last refusal was for want of room alone. */
  lacksRoom(): boolean
}

/**
 * A runner of records: instances and what they hold, within the limits of a record. Closures, as `writersOf` has it.
 */
export function recordRunner(memory: PlanMemory, dialect: plan.Dialect, shelf: PlanShelf): RecordRunner {
  const { bytes, words, slotsAt, slotsEnd, outputEnd } = memory
  const { shapes } = shelf
  const json = dialect === 'xml' ? undefined : jsonRunner(memory, dialect === 'evtx_dump', nested)
  const runner = json ?? xmlRunner(memory, nested)
  const runPlan = runner.run
  let isExercised = false
  let base = 0
  /** Where the next instance has its slots. */
  let nextSlots = 0
  let depth = 0
  /** Bytes that the runs under way may still write. */
  let reserved = 0
  let nodesLeft = 0
  let charactersLeft = 0
  let lacksRoom = false

  function runRecord(from: number, size: number, to: number): number {
    nextSlots = slotsAt
    depth = 0
    reserved = 0
    lacksRoom = false
    nodesLeft = NODES.always + NODES.forEachByte * size
    charactersLeft = CHARACTERS.always + CHARACTERS.forEachByte * size
    json?.start()
    return binXml(from, from - RECORD_HEADER_SIZE + size - 4, to, plan.ROOT)
  }

  /** See `RunNested`. */
  function nested(from: number, size: number, to: number, flags: number): number {
    if (depth === MAX_NESTED) return REFUSAL
    depth++
    const end = binXml(from, from + size, to, flags)
    depth--
    return end
  }

  /** What stands in a record or in a value of type BinXML. `flags`: what its plan must be good for. */
  function binXml(from: number, end: number, to: number, flags: number): number {
    let at = from
    if (bytes[at] === token.FRAGMENT_HEADER) at += token.FRAGMENT_HEADER_SIZE
    if (at >= end) return REFUSAL
    if (bytes[at] === token.TEMPLATE_INSTANCE) return instance(at, end, to, flags)
    if (nextSlots + SHAPE_SLOTS > slotsEnd) return REFUSAL
    const head = shapes.find(at, end, nextSlots)
    if (head === plan.REFUSED) return REFUSAL
    return run(head, shapes.slots, shapes.parts, shapes.valueBytes, to, flags)
  }

  /** See `readInstance` for the layout. */
  function instance(at: number, end: number, to: number, flags: number): number {
    const { view, words } = memory
    if (at + INSTANCE_SIZE + 4 > end) return REFUSAL
    const definition = view.getUint32(at + 6, true)
    const head = definition > MAX_DEFINITION ? plan.REFUSED : shelf.find(definition)
    if (head === plan.REFUSED) return REFUSAL
    const definitionAt = base + definition
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
    if (count > token.MAX_SUBSTITUTIONS || first > end || nextSlots + room > slotsEnd) return REFUSAL
    let value = first
    let types = 0
    let slot = nextSlots >> 2
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
    return run(head, count > used ? count : used, count + items, valueBytes, to, flags)
  }

  /**
   * Runs a plan over the slots at `nextSlots`, if the limits allow it.
   *
   * @param count of slots
   * @param nodes that the instance brings, besides those of the plan
   */
  function run(head: number, count: number, nodes: number, valueBytes: number, to: number, flags: number): number {
    const word = head >> 2
    const growth = words[word + plan.HEAD_USES]! * plan.MAX_EXPANSION * valueBytes
    nodesLeft -= words[word + plan.HEAD_NODES]! + nodes
    charactersLeft -= words[word + plan.HEAD_CHARACTERS]! + growth
    if ((words[word + plan.HEAD_FLAGS]! & flags) === 0 || nodesLeft < 0 || charactersLeft < 0) return REFUSAL
    const reservedAround = reserved
    const slots = nextSlots
    // What is around this run still has to be written behind it.
    reserved = reservedAround + words[word + plan.HEAD_BYTES]! + growth + plan.SLACK
    const limit = outputEnd - reserved
    nextSlots = slots + 8 * count
    let end = REFUSAL
    if (to > limit) lacksRoom = true
    else end = runPlan(head, slots, to, limit)
    reserved = reservedAround
    nextSlots = slots
    return end
  }

  return {
    startChunk: (at) => {
      base = at
      // Not where the kernel leaves nothing over.
      if (!isExercised) exerciseWriter(memory, runner.writeAny)
      isExercised = true
    },
    run: runRecord,
    lacksRoom: () => lacksRoom,
  }
}
