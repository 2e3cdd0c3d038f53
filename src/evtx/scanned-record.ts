import type { Chunk } from './chunk.ts'
import type { Group } from './group.ts'
import type { Recovery } from './record.ts'
import { NONE } from './root-sources.ts'
import * as type from './value-type.ts'

/** The System fields that every scan takes from a record. */
export interface ScannedRecord {
  /** Bytes from the chunk's start. */
  offset: number
  size: number
  recovery: Recovery | undefined
  /** Interned names. */
  provider: number
  group: Group
  eventId: number
  /** TimeCreated, as two halves of a FILETIME. */
  timeLow: number
  timeHigh: number
  /** EventRecordID. */
  recordIdLow: number
  recordIdHigh: number
  /** Where the descriptors of its values begin, bytes from the chunk's start; 0 for a record without template. */
  values: number
  valueCount: number
  /** Value that holds EventData or UserData; `NONE` where the record must be decoded to know. */
  payloadSlot: number
  /** Slot of Level, where it stands in one, and what it is where it stands elsewhere; `NONE` for neither. See `levelOf`. */
  levelSlot: number
  level: number
}

/** Level of a record of the chunk; undefined where it has none, or not as Windows writes it. */
export function levelOf({ values, valueCount, levelSlot, level }: ScannedRecord, chunk: Chunk): number | undefined {
  if (levelSlot === NONE) return level === NONE ? undefined : level
  const { bytes, view } = chunk
  const descriptor = values + 4 * levelSlot
  if (levelSlot >= valueCount || bytes[descriptor + 2] !== type.UINT8_TYPE || view.getUint16(descriptor, true) !== 1) {
    return undefined
  }
  let at = values + 4 * valueCount
  for (let before = values; before < descriptor; before += 4) at += view.getUint16(before, true)
  return bytes[at]
}

/** One to be filled. */
export function emptyRecord(group: Group): ScannedRecord {
  return {
    offset: 0,
    size: 0,
    recovery: undefined,
    provider: 0,
    group,
    eventId: 0,
    timeLow: 0,
    timeHigh: 0,
    recordIdLow: 0,
    recordIdHigh: 0,
    values: 0,
    valueCount: 0,
    payloadSlot: NONE,
    levelSlot: NONE,
    level: NONE,
  }
}
