/**
 * The kernel: decodes chunks to XML, to JSON of two shapes, or to rows of a timeline. What it does not understand it leaves to
 * the plain renderer; see `memory.ts` for the memory that it shares with JavaScript.
 */
import { prepareCrc } from './crc'
import { setDialect } from './dialect'
import { forgetTemplates } from './template'
import { prepareText } from './text'

export { decodeChunk, decodeRecord, openChunk, recordCount } from './chunk'
export { forgetGroups } from './row-group'

/** Makes the kernel ready. To be called once, before anything else. */
export function start(dialect: u32): void {
  prepareCrc()
  prepareText()
  setDialect(dialect)
  forgetTemplates()
}
