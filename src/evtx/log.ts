import { ticksFrom } from '../bytes/filetime.ts'
import { type Damage, FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk, chunkAt, slotKind, verifyChunkHeader } from './chunk.ts'
import { readRecordElement, type XmlElement } from './element.ts'
import { FILE_HEADER_SIZE, type FileHeader, hasSignature, readFileHeader, readU64 } from './file-header.ts'
import { hiddenRecord } from './hidden-record.ts'
import { type RecoverMode, type Recovery, walkRecords } from './record.ts'
import { TemplateCache } from './template.ts'

/** One decoded record of a log. */
export interface LogRecord {
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly size: number
  /** The record header's id; the event's own is in `event` (System/EventRecordID). */
  readonly recordId: number
  /** The record header's time: when it was written to this file; FILETIME ticks. */
  readonly writtenTime: bigint
  readonly recovered?: Recovery
  readonly event: XmlElement
}

/** Either a record or what is left of one. */
export type RecordOrDamage = LogRecord | Damage

/** True for damage. */
export function isDamage(found: RecordOrDamage): found is Damage {
  return 'kind' in found
}

/**
 * Decodes all records of a log that is wholly in memory, in file order. Every 64 KiB slot up to the end is looked at,
 * whatever the header says.
 *
 * @param bytes the file; borrowed while walking
 */
export function* walkLog(bytes: Uint8Array, options: { recover?: RecoverMode } = {}): Generator<RecordOrDamage> {
  const header = tryFileHeader(bytes)
  if ('kind' in header) yield header
  // Of a log that lost its header nobody knows whether it was closed.
  const dirty = 'kind' in header || header.dirty
  // A file that begins with a chunk lost its header block and nothing else.
  const first = hasSignature(bytes, 0, 'ElfChnk\0') ? 0 : FILE_HEADER_SIZE
  const templates = new TemplateCache()
  // Chunks are looked at through 32-bit words, so they are copied to a place of their own.
  const buffer = new ArrayBuffer(CHUNK_SIZE)
  const chunk = chunkAt(buffer, 0)
  for (let at = first; at < bytes.length; at += CHUNK_SIZE) {
    const there = bytes.subarray(at, at + CHUNK_SIZE)
    chunk.bytes.fill(0)
    chunk.bytes.set(there)
    yield* walkChunk(chunk, at, { recover: options.recover ?? 'resync', dirty, templates })
    if (there.length < CHUNK_SIZE) yield cutChunk(at, there.length)
  }
}

/** Damage for a chunk that the file ends in the middle of. */
export function cutChunk(offset: number, length: number): Damage {
  return {
    kind: 'truncated',
    offset,
    length: CHUNK_SIZE - length,
    detail: `The file ends ${length} bytes into a chunk of ${CHUNK_SIZE}; what is there was read`,
  }
}

/**
 * The file header, or the damage that keeps it from being read.
 *
 * @param bytes the file, or its first 4,096 bytes
 */
export function tryFileHeader(bytes: Uint8Array): FileHeader | Damage {
  try {
    const header = readFileHeader(bytes)
    if (bytes.length >= FILE_HEADER_SIZE) return header
    const detail = `The file ends ${bytes.length} bytes into its header block of ${FILE_HEADER_SIZE}; it holds no records`
    return { kind: 'truncated', offset: 0, length: FILE_HEADER_SIZE - bytes.length, detail }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return {
      kind: 'file-header',
      offset: 0,
      length: FILE_HEADER_SIZE,
      detail: `${error.message}; chunks are read all the same`,
    }
  }
}

/** A stretch of a chunk that is to be decoded. */
interface Frame {
  readonly offset: number
  readonly size: number
  readonly recovery: Recovery | undefined
}

/**
 * Decodes all records of one chunk, each when it is asked for: a hostile record may grow to a thousand times its size.
 *
 * @param chunk borrowed while walking
 * @param fileOffset where the chunk stands in its file
 */
export function* walkChunk(
  chunk: Chunk,
  fileOffset: number,
  options: { recover: RecoverMode; dirty: boolean; templates: TemplateCache },
): Generator<RecordOrDamage> {
  const kind = slotKind(chunk)
  if (kind === 'unused') return
  const damage = chunkDamage(chunk, fileOffset, kind === 'headerless')
  if (damage) yield damage
  options.templates.startChunk()
  const found: (Frame | Damage)[] = []
  walkRecords(
    chunk,
    {
      recover: options.recover,
      headerless: kind === 'headerless',
      dirty: options.dirty,
      headerBroken: damage !== undefined,
    },
    (offset, size, recovery) => found.push({ offset, size, recovery }),
    ({ offset, length, detail }) => found.push({ kind: 'record-framing', offset: fileOffset + offset, length, detail }),
  )
  for (const one of found) {
    if ('kind' in one) yield one
    else {
      yield decodeRecord(chunk, fileOffset, one.offset, one.size, one.recovery, options.templates)
      const hidden = hiddenDamage(chunk, fileOffset, one.offset, one.size)
      if (hidden) yield hidden
    }
  }
}

/** Damage where a record was made longer so that it covers the next one. */
export function hiddenDamage(chunk: Chunk, fileOffset: number, offset: number, size: number): Damage | undefined {
  const hidden = hiddenRecord(chunk, offset, size)
  if (hidden === 0) return undefined
  const length = offset + size - hidden
  const detail = `The record at 0x${(fileOffset + offset).toString(16)} covers another one of ${length} bytes, as a tool leaves it that erases an event; that one is not read`
  return { kind: 'record-framing', offset: fileOffset + hidden, length, detail }
}

/** What is wrong with a chunk's header, if anything. */
export function chunkDamage(chunk: Chunk, fileOffset: number, headerless: boolean): Damage | undefined {
  if (headerless) {
    const detail = 'The chunk has no "ElfChnk" signature; it was searched for records without its header'
    return { kind: 'chunk-signature', offset: fileOffset, length: 0, detail }
  }
  if (verifyChunkHeader(chunk)) return undefined
  const detail = "The chunk header's checksum does not match; its records were searched for without believing it"
  return { kind: 'chunk-header-checksum', offset: fileOffset, length: 0, detail }
}

/** Decodes one framed record; BinXML that makes no sense costs this record and no other. */
export function decodeRecord(
  chunk: Chunk,
  fileOffset: number,
  offset: number,
  size: number,
  recovery: Recovery | undefined,
  templates: TemplateCache,
): RecordOrDamage {
  const recordId = readU64(chunk.view, offset + 8)
  try {
    return {
      offset: fileOffset + offset,
      size,
      recordId,
      writtenTime: ticksFrom(chunk.view.getUint32(offset + 16, true), chunk.view.getUint32(offset + 20, true)),
      ...(recovery && { recovered: recovery }),
      event: readRecordElement(chunk, offset, size, templates),
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    const detail = `Record ${recordId} cannot be decoded: ${error.message} (at 0x${(fileOffset + error.offset).toString(16)})`
    return { kind: 'record-content', offset: fileOffset + offset, length: size, detail }
  }
}
