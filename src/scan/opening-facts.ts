import type { Damage } from '../errors.ts'
import { FILE_HEADER_SIZE, type FileHeader, hasSignature } from '../evtx/file-header.ts'
import { tryFileHeader } from '../evtx/log.ts'
import { type Range, readHeaderBlock } from './chunk-reader.ts'

/** What must be known of a log before its chunks are read. */
export interface OpeningFacts {
  readonly header: FileHeader | undefined
  readonly dirty: boolean
  /** Where the first chunk begins: 4096, or 0 where the file header is missing altogether. */
  readonly firstChunk: number
  readonly damage: Damage | undefined
}

/**
 * Reads the first block of a log.
 *
 * @throws what opening or reading throws
 */
export async function openingFacts(path: string): Promise<OpeningFacts> {
  const bytes = await readHeaderBlock(path)
  // A file that begins with a chunk lost its header block and nothing else.
  const firstChunk = hasSignature(bytes, 0, 'ElfChnk\0') ? 0 : FILE_HEADER_SIZE
  const found = tryFileHeader(bytes)
  if ('kind' in found) return { header: undefined, dirty: true, firstChunk, damage: found }
  return { header: found, dirty: found.dirty, firstChunk, damage: headerDamage(found) }
}

/** The range where it really lies, in a log that lost its header block. */
export function placed(range: Range, facts: OpeningFacts): Range {
  const shift = FILE_HEADER_SIZE - facts.firstChunk
  return shift === 0 ? range : { ...range, start: range.start - shift, end: range.end - shift }
}

function headerDamage(header: FileHeader): Damage | undefined {
  const complaint = (detail: string): Damage => ({ kind: 'file-header', offset: 0, length: 0, detail })
  if (header.majorVersion !== 3) {
    return complaint(`The log says it is of version ${header.majorVersion}.${header.minorVersion}; it was read as 3.1`)
  }
  // A log that was not closed has a header that nobody brought up to date.
  if (header.checksumOk || header.dirty || header.noChecksums) return undefined
  return complaint("The file header's checksum does not match; every chunk was read all the same")
}
