import { COLUMNS, levelName, renderFields, rowOf } from './columns.ts'
import { csvEventCells, csvHeader, csvPlaceCells, csvText, findCell } from './csv.ts'
import { findHead, toJsonString } from './json-text.ts'
import { jsonDupOf, jsonEventMembers, jsonPlaceMembers } from './jsonl.ts'
import type { Profile, RowWriter } from './profile.ts'

const HOST = COLUMNS.indexOf('Host')

const csv: RowWriter = {
  header: csvHeader(),
  bom: true,
  sheets: true,
  render: ({ event, host }, tally) => {
    const row = rowOf(event, host)
    return { before: '', said: csvEventCells(row, tally), after: `${csvPlaceCells(row, tally)}\r\n`, shared: '' }
  },
  ending: { end: '\r\n', copyEnd: (first) => `${csvText(first)}\r\n` },
  hostCell: { find: (row) => findCell(row, HOST), render: csvText },
}

const jsonl: RowWriter = {
  header: '',
  bom: false,
  sheets: false,
  render: ({ event, host }) => {
    const row = rowOf(event, host)
    return { before: '', said: jsonEventMembers(row), after: `${jsonPlaceMembers(row)}}\n`, shared: '' }
  },
  ending: { end: '}\n', copyEnd: (first) => `${jsonDupOf(first)}}\n` },
  hostCell: { find: (row) => findHead(row, ',"Host":'), render: toJsonString },
}

/** What the rows of a Parquet file share, one behind the other, as `readShared` reads it. */
export interface SharedCells {
  readonly level: string | undefined
  readonly computer: string
  readonly provider: string
  readonly eventId: number
  readonly recovered: string | undefined
}

/** The text of a row is its `Fields`; all other cells are in its key or shared. */
const parquet: RowWriter = {
  header: '',
  bom: false,
  sheets: false,
  render: ({ event, host }) => {
    const row = rowOf(event, host)
    const { computer, provider, eventId, recovered } = row
    const shared = JSON.stringify([levelName(row.level) ?? null, computer, provider, eventId, recovered ?? null])
    return { before: '', said: renderFields(row), after: '', shared }
  },
  ending: { end: '' },
}

/** The cells that rows of a Parquet file share, out of `RowText.shared`. */
export function readShared(text: string): SharedCells {
  // Written a few lines above, and nowhere else.
  const [level, computer, provider, eventId, recovered] = JSON.parse(text) as [
    string | null,
    string,
    string,
    number,
    string | null,
  ]
  return { level: level ?? undefined, computer, provider, eventId, recovered: recovered ?? undefined }
}

/** Our own columns: for people, spreadsheets and SQL. */
export const defaultProfile: Profile = { writers: { csv, jsonl, parquet } }
