import { renderGuid } from '../../bytes/guid.ts'
import * as slot from '../root-slot.ts'
import {
  BIN_XML_TYPE,
  FILETIME_TYPE,
  GUID_TYPE,
  HEX_INT64_TYPE,
  SID_TYPE,
  STRING_TYPE,
  UINT8_TYPE,
  UINT16_TYPE,
  UINT32_TYPE,
  UINT64_TYPE,
} from '../value-type.ts'
import { type Attribute, attribute, type Element, element, optional, textContent } from './element.ts'
import type { DescribedValue, EventDescription } from './event-description.ts'
import type { TemplateShelf } from './template-shelf.ts'
import { guidBytes } from './value-bytes.ts'

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event'

const NULL_VALUE: DescribedValue = { type: 'null' }

/** What of an event decides on the structure of its root. */
export interface RootForm {
  /** Provider and channel stand among the values. */
  readonly namesInValues: boolean
  /** The short System part of ReportEvent: without version, opcode, correlation and execution. */
  readonly short: boolean
}

/** The form of the root template that Windows would use for an event. */
export function rootForm(event: EventDescription): RootForm {
  const { provider, channel, payload } = event
  const classic = payload.kind === 'classic'
  const ownChannel = channel === 'Security' || channel.includes('/')
  const inValues =
    event.names === undefined ? provider.guid !== undefined && !classic && ownChannel : event.names === 'values'
  // The attribute of the event source exists as text only.
  const namesInValues = inValues && provider.eventSourceName === undefined
  return { namesInValues, short: classic && !namesInValues && provider.guid === undefined && !hasManifestField(event) }
}

/** True when the event brings something that the short System part has no place for. */
function hasManifestField(event: EventDescription): boolean {
  if (event.version !== undefined || event.opcode !== undefined) return true
  if (event.processId !== undefined || event.threadId !== undefined) return true
  return event.activityId !== undefined || event.relatedActivityId !== undefined
}

/** Finds the place that all events share whom the same root template fits. */
export function shelfOfRoot(start: TemplateShelf, event: EventDescription, form: RootForm): TemplateShelf {
  const { provider, payload } = event
  const wrap = payload.kind === 'classic' ? 'eventData' : payload.kind
  const shelf = start.next(wrap).next(event.computer)
  if (form.namesInValues) return shelf
  const named = shelf.next(provider.name).next(provider.guid).next(provider.eventSourceName)
  return named.next(event.channel).next(form.short ? 'short' : 'full')
}

/**
 * The root of the template that an event is an instance of: `<Event>` with its System part, and the payload's place.
 * The computer is always part of the template's text, as in Windows' own logs.
 */
export function rootElement(event: EventDescription, form: RootForm): Element {
  const slots = form.namesInValues ? slot.IN_VALUES : slot.IN_TEMPLATE
  const payload = optional(slots.payload, BIN_XML_TYPE)
  const system = element('System', { content: systemContent(event, form) })
  const attributes = [attribute('xmlns', NAMESPACE)]
  switch (event.payload.kind) {
    case 'none':
      return element('Event', { attributes, content: [system] })
    case 'userData': {
      const userData = element('UserData', { dependency: slots.payload, content: [payload] })
      return element('Event', { attributes, content: [system, userData] })
    }
    default:
      return element('Event', { dependency: slots.payload, attributes, content: [system, payload] })
  }
}

/** What a record knows of itself that its event's values repeat. */
export interface RecordFacts {
  /** The EventRecordID of an event that brings none. */
  readonly number: number
  /** Ticks. */
  readonly timeCreated: bigint
}

/**
 * Visits the values of an event in the order of its root template's slots, all but the payload, which is the last slot.
 */
