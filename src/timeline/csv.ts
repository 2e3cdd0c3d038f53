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
    lines += `${quote(renderTime(row.timeCreated))},${text(levelName(row.level), tally)},${text(row.host, tally)}`
    lines += `,${text(row.computer, tally)},${text(row.channel, tally)},${text(row.provider, tally)}`
    lines += `,${row.eventId},${row.recordId},${text(row.role, tally)},${text(row.scenario, tally)}`
    lines += `,${text(row.summary, tally)},${text(renderFields(row), tally)},${text(row.file, tally)}`
    lines += `,${row.offset},${text(row.recovered, tally)},${text(row.dupOf, tally)}\r\n`
  }
  return lines
}

function text(value: string | undefined, tally: CellTally | undefined): string {
  return value === undefined ? '' : quote(toCellText(value, tally))
}

function quote(cell: string): string {
  return cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : `"${cell}"`
}

/** Cells of any table as lines of CSV like those of `renderCsvRows`. */
export function renderCells(lines: readonly (readonly Cell[])[], tally?: CellTally): string {
  return stringify(
    lines.map((cells) => cells.map((cell) => (typeof cell === 'string' ? toCellText(cell, tally) : cell))),
    { quoted_string: true, record_delimiter: 'windows' },
  )
}
