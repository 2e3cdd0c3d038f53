import fc from 'fast-check'
import { type RowKey, type Run, RunBuilder } from '../../src/scan/row-run.ts'
import { RunCursor, type StoredRun } from '../../src/scan/run-cursor.ts'
import type { RowText } from '../../src/timeline/profile.ts'

/** A row of a timeline as a test describes it. */
export type DescribedRow = RowKey & RowText

/** A row whose text is `said`; what a test does not say is that of one host's one log. */
export function describedRow(time: number | bigint, over: Partial<DescribedRow> = {}): DescribedRow {
  return {
    time: BigInt(time),
    host: 'h',
    channel: 'c',
    recordId: Number(time),
    file: 'f',
    offset: Number(time),
    before: '',
    said: `${time};`,
    after: '',
    shared: '',
    ...over,
  }
}

/** Any row, the parts of its key from so few values that all of them decide somewhere. */
export function anyRow(): fc.Arbitrary<DescribedRow> {
  const name = fc.constantFrom('', 'A', 'a', 'RDS01', 'ü', '\u{1f600}', '\uffff', 'x\0y')
  const text = fc.constantFrom('', '\n', 'a,b\r\n', 'é\u{1f600}'.repeat(50))
  return fc.record({
    time: fc.constantFrom(0n, 1n, 2n ** 32n, 134_179_524_000_000_000n, 0xffff_ffff_ffff_ffffn),
    host: name,
    channel: name,
    recordId: fc.constantFrom(0, 1, 2 ** 32, 2 ** 53, 2 ** 64),
    file: name,
    offset: fc.constantFrom(4608, 2 ** 33),
    before: text,
    said: text,
    after: text,
    shared: name,
  })
}

/** The one order, in the plainest words. */
export function compareRows(a: RowKey, b: RowKey): number {
  for (const part of ['time', 'host', 'channel', 'recordId', 'file', 'offset'] as const) {
    if (a[part] < b[part]) return -1
    if (a[part] > b[part]) return 1
  }
  return 0
}

/** Rows as one run. */
export function runOf(rows: readonly DescribedRow[]): Run {
  const builder = new RunBuilder(16)
  for (const row of rows) builder.add(row, row)
  return builder.finish()
}

/** What a cursor stands on, as it was described; names by their numbers. */
function rowAt(cursor: RunCursor, names: readonly string[]): DescribedRow {
  const text = Buffer.from(cursor.text)
  const saidEnd = cursor.saidStart + cursor.saidLength
  return {
    time: (BigInt(cursor.timeHigh) << 32n) | BigInt(cursor.timeLow),
    host: names[cursor.host]!,
    channel: names[cursor.channel]!,
    recordId: cursor.recordId,
    file: names[cursor.file]!,
    offset: cursor.offset,
    before: text.subarray(0, cursor.saidStart).toString(),
    said: text.subarray(cursor.saidStart, saidEnd).toString(),
    after: text.subarray(saidEnd).toString(),
    shared: names[cursor.shared]!,
  }
}

/** All rows of one run, read so many bytes at once where it lies on disk. */
export function rowsOf(stored: StoredRun, names: readonly string[], size = 64): DescribedRow[] {
  const rows: DescribedRow[] = []
  const cursor = new RunCursor(
    stored,
    Uint32Array.from(names, (_, i) => i),
    size,
  )
  for (; !cursor.ended; cursor.next()) rows.push(rowAt(cursor, names))
  return rows
}
