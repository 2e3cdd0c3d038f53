import { toIso } from '../bytes/filetime.ts'
import type { WinEvent } from '../event/win-event.ts'
import { isElement, type XmlElement } from '../evtx/element.ts'
import { attributeOf, childOf } from '../evtx/system.ts'
import { levelName, renderFields } from './columns.ts'
import { findHead, toJsonString } from './json-text.ts'
import type { Profile, RowSource, RowText, RowWriter } from './profile.ts'

/** The version of the schema whose names these are. */
const ECS_VERSION = '8.0.0'

/** Bits of System/Keywords that mean the same for every provider, as agents name them. */
const KEYWORDS: readonly (readonly [bigint, string])[] = [
  [0x10000000000000n, 'Audit Failure'],
  [0x20000000000000n, 'Audit Success'],
  [0x40000000000000n, 'Correlation Hint'],
  [0x80000000000000n, 'Classic'],
]

/** Opcodes that mean the same for every provider. */
const OPCODES = ['Info', 'Start', 'Stop', 'DCStart', 'DCStop', 'Extension', 'Reply', 'Resume', 'Suspend', 'Send']

function render(source: RowSource): RowText {
  const { event, host } = source
  const keywords = keywordsOf(event)
  let said = `{"@timestamp":"${toIso(event.timeCreated)}","message":${toJsonString(renderMessage(event))}`
  said += `,"ecs":{"version":"${ECS_VERSION}"},"event":{"kind":"event","code":"${event.eventId}"`
  said += `${event.provider === '' ? '' : `,"provider":${toJsonString(event.provider)}`}${outcome(keywords)}}`
  if (event.computer !== '') said += `,"host":{"name":${toJsonString(event.computer)}}`
  said += `,"winlog":${winlog(source, keywords)}`
  const level = levelName(event.level)?.toLowerCase()
  let after = `,"log":{${level === undefined ? '' : `"level":"${level}",`}"file":{"path":${toJsonString(event.file)}}`
  after += `,"offset":${event.offset}}`
  if (event.recovered !== undefined) after += `,"tags":["recovered-${event.recovered}"${templateTag(event)}]`
  const labels = host === '' ? '' : `,"labels":{"evidence_host":${toJsonString(host)}}`
  return { before: '', said, after: `${after}${labels}}\n`, shared: '' }
}

function templateTag({ template }: WinEvent): string {
  return template === undefined ? '' : `,"template-${template}"`
}

function renderMessage(event: WinEvent): string {
  return `${event.provider} ${event.eventId} ${renderFields({ data: event.data, binary: undefined })}`
}

function keywordsOf({ keywords = '' }: WinEvent): readonly string[] {
  if (!/^0x[0-9a-f]{1,16}$/i.test(keywords)) return []
  const bits = BigInt(keywords)
  return KEYWORDS.filter(([bit]) => (bits & bit) !== 0n).map(([, name]) => name)
}

function outcome(keywords: readonly string[]): string {
  if (keywords.includes('Audit Success')) return ',"outcome":"success"'
  return keywords.includes('Audit Failure') ? ',"outcome":"failure"' : ''
}

/** The part that detection rules read, in the shape that Winlogbeat gives it: ids are text. */
function winlog({ event, record }: RowSource, keywords: readonly string[]): string {
  const system = childOf(record.event, 'System')
  const provider = childOf(system, 'Provider')
  const correlation = childOf(system, 'Correlation')
  const members = [
    text('channel', event.channel || undefined),
    text('provider_name', event.provider || undefined),
    text('provider_guid', attributeOf(provider, 'Guid')),
    `"event_id":"${event.eventId}"`,
    `"record_id":"${event.recordId}"`,
    text('computer_name', event.computer || undefined),
    event.version === undefined ? '' : `"version":${event.version}`,
    event.task === undefined ? '' : `"task":"${event.task}"`,
    event.opcode === undefined ? '' : `"opcode":"${OPCODES[event.opcode] ?? event.opcode}"`,
    keywords.length === 0 ? '' : `"keywords":[${keywords.map(toJsonString).join(',')}]`,
    text('activity_id', attributeOf(correlation, 'ActivityID')),
    text('related_activity_id', attributeOf(correlation, 'RelatedActivityID')),
    execution(event),
    event.userId === undefined ? '' : `"user":{"identifier":${toJsonString(event.userId)}}`,
    payload(record.event, event),
  ]
  return `{${members.filter((member) => member !== '').join(',')}}`
}

function text(name: string, value: string | undefined): string {
  return value === undefined ? '' : `"${name}":${toJsonString(value)}`
}

/** The process that wrote it. */
function execution({ processId, threadId }: WinEvent): string {
  if (processId === undefined) return ''
  return `"process":{"pid":${processId}${threadId === undefined ? '' : `,"thread":{"id":${threadId}}`}}`
}

/** Fields under the name of what they stood in. What has no name is `param1`, `param2` …, by its place. */
function payload(element: XmlElement, event: WinEvent): string {
  const userData = childOf(element, 'UserData')
  const data = event.data.map(({ name, value }, index) => ({ name: name ?? `param${index + 1}`, value }))
  if (userData === undefined) {
    return data.length === 0 && event.binary === undefined
      ? ''
      : `"event_data":${renderFields({ data, binary: event.binary })}`
  }
  const [first] = userData.children.filter(isElement)
  const named = first === undefined ? data : [{ name: 'xml_name', value: first.name }, ...data]
  return `"user_data":${renderFields({ data: named, binary: undefined })}`
}

const jsonl: RowWriter = {
  header: '',
  bom: false,
  sheets: false,
  render,
  ending: { end: '}}\n', copyEnd: (first) => `,"dup_of":${toJsonString(first)}}}\n` },
  hostlessEnding: { end: '}\n', copyEnd: (first) => `,"labels":{"dup_of":${toJsonString(first)}}}\n` },
  hostCell: { find: (row) => findHead(row, ',"labels":{"evidence_host":'), render: toJsonString },
}

/** The Elastic Common Schema as Winlogbeat fills it, a document a line; rules and pipelines read `winlog.*`. */
export const ecsProfile: Profile = { writers: { jsonl } }
