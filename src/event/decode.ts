import { parseFiletime } from '../bytes/filetime.ts'
import { isElement, type XmlElement } from '../evtx/element.ts'
import { attributeOf, childOf, systemOf, textOf } from '../evtx/system.ts'
import type { DataItem, Recovery, WinEvent } from './win-event.ts'

/** Where a record was found. */
export interface Place {
  readonly file: string
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly recovered?: Recovery
}

/**
 * An event out of a decoded record. What is missing stays undefined; a record without a readable time is dated
 * 1601-01-01, the zero of FILETIME.
 */
export function winEventOf(event: XmlElement, place: Place): WinEvent {
  const names = systemOf(event)
  const system = childOf(event, 'System')
  const number = (name: string) => toNumber(textOf(childOf(system, name)))
  const execution = childOf(system, 'Execution')
  const eventId = childOf(system, 'EventID')
  const eventData = childOf(event, 'EventData')
  const binary = textOf(childOf(eventData, 'Binary'))
  return {
    provider: names.provider,
    channel: names.channel,
    computer: names.computer,
    eventId: (toNumber(names.eventId) ?? 0) & 0xffff,
    timeCreated: parseFiletime(names.timeCreated) ?? 0n,
    recordId: toNumber(names.recordId) ?? 0,
    file: place.file,
    offset: place.offset,
    ...optional('recovered', place.recovered),
    ...optional('qualifiers', toNumber(attributeOf(eventId, 'Qualifiers') ?? '')),
    ...optional('version', number('Version')),
    ...optional('level', number('Level')),
    ...optional('task', number('Task')),
    ...optional('opcode', number('Opcode')),
    ...optional('keywords', textOf(childOf(system, 'Keywords')) || undefined),
    ...optional('processId', toNumber(attributeOf(execution, 'ProcessID') ?? '')),
    ...optional('threadId', toNumber(attributeOf(execution, 'ThreadID') ?? '')),
    ...optional('userId', attributeOf(childOf(system, 'Security'), 'UserID')),
    ...optional('activityId', attributeOf(childOf(system, 'Correlation'), 'ActivityID')),
    data: [...dataItems(eventData), ...leaves(childOf(event, 'UserData'))],
    ...optional('binary', binary || undefined),
  }
}

/** A property only where there is a value for it. */
function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  // The computed key is the literal type Key, which TypeScript widens to string.
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value })
}

function toNumber(text: string): number | undefined {
  return /^\d{1,20}$/.test(text) ? Number(text) : undefined
}

/** `<Data>` items, and other elements of EventData by their own name; `<Binary>` stands apart. */
function dataItems(eventData: XmlElement | undefined): DataItem[] {
  const items: DataItem[] = []
  for (const child of eventData?.children ?? []) {
    if (!isElement(child) || child.name === 'Binary') continue
    const name = child.name === 'Data' ? attributeOf(child, 'Name') : child.name
    items.push({ ...optional('name', name), value: textOf(child) })
  }
  return items
}

/** Elements of UserData that hold text, by local name, however deep. */
function leaves(element: XmlElement | undefined): DataItem[] {
  const items: DataItem[] = []
  for (const child of element?.children ?? []) {
    if (!isElement(child)) continue
    if (child.children.some(isElement)) items.push(...leaves(child))
    else items.push({ name: child.name.replace(/^.*:/, ''), value: textOf(child) })
  }
  return items
}
