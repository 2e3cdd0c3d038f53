import { toIso, toUnixMicros } from '../bytes/filetime.ts'
import type { WinEvent } from '../event/win-event.ts'
import { attributeOf, childOf } from '../evtx/system.ts'
import { renderXml } from '../evtx/xml.ts'
import { toLine } from './cell-text.ts'
import { findCell, quote } from './csv.ts'
import { findHead, toJsonString } from './json-text.ts'
import type { Profile, RowSource, RowText, RowWriter } from './profile.ts'
import { scenarioTags } from './scenario-tags.ts'

/** As plaso names the time at which an event says that it happened. */
const TIMESTAMP_DESC = 'Creation Time'
const DATA_TYPE = 'windows:evtx:record'

const COLUMNS = [
  'message',
  'timestamp',
  'datetime',
  'timestamp_desc',
  'data_type',
  'event_identifier',
  'message_identifier',
  'event_level',
  'source_name',
  'provider_identifier',
  'channel',
  'record_number',
  'computer_name',
  'hostname',
  'user_sid',
  'strings',
  'xml_string',
  'tag',
  'display_name',
  'offset',
  'recovered',
  'dup_of',
] as const

/** `2026-03-14T09:41:00.123456+00:00`: plaso's form, whose digits end at the microsecond. */
function renderDatetime(ticks: bigint): string {
  return `${toIso(ticks).slice(0, -2)}+00:00`
}

/** The event identifier with its qualifiers in the upper half: the number that message files know it by. */
function messageIdentifier({ eventId, qualifiers = 0 }: WinEvent): number {
  return eventId + 65_536 * qualifiers
}

function renderStrings(event: WinEvent): string {
  const strings = event.data.map(({ value }) => toJsonString(value))
  if (event.binary !== undefined) strings.push(toJsonString(event.binary))
  return `[${strings.join(',')}]`
}

/** In the words that plaso tells an event with. */
function renderMessage(event: WinEvent, strings: string): string {
  const { eventId, provider, computer, recordId, level } = event
  const hex = eventId.toString(16).padStart(4, '0')
  return (
    `[${eventId} / 0x${hex}] Source Name: ${provider} Strings: ${strings} ` +
    `Computer Name: ${computer} Record Number: ${recordId}${level === undefined ? '' : ` Event Level: ${level}`}`
  )
}

function renderTag(event: WinEvent): string {
  return `[${scenarioTags(event).map(toJsonString).join(',')}]`
}

/** The GUID of the provider, where the record tells it. */
function providerGuid({ record }: RowSource): string | undefined {
  return attributeOf(childOf(childOf(record.event, 'System'), 'Provider'), 'Guid')?.toLowerCase()
}

function renderLine(source: RowSource): RowText {
  const { event, host, record } = source
  const strings = renderStrings(event)
  const guid = providerGuid(source)
  const tag = renderTag(event)
  let said = `{"message":${toJsonString(renderMessage(event, strings))},"timestamp":${toUnixMicros(event.timeCreated)}`
  said += `,"datetime":"${renderDatetime(event.timeCreated)}","timestamp_desc":"${TIMESTAMP_DESC}"`
  said += `,"data_type":"${DATA_TYPE}","event_identifier":${event.eventId}`
  said += `,"message_identifier":${messageIdentifier(event)}`
  if (event.level !== undefined) said += `,"event_level":${event.level}`
  if (event.provider !== '') said += `,"source_name":${toJsonString(event.provider)}`
  if (guid !== undefined) said += `,"provider_identifier":${toJsonString(guid)}`
  if (event.channel !== '') said += `,"channel":${toJsonString(event.channel)}`
  said += `,"record_number":${event.recordId}`
  if (event.computer !== '') said += `,"computer_name":${toJsonString(event.computer)}`
  if (host !== '') said += `,"hostname":${toJsonString(host)}`
  if (event.userId !== undefined) said += `,"user_sid":${toJsonString(event.userId)}`
  said += `,"strings":${strings},"xml_string":${toJsonString(renderXml(record.event))}`
  if (tag !== '[]') said += `,"tag":${tag}`
  const after = `,"display_name":${toJsonString(event.file)},"offset":${event.offset},"recovered":${isRecovered(event)}}\n`
  return { before: '', said, after, shared: '' }
}

function isRecovered(event: WinEvent): boolean {
  return event.recovered !== undefined
}

function renderCells(source: RowSource): RowText {
  const { event, host, record } = source
  const strings = renderStrings(event)
  const tag = renderTag(event)
  // A line break in XML is the same character when it is written as a number.
  const xml = renderXml(record.event).replaceAll('\r', '&#13;').replaceAll('\n', '&#10;')
  let said = `${cell(renderMessage(event, strings))},${toUnixMicros(event.timeCreated)}`
  said += `,${renderDatetime(event.timeCreated)},${TIMESTAMP_DESC},${DATA_TYPE},${event.eventId}`
  said += `,${messageIdentifier(event)},${event.level ?? ''},${cell(event.provider)},${cell(providerGuid(source) ?? '')}`
  said += `,${cell(event.channel)},${event.recordId},${cell(event.computer)},${cell(host)},${cell(event.userId ?? '')}`
  said += `,${cell(strings)},${cell(xml)},${tag === '[]' ? '' : cell(tag)}`
  const after = `,${cell(event.file)},${event.offset},${isRecovered(event)},\r\n`
  return { before: '', said, after, shared: '' }
}

/** For programs: no formula is guarded against, nothing is cut. */
function cell(text: string): string {
  return text === '' ? '' : quote(toLine(text))
}

const jsonl: RowWriter = {
  header: '',
  bom: false,
  sheets: false,
  render: renderLine,
  ending: { end: '}\n', copyEnd: (first) => `,"dup_of":${toJsonString(first)}}\n` },
  hostCell: { find: (row) => findHead(row, ',"hostname":'), render: toJsonString },
}

const csv: RowWriter = {
  header: `${COLUMNS.join(',')}\r\n`,
  bom: false,
  sheets: false,
  render: renderCells,
  ending: { end: '\r\n', copyEnd: (first) => `${cell(first)}\r\n` },
  hostCell: { find: (row) => findCell(row, COLUMNS.indexOf('hostname')), render: cell },
}

/** Timesketch, with the names that plaso gives the fields of an event log; `timestamp` is in whole microseconds. */
export const timesketchProfile: Profile = { writers: { jsonl, csv } }
