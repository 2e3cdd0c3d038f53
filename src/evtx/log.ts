import { ticksFrom } from '../bytes/filetime.ts'
import { type Damage, FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk, chunkAt, slotKind, verifyChunkHeader } from './chunk.ts'
import { readRecordElement, type XmlElement } from './element.ts'
import { type Elsewhere, elsewhereOf } from './elsewhere.ts'
import { FILE_HEADER_SIZE, type FileHeader, hasSignature, readFileHeader, readU64 } from './file-header.ts'
import { tellHidden } from './hidden-record.ts'
import { LiveRecords } from './live-records.ts'
import { type RecoverMode, type Recovery, walkRecords } from './record.ts'
import { type Frame, isRecord, type Knowledge, recoverRecord } from './recover-record.ts'
import type { TemplateOrigin } from './salvage.ts'
import { TemplateCache } from './template.ts'
import { TemplateLibrary } from './template-library.ts'

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
  /** Of a recovered record: absent where all its template definitions stand in its own chunk. */
  readonly template?: TemplateOrigin
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
 * whatever the header says. Copies of live records in unused space are left out.
 *
 * @param bytes the file; borrowed while walking
 */
export function* walkLog(bytes: Uint8Array, options: { recover?: RecoverMode } = {}): Generator<RecordOrDamage> {
  const { recover = 'resync' } = options
  const header = tryFileHeader(bytes)
  if ('kind' in header) yield header
  // Of a log that lost its header nobody knows whether it was closed.
  const dirty = 'kind' in header || header.dirty
  const templates = new TemplateCache()
  const elsewhere = recover === 'none' ? undefined : elsewhereIn(bytes, dirty)
  for (const { chunk, at, length } of chunksOf(bytes)) {
    yield* walkChunk(chunk, at, { recover, dirty, templates, elsewhere })
    if (length < CHUNK_SIZE) yield cutChunk(at, length)
  }
}

/** The slots of a log, one after the other in the same place; a last one that is cut off is filled with zeros. */
function* chunksOf(bytes: Uint8Array): Generator<{ chunk: Chunk; at: number; length: number }> {
  // A file that begins with a chunk lost its header block and nothing else.
  const first = hasSignature(bytes, 0, 'ElfChnk\0') ? 0 : FILE_HEADER_SIZE
  // Chunks are looked at through 32-bit words, so they are copied to a place of their own.
  const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
  for (let at = first; at < bytes.length; at += CHUNK_SIZE) {
    const there = bytes.subarray(at, at + CHUNK_SIZE)
    chunk.bytes.fill(0)
    chunk.bytes.set(there)
    yield { chunk, at, length: there.length }
  }
}

/** What the rest of a log that is wholly in memory knows; it is looked through when it is first asked. */
export function elsewhereIn(bytes: Uint8Array, dirty: boolean): Elsewhere {
  return elsewhereOf({
    library: () => {
      const library = new TemplateLibrary()
      for (const { chunk } of chunksOf(bytes)) library.addChunk(chunk)
      return library
    },
    live: () => {
      const live = new LiveRecords()
      for (const { chunk } of chunksOf(bytes)) live.addChunk(chunk, dirty)
      return live
    },
  })
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

/**
 * Decodes all records of one chunk, each when it is asked for: a hostile record may grow to a thousand times its size.
 *
 * @param chunk borrowed while walking
 * @param fileOffset where the chunk stands in its file
 * @param options `onCopy` is called for each record in unused space that repeats a live one
 */
export function* walkChunk(
  chunk: Chunk,
  fileOffset: number,
  options: Knowledge & { readonly recover: RecoverMode; readonly dirty: boolean; readonly onCopy?: () => void },
): Generator<RecordOrDamage> {
  const kind = slotKind(chunk)
  if (kind === 'unused') return
  const { recover, dirty } = options
  const headerless = kind === 'headerless'
  const damage = chunkDamage(chunk, fileOffset, headerless)
  if (damage) yield damage
  options.templates.startChunk()
  const found: (Frame | Damage)[] = []
  walkRecords(
    chunk,
    { recover, headerless, dirty, headerBroken: damage !== undefined },
    (offset, size, recovery) => {
      const frame = { offset, size, recovery }
      if (recovery === 'slack' && !isRecord(chunk, frame, options)) return false
      found.push(frame)
      return true
    },
    ({ offset, length, detail }) => found.push({ kind: 'record-framing', offset: fileOffset + offset, length, detail }),
  )
  for (const one of found) {
    if ('kind' in one) yield one
    else {
      const record = decodeRecord(chunk, fileOffset, one, options)
      if (record === 'copy') options.onCopy?.()
      if (typeof record !== 'string') yield record
      if (one.recovery === undefined) yield* walkHidden(chunk, fileOffset, one, options)
    }
  }
}

/** What a record covers that a tool erased. */
function* walkHidden(
  chunk: Chunk,
  fileOffset: number,
  outer: Frame,
  options: Knowledge & { readonly recover: RecoverMode },
): Generator<RecordOrDamage> {
  const damage: Damage[] = []
  const hidden: Frame[] = []
  const onHidden = options.recover === 'none' ? undefined : (frame: Frame) => hidden.push(frame)
  tellHidden(chunk, fileOffset, outer, { onDamage: (one) => damage.push(one) }, onHidden)
  yield* damage
  for (const frame of hidden) {
    const record = decodeRecord(chunk, fileOffset, frame, options)
    if (typeof record !== 'string') yield record
  }
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

/** Why there is nothing to tell of a frame in unused space: it repeats a live record of its log, or it is none. */
export type NoRecord = 'copy' | 'nothing'

/**
 * Decodes one framed record; BinXML that makes no sense costs this record and no other. A record of the healthy chain
 * whose template is lost is recovered, where anything is to be recovered at all.
 */
export function decodeRecord(
  chunk: Chunk,
  fileOffset: number,
  frame: Frame,
  knowledge: Knowledge,
): RecordOrDamage | NoRecord {
  const { offset, size, recovery } = frame
  const recordId = readU64(chunk.view, offset + 8)
  const place = {
    offset: fileOffset + offset,
    size,
    recordId,
    writtenTime: ticksFrom(chunk.view.getUint32(offset + 16, true), chunk.view.getUint32(offset + 20, true)),
  }
  try {
    if (recovery === undefined) return { ...place, event: readRecordElement(chunk, offset, size, knowledge.templates) }
    const { event, template } = recoverRecord(chunk, frame, knowledge)
    if (recovery === 'slack' && knowledge.elsewhere?.isLive(chunk, offset, size)) return 'copy'
    return { ...place, recovered: recovery, ...(template && { template }), event }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    if (recovery === 'slack') return 'nothing'
    if (recovery === undefined && knowledge.elsewhere !== undefined) {
      const rescued = decodeRecord(chunk, fileOffset, { offset, size, recovery: 'resync' }, knowledge)
      if (typeof rescued !== 'string' && !isDamage(rescued)) return rescued
    }
    const detail = `Record ${recordId} cannot be decoded: ${error.message} (at 0x${(fileOffset + error.offset).toString(16)})`
    return { kind: 'record-content', offset: fileOffset + offset, length: size, detail }
  }
}
