import type { Damage } from '../errors.ts'
import type { OpenSource } from '../evidence/source.ts'
import { CHUNK_SIZE } from '../evtx/chunk.ts'
import { FILE_HEADER_SIZE, type FileHeader, hasSignature } from '../evtx/file-header.ts'
import { tryFileHeader } from '../evtx/log.ts'
import { refusedBytes } from './chunk-reader.ts'

/** What must be known of a log before its chunks are read. */
export interface OpeningFacts {
  /** Bytes of the file now; it may have been found with more or less. */
  readonly size: number
  readonly header: FileHeader | undefined
  /** It was not closed, or nobody knows. */
  readonly dirty: boolean
  /** Where the first chunk begins: 4096, or 0 where the file header is missing altogether. */
  readonly firstChunk: number
  readonly damage: readonly Damage[]
}

/** Reads the first block of a log. What is wrong with it, or keeps it from being read, is damage. */
export async function openingFacts(source: OpenSource): Promise<OpeningFacts> {
  const { size } = source
  const block = new Uint8Array(FILE_HEADER_SIZE)
  const unknown = { size, header: undefined, dirty: true }
  let bytes: Uint8Array
  try {
    const coming = source.prepare(0, block.length)
    if (coming) await coming
    bytes = block.subarray(0, source.read(block, 0))
  } catch (error) {
    const damage: Damage = { ...refusedBytes(0, FILE_HEADER_SIZE, error), kind: 'file-header' }
    return { ...unknown, firstChunk: FILE_HEADER_SIZE, damage: [damage] }
  }
  // A file that begins with a chunk lost its header block and nothing else.
  const firstChunk = hasSignature(bytes, 0, 'ElfChnk\0') ? 0 : FILE_HEADER_SIZE
  const header = tryFileHeader(bytes)
  if ('kind' in header) return { ...unknown, firstChunk, damage: [header] }
  const damage = [headerDamage(header), missingChunks(header, size)].filter((each) => each !== undefined)
  return { size, header, dirty: header.dirty, firstChunk, damage }
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

/**
 * A header that was not brought up to date counts too few chunks; one that counts more than there are saw a longer
 * file.
 */
function missingChunks({ chunkCount }: FileHeader, size: number): Damage | undefined {
  const slots = Math.max(0, Math.ceil((size - FILE_HEADER_SIZE) / CHUNK_SIZE))
  if (chunkCount <= slots) return undefined
  const detail = `The file header counts ${chunkCount} chunks, but the file ends after ${slots}: its end may be missing`
  return { kind: 'file-size', offset: size, length: 0, detail }
}