export function visitRootValues(
  event: EventDescription,
  form: RootForm,
  facts: RecordFacts,
  visit: (value: DescribedValue) => void,
): void {
  const { provider, processId, threadId } = event
  // ReportEvent always states qualifiers and, where it has no place to show them, a process and thread of 0.
  const qualifiers = event.qualifiers ?? (event.payload.kind === 'classic' ? 0 : undefined)
  const absent = form.short ? 0 : NULL_VALUE
  visit({ type: 'uint8', value: event.level ?? 0 })
  visit({ type: 'uint8', value: event.opcode ?? 0 })
  visit({ type: 'uint16', value: event.task ?? 0 })
  visit({ type: 'uint16', value: event.eventId })
  visit(qualifiers === undefined ? NULL_VALUE : { type: 'uint16', value: qualifiers })
  visit({ type: 'hex64', value: event.keywords ?? '0x0' })
  visit({ type: 'filetime', value: facts.timeCreated })
  visit(textValue('guid', event.activityId))
  visit(processId ?? absent)
  visit(threadId ?? absent)
  visit({ type: 'uint64', value: BigInt(event.recordId ?? facts.number) })
  visit({ type: 'uint8', value: event.version ?? 0 })
  visit(textValue('sid', event.userId))
  if (form.namesInValues) {
    visit(textValue('guid', event.relatedActivityId))
    visit(provider.name)
    visit(textValue('guid', provider.guid))
    visit(event.channel)
    return
  }
  for (let unused = slot.USER_ID + 1; unused < slot.IN_TEMPLATE.relatedActivityId; unused++) visit(NULL_VALUE)
  visit(textValue('guid', event.relatedActivityId))
}

function textValue(type: 'guid' | 'sid', value: string | undefined): DescribedValue {
  return value === undefined ? NULL_VALUE : { type, value }
}

function systemContent(event: EventDescription, { namesInValues, short }: RootForm): Element[] {
  const { relatedActivityId } = namesInValues ? slot.IN_VALUES : slot.IN_TEMPLATE
  const channel = namesInValues
    ? valueElement('Channel', slot.IN_VALUES.channel, STRING_TYPE)
    : element('Channel', { content: textContent(event.channel) })
  const correlation = [
    attribute('ActivityID', optional(slot.ACTIVITY_ID, GUID_TYPE)),
    attribute('RelatedActivityID', optional(relatedActivityId, GUID_TYPE)),
  ]
  const execution = [
    attribute('ProcessID', optional(slot.PROCESS_ID, UINT32_TYPE)),
    attribute('ThreadID', optional(slot.THREAD_ID, UINT32_TYPE)),
  ]
  return [
    element('Provider', { attributes: namesInValues ? PROVIDER_IN_VALUES : providerText(event) }),
    element('EventID', {
      dependency: slot.EVENT_ID,
      attributes: [attribute('Qualifiers', optional(slot.QUALIFIERS, UINT16_TYPE))],
      content: [optional(slot.EVENT_ID, UINT16_TYPE)],
    }),
    ...(short ? [] : [valueElement('Version', slot.VERSION, UINT8_TYPE)]),
    valueElement('Level', slot.LEVEL, UINT8_TYPE),
    valueElement('Task', slot.TASK, UINT16_TYPE),
    ...(short ? [] : [valueElement('Opcode', slot.OPCODE, UINT8_TYPE)]),
    valueElement('Keywords', slot.KEYWORDS, HEX_INT64_TYPE),
    element('TimeCreated', { attributes: [attribute('SystemTime', optional(slot.TIME_CREATED, FILETIME_TYPE))] }),
    valueElement('EventRecordID', slot.RECORD_ID, UINT64_TYPE),
    ...(short
      ? []
      : [element('Correlation', { attributes: correlation }), element('Execution', { attributes: execution })]),
    channel,
    element('Computer', { content: textContent(event.computer) }),
    element('Security', { attributes: [attribute('UserID', optional(slot.USER_ID, SID_TYPE))] }),
  ]
}

const PROVIDER_IN_VALUES = [
  attribute('Name', optional(slot.IN_VALUES.providerName, STRING_TYPE)),
  attribute('Guid', optional(slot.IN_VALUES.providerGuid, GUID_TYPE)),
]

function providerText({ provider }: EventDescription): Attribute[] {
  const attributes = [attribute('Name', provider.name)]
  if (provider.guid !== undefined) attributes.push(attribute('Guid', renderGuid(guidBytes(provider.guid), 0)))
  if (provider.eventSourceName !== undefined) attributes.push(attribute('EventSourceName', provider.eventSourceName))
  return attributes
}

/** An element that is there when its value is. */
function valueElement(name: string, slot: number, type: number): Element {
  return element(name, { dependency: slot, content: [optional(slot, type)] })
}
