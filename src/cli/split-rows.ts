import { type Draft, draftFile, openDevice } from './output-file.ts'
import { type OutputPlace, placeFile } from './output-place.ts'
import { publishTogether } from './publish-together.ts'
import type { Write } from './standard-output.ts'
import type { Target } from './target.ts'

/** Rows that a sheet of Excel holds, its header included. */
const SHEET_ROWS = 1_048_576
const NEWLINE = 0x0a

/**
 * Lets `work` write lines of CSV to a file, and to `x-2.csv`, `x-3.csv` … beside it where a sheet is full; each begins
 * with the header. No cell may hold a line break. The files get their names together, when all is written: all or none.
 *
 * @param target.output a file
 * @param sheetRows lines of one file, the header included
 * @throws {UsageError} the place, or that of a further file, is refused
 * @throws {OutputError} it could not be written
 */
export async function splitRows<Result>(
  target: Target,
  work: (write: Write) => Promise<Result>,
  sheetRows = SHEET_ROWS,
): Promise<Result> {
  const { output = '' } = target
  const place = await placeFile(output, target)
  if (place.kind === 'device') {
    const device = await openDevice(place, target.signal)
    try {
      return await work(device.write)
    } finally {
      await device.close()
    }
  }
  const drafts: Draft[] = []
  try {
    const result = await work(sheetWriter(place, target, sheetRows, drafts))
    await drafts.at(-1)?.close()
    target.settle()
    publishTogether(drafts)
    return result
  } catch (error) {
    for (const draft of drafts) draft.discard()
    throw error
  }
}

/** Counts lines as they pass, and begins a new draft before the first line that a full one has no room for. */
function sheetWriter(place: OutputPlace, target: Target, sheetRows: number, drafts: Draft[]): Write {
  let draft = draftFile(place)
  drafts.push(draft)
  let rows = 0
  let header = Buffer.alloc(0)
  return async (bytes) => {
    let start = 0
    while (start < bytes.length) {
      if (rows === sheetRows) {
        await draft.close()
        draft = draftFile(await placeFile(numbered(place.typed, drafts.length + 1), target))
        drafts.push(draft)
        await draft.write(header)
        rows = 1
      }
      const end = endOfRows(bytes, start, rows === 0 ? 1 : sheetRows - rows)
      const lines = bytes.subarray(start, end.offset)
      if (rows === 0) header = Buffer.concat([header, lines])
      await draft.write(lines)
      rows += end.rows
      start = end.offset
    }
  }
}

/** Where the next `most` lines end, or the bytes if they come first. */
function endOfRows(bytes: Uint8Array, start: number, most: number): { offset: number; rows: number } {
  let offset = start
  for (let rows = 0; rows < most; rows++) {
    const newline = bytes.indexOf(NEWLINE, offset)
    if (newline < 0) return { offset: bytes.length, rows }
    offset = newline + 1
  }
  return { offset, rows: most }
}

/** `x.csv` → `x-2.csv`; a name without extension gets the number at its end. */
function numbered(path: string, n: number): string {
  return path.replace(/(\.[^./\\]*)?$/, (extension) => `-${n}${extension}`)
}
