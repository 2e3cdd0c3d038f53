import { decodeUtf16 } from '../bytes/utf16.ts'

/** One spelling of a text in bytes. */
interface Spelling {
  /** The bytes four at a time, little-endian; the rest stands in `tail`. */
  readonly words: Int32Array
  /** The last two bytes of an uneven number of characters, else -1. */
  readonly tail: number
  readonly size: number
  readonly id: number
}

/** Names kept apart; real logs have hundreds. Beyond it a hostile log's names are one. */
const MAX_TEXTS = 262_144
/** What they are called then. */
export const TOO_MANY_NAMES = '(more names than are told apart)'

/** The golden ratio in 32 bits: an odd number that leaves no bit where it was. */
const MIX = 0x9e3779b1
/** Spellings of one hash that are searched; more are made on purpose, and found by their text. */
const MOST_ALIKE = 32

/** Lengths that are told apart when the last spelling is looked up; a power of two. */
const LAST_SIZES = 128

/**
 * Gives small numbers to texts, found again by their UTF-16 bytes without decoding them: providers, channels and
 * computers stand in every record, but there are few of them.
 */
export class Interner {
  /** Texts by number. */
  readonly texts: string[] = []
  readonly #byText = new Map<string, number>()
  /** The first of all. */
  readonly #tooMany = this.ofText(TOO_MANY_NAMES)
  readonly #byHash = new Map<number, Spelling[]>()
  /** The spelling met last of each length: neighbours in a log are alike. */
  readonly #lastOfSize: (Spelling | undefined)[] = new Array(LAST_SIZES).fill(undefined)

  /** So many that those who go on to other logs had better begin anew. */
  get isFlooded(): boolean {
    return this.texts.length > MAX_TEXTS / 4
  }

  /** Forgets all texts: numbers that were given before mean nothing from then on. */
  clear(): void {
    this.texts.length = 0
    this.#byText.clear()
    this.#byHash.clear()
    this.#lastOfSize.fill(undefined)
    this.ofText(TOO_MANY_NAMES)
  }

  /** Number of a text. */
  ofText(text: string): number {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    if (this.texts.length === MAX_TEXTS) return this.#tooMany
    this.#byText.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }

  /**
   * Number of the text that stands in UTF-16 at the offset; zeros at its end do not count. Hot: twice for each record
   * of templates that leave provider and channel open.
   *
   * @param size bytes, even
   */
  ofBytes(bytes: Uint8Array, view: DataView, offset: number, size: number): number {
    const slot = (size >> 1) & (LAST_SIZES - 1)
    const last = this.#lastOfSize[slot]
    if (last !== undefined && isSpelled(last, view, offset, size)) return last.id
    const spelling = this.#find(bytes, view, offset, size)
    this.#lastOfSize[slot] = spelling
    return spelling.id
  }

  #find(bytes: Uint8Array, view: DataView, offset: number, size: number): Spelling {
    const hash = hashOf(view, offset, size)
    const spellings = this.#byHash.get(hash)
    if (spellings) for (const spelling of spellings) if (isSpelled(spelling, view, offset, size)) return spelling
    const id = this.ofText(decodeUtf16(bytes, offset, size).replace(/\0+$/, ''))
    const made = spell(view, offset, size, id)
    if (id === this.#tooMany || (spellings && spellings.length >= MOST_ALIKE)) return made
    if (spellings) spellings.push(made)
    else this.#byHash.set(hash, [made])
    return made
  }
}

/** Of all of it: names of one fleet differ at their start, those of one product at their end. */
function hashOf(view: DataView, offset: number, size: number): number {
  const end = offset + size
  let hash = size
  let at = offset
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), MIX)
    hash ^= hash >>> 15
  }
  return at < end ? Math.imul(hash ^ view.getUint16(at, true), MIX) : hash
}

function spell(view: DataView, offset: number, size: number, id: number): Spelling {
  const words = new Int32Array(size >> 2)
  for (let i = 0; i < words.length; i++) words[i] = view.getInt32(offset + 4 * i, true)
  return { words, tail: size & 2 ? view.getUint16(offset + size - 2, true) : -1, size, id }
}

function isSpelled(spelling: Spelling, view: DataView, offset: number, size: number): boolean {
  if (spelling.size !== size) return false
  const { words, tail } = spelling
  for (let i = 0; i < words.length; i++) if (words[i] !== view.getInt32(offset + 4 * i, true)) return false
  return tail < 0 || view.getUint16(offset + size - 2, true) === tail
}
