import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { type Fragment, readFragment } from './fragment.ts'
import { isNameAt } from './name.ts'

/** Where what tells definitions apart begins: the offset before it is of another definition. */
export const GUID_OFFSET = 4
/** Bytes of a definition before its body: next-in-list, GUID, body size. */
export const DEFINITION_HEADER_SIZE = 24

/** A template definition, compiled once and used for every record that refers to it. */
export interface Template {
  readonly fragment: Fragment
  /** Bytes the definition takes where it stands, header included. */
  readonly size: number
}

/** Bytes of definitions that are kept for other chunks; beyond them the run is not of real logs, which have some hundred kB. */
const MAX_CACHED_BYTES = 16 * 1024 * 1024
/** Definitions of one GUID and size that are compared: a real one has a few, as its names stand inline or not. */
const MAX_ALIKE = 64

/** A definition, and its bytes from the GUID on: four at a time, and all of them. */
interface Known {
  readonly template: Template
  /** Where it was read, bytes from its chunk's start. */
  readonly place: number
  readonly words: Int32Array
  readonly bytes: Uint8Array
}

/**
 * Finds template definitions, parsing each once.
 *
 * The same definition stands in many chunks. It is known again by all its bytes (GUID included) *and* by the names it
 * refers to elsewhere in the chunk, so that one corrupt or forged definition cannot speak for the healthy ones.
 */
export class TemplateCache {
  readonly #alike = new Map<number, Known[]>()
  /**
   * What stands at an offset of the chunk, or why nothing can be read there: asked again by every record of a template.
   */
  readonly #inChunk = new Map<number, Template | FormatError>()
  /** Of the definitions kept. */
  #bytes = 0

  /** Forgets what was found by offset; to be called before another chunk is read. */
  startChunk(): void {
    this.#inChunk.clear()
  }

  /**
   * The definition at an offset of the chunk.
   *
   *     offset  size  field
   *          0     4  next definition of the same list
   *          4    16  GUID; its first four bytes are the template id
   *         20     4  size of the body
   *         24        body: fragment header, one element, end of fragment
   *
   * Little-endian. Source: libyal/libevtx format document, "Template definition".
   *
   * @param templateId as the instance names it: must be the GUID's first word
   * @throws {FormatError}
   */
  find(chunk: Chunk, offset: number, templateId: number): Template {
    if (offset + DEFINITION_HEADER_SIZE > chunk.bytes.length) {
      throw new FormatError('bad-template', offset, 'A template definition lies outside its chunk')
    }
    // Old records may point to where a newer definition stands now, so each has to name the one it means.
    if (chunk.view.getUint32(offset + 4, true) !== templateId) {
      throw new FormatError('bad-template', offset, 'No template definition with the wanted id stands where it should')
    }
    let found = this.#inChunk.get(offset)
    if (found === undefined) {
      found = this.#take(chunk, offset)
      this.#inChunk.set(offset, found)
    }
    if (found instanceof FormatError) throw found
    return found
  }

  #take(chunk: Chunk, offset: number): Template | FormatError {
    const bodySize = chunk.view.getUint32(offset + 20, true)
    const size = DEFINITION_HEADER_SIZE + bodySize
    if (offset + size > chunk.bytes.length) {
      return new FormatError('bad-template', offset, `A template definition claims ${bodySize} bytes`)
    }
    try {
      return this.#known(chunk, offset, size) ?? this.#read(chunk, offset, size)
    } catch (error) {
      if (error instanceof FormatError) return error
      throw error
    }
  }

  #known(chunk: Chunk, offset: number, size: number): Template | undefined {
    const alike = this.#alike.get(headKey(chunk, offset, size))
    return alike?.find((known) => {
      const { outsideNames, hasOwnNames } = known.template.fragment
      if (hasOwnNames && known.place !== offset) return false
      return holdsAt(chunk, offset, known) && outsideNames.every(({ offset, text }) => isNameAt(chunk, offset, text))
    })?.template
  }

  #read(chunk: Chunk, offset: number, size: number): Template {
    const fragment = readFragment(chunk, offset + DEFINITION_HEADER_SIZE, offset + size, true)
    const template = { fragment, size }
    if (this.#bytes + size > MAX_CACHED_BYTES) return template
    this.#bytes += size
    const bytes = chunk.bytes.slice(offset + GUID_OFFSET, offset + size)
    const known = { template, place: offset, words: new Int32Array(bytes.buffer, 0, bytes.length >> 2), bytes }
    const key = headKey(chunk, offset, size)
    const alike = this.#alike.get(key)
    if (alike === undefined) this.#alike.set(key, [known])
    else if (alike.push(known) > MAX_ALIKE) this.#bytes -= alike.shift()!.template.size
    return template
  }
}

/** By GUID and size; any mix would do, as all bytes are compared. */
export function headKey({ view }: Chunk, offset: number, size: number): number {
  return view.getInt32(offset + GUID_OFFSET, true) ^ Math.imul(view.getInt32(offset + 8, true), 31) ^ size
}

/** True where a definition has all these bytes. */
function holdsAt({ bytes: here, view }: Chunk, offset: number, { words, bytes }: Known): boolean {
  const from = offset + GUID_OFFSET
  if (from + bytes.length > here.length) return false
  for (let i = 0; i < words.length; i++) if (words[i] !== view.getInt32(from + 4 * i, true)) return false
  for (let at = 4 * words.length; at < bytes.length; at++) if (bytes[at] !== here[from + at]) return false
  return true
}
