import { toIso } from '../bytes/filetime.ts'
import { levelName, renderFields, type TimelineRow } from './columns.ts'
import { toJsonString } from './json-text.ts'

/**
 * Timeline rows as JSON lines, each ended by LF: one object a row with the CSV's column names as keys, absent cells
 * left out, times as ISO 8601 with `Z`, `Fields` an object, every value whole.
 */
export function renderJsonlRows(rows: readonly TimelineRow[]): string {
  let lines = ''
  for (const row of rows) {
    lines += `${jsonEventMembers(row)}${jsonPlaceMembers(row)}${jsonDupOf(row.dupOf)}}\n`
  }
  return lines
}

/**
 * The members of a row that tell of the event, up to `Fields`, behind the opening brace: alike wherever a copy stands.
 */
export function jsonEventMembers(row: TimelineRow): string {
  const level = levelName(row.level)
  let members = `{"TimeCreatedUtc":"${toIso(row.timeCreated)}"`
  if (level !== undefined) members += `,"Level":"${level}"`
  if (row.host !== '') members += `,"Host":${toJsonString(row.host)}`
  if (row.computer !== '') members += `,"Computer":${toJsonString(row.computer)}`
  if (row.channel !== '') members += `,"Channel":${toJsonString(row.channel)}`
  if (row.provider !== '') members += `,"Provider":${toJsonString(row.provider)}`
  members += `,"EventId":${row.eventId},"RecordId":${row.recordId}`
  if (row.role !== undefined) members += `,"Role":"${row.role}"`
  if (row.scenario !== undefined) members += `,"Scenario":${toJsonString(row.scenario)}`
  if (row.summary !== undefined) members += `,"Summary":${toJsonString(row.summary)}`
  return `${members},"Fields":${renderFields(row)}`
}

/** The members behind them that tell where it stands. */
export function jsonPlaceMembers(row: TimelineRow): string {
  const members = `,"SourceFile":${toJsonString(row.file)},"Offset":${row.offset}`
  return row.recovered === undefined ? members : `${members},"Recovered":"${row.recovered}"`
}

/** The last member, if there is one. */
export function jsonDupOf(dupOf: string | undefined): string {
  return dupOf === undefined ? '' : `,"DupOf":${toJsonString(dupOf)}`
}
