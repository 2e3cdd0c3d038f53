import type { Group } from './group.ts'
import type { Recovery } from './record.ts'
import { NONE } from './root-plan.ts'

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
  }
}
