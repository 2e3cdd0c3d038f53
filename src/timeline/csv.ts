import { stringify } from 'csv-stringify/sync'
import { type CellTally, toCellText } from './cell-text.ts'
import { COLUMNS, levelName, renderFields, renderTime, type TimelineRow } from './columns.ts'

const BYTE_ORDER_MARK = '\ufeff'

/** One cell: a number stands bare, a text is quoted, an absent one is empty. */
export type Cell = string | number | undefined

/** The first line of a CSV with these columns, ended by CRLF. `bom`: for a file that Excel opens; never in a pipe. */
export function csvHeader(options: { bom?: boolean; columns?: readonly string[] } = {}): string {
  return `${options.bom ? BYTE_ORDER_MARK : ''}${(options.columns ?? COLUMNS).join(',')}\r\n`
}

/**
 * Timeline rows as lines of CSV (RFC 4180), each ended by CRLF, without the header.
 *
 * Writes its own quotes: whole archives pass through here, and csv-stringify, whose bytes these are (asserted in the
 * tests), takes almost twice the time.
 *
 * @param tally is counted up when given
 */
export function renderCsvRows(rows: readonly TimelineRow[], tally?: CellTally): string {
  let lines = ''
  for (const row of rows) {
    lines += `${csvEventCells(row, tally)}${csvPlaceCells(row, tally)}${csvText(row.dupOf, tally)}\r\n`
  }
  return lines
}

/** The cells of a row that tell of the event, up to `Fields`: alike wherever a copy of it stands. */
export function csvEventCells(row: TimelineRow, tally?: CellTally): string {
  let cells = `${quote(renderTime(row.timeCreated))},${csvText(levelName(row.level), tally)},${csvText(row.host, tally)}`
  cells += `,${csvText(row.computer, tally)},${csvText(row.channel, tally)},${csvText(row.provider, tally)}`
  cells += `,${row.eventId},${row.recordId},${csvText(row.role, tally)},${csvText(row.scenario, tally)}`
  cells += `,${csvText(row.summary, tally)},${csvText(renderFields(row), tally)}`
  return cells
}

/** The cells behind them that tell where it stands, up to `DupOf`, which is left to be written. */
export function csvPlaceCells(row: TimelineRow, tally?: CellTally): string {
  return `,${csvText(row.file, tally)},${row.offset},${csvText(row.recovered, tally)},`
}

/** A text as a cell that a spreadsheet takes for text; an absent one as an empty cell. */
export function csvText(value: string | undefined, tally?: CellTally): string {
  return value === undefined ? '' : quote(toCellText(value, tally))
}

/** In quotes; quotes inside are doubled. */
export function quote(cell: string): string {
  return cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : `"${cell}"`
}

/** Where a cell of a line begins, counted from 0; `line` is UTF-8. */
export function findCell(line: Uint8Array, position: number): number {
  let start = 0
  for (let passed = 0; passed < position; passed++) {
    let end = start
    // A quote inside a cell is doubled: what closes the cell has no other behind it.
    if (line[start] === QUOTE)
      do end = line.indexOf(QUOTE, end + 1) + 1
      while (line[end] === QUOTE)
    start = line.indexOf(COMMA, end) + 1
  }
  return start
}

const QUOTE = 0x22
const COMMA = 0x2c

/** Cells of any table as lines of CSV like those of `renderCsvRows`. */
export function renderCells(lines: readonly (readonly Cell[])[], tally?: CellTally): string {
  return stringify(
    lines.map((cells) => cells.map((cell) => (typeof cell === 'string' ? toCellText(cell, tally) : cell))),
    { quoted_string: true, record_delimiter: 'windows' },
  )
}
