import { parseFiletime } from '../bytes/filetime.ts'
import { isElement, type XmlElement } from '../evtx/element.ts'
import { attributeOf, childOf, textOf } from '../evtx/system.ts'
import type { DataItem, Recovery, TemplateOrigin, WinEvent } from './win-event.ts'

/** Where a record was found. */
export interface Place {
  readonly file: string
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly recovered?: Recovery
  readonly template?: TemplateOrigin
}

/** An event while it is put together. */
type Draft = { -readonly [Key in keyof WinEvent]: WinEvent[Key] }

/**
 * An event out of a decoded record. What is missing stays undefined; a record without a readable time is dated
 * 1601-01-01, the zero of FILETIME.
 */
export function winEventOf(event: XmlElement, place: Place): WinEvent {
  const draft: Draft = {
    provider: '',
    channel: '',
    computer: '',
    eventId: 0,
    timeCreated: 0n,
    recordId: 0,
    file: place.file,
    offset: place.offset,
    data: [],
  }
  if (place.recovered !== undefined) draft.recovered = place.recovered
  if (place.template !== undefined) draft.template = place.template
  const data: DataItem[] = []
  const system = childOf(event, 'System')
  if (system) takeSystem(system, draft)
  for (const part of event.children) {
    if (!isElement(part)) continue
    if (part.name === 'EventData') takeEventData(part, data, draft)
    else if (part.name === 'UserData') takeLeaves(part, data)
  }
  draft.data = data
  return draft
}

/** The fields of System. Numbers that are none are left out. */
function takeSystem(system: XmlElement, draft: Draft): void {
  // From the last on: what a hostile record says twice counts as it stands first, as in `systemOf`.
  for (let i = system.children.length - 1; i >= 0; i--) {
    const field = system.children[i]!
    if (!isElement(field)) continue
    switch (field.name) {
      case 'Provider':
        draft.provider = attributeOf(field, 'Name') ?? ''
        break
      case 'EventID':
        draft.eventId = (toNumber(textOf(field)) ?? 0) & 0xffff
        setNumber(draft, 'qualifiers', attributeOf(field, 'Qualifiers'))
        break
      case 'Version':
        setNumber(draft, 'version', textOf(field))
        break
      case 'Level':
        setNumber(draft, 'level', textOf(field))
        break
      case 'Task':
        setNumber(draft, 'task', textOf(field))
        break
      case 'Opcode':
        setNumber(draft, 'opcode', textOf(field))
        break
      case 'Keywords':
        if (field.children.length > 0) draft.keywords = textOf(field)
        break
      case 'TimeCreated':
        draft.timeCreated = parseFiletime(attributeOf(field, 'SystemTime') ?? '') ?? 0n
        break
      case 'EventRecordID':
        draft.recordId = toNumber(textOf(field)) ?? 0
        break
      case 'Correlation':
        setText(draft, 'activityId', attributeOf(field, 'ActivityID'))
        break
      case 'Execution':
        setNumber(draft, 'processId', attributeOf(field, 'ProcessID'))
        setNumber(draft, 'threadId', attributeOf(field, 'ThreadID'))
        break
      case 'Channel':
        draft.channel = textOf(field)
        break
      case 'Computer':
        draft.computer = textOf(field)
        break
      case 'Security':
        setText(draft, 'userId', attributeOf(field, 'UserID'))
        break
    }
  }
}

type NumberField = 'qualifiers' | 'version' | 'level' | 'task' | 'opcode' | 'processId' | 'threadId'

function setNumber(draft: Draft, field: NumberField, text: string | undefined): void {
  const number = toNumber(text ?? '')
  if (number !== undefined) draft[field] = number
}

function setText(draft: Draft, field: 'activityId' | 'userId', text: string | undefined): void {
  if (text !== undefined) draft[field] = text
}

function toNumber(text: string): number | undefined {
  return /^\d{1,20}$/.test(text) ? Number(text) : undefined
}

/** `<Data>` items, and other elements of EventData by their own name; `<Binary>` stands apart. */
function takeEventData(eventData: XmlElement, into: DataItem[], draft: Draft): void {
  for (const child of eventData.children) {
    if (!isElement(child)) continue
    const value = textOf(child)
    if (child.name === 'Binary') {
      if (value !== '') draft.binary ??= value
      continue
    }
    const name = child.name === 'Data' ? attributeOf(child, 'Name') : child.name
    into.push(name === undefined ? { value } : { name, value })
  }
}

/** Elements of UserData that hold text, by local name, however deep. */
function takeLeaves(element: XmlElement, into: DataItem[]): void {
  for (const child of element.children) {
    if (!isElement(child)) continue
    if (child.children.some(isElement)) takeLeaves(child, into)
    else into.push({ name: child.name.replace(/^.*:/, ''), value: textOf(child) })
  }
}
