import type { Chunk } from './chunk.ts'
import { afterName, FewNames, NO_NAME, OTHER_NAME } from './few-names.ts'
import * as source from './root-sources.ts'
import { NONE, type RootSources } from './root-sources.ts'
import * as token from './token.ts'

/** The names that matter in a root definition, by their numbers from 1 on: fewer than the bits of a number. */
const NAMES = [
  ...['System', 'UserData', 'Provider', 'Name', 'TimeCreated', 'SystemTime'],
  ...['EventID', 'EventRecordID', 'Channel', 'Computer', 'Level'],
]
const [SYSTEM, USER_DATA, PROVIDER, NAME, TIME_CREATED, SYSTEM_TIME] = [1, 2, 3, 4, 5, 6]
/** Which field an element of System holds, by the number of its name. */
const CONTENT = new Int8Array(NAMES.length + 1).fill(NONE)
for (const [name, field] of [
  ['EventID', source.EVENT_ID],
  ['EventRecordID', source.RECORD_ID],
  ['Channel', source.CHANNEL],
  ['Computer', source.COMPUTER],
  ['Level', source.LEVEL],
] as const) {
  CONTENT[NAMES.indexOf(name) + 1] = field
}

/** Windows' own have half of it. Fewer parts fit in than a definition may have. */
const MOST_BYTES = 4_096
/** Event, System, and the elements in it. */
const MOST_LEVELS = 3

/**
 * Finds the System fields in a root definition by walking its tokens, without building what they say: a run over many
 * computers meets a definition every few records. Whatever is not as Windows writes it is left to those who read it
 * whole; what this walk accepts it reads as they do.
 */
export class RootWalk {
  /** Where the offsets of names stand in the definition that was walked last, ascending, bytes from the chunk's start. */
  readonly nameFields: number[] = []
  readonly #names = new FewNames(NAMES)

  /** Forgets the chunk before. */
  startChunk(): void {
    this.#names.startChunk()
  }

  /**
   * Fills the sources; false where anything is out of the ordinary, and they mean nothing then. One loop, as each token
   * depends on what stood before; hot where a run is of many computers (`benchmarks/`, case "answers": `analyze samples`).
   *
   * @param from where the body of the definition begins, bytes from the chunk's start
   * @param end first byte behind it
   */
  walk(chunk: Chunk, from: number, end: number, into: RootSources): boolean {
    if (end - from > MOST_BYTES || end > chunk.bytes.length) return false
    into.clear()
    this.nameFields.length = 0
    const { bytes, view } = chunk
    let at = bytes[from] === token.FRAGMENT_HEADER ? from + token.FRAGMENT_HEADER_SIZE : from
    let depth = 0
    /** Names of the elements at hand, where they matter: one below Event, one below System. */
    let section = OTHER_NAME
    let element = OTHER_NAME
    /** Between the name of an element and the end of its start tag; then attributes may be allowed. */
    let inTag = false
    let mayHaveAttributes = false
    let inAttribute = false
    /** The field that the next piece is. */
    let field = NONE
    /** A bit for each name that was met in Event or System: of two alike, which counts is for others to say. */
    let met = 0
    while (at < end) {
      const kind = bytes[at]!
      switch (kind & ~token.MORE) {
        case token.OPEN_ELEMENT: {
          if (inTag || at + 11 > end || view.getUint32(at + 3, true) > end - at - 7 || ++depth > MOST_LEVELS)
            return false
          const name = this.#nameAt(chunk, at + 7)
          if (name === NO_NAME) return false
          if (depth === 1) {
            const dependency = view.getUint16(at + 1, true)
            if (dependency !== token.NO_DEPENDENCY) into.dependency = dependency
          } else if (depth === 2) section = name
          else if (section === SYSTEM) element = name
          else return false
          if (depth > 1 && name !== OTHER_NAME) {
            if ((met & (1 << name)) !== 0) return false
            met |= 1 << name
          }
          inTag = true
          mayHaveAttributes = kind !== token.OPEN_ELEMENT
          inAttribute = false
          at = afterName(view, at + 7) + (mayHaveAttributes ? 4 : 0)
          break
        }
        case token.ATTRIBUTE: {
          if (!inTag || !mayHaveAttributes || at + 5 > end) return false
          const name = this.#nameAt(chunk, at + 1)
          if (name === NO_NAME) return false
          inAttribute = true
          field = NONE
          if (depth === MOST_LEVELS && element === PROVIDER && name === NAME) field = source.PROVIDER
          if (depth === MOST_LEVELS && element === TIME_CREATED && name === SYSTEM_TIME) field = source.TIME
          if (field !== NONE) {
            if ((met & (1 << name)) !== 0) return false
            met |= 1 << name
          }
          at = afterName(view, at + 1)
          break
        }
        case token.VALUE: {
          if (at + 4 > end) return false
          const size = 2 * view.getUint16(at + 2, true)
          if (size > end - at - 4 || (inTag ? !inAttribute : depth !== MOST_LEVELS)) return false
          if (field !== NONE) {
            if (into.starts[field] !== NONE) return false
            into.starts[field] = at + 4
            into.sizes[field] = size
          }
          at += 4 + size
          break
        }
        case token.NORMAL_SUBSTITUTION:
        case token.OPTIONAL_SUBSTITUTION: {
          if (at + 4 > end || depth === 0) return false
          const slot = view.getUint16(at + 1, true)
          if (inTag ? inAttribute : depth === MOST_LEVELS) {
            if (field !== NONE) {
              if (into.starts[field] !== NONE) return false
              into.starts[field] = at
              into.slots[field] = slot
            }
          } else if (inTag || (depth === 2 && section !== USER_DATA) || into.payload !== NONE) return false
          else into.payload = slot
          at += 4
          break
        }
        case token.CLOSE_START_ELEMENT:
          if (!inTag || kind !== token.CLOSE_START_ELEMENT) return false
          inTag = false
          field = depth === MOST_LEVELS ? CONTENT[element]! : NONE
          at += 1
          break
        case token.CLOSE_EMPTY_ELEMENT:
        case token.END_ELEMENT:
          if (depth === 0 || (kind & token.MORE) !== 0 || inTag !== (kind === token.CLOSE_EMPTY_ELEMENT)) return false
          inTag = false
          field = NONE
          at += 1
          if (--depth === 0) return at === end || bytes[at] === token.END_OF_FRAGMENT
          break
        default:
          return false
      }
    }
    return false
  }

  #nameAt(chunk: Chunk, field: number): number {
    this.nameFields.push(field)
    return this.#names.of(chunk, chunk.view.getUint32(field, true))
  }
}
