import { crc32 } from '../src/bytes/crc32.ts'
import { viewOf } from '../src/bytes/view.ts'
import { RECORD_ID, TIME_CREATED } from '../src/evtx/root-slot.ts'

const CHUNK_HEADER_SIZE = 512
const RECORD_HEADER_SIZE = 24
/** Fragment header, then the token and the first byte of a template instance. */
const INSTANCE_OFFSET = RECORD_HEADER_SIZE + 4

/** Where a record says when it is from and which number it has; offsets from the chunk's start. */
interface Stamp {
  readonly record: number
  readonly timeValue: number
  readonly recordIdValue: number
  readonly time: bigint
  readonly recordId: bigint
}

/** A chunk, and where its records' times and numbers stand. */
export interface StampedChunk {
  readonly bytes: Uint8Array
  readonly records: readonly Stamp[]
}

/** Finds the times and numbers of a chunk as our writer makes them: every record an instance of a root template. */
export function readStamps(bytes: Uint8Array): StampedChunk {
  const view = viewOf(bytes)
  const end = view.getUint32(48, true)
  const records: Stamp[] = []
  for (let at = CHUNK_HEADER_SIZE; at < end; at += view.getUint32(at + 4, true)) records.push(readStamp(view, at))
  return { bytes, records }
}

/**
 * Copies a chunk with all its times `later` ticks later and all its record numbers greater by `furtherOn`, and computes its
 * checksums anew. Numbers stay below 2^53.
 *
 * @param target 65,536 bytes
 */
export function restamp(chunk: StampedChunk, target: Uint8Array, later: bigint, furtherOn: number): void {
  target.set(chunk.bytes)
  const view = viewOf(target)
  const further = BigInt(furtherOn)
  for (const { record, timeValue, recordIdValue, time, recordId } of chunk.records) {
    view.setBigUint64(record + 8, recordId + further, true)
    view.setBigUint64(record + 16, time + later, true)
    view.setBigUint64(timeValue, time + later, true)
    view.setBigUint64(recordIdValue, recordId + further, true)
  }
  for (const field of [8, 16, 24, 32]) view.setBigUint64(field, view.getBigUint64(field, true) + further, true)
  view.setUint32(52, crc32(target.subarray(CHUNK_HEADER_SIZE, view.getUint32(48, true))), true)
  view.setUint32(124, crc32(target.subarray(128, CHUNK_HEADER_SIZE), crc32(target.subarray(0, 120))), true)
}

function readStamp(view: DataView, record: number): Stamp {
  const instance = record + INSTANCE_OFFSET
  let values = instance + 10
  // The definition stands in the instance when its offset is the place where we are.
  if (view.getUint32(instance + 6, true) === values) values += 24 + view.getUint32(values + 20, true)
  const count = view.getUint32(values, true)
  const sizes = values + 4
  const placeOf = (slot: number): number => {
    let at = sizes + 4 * count
    for (let i = 0; i < slot; i++) at += view.getUint16(sizes + 4 * i, true)
    return at
  }
  const timeValue = placeOf(TIME_CREATED)
  const recordIdValue = placeOf(RECORD_ID)
  return {
    record,
    timeValue,
    recordIdValue,
    time: view.getBigUint64(timeValue, true),
    recordId: view.getBigUint64(recordIdValue, true),
  }
}
