import { FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import { NAME_OVERHEAD, readName } from './name.ts'

/** No name can be read at the offset. */
export const NO_NAME = -1

/** A name met before, and how it is spelled. */
interface Spelling {
  readonly id: number
  readonly units: Uint16Array
}

/** Names kept for later chunks; real logs have some thousands, only hostile ones reach this. */
const MAX_NAMES = 65_536

/**
 * Gives numbers to the names of a chunk, so that two are compared without their characters: the same text has the same
 * number in every chunk. A name is looked at once in each chunk; one that was met before is known again by all its
 * bytes.
 */
export class ChunkNames {
  /** Texts by number. Numbers begin at 1. */
  readonly texts: string[] = ['']
  readonly #byHash = new Map<number, Spelling[]>()
  readonly #at = new Int32Array(CHUNK_SIZE)
  readonly #touched: number[] = []
  #chunk!: Chunk

  /** Begins another chunk. */
  startChunk(chunk: Chunk): void {
    for (const offset of this.#touched) this.#at[offset] = 0
    this.#touched.length = 0
    this.#chunk = chunk
    // Between chunks, so that the numbers in use stay good; whoever keeps numbers forgets them as well.
    if (this.texts.length > MAX_NAMES) this.forget()
  }

  /** True when names were forgotten at the start of this chunk. */
  get isNew(): boolean {
    return this.texts.length === 1
  }

  /** Forgets all names. */
  forget(): void {
    this.texts.length = 1
    this.#byHash.clear()
  }

  /** Number of the name at an offset of the chunk; `NO_NAME` where none is. */
  idAt(offset: number): number {
    if (offset >= CHUNK_SIZE) return NO_NAME
    const known = this.#at[offset]!
    if (known !== 0) return known
    const id = this.#find(offset)
    this.#at[offset] = id
    this.#touched.push(offset)
    return id
  }

  #find(offset: number): number {
    const { view } = this.#chunk
    if (offset + NAME_OVERHEAD > CHUNK_SIZE) return NO_NAME
    const length = view.getUint16(offset + 6, true)
    if (offset + NAME_OVERHEAD + 2 * length > CHUNK_SIZE) return NO_NAME
    const hash = view.getInt32(offset + 4, true)
    const alike = this.#byHash.get(hash)
    // The word holds the count of characters too, so that all of them are as long.
    const same = alike?.find(({ units }) => isSpelled(units, view, offset + 8))
    if (same) return same.id
    try {
      const { text } = readName(this.#chunk, offset)
      const id = this.texts.push(text) - 1
      const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
      if (alike) alike.push({ id, units })
      else this.#byHash.set(hash, [{ id, units }])
      return id
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      return NO_NAME
    }
  }
}

function isSpelled(units: Uint16Array, view: DataView, from: number): boolean {
  for (let i = 0; i < units.length; i++) if (units[i] !== view.getUint16(from + 2 * i, true)) return false
  return true
}
