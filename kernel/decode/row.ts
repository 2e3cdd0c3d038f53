import * as map from '../../src/evtx/decode-map'
import { crc32Bytes } from './crc'
import { ROW_TEXTS } from './memory'
import { mergeMembers } from './merge-members'
import { writeU32, writeU64 } from './number'
import { copyText } from './plan'
import * as field from './row-field'
import { channelOf, groupOf, groupText, groupTextLength, hostOf } from './row-group'
import { SLOT_SIZE } from './slot'
import { writeFiletime } from './time'

/**
 * A row of a timeline: a frame, as `src/scan/row-run.ts` has it, and its text. What the rows of one provider, channel, level and
 * computer have in common is a group, whose text JavaScript makes once.
 */
const FRAME_SIZE: usize = 56
const SAID_AT: usize = 4
const SAID_LENGTH_AT: usize = 8
const SAID_CRC_AT: usize = 12
const TIME_AT: usize = 16
const RECORD_ID_AT: usize = 24
const OFFSET_AT: usize = 32
const HOST_AT: usize = 40
const CHANNEL_AT: usize = 44
const FILE_AT: usize = 48
const SHARED_AT: usize = 52

/** Bytes that a field may take that a spreadsheet is to show; a row with more is left to the plain way. */
const LONGEST_CELL: usize = 32_767
/** Every integer up to here is a double. */
const MAX_SAFE: u64 = 9_007_199_254_740_991
/** Bytes of `yyyy-mm-ddThh:mm:ss.fffffff`. */
const TIME_LENGTH: usize = 27
const DATE_LENGTH: usize = 10

/* What a fragment has to be, where it stands. */
/** A whole event. */
export const EVENT: u32 = 0
/** EventData or UserData, or any other element of an event. */
export const EVENT_PART: u32 = 1
/** An element of UserData. */
export const LEAF: u32 = 2

/** What the next fragment has to be. */
export let wanted: u32 = EVENT
/** Where the members of `Fields` begin; 0 before the row has its first cells. */
export let fieldsAt: usize = 0
/** Items without a name so far, of a list that is open. */
export let items: u32 = 0

let isCsv: bool = false
/** Some members of the row may have the same name. */
let hasRepeats: bool = false
let rowAt: usize = 0
let recordOffset: u32 = 0
/** The fields of the record: see `row-field.ts`. */
const fields = memory.data(64, 8)

/** Address of the fields. */
// @ts-ignore: decorator
@inline
export function rowFields(): usize {
  return fields
}

/** Rows of CSV, or of JSON lines. */
export function setCsv(value: bool): void {
  isCsv = value
}

/** A quotation mark inside of the fields. */
// @ts-ignore: decorator
@inline
export function writeQuote(at: usize): usize {
  store<u16>(at, 0x2222)
  return at + 1 + <usize>isCsv
}

export function setWanted(context: u32): void {
  wanted = context
}

export function setItems(count: u32): void {
  items = count
}

export function setRepeats(): void {
  hasRepeats = true
}

/** Begins the row of a record. */
export function beginRow(at: usize, offset: u32): usize {
  rowAt = at
  recordOffset = offset
  wanted = EVENT
  fieldsAt = 0
  items = 0
  hasRepeats = false
  memory.fill(fields, 0, 7 * SLOT_SIZE)
  return at
}

/**
 * Writes the cells before the fields, when System is known.
 *
 * @returns 0 when the plain renderer has to do it
 */
export function writeHead(): usize {
  const time = field.timeOf(field.fieldAt(fields, field.TIME_CREATED))
  const recordId = field.numberOf(field.fieldAt(fields, field.RECORD_ID))
  const eventId = field.numberOf(field.fieldAt(fields, field.EVENT_ID))
  if (time == field.NOT_UNDERSTOOD || eventId == field.NOT_UNDERSTOOD || recordId > MAX_SAFE) return 0
  const group = groupOf(fields)
  if (group == 0) return 0
  const row = rowAt
  store<u64>(row, time, TIME_AT)
  store<f64>(row, <f64>recordId, RECORD_ID_AT)
  store<u32>(row, hostOf(group), HOST_AT)
  store<u32>(row, channelOf(group), CHANNEL_AT)
  let at = copyFixed(row + FRAME_SIZE, 0)
  writeFiletime(at, time)
  if (isCsv) store<u8>(at, 0x20, DATE_LENGTH)
  at += TIME_LENGTH
  at = copyText(at, groupText(group), groupTextLength(group))
  at = writeU32(at, <u32>eventId & 0xffff)
  at = copyFixed(at, map.ROW_BEFORE_RECORD_ID)
  at = writeU64(at, recordId)
  at = copyFixed(at, map.ROW_BEFORE_FIELDS)
  fieldsAt = at
  return at
}

/**
 * Ends a row.
 *
 * @returns where it ends; 0 when the plain renderer has to do it
 */
export function endRow(at: usize): usize {
  const first = fieldsAt
  if (first == 0) return 0
  if (hasRepeats) {
    at = mergeMembers(first, at, isCsv)
    if (at == 0) return 0
  }
  // The first member's comma becomes the brace.
  if (at == first) at++
  store<u8>(first, 0x7b)
  store<u8>(at++, 0x7d)
  if (isCsv && at - first > LONGEST_CELL) return 0
  at = copyFixed(at, map.ROW_BEHIND_FIELDS)
  const row = rowAt
  const text = row + FRAME_SIZE
  const said = <u32>(at - text)
  const offset = load<f64>(ROW_TEXTS, map.ROW_CHUNK_PLACE) + <f64>recordOffset
  at = copyText(at, ROW_TEXTS + map.ROW_BEFORE_OFFSET + 4, load<u32>(ROW_TEXTS, map.ROW_BEFORE_OFFSET))
  at = writeU64(at, <u64>offset)
  at = copyFixed(at, map.ROW_END)
  store<u32>(row, <u32>(at - text))
  store<u32>(row, 0, SAID_AT)
  store<u32>(row, said, SAID_LENGTH_AT)
  store<u32>(row, crc32Bytes(text, said), SAID_CRC_AT)
  store<f64>(row, offset, OFFSET_AT)
  store<u32>(row, load<u32>(ROW_TEXTS, map.ROW_FILE), FILE_AT)
  store<u32>(row, load<u32>(ROW_TEXTS, map.ROW_SHARED), SHARED_AT)
  return at
}

// @ts-ignore: decorator
@inline
function copyFixed(at: usize, text: usize): usize {
  return copyText(at, ROW_TEXTS + text + 4, load<u32>(ROW_TEXTS + text))
}
