import { parseFiletime, ticksFrom } from '../bytes/filetime.ts'
import { FormatError } from '../errors.ts'
import { CHUNK_HEADER_SIZE, type Chunk } from './chunk.ts'
import { readRecordElement, type XmlElement } from './element.ts'
import type { Elsewhere } from './elsewhere.ts'
import { readU64 } from './file-header.ts'
import { readFragment } from './fragment.ts'
import { readValues } from './instance.ts'
import { FRAGMENT_START, framedSize, MOST_PADDING, RECORD_HEADER_SIZE, type Recovery } from './record.ts'
import { RecordSalvage, type TemplateOrigin } from './salvage.ts'
import { type SystemText, systemOf } from './system.ts'
import type { TemplateCache } from './template.ts'
import * as token from './token.ts'

/** A stretch of a chunk that may be a record. */
export interface Frame {
  /** Bytes from the chunk's start. */
  readonly offset: number
  readonly size: number
  readonly recovery: Recovery | undefined
}

/** What a reader knows when it comes to a record. */
export interface Knowledge {
  /** Of the chunk at hand. */
  readonly templates: TemplateCache
  /** Undefined where nothing is to be recovered, or nothing else is known. */
  readonly elsewhere?: Elsewhere | undefined
}

/** What a record that is recovered says. */
export interface RecoveredElement {
  readonly event: XmlElement
  readonly system: SystemText
  /** Absent where all its definitions stand in its own chunk. */
  readonly template?: TemplateOrigin
}

/** FILETIME of 2000-01-01 and 2100-01-01: no event of the format is older, and what lies beyond is no time. */
const EARLIEST = 125_911_584_000_000_000n
const LATEST = 157_469_184_000_000_000n
/** How far from the log's other records one may be: 20 years. */
const FARTHEST = 6_311_520_000_000_000n
const GREATEST_RECORD_ID = 2 ** 48
const GREATEST_EVENT_ID = 0xffff

/**
 * Decodes a record that is not part of the healthy chain, if it is one: bytes that only look like it are not taken.
 *
 * What it takes: a fragment header, then an instance or an element; values of the types that the template declares,
 * which fill the record up to its alignment where its frame is whole; an EventID and a record id that can be; a written
 * time and a TimeCreated within the format's age and within 20 years of the chunk's first record.
 *
 * @throws {FormatError} it is none
 */
export function recoverRecord(chunk: Chunk, frame: Frame, knowledge: Knowledge): RecoveredElement {
  const { offset, size } = frame
  const refuse = (what: string) => new FormatError('bad-value', offset, what)
  const recordId = readU64(chunk.view, offset + 8)
  if (recordId > GREATEST_RECORD_ID) throw refuse('Its record id cannot be')
  const written = timeAt(chunk, offset)
  if (!isPlausible(written, chunk)) throw refuse('Its written time cannot be')
  if (chunk.words[(offset + RECORD_HEADER_SIZE) >> 2] !== FRAGMENT_START) throw refuse('It holds no BinXML')
  // A frame that is broken or shared does not say where its content ends.
  if (framedSize(chunk.words, offset) === size || frame.recovery === 'hidden') {
    const padding = offset + size - 4 - contentEnd(chunk, offset, size)
    if (padding > MOST_PADDING) throw refuse('Its content does not fill it')
  }
  const salvage = new RecordSalvage(knowledge.elsewhere)
  const event = readRecordElement(chunk, offset, size, knowledge.templates, salvage)
  const system = systemOf(event)
  if (!isNumber(system.eventId, GREATEST_EVENT_ID)) throw refuse('It has no EventID')
  // No log counts from 0, but zeros are what damage leaves.
  if (!isNumber(system.recordId, GREATEST_RECORD_ID) || Number(system.recordId) === 0) {
    throw refuse('It has no EventRecordID')
  }
  const created = parseFiletime(system.timeCreated)
  if (created === undefined || !isPlausible(created, chunk)) throw refuse('It has no TimeCreated that can be')
  const template = salvage.origin
  return { event, system, ...(template !== undefined && { template }) }
}

/** True where `recoverRecord` would take it. */
export function isRecord(...[chunk, frame, knowledge]: Parameters<typeof recoverRecord>): boolean {
  try {
    recoverRecord(chunk, frame, knowledge)
    return true
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return false
  }
}

/** Where the BinXML ends without its end-of-fragment token, bytes from the chunk's start. */
function contentEnd(chunk: Chunk, offset: number, size: number): number {
  const start = offset + RECORD_HEADER_SIZE + token.FRAGMENT_HEADER_SIZE
  const end = offset + size - 4
  if (chunk.bytes[start] === token.TEMPLATE_INSTANCE) return readValues(chunk, start, end).end
  return readFragment(chunk, start, end, false).end
}

function timeAt({ view }: Chunk, record: number): bigint {
  return ticksFrom(view.getUint32(record + 16, true), view.getUint32(record + 20, true))
}

function isPlausible(time: bigint, chunk: Chunk): boolean {
  if (time < EARLIEST || time > LATEST) return false
  if (framedSize(chunk.words, CHUNK_HEADER_SIZE) === 0) return true
  const first = timeAt(chunk, CHUNK_HEADER_SIZE)
  if (first < EARLIEST || first > LATEST) return true
  return time > first ? time - first < FARTHEST : first - time < FARTHEST
}

function isNumber(text: string, greatest: number): boolean {
  return /^\d{1,15}$/.test(text) && Number(text) <= greatest
}
