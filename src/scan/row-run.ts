import { compareText } from '../bytes/compare-text.ts'

/**
 * A run: rows of a timeline in order, as they travel and wait on disk. Each row is a frame of a key and its text, so that
 * runs are merged without looking into the text.
 *
 *     offset  size  field
 *          0     4  bytes of the text
 *          4     8  TimeCreated, FILETIME
 *         12     8  EventRecordID
 *         20     8  offset in the log
 *         28     4  host, position in the run's names
 *         32     4  channel, position in the run's names
 *         36     4  log, position in the run's names
 *         40        text, UTF-8
 *
 * Little-endian; of our own making.
 */
const FRAME_SIZE = 40

/** What rows are ordered by. */
export interface RowKey {
  /** FILETIME ticks. */
  readonly time: bigint
  readonly host: string
  readonly channel: string
  readonly recordId: number
  readonly file: string
  readonly offset: number
}

/** One row of a run. */
export interface Row extends RowKey {
  readonly text: Uint8Array
}

/** The one order: time, host, channel, record id, file, offset. Never 0 for two records. */
export function compareRowKeys(a: RowKey, b: RowKey): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1
  return (
    compareText(a.host, b.host) ||
    compareText(a.channel, b.channel) ||
    a.recordId - b.recordId ||
    compareText(a.file, b.file) ||
    a.offset - b.offset
  )
}

/** Rows to be framed: the text still a string. */
export interface UnframedRow extends RowKey {
  readonly text: string
}

/** Rows framed, with the names they refer to. */
export interface Run {
  readonly names: readonly string[]
  readonly bytes: Uint8Array
}

/** Frames rows that are in order. */
export function frameRows(rows: readonly UnframedRow[]): Run {
  const names = new Map<string, number>()
  const position = (name: string): number => {
    let known = names.get(name)
    if (known === undefined) {
      known = names.size
      names.set(name, known)
    }
    return known
  }
  const texts = rows.map(({ text }) => Buffer.from(text))
  const bytes = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + FRAME_SIZE + text.length, 0))
  let at = 0
  rows.forEach((row, index) => {
    const text = texts[index]!
    bytes.writeUInt32LE(text.length, at)
    bytes.writeBigUInt64LE(row.time, at + 4)
    bytes.writeDoubleLE(row.recordId, at + 12)
    bytes.writeDoubleLE(row.offset, at + 20)
    bytes.writeUInt32LE(position(row.host), at + 28)
    bytes.writeUInt32LE(position(row.channel), at + 32)
    bytes.writeUInt32LE(position(row.file), at + 36)
    bytes.set(text, at + FRAME_SIZE)
    at += FRAME_SIZE + text.length
  })
  return { names: [...names.keys()], bytes }
}

/**
 * Reads the row at an offset of framed bytes.
 *
 * @returns undefined when the bytes end before the row does
 */
export function readRow(
  bytes: Uint8Array,
  at: number,
  names: readonly string[],
): { row: Row; end: number } | undefined {
  if (at + FRAME_SIZE > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, FRAME_SIZE)
  const end = at + FRAME_SIZE + view.getUint32(0, true)
  if (end > bytes.length) return undefined
  const row = {
    time: view.getBigUint64(4, true),
    recordId: view.getFloat64(12, true),
    offset: view.getFloat64(20, true),
    host: names[view.getUint32(28, true)]!,
    channel: names[view.getUint32(32, true)]!,
    file: names[view.getUint32(36, true)]!,
    text: bytes.subarray(at + FRAME_SIZE, end),
  }
  return { row, end }
}
