import * as map from '../../src/evtx/decode-map'
import { chunk } from './current'
import * as format from '../format'
import { writeCharacters } from './json-text'
import { ROW_TEXTS } from './memory'
import { writeU64 } from './number'
import { copyText } from './plan'
import { writeFiletime } from './time'

/** A record id beyond is no exact number in JavaScript. */
const MAX_SAFE: u64 = 9_007_199_254_740_991

let recordAt: usize = 0
let recordOffset: u32 = 0

/** Begins a record of our own JSON. */
export function beginEvent(at: usize, offset: u32): usize {
  recordAt = at
  recordOffset = offset
  return at
}

/**
 * Ends a record of our own JSON with the member `_meta`: see `src/evtx/json-meta.ts`.
 *
 * @returns where it ends; 0 when the plain renderer has to do it
 */
export function endEvent(at: usize): usize {
  const record = chunk + recordOffset
  const recordId = load<u64>(record, format.RECORD_ID)
  if (recordId > MAX_SAFE) return 0
  const offset = load<f64>(ROW_TEXTS, map.ROW_CHUNK_PLACE) + <f64>recordOffset
  at = copyText(at, ROW_TEXTS + map.ROW_BEFORE_OFFSET + 4, load<u32>(ROW_TEXTS, map.ROW_BEFORE_OFFSET))
  at = writeU64(at, <u64>offset)
  at = writeCharacters(at, ',"recordId":')
  at = writeU64(at, recordId)
  at = writeCharacters(at, ',"writtenTime":"')
  at = writeFiletime(at, load<u64>(record, format.RECORD_WRITTEN))
  // The first member's comma becomes the brace.
  store<u8>(recordAt, 0x7b)
  store<u32>(at, 0x0a7d7d22)
  return at + 4
}
