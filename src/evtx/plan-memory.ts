import { CHUNK_SIZE } from './chunk.ts'

/** Where the input of a renderer stands: room for sixteen chunks, of which eight are read at once (`scan/chunk-reader.ts`). */
const INPUT_AT = 0
const INPUT_SIZE = 16 * CHUNK_SIZE
/** Slots of the instances at hand, one instance behind the other: two words each. */
const SLOTS_AT = INPUT_AT + INPUT_SIZE
const SLOTS_SIZE = 2 * CHUNK_SIZE
/** Plans, and what they are known again by. */
const PLANS_AT = SLOTS_AT + SLOTS_SIZE
const PLANS_SIZE = 6 * 1024 * 1024
/** What is written. */
const OUTPUT_AT = PLANS_AT + PLANS_SIZE
const OUTPUT_SIZE = 6 * 1024 * 1024

/** Bytes that a renderer needs. */
export const MEMORY_SIZE = OUTPUT_AT + OUTPUT_SIZE

/**
 * The one memory of a renderer, seen in the ways that are fastest: all offsets are bytes from its start, whether of
 * input, slots, plans or output. (One buffer, so that the compiler knows each view; most of the gain from 5.8 s to 1.6
 * s.)
 */
export interface PlanMemory {
  readonly buffer: ArrayBuffer
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly words: Int32Array
  /** For copies of eight bytes. No text in UTF-8 is a NaN, so nothing is changed on the way. */
  readonly doubles: Float64Array
  readonly inputAt: number
  readonly slotsAt: number
  readonly slotsEnd: number
  readonly plansAt: number
  readonly plansEnd: number
  readonly outputAt: number
  readonly outputEnd: number
}

/**
 * Lays out a memory.
 *
 * @param buffer at least `MEMORY_SIZE` bytes from `start`, zeros; only touched pages cost memory
 * @param start a multiple of 16
 */
export function layOut(buffer: ArrayBuffer, start = 0): PlanMemory {
  return {
    buffer,
    bytes: new Uint8Array(buffer),
    view: new DataView(buffer),
    words: new Int32Array(buffer, 0, buffer.byteLength >> 2),
    doubles: new Float64Array(buffer, 0, buffer.byteLength >> 3),
    inputAt: start + INPUT_AT,
    slotsAt: start + SLOTS_AT,
    slotsEnd: start + SLOTS_AT + SLOTS_SIZE,
    plansAt: start + PLANS_AT,
    plansEnd: start + PLANS_AT + PLANS_SIZE,
    outputAt: start + OUTPUT_AT,
    outputEnd: start + OUTPUT_AT + OUTPUT_SIZE,
  }
}
