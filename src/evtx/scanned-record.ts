import type { Group } from './group.ts'
import type { Recovery } from './record.ts'

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
