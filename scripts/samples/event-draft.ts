import type { DescribedItem, DescribedValue, EventDescription } from '../../src/evtx/write/event-description.ts'

/** An event but for where and when: a word of the vocabulary. */
export type EventDraft = Omit<EventDescription, 'timeCreated' | 'computer' | 'recordId'>

/** Fields by name, in the order they are written. */
export type Fields = Readonly<Record<string, DescribedValue>>

/** The System part of a draft, as far as one event differs from its neighbours of the same provider. */
export type SystemPart = Partial<Omit<EventDraft, 'provider' | 'eventId' | 'payload'>>

export const LOCAL_SYSTEM = 'S-1-5-18'
export const LOCAL_SERVICE = 'S-1-5-19'
export const NETWORK_SERVICE = 'S-1-5-20'

/** Keywords of classic events, and of those that the System and Application channels define for their manifests. */
export const CLASSIC = '0x80000000000000'
export const CHANNEL_KEYWORD = '0x8000000000000000'

/** Drafts events of one provider: `eventData` with named fields. */
export type Draft = (eventId: number, fields: Fields, system?: SystemPart) => EventDraft

/** A provider with a manifest: `common` is what most of its events share. */
export function manifestProvider(
  name: string,
  guid: string | undefined,
  common: SystemPart & { channel: string },
): Draft {
  const provider = { name, ...(guid !== undefined && { guid }) }
  return (eventId, fields, system) => ({
    provider,
    eventId,
    version: 0,
    level: 4,
    task: 0,
    opcode: 0,
    keywords: CHANNEL_KEYWORD,
    ...common,
    ...system,
    payload: { kind: 'eventData', items: namedItems(fields) },
  })
}

/** A source without a manifest (EventLog, disk, NETLOGON): its System part has neither version, opcode nor process. */
export function plainSource(
  name: string,
  channel: string,
): (eventId: number, strings: readonly string[], system: SystemPart & { binary?: string }) => EventDraft {
  const provider = { name }
  return (eventId, strings, { binary, ...system }) => ({
    provider,
    eventId,
    level: 4,
    task: 0,
    keywords: CLASSIC,
    channel,
    ...system,
    payload: { kind: 'classic', strings, ...(binary !== undefined && { binary }) },
  })
}

/** A draft whose fields stand in `<UserData>` instead. */
export function inUserData(
  draft: EventDraft,
  fields: Fields,
  element = 'EventXML',
  namespace = 'Event_NS',
): EventDraft {
  return { ...draft, payload: { kind: 'userData', element, namespace, items: namedItems(fields) } }
}

export function namedItems(fields: Fields): DescribedItem[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }))
}

/** Values with a type of their own, in few letters: the vocabulary is full of them. */
export const as = {
  guid: (value: string): DescribedValue => ({ type: 'guid', value }),
  sid: (value: string): DescribedValue => ({ type: 'sid', value }),
  hex32: (value: string): DescribedValue => ({ type: 'hex32', value }),
  hex64: (value: string): DescribedValue => ({ type: 'hex64', value }),
  bool: (value: boolean): DescribedValue => ({ type: 'bool', value }),
  uint8: (value: number): DescribedValue => ({ type: 'uint8', value }),
  uint16: (value: number): DescribedValue => ({ type: 'uint16', value }),
  uint64: (value: bigint): DescribedValue => ({ type: 'uint64', value }),
  int64: (value: bigint): DescribedValue => ({ type: 'int64', value }),
  filetime: (value: bigint): DescribedValue => ({ type: 'filetime', value }),
  binary: (value: string): DescribedValue => ({ type: 'binary', value }),
}
