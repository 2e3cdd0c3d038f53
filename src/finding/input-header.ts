import type { FileHeader } from '../evtx/file-header.ts'

/** What a log's first block says of it; stale in a log that was not closed. */
export interface InputHeader {
  /** Not closed: usual on a snapshot. */
  readonly dirty: boolean
  readonly full: boolean
  /** `3.1`. */
  readonly version: string
  readonly chunkCount: number
  readonly nextRecordId: number
  /** The header's own. A wrong one is damage only where the log was closed and has checksums at all. */
  readonly checksumOk: boolean
  /** The log is marked to have none. */
  readonly noChecksums?: true
}

/** What a report tells of a file header. */
export function inputHeader(header: FileHeader): InputHeader {
  const { dirty, full, majorVersion, minorVersion, chunkCount, nextRecordId, checksumOk } = header
  return {
    dirty,
    full,
    version: `${majorVersion}.${minorVersion}`,
    chunkCount,
    nextRecordId,
    checksumOk,
    ...(header.noChecksums && { noChecksums: true }),
  }
}
