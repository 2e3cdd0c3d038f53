import { toIso } from '../bytes/filetime.ts'
import { levelName, renderFields, type TimelineRow } from './columns.ts'
import { toJsonString } from './json-text.ts'

/**
 * Timeline rows as JSON lines, each ended by LF: one object a row with the CSV's column names as keys, absent cells left
 * out, times as ISO 8601 with `Z`, `Fields` an object, every value whole.
 */
export function renderJsonlRows(rows: readonly TimelineRow[]): string {
  let lines = ''
  for (const row of rows) lines += renderLine(row)
  return lines
}

function renderLine(row: TimelineRow): string {
  const level = levelName(row.level)
  let line = `{"TimeCreatedUtc":"${toIso(row.timeCreated)}"`
  if (level !== undefined) line += `,"Level":"${level}"`
  line += `,"Host":${toJsonString(row.host)},"Computer":${toJsonString(row.computer)},"Channel":${toJsonString(row.channel)}`
  line += `,"Provider":${toJsonString(row.provider)},"EventId":${row.eventId},"RecordId":${row.recordId}`
  if (row.role !== undefined) line += `,"Role":"${row.role}"`
  if (row.scenario !== undefined) line += `,"Scenario":${toJsonString(row.scenario)}`
  if (row.summary !== undefined) line += `,"Summary":${toJsonString(row.summary)}`
  line += `,"Fields":${renderFields(row)},"SourceFile":${toJsonString(row.file)},"Offset":${row.offset}`
  if (row.recovered !== undefined) line += `,"Recovered":"${row.recovered}"`
  if (row.dupOf !== undefined) line += `,"DupOf":${toJsonString(row.dupOf)}`
  return `${line}}\n`
}
