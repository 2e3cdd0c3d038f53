import { describe, expect, it } from 'vitest'
import { elementNames } from '../../../src/evtx/write/element.ts'
import type { DescribedValue, EventDescription } from '../../../src/evtx/write/event-description.ts'
import { rootElement, rootForm, visitRootValues } from '../../../src/evtx/write/root.ts'

const GUID = '{00112233-4455-6677-8899-aabbccddeeff}'
const full: EventDescription = {
  provider: { name: 'Microsoft-Windows-Test', guid: GUID },
  eventId: 1149,
  qualifiers: 5,
  version: 1,
  level: 2,
  task: 3,
  opcode: 4,
  keywords: '0x8',
  timeCreated: 77n,
  recordId: 99,
  activityId: '{a}',
  relatedActivityId: '{b}',
  processId: 10,
  threadId: 11,
  channel: 'Test/Operational',
  computer: 'HOST',
  userId: 'S-1-5-18',
  payload: { kind: 'eventData', items: [] },
}
const classic: EventDescription = {
  provider: { name: 'TermDD' },
  eventId: 56,
  timeCreated: 77n,
  channel: 'System',
  computer: 'HOST',
  payload: { kind: 'classic', strings: [] },
}

/** Slot by slot, what a value says. */
function slotsOf(event: EventDescription): unknown[] {
  const slots: unknown[] = []
  const show = (value: DescribedValue): unknown => (typeof value === 'object' ? 'value' in value && value.value : value)
  visitRootValues(event, rootForm(event), { number: 42, timeCreated: 77n }, (value) => slots.push(show(value)))
  return slots
}

const COMMON = [2, 4, 3, 1149, 5, '0x8', 77n, '{a}', 10, 11, 99n, 1, 'S-1-5-18']

describe('visitRootValues()', () => {
  it('fills slots 13 to 16 with related activity, provider and channel where these stand among the values', () => {
    expect(slotsOf({ ...full, names: 'values' })).toEqual([
      ...COMMON,
      '{b}',
      'Microsoft-Windows-Test',
      GUID,
      'Test/Operational',
    ])
  })

  it('leaves slots 13 to 17 null and fills 18 with the related activity where provider and channel are literal', () => {
    expect(slotsOf({ ...full, names: 'literal' })).toEqual([...COMMON, false, false, false, false, false, '{b}'])
  })

  it('takes the record number for an event without a record id', () => {
    expect(slotsOf(classic)[10]).toBe(42n)
  })

  it('gives a classic event qualifiers, process and thread of 0', () => {
    expect([4, 8, 9].map((slot) => slotsOf(classic)[slot])).toEqual([0, 0, 0])
  })

  it('leaves null what a manifest event does not bring', () => {
    const { qualifiers, processId, threadId, activityId, userId, ...bare } = full
    expect([4, 7, 8, 9, 12].map((slot) => slotsOf(bare)[slot])).toEqual(Array(5).fill(false))
  })
})

describe('rootForm()', () => {
  it('puts provider and channel among the values for manifest providers with a channel of their own or in Security', () => {
    expect(rootForm(full).namesInValues).toBe(true)
    expect(rootForm({ ...full, channel: 'Security' }).namesInValues).toBe(true)
    expect(rootForm({ ...full, channel: 'System' }).namesInValues).toBe(false)
    expect(rootForm({ ...full, provider: { name: 'X' } }).namesInValues).toBe(false)
    expect(rootForm({ ...full, names: 'literal' }).namesInValues).toBe(false)
    expect(rootForm({ ...full, channel: 'System', names: 'values' }).namesInValues).toBe(true)
  })

  it('keeps an event source name literal whatever was asked', () => {
    const provider = { ...full.provider, eventSourceName: 'Source' }
    expect(rootForm({ ...full, provider, names: 'values' }).namesInValues).toBe(false)
  })

  it('is short for a classic event that brings nothing the short form has no place for', () => {
    expect(rootForm(classic).short).toBe(true)
    expect(rootForm({ ...classic, processId: 1 }).short).toBe(false)
    expect(rootForm({ ...classic, version: 0 }).short).toBe(false)
    expect(rootForm({ ...classic, names: 'values' }).short).toBe(false)
    expect(rootForm(full).short).toBe(false)
  })
})

describe('rootElement()', () => {
  it('has no Version, Opcode, Correlation and Execution in its short form', () => {
    const names = elementNames(rootElement(classic, rootForm(classic)))
    expect([...names]).toEqual([
      ...['Event', 'xmlns', 'System', 'Provider', 'Name', 'EventID', 'Qualifiers', 'Level', 'Task', 'Keywords'],
      ...['TimeCreated', 'SystemTime', 'EventRecordID', 'Channel', 'Computer', 'Security', 'UserID'],
    ])
  })

  it('depends on the payload with its Event, for UserData with that element, without payload not at all', () => {
    const dependencies = (event: EventDescription): number[] => {
      const root = rootElement(event, rootForm(event))
      const last = root.content!.at(-1)!
      return [
        root.dependency,
        last.kind === 'element' ? last.dependency : last.kind === 'substitution' ? last.slot : -1,
      ]
    }
    expect(dependencies(full)).toEqual([17, 17])
    expect(dependencies({ ...full, names: 'literal' })).toEqual([19, 19])
    expect(dependencies({ ...full, payload: { kind: 'userData', element: 'EventXML', items: [] } })).toEqual([
      0xffff, 17,
    ])
    expect(dependencies({ ...full, payload: { kind: 'none' } })).toEqual([0xffff, 0xffff])
  })
})
