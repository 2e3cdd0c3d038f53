import type { Damage } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { RecoverMode } from './record.ts'
import type { ScannedRecord } from './scanned-record.ts'

/** How far to go for records. */
export interface ScanMode {
  readonly recover: RecoverMode
  /** The log was not closed. */
  readonly dirty: boolean
  /** Asked about records that are recovered. */
  readonly elsewhere?: Elsewhere | undefined
}

/** What a scan hands to its caller. */
export interface ScanSink {
  /** A record that the gate lets through. The object is reused: take what you need. */
  onMatch(record: ScannedRecord, chunk: Chunk, fileOffset: number): void
  onDamage(damage: Damage): void
}
