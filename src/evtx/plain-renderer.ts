import type { Chunk } from './chunk.ts'
import type { Dialect } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { PlanShelf } from './plan-shelf.ts'
import { RECORD_HEADER_SIZE } from './record.ts'
import { type RecordRunner, recordRunner } from './run-record.ts'
import { REFUSAL } from './run-xml.ts'

/**
 * Renders records straight from the bytes of their chunk to the bytes of an output, by plans: see `plan.ts`. This is
 * the plain engine, and the truth for the faster one. A record that is not regular is refused, and the caller gives it
 * to the tree.
 */
export class PlainRenderer {
  readonly memory: PlanMemory
  readonly #isDump: boolean
  readonly #shelf: PlanShelf
  readonly #runner: RecordRunner
  #base = 0

  constructor(memory: PlanMemory, dialect: Dialect) {
    this.memory = memory
    this.#isDump = dialect === 'evtx_dump'
    this.#shelf = new PlanShelf(memory, dialect)
    this.#runner = recordRunner(memory, dialect, this.#shelf)
  }

  /** The last refusal was for want of room alone: with an empty output the record may be regular. */
  get lacksRoom(): boolean {
    return this.#runner.lacksRoom()
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
    this.#runner.startChunk(this.#base)
  }

  /**
   * Renders one record of the chunk. Returns the position behind what it wrote, or `REFUSAL`: then what stands behind
   * `to` is undefined, and the record is one for the tree, or for an output with more room.
   *
   * XML is the element; the JSON of `evtx_dump` is an object without a line's end; our own JSON is the members of one,
   * each with a comma before it.
   *
   * @param offset of the record, bytes from the chunk's start
   * @param size of the record, as framed
   * @param to position in the memory's output
   */
  render(offset: number, size: number, to: number): number {
    const end = this.#runner.run(this.#base + offset + RECORD_HEADER_SIZE, size, to)
    // An element that its template leaves out is no record.
    if (end === to) return REFUSAL
    if (end === REFUSAL || !this.#isDump) return end
    const { bytes } = this.memory
    bytes[to] = 0x7b
    bytes[end] = 0x7d
    return end + 1
  }
}
