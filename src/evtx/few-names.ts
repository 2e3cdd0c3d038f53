import { FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import { readName } from './name.ts'

/** No name can be read at the offset. */
export const NO_NAME = -1
/** A name that is none of the few. */
export const OTHER_NAME = 0

/** Tells a few names from all others, wherever they stand in a chunk; each place is looked at once. */
export class FewNames {
  readonly #names: readonly string[]
  /** Number of the name at an offset of the chunk plus two; 0: not met yet. */
  readonly #at = new Uint8Array(CHUNK_SIZE)
  readonly #touched: number[] = []

  /** @param names their numbers begin at 1; at most 250 */
  constructor(names: readonly string[]) {
    this.#names = names
  }

  /** Forgets the chunk before. */
  startChunk(): void {
    for (const offset of this.#touched) this.#at[offset] = 0
    this.#touched.length = 0
  }

  /** Number of the name at an offset of the chunk, `OTHER_NAME` or `NO_NAME`. */
  of(chunk: Chunk, offset: number): number {
    if (offset >= CHUNK_SIZE) return NO_NAME
    const known = this.#at[offset]!
    if (known !== 0) return known - 2
    let number = NO_NAME
    try {
      number = this.#names.indexOf(readName(chunk, offset).text) + 1
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
    }
    this.#at[offset] = number + 2
    this.#touched.push(offset)
    return number
  }
}

/** Position behind the offset of a name, and behind the name itself where it stands right there. */
export function afterName(view: DataView, at: number): number {
  const here = at + 4
  return view.getUint32(at, true) === here && here + 8 <= CHUNK_SIZE
    ? here + 10 + 2 * view.getUint16(here + 6, true)
    : here
}
