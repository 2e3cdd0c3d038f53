import type {
  DescribedItem,
  DescribedPayload,
  DescribedValue,
  EventDescription,
} from '../../src/evtx/write/event-description.ts'
import { type LogOptions, writeLog } from '../../src/evtx/write/log-writer.ts'

/** A log, and what its records were made of. */
export interface DescribedLog {
  readonly name: string
  readonly events: readonly EventDescription[]
  readonly firstRecordId: number
  readonly bytes: Uint8Array
}

const BASE: Omit<EventDescription, 'payload'> = {
  provider: {
    name: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager',
    guid: '{c76baa63-ae81-421c-b425-340b4b24157f}',
  },
  eventId: 1149,
  level: 4,
  keywords: '0x1000000000000000',
  timeCreated: '2026-03-14T09:41:00.1234567Z',
  processId: 1234,
  threadId: 5678,
  channel: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
  computer: 'SRV01.corp.example',
  userId: 'S-1-5-20',
}

const VALUES: Readonly<Record<string, DescribedValue>> = {
  Text: 'plain text',
  Number: 4_000_000_000,
  Empty: '',
  Null: { type: 'null' },
  Markup: 'a < b & c > d "e" \'f\'',
  Accents: 'Überprüfung, проверка, 確認',
  Lines: { type: 'string', value: 'one\r\n\ttwo' },
  Long: 'x'.repeat(20_000),
  Ansi: { type: 'ansi', value: 'café €5' },
  Guid: { type: 'guid', value: '{54849625-5478-4994-A5BA-3E3B0328C30D}' },
  Sid: { type: 'sid', value: 'S-1-5-21-3623811015-3361044348-30300820-1013' },
  Hex32: { type: 'hex32', value: '0xC000006D' },
  Hex64: { type: 'hex64', value: '0x3e7' },
  SizeT: { type: 'sizeT', value: '0x7ff6a1b20000' },
  Int8: { type: 'int8', value: 100 },
  Uint8: { type: 'uint8', value: 255 },
  Int16: { type: 'int16', value: 32_767 },
  Uint16: { type: 'uint16', value: 65_535 },
  Int32: { type: 'int32', value: 2_147_483_647 },
  Uint32: { type: 'uint32', value: 4_294_967_295 },
  Int64: { type: 'int64', value: 9_223_372_036_854_775_807n },
  Uint64: { type: 'uint64', value: 18_446_744_073_709_551_615n },
  Float: { type: 'float', value: 1.5 },
  Double: { type: 'double', value: -2.25 },
  True: { type: 'bool', value: true },
  False: { type: 'bool', value: false },
  Filetime: { type: 'filetime', value: 133_000_000_000_000_001n },
  Systemtime: { type: 'systemtime', value: '2026-03-14T09:41:00.123Z' },
  Bytes: { type: 'binary', value: '00ff10' },
  Strings: { type: 'strings', value: ['a', 'b b', 'c'] },
}

const NEGATIVE: Readonly<Record<string, DescribedValue>> = {
  Int8: { type: 'int8', value: -128 },
  Int16: { type: 'int16', value: -1 },
  Int32: { type: 'int32', value: -2_147_467_259 },
  Int64: { type: 'int64', value: -9_223_372_036_854_775_808n },
}

/** Logs that together hold every payload, both kinds of root template, every value type, and the edges of a chunk. */
export function describedLogs(): DescribedLog[] {
  const payloads = everyPayload()
  const values = itemsOf(VALUES)
  const plain = [...payloads, eventData(values)].map((payload) => ({ ...BASE, payload, form: 'plain' as const }))
  return [
    log('payloads', everyRoot(payloads)),
    log('value types', everyRoot([eventData(values), ...values.map((item) => eventData([item]))])),
    log('surrogate pairs', everyRoot([eventData([{ name: 'Smile', value: 'A 😀 in a name' }])])),
    log('negative numbers', everyRoot([eventData(itemsOf(NEGATIVE))])),
    log('without template', plain),
    log('many chunks', many(everyRoot(payloads), 4_000)),
    log('dirty, from record 70001', many(everyRoot(payloads), 500), { dirty: true, firstRecordId: 70_001 }),
    log('full, version 3.2', everyRoot(payloads), { full: true, minorVersion: 2 }),
    log('filled to the last byte', fillers()),
    log('no records', []),
  ]
}

function log(name: string, events: readonly EventDescription[], options: LogOptions = {}): DescribedLog {
  return { name, events, firstRecordId: options.firstRecordId ?? 1, bytes: writeLog(events, options) }
}

function everyPayload(): DescribedPayload[] {
  const items = itemsOf({ User: 'alice', Domain: 'CORP', Address: '10.0.0.7' })
  const unnamed = items.map(({ value }) => ({ value }))
  return [
    eventData(items),
    eventData([]),
    eventData(unnamed),
    { kind: 'eventData', items, binary: '540065' },
    { kind: 'classic', strings: ['one', 'two', 'three'] },
    { kind: 'classic', strings: ['one', '', 'three'], binary: 'deadbeef' },
    { kind: 'classic', strings: [], binary: '00' },
    { kind: 'classic', strings: [] },
    {
      kind: 'userData',
      element: 'EventXML',
      namespace: 'Event_NS',
      items: itemsOf({ Param1: 'alice', Param2: '', Param3: 7 }),
    },
    { kind: 'userData', element: 'LogFileCleared', items: itemsOf({ SubjectUserName: 'alice' }) },
    { kind: 'none' },
  ]
}

/** Each payload under each kind of System part. */
function everyRoot(payloads: readonly DescribedPayload[]): EventDescription[] {
  const { processId, threadId, userId, keywords, level, ...bare } = BASE
  const service = { name: 'Service Control Manager', guid: '{555908d1-a6d7-4695-8e1e-26931d2012f4}' }
  const correlated = {
    activityId: '{f420b3da-8fd7-47a3-b54d-4f1c8b210000}',
    relatedActivityId: '{f420b3da-8fd7-47a3-b54d-4f1c8b210001}',
  }
  return payloads.flatMap((payload) => [
    { ...BASE, ...correlated, payload, names: 'values' as const, version: 2, opcode: 3, task: 4 },
    { ...BASE, ...correlated, payload, names: 'literal' as const, recordId: 987_654 },
    {
      ...BASE,
      payload,
      provider: { ...service, eventSourceName: service.name },
      channel: 'System',
      qualifiers: 16_384,
    },
    { ...bare, payload, provider: { name: 'TermDD' }, channel: 'System', computer: 'OLD-NAME', qualifiers: 49_152 },
  ])
}

function many(events: readonly EventDescription[], count: number): EventDescription[] {
  return Array.from({ length: count }, (_, i) => {
    return { ...events[i % events.length]!, timeCreated: 134_000_000_000_000_000n + BigInt(i) * 1_234_567n }
  })
}

/** Records of every length from short to a whole chunk, so that chunks end at every distance from their last byte. */
function fillers(): EventDescription[] {
  return Array.from({ length: 400 }, (_, i) => {
    return { ...BASE, payload: eventData([{ name: 'Filler', value: 'y'.repeat((i * 797) % 31_000) }]) }
  })
}

function eventData(items: readonly DescribedItem[]): DescribedPayload {
  return { kind: 'eventData', items }
}

function itemsOf(values: Readonly<Record<string, DescribedValue>>): DescribedItem[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}
