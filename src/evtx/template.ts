import { crc32 } from '../bytes/crc32.ts'
import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { type Fragment, readFragment } from './fragment.ts'
import { isNameAt } from './name.ts'

/** Bytes of a definition before its body: next-in-list, GUID, body size. */
export const DEFINITION_HEADER_SIZE = 24

/** A template definition, compiled once and used for every record that refers to it. */
export interface Template {
  readonly fragment: Fragment
  /** Bytes the definition takes where it stands, header included. */
  readonly size: number
}

/** Definitions that keep being met in other chunks; beyond this many, the run is not of real logs. */
const MAX_CACHED = 8_192

/**
 * Finds template definitions, parsing each once.
 *
 * The same definition stands in many chunks. It is known again by its size and the CRC-32 of all its bytes (GUID
 * included) *and* by the names it refers to elsewhere in the chunk, so that one corrupt definition cannot speak for the
 * healthy ones.
 */
export class TemplateCache {
  readonly #byContent = new Map<number, Template[]>()
  /**
   * What stands at an offset of the chunk, or why nothing can be read there: asked again by every record of a template.
   */
  readonly #inChunk = new Map<number, Template | FormatError>()
  #count = 0

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
    const alike = this.#byContent.get(contentKey(chunk, offset, size))
    return alike?.find(
      (template) =>
        template.size === size &&
        template.fragment.outsideNames.every(({ offset, text }) => isNameAt(chunk, offset, text)),
    )
  }

  #read(chunk: Chunk, offset: number, size: number): Template {
    const fragment = readFragment(chunk, offset + DEFINITION_HEADER_SIZE, offset + size, true)
    const template = { fragment, size }
    if (this.#count < MAX_CACHED) {
      this.#count++
      const key = contentKey(chunk, offset, size)
      const alike = this.#byContent.get(key)
      if (alike) alike.push(template)
      else this.#byContent.set(key, [template])
    }
    return template
  }
}

/**
 * Checksum of GUID, size and body. Inline names refer to their own place, so equal bytes mean an equal place as well.
 */
function contentKey(chunk: Chunk, offset: number, size: number): number {
  return crc32(chunk.bytes.subarray(offset + 4, offset + size))
}
