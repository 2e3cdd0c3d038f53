import { FormatError } from '../../errors.ts'
import { nameHash } from '../name.ts'

/** Bytes around a name's characters: next in list, hash, count, terminating zero. */
const NAME_OVERHEAD = 10
/** Longest name taken: far above any element or attribute name. */
const MAX_NAME_LENGTH = 512

/** Lists of names in a chunk's header. */
const LISTS = 64

/** The names that stand in one chunk, and the heads of the 64 lists that chain them by hash. */
export class NameTable {
  readonly heads = new Uint32Array(LISTS)
  readonly #offsets = new Map<string, number>()

  clear(): void {
    this.heads.fill(0)
    this.#offsets.clear()
  }

  /** Bytes from the chunk's start to a name; undefined while it is not in the chunk. */
  offsetOf(text: string): number | undefined {
    return this.#offsets.get(text)
  }

  /** Bytes that those names will take which are not in the chunk yet. */
  missingSize(names: Iterable<string>): number {
    let size = 0
    for (const name of names) if (!this.#offsets.has(name)) size += NAME_OVERHEAD + 2 * name.length
    return size
  }

  /**
   * Takes a name into its list: the newest is the head.
   *
   * @param offset bytes from the chunk's start to where the name is about to be written
   * @returns its hash, and the offset of the name that was the head, 0 for none
   */
  add(text: string, offset: number): { hash: number; next: number } {
    if (text.length === 0 || text.length > MAX_NAME_LENGTH) {
      throw new FormatError('bad-name', offset, `A name cannot have ${text.length} characters`)
    }
    const hash = nameHash(text)
    const list = hash % LISTS
    const next = this.heads[list]!
    this.heads[list] = offset
    this.#offsets.set(text, offset)
    return { hash, next }
  }
}
