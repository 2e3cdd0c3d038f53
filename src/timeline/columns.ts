import { toIso } from '../bytes/filetime.ts'
import { type DataItem, recoveryLabel, type WinEvent } from '../event/win-event.ts'
import type { Evidence, Role } from '../finding/finding.ts'
import { toJsonString } from './json-text.ts'

/** The columns of the `default` profile, in order; the same names are the keys of its JSONL. */
export const COLUMNS = [
  'TimeCreatedUtc',
  'Level',
  'Host',
  'Computer',
  'Channel',
  'Provider',
  'EventId',
  'RecordId',
  'Role',
  'Scenario',
  'Summary',
  'Fields',
  'SourceFile',
  'Offset',
  'Recovered',
  'DupOf',
] as const

/**
 * One event of a timeline, before it is text. It borrows what the event holds, and all its rows have one shape:
 * rows are made by the million, and most of what is in them is only looked at when the row is written.
 */
export interface TimelineRow {
  /** FILETIME ticks. */
  readonly timeCreated: bigint
  /** System/Level; undefined when the record has none, or was not decoded. */
  readonly level: number | undefined
  readonly host: string
  readonly computer: string
  readonly channel: string
  readonly provider: string
  readonly eventId: number
  readonly recordId: number
  readonly role: Role | undefined
  readonly scenario: string | undefined
  /** In English, where the event is known. */
  readonly summary: string | undefined
  readonly data: readonly DataItem[]
  readonly binary: string | undefined
  readonly file: string
  /** Bytes from the start of the file. */
  readonly offset: number
  /** See `recoveryLabel`. */
  readonly recovered: string | undefined
  /** `file@offset` of the record that this one repeats. */
  readonly dupOf: string | undefined
}

/** The row of an event. */
export function rowOf(event: WinEvent, host: string): TimelineRow {
  return {
    timeCreated: event.timeCreated,
    level: event.level,
    host,
    computer: event.computer,
    channel: event.channel,
    provider: event.provider,
    eventId: event.eventId,
    recordId: event.recordId,
    role: undefined,
    scenario: undefined,
    summary: undefined,
    data: event.data,
    binary: event.binary,
    file: event.file,
    offset: event.offset,
    recovered: recoveryLabel(event),
    dupOf: undefined,
  }
}

/** The row of a record that a finding cites; its fields are the decoded ones. */
export function rowOfEvidence(
  evidence: Evidence,
  cited: { host: string; scenario: string; summary: string },
): TimelineRow {
  return {
    timeCreated: evidence.timeCreated,
    level: evidence.level,
    host: cited.host,
    computer: evidence.computer,
    channel: evidence.channel,
    provider: evidence.provider,
    eventId: evidence.eventId,
    recordId: evidence.recordId,
    role: evidence.role,
    scenario: cited.scenario,
    summary: cited.summary,
    data: Object.entries(evidence.decoded).map(([name, value]) => ({ name, value })),
    binary: undefined,
    file: evidence.file,
    offset: evidence.offset,
    recovered: recoveryLabel(evidence),
    dupOf: undefined,
  }
}

const LEVEL_NAMES = ['LogAlways', 'Critical', 'Error', 'Warning', 'Information', 'Verbose']

/** The word for a level; a level that Windows does not name stands as its number, an absent one as undefined. */
export function levelName(level: number | undefined): string | undefined {
  return level === undefined ? undefined : (LEVEL_NAMES[level] ?? String(level))
}

/** `2026-03-14 09:41:00.1234567`, UTC: what spreadsheets and Timeline Explorer take for a time. */
export function renderTime(ticks: bigint): string {
  return toIso(ticks).replace('T', ' ').slice(0, -1)
}

/**
 * The fields of a row as one line of JSON: named items by name, unnamed ones in an array under `Data`, the values of a
 * repeated name in an array, `Binary` last. Written piece by piece, so that a field called `0` or `__proto__` keeps its
 * place.
 */
export function renderFields(row: Pick<TimelineRow, 'data' | 'binary'>): string {
  const values = new Map<string, string>()
  const repeated = new Set<string>()
  for (const { name, value } of row.data) {
    const key = name ?? 'Data'
    const earlier = values.get(key)
    if (earlier !== undefined || name === undefined) repeated.add(key)
    values.set(key, earlier === undefined ? toJsonString(value) : `${earlier},${toJsonString(value)}`)
  }
  if (row.binary !== undefined) {
    const earlier = values.get('Binary')
    if (earlier !== undefined) repeated.add('Binary')
    values.set('Binary', earlier === undefined ? toJsonString(row.binary) : `${earlier},${toJsonString(row.binary)}`)
  }
  let json = ''
  for (const [key, value] of values) {
    json += `${json === '' ? '' : ','}${toJsonString(key)}:${repeated.has(key) ? `[${value}]` : value}`
  }
  return `{${json}}`
}
