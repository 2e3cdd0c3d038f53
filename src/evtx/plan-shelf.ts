import { FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import { ChunkNames } from './chunk-names.ts'
import { readFragment } from './fragment.ts'
import { PlainShapes } from './plain-shape.ts'
import { type Dialect, REFUSED } from './plan.ts'
import { compilePlan } from './plan-compiler.ts'
import type { PlanMemory } from './plan-memory.ts'
import { padded } from './plan-writer.ts'
import { DEFINITION_HEADER_SIZE } from './template.ts'

/** A plan that was compiled, and what its definition must look like. */
interface Kept {
  readonly head: number
  /** Bytes of the definition, header included, and where a copy of those behind its first four stands. */
  readonly size: number
  readonly copy: number
  /** Offset in its chunk at which its bytes mean this, or `ANYWHERE`. */
  readonly place: number
  /** Offsets and numbers of the names that it refers to outside of itself, in turn. */
  readonly names: Int32Array
}

const ANYWHERE = -1
/** In the map by offset: there is none, and it is known. */
const NONE = -1

/**
 * Finds the plans of template definitions, compiling each once for the run.
 *
 * The same definition stands in many chunks. It is known again by all its bytes, the GUID among them, by its place
 * where names stand inside it, and by the text of every name that it refers to elsewhere in the chunk: so no false
 * match is possible, and a corrupt definition speaks for itself only.
 */
export class PlanShelf {
  readonly shapes: PlainShapes
  readonly #memory: PlanMemory
  readonly #dialect: Dialect
  readonly #names = new ChunkNames()
  readonly #kept = new Map<number, Kept[]>()
  readonly #at = new Int32Array(CHUNK_SIZE)
  readonly #touched: number[] = []
  #chunk!: Chunk
  #base = 0
  #next: number
  #isFull = false

  constructor(memory: PlanMemory, dialect: Dialect) {
    this.#memory = memory
    this.#dialect = dialect
    this.#next = memory.plansAt
    this.shapes = new PlainShapes(memory, this.#names, dialect, (nodes) => this.#compile(nodes))
  }

  /**
   * Begins another chunk.
   *
   * @param base where it stands in the memory
   */
  startChunk(chunk: Chunk, base: number): void {
    for (const offset of this.#touched) this.#at[offset] = 0
    this.#touched.length = 0
    this.#chunk = chunk
    this.#base = base
    this.#names.startChunk(chunk)
    if (this.#isFull || this.#names.isNew) this.#forget()
    this.shapes.startChunk(chunk, base)
  }

  /**
   * The plan of the definition at an offset of the chunk, or `REFUSED`. Its GUID's first word is the caller's to check.
   */
  find(offset: number): number {
    const known = this.#at[offset]!
    if (known !== 0) return known === NONE ? REFUSED : known
    const head = this.#take(offset)
    this.#at[offset] = head === REFUSED ? NONE : head
    this.#touched.push(offset)
    return head
  }

  #take(offset: number): number {
    const { view } = this.#chunk
    if (offset + DEFINITION_HEADER_SIZE > CHUNK_SIZE) return REFUSED
    const size = DEFINITION_HEADER_SIZE + view.getUint32(offset + 20, true)
    if (offset + size > CHUNK_SIZE) return REFUSED
    const key = keyOf(view, offset, size)
    const alike = this.#kept.get(key)
    const same = alike?.find((kept) => this.#isSame(kept, offset, size))
    if (same) return same.head
    const kept = this.#keep(offset, size)
    if (kept === undefined) return REFUSED
    if (alike) alike.push(kept)
    else this.#kept.set(key, [kept])
    return kept.head
  }

  #isSame({ size: wanted, place, copy, names }: Kept, offset: number, size: number): boolean {
    if (size !== wanted || (place !== ANYWHERE && place !== offset)) return false
    const { words, bytes, view } = this.#memory
    const from = this.#base + offset + 4
    const end = copy + size - 4
    let at = copy
    for (; at + 16 <= end; at += 16) {
      const there = from + at - copy
      const word = at >> 2
      const first = (words[word]! ^ view.getInt32(there, true)) | (words[word + 1]! ^ view.getInt32(there + 4, true))
      const second =
        (words[word + 2]! ^ view.getInt32(there + 8, true)) | (words[word + 3]! ^ view.getInt32(there + 12, true))
      if ((first | second) !== 0) return false
    }
    for (; at + 4 <= end; at += 4) if (words[at >> 2] !== view.getInt32(from + at - copy, true)) return false
    for (; at < end; at++) if (bytes[at] !== bytes[from + at - copy]) return false
    for (let i = 0; i < names.length; i += 2) if (this.#names.idAt(names[i]!) !== names[i + 1]) return false
    return true
  }

  #keep(offset: number, size: number): Kept | undefined {
    try {
      const fragment = readFragment(this.#chunk, offset + DEFINITION_HEADER_SIZE, offset + size, true)
      const head = this.#compile(fragment.nodes)
      const copy = this.#next
      if (head === undefined || copy + size > this.#memory.plansEnd) {
        this.#isFull = true
        return undefined
      }
      this.#memory.bytes.copyWithin(copy, this.#base + offset + 4, this.#base + offset + size)
      this.#next = copy + padded(size)
      const names = fragment.outsideNames.flatMap((name) => [name.offset, this.#names.idAt(name.offset)])
      const place = fragment.hasOwnNames ? offset : ANYWHERE
      return { head, size, copy, place, names: Int32Array.from(names) }
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      return undefined
    }
  }

  #compile(nodes: Parameters<typeof compilePlan>[0]): number | undefined {
    const compiled = compilePlan(nodes, this.#dialect, this.#memory, this.#next)
    if (compiled === undefined) {
      this.#isFull = true
      return undefined
    }
    this.#next = compiled.end
    return compiled.head
  }

  /** Begins anew: only hostile logs have so many templates. */
  #forget(): void {
    this.#kept.clear()
    this.shapes.forget()
    this.#next = this.#memory.plansAt
    this.#isFull = false
  }
}

/** GUID, size, and the name that the first element refers to, which differs with what stands before in the chunk. */
function keyOf(view: DataView, offset: number, size: number): number {
  const guid = view.getInt32(offset + 4, true) ^ Math.imul(view.getInt32(offset + 8, true), 31)
  const name = offset + 39 <= CHUNK_SIZE ? view.getInt32(offset + 35, true) : 0
  return (guid ^ Math.imul(size, 65_599) ^ Math.imul(name, 40_503)) | 0
}
