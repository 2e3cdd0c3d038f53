import { FormatError } from '../errors.ts'
import { carveDefinitions } from './carve-definitions.ts'
import { type Chunk, recordsEnd, slotKind, verifyChunkData, verifyChunkHeader } from './chunk.ts'
import { type Template, TemplateCache } from './template.ts'

/** Bounds that no real run comes near: ids that are told apart, and bytes of the definitions that are kept. */
const MOST_IDS = 8_192
const MOST_BYTES = 8 * 1024 * 1024

/** More than one definition claims the id: none is believed. */
const AMBIGUOUS = Symbol('ambiguous')

/** A definition under its whole GUID. */
interface Known {
  readonly guid: string
  readonly template: Template
}

/** What is known of one id. */
interface Shelf {
  /** From the records of chunks whose checksums hold. */
  sound?: Known | typeof AMBIGUOUS
  /** From anywhere else: unused space, damaged chunks. */
  other?: Known | typeof AMBIGUOUS
}

/**
 * The template definitions of a run, for recovered records whose own is overwritten or was never in their chunk.
 *
 * A record names its template by the first four bytes of the GUID alone, so a definition is given out only where the
 * whole run knows just one of that id: the same GUID and the same elements, names and slots, wherever it stands. A
 * corrupt or forged definition that differs makes its id ambiguous instead of speaking for others; what stands among
 * the records of a chunk with right checksums goes before what does not. What is in here does not depend on the order
 * in which chunks are added, unless a hostile run goes beyond the bounds.
 */
export class TemplateLibrary {
  readonly #byId = new Map<number, Shelf>()
  readonly #cache = new TemplateCache()
  /** Those that were looked at, and how much their chunks were to be believed. */
  readonly #seen = new WeakMap<Template, boolean>()
  #bytes = 0

  /** Takes in all definitions of a chunk; nothing of it is kept but what they say. */
  addChunk(chunk: Chunk): void {
    const kind = slotKind(chunk)
    if (kind === 'unused') return
    this.#cache.startChunk()
    let isSound: boolean | undefined
    const end = recordsEnd(chunk)
    carveDefinitions(chunk, (offset, templateId) => {
      const template = this.#read(chunk, offset, templateId)
      if (template === undefined || this.#seen.get(template) === true) return
      // Checksums are dear, and most definitions are old acquaintances.
      isSound ??= kind === 'chunk' && verifyChunkHeader(chunk) && verifyChunkData(chunk)
      const inRecords = isSound && offset + template.size <= end
      if (this.#seen.get(template) === inRecords) return
      this.#add(templateId, guidAt(chunk, offset), template, inRecords)
    })
  }

  /** The definition of an id; undefined where none is known, or more than one. */
  find(templateId: number): Template | undefined {
    const shelf = this.#byId.get(templateId)
    const found = shelf?.sound ?? shelf?.other
    return found === AMBIGUOUS ? undefined : found?.template
  }

  #read(chunk: Chunk, offset: number, templateId: number): Template | undefined {
    try {
      const template = this.#cache.find(chunk, offset, templateId)
      // One without elements is what is left of one.
      return template.fragment.nodes.some(({ kind }) => kind === 'element') ? template : undefined
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      return undefined
    }
  }

  #add(templateId: number, guid: string, template: Template, isSound: boolean): void {
    let shelf = this.#byId.get(templateId)
    if (shelf === undefined) {
      if (this.#byId.size === MOST_IDS || this.#bytes + template.size > MOST_BYTES) return
      this.#bytes += template.size
      shelf = {}
      this.#byId.set(templateId, shelf)
    }
    this.#seen.set(template, isSound)
    const tier = isSound ? 'sound' : 'other'
    const known = shelf[tier]
    if (known === undefined) shelf[tier] = { guid, template }
    else if (known !== AMBIGUOUS && !isSame(known, guid, template)) shelf[tier] = AMBIGUOUS
  }
}

function isSame(known: Known, guid: string, template: Template): boolean {
  if (known.guid !== guid) return false
  return known.template === template || saysOf(known.template) === saysOf(template)
}

function guidAt({ bytes }: Chunk, definition: number): string {
  return String(bytes.subarray(definition + 4, definition + 20))
}

/** What a definition says, wherever it and its names stand. */
function saysOf({ fragment }: Template): string {
  return JSON.stringify(fragment.nodes, (key, value: unknown) => (key === 'offset' ? undefined : value))
}
