import { CHUNK_HEADER_SIZE, CHUNK_SIZE, type Chunk } from './chunk.ts'
import { DEFINITION_HEADER_SIZE } from './template.ts'
import { TEMPLATE_INSTANCE } from './token.ts'

/** Bytes of an instance before a definition that stands inside it: token, 1, template id, the definition's offset. */
const BEFORE = 10

/**
 * Finds the template definitions of a chunk wherever they stand, in records, in what is left of some, and in unused
 * space, without any index: a definition stands inside the first instance that uses it, behind its own offset, and
 * begins with the id that the instance names. Eight bytes have to be right, so nothing else looks like it by chance.
 *
 * @param onDefinition called with the definition's offset, bytes from the chunk's start, and its template id
 */
export function carveDefinitions(chunk: Chunk, onDefinition: (offset: number, templateId: number) => void): void {
  const { bytes, view } = chunk
  const last = CHUNK_SIZE - BEFORE - DEFINITION_HEADER_SIZE
  let at = bytes.indexOf(TEMPLATE_INSTANCE, CHUNK_HEADER_SIZE)
  for (; at >= 0 && at <= last; at = bytes.indexOf(TEMPLATE_INSTANCE, at + 1)) {
    const definition = at + BEFORE
    if (bytes[at + 1] !== 1 || view.getUint32(at + 6, true) !== definition) continue
    const templateId = view.getUint32(at + 2, true)
    if (view.getUint32(definition + 4, true) === templateId) onDefinition(definition, templateId)
  }
}
