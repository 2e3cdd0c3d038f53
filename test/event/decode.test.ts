import { describe, expect, it } from 'vitest'
import { parseIso } from '../../src/bytes/filetime.ts'
import { winEventOf } from '../../src/event/decode.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import type { XmlElement } from '../../src/evtx/element.ts'
import { isDamage, walkLog } from '../../src/evtx/log.ts'
import { STRING_TYPE } from '../../src/evtx/value-type.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { described } from '../support/logs.ts'

/** An event as the reader makes it out of a record of our writer. */
function decoded(over: Partial<EventDescription>, form: 'template' | 'plain' = 'template'): WinEvent {
  const [found] = walkLog(writeLog([described('text', { ...over, form })]))
  if (found === undefined || isDamage(found)) throw new Error('No record')
  return winEventOf(found.event, { file: 'System.evtx', offset: found.offset })
}

/** An element by hand. */
function element(
  name: string,
  children: readonly (XmlElement | string)[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return {
    name,
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value, type: STRING_TYPE })),
    children: children.map((child) => (typeof child === 'string' ? { text: child, type: STRING_TYPE } : child)),
    closedEmpty: children.length === 0,
  }
}

const PLACE = { file: 'f', offset: 4608 }

describe('winEventOf()', () => {
  it.each(['template', 'plain'] as const)('takes every System field of a record in the form %s', (form) => {
    const event = decoded(
      {
        provider: { name: 'Schannel', guid: '{1f678132-5938-4686-9fdc-c8ff68f15c85}' },
        eventId: 36870,
        version: 1,
        level: 2,
        task: 3,
        opcode: 4,
        keywords: '0x8000000000000000',
        timeCreated: '2026-03-14T09:41:00.1234567Z',
        recordId: 70_000_000_001,
        activityId: '{9c6ae8a0-0000-0000-0000-000000000001}',
        processId: 612,
        threadId: 700,
        userId: 'S-1-5-18',
        channel: 'System',
        computer: 'RDS01.contoso.local',
        payload: { kind: 'eventData', items: [{ name: 'Type', value: 'server' }] },
      },
      form,
    )
    expect(event).toEqual({
      provider: 'Schannel',
      channel: 'System',
      computer: 'RDS01.contoso.local',
      eventId: 36870,
      timeCreated: parseIso('2026-03-14T09:41:00.1234567Z')?.ticks,
      recordId: 70_000_000_001,
      file: 'System.evtx',
      offset: 4608,
      version: 1,
      level: 2,
      task: 3,
      opcode: 4,
      keywords: '0x8000000000000000',
      processId: 612,
      threadId: 700,
      userId: 'S-1-5-18',
      activityId: '{9c6ae8a0-0000-0000-0000-000000000001}',
      data: [{ name: 'Type', value: 'server' }],
    })
  })

  it('keeps unnamed Data, repeated names and their order, and Binary apart', () => {
    const classic = decoded({
      qualifiers: 16_384,
      payload: { kind: 'classic', strings: ['one', '', 'three'], binary: '00FF' },
    })
    expect(classic.data).toEqual([{ value: 'one' }, { value: '' }, { value: 'three' }])
    expect(classic.binary).toBe('00FF')
    expect(classic.qualifiers).toBe(16_384)
    const repeated = decoded({
      payload: {
        kind: 'eventData',
        items: [{ name: 'a', value: '1' }, { value: '2' }, { name: 'a', value: '3' }],
      },
    })
    expect(repeated.data).toEqual([{ name: 'a', value: '1' }, { value: '2' }, { name: 'a', value: '3' }])
    expect('binary' in repeated).toBe(false)
  })

  it('takes the leaves of UserData by their own names, however deep and whatever their prefix', () => {
    const data = element('UserData', [
      element('e:EventXML', [
        element('e:Address', ['10.0.0.5']),
        element('Session', [element('x:ID', ['3']), element('Empty', [])]),
        '\n',
      ]),
    ])
    expect(winEventOf(element('Event', [data]), PLACE).data).toEqual([
      { name: 'Address', value: '10.0.0.5' },
      { name: 'ID', value: '3' },
      { name: 'Empty', value: '' },
    ])
  })

  it('takes other elements of EventData by their name', () => {
    const data = element('EventData', [element('Data', ['a'], { Name: 'n' }), element('Other', ['b'])])
    expect(winEventOf(element('Event', [data]), PLACE).data).toEqual([
      { name: 'n', value: 'a' },
      { name: 'Other', value: 'b' },
    ])
  })

  it('takes the first of what a hostile record says twice, as the scan does', () => {
    const name = (text: string) => element('Provider', [], { Name: text })
    const one = element('System', [name('first'), name('second'), element('EventID', ['1']), element('EventID', ['2'])])
    const two = element('System', [name('third'), element('Channel', ['late'])])
    expect(winEventOf(element('Event', [one, two]), PLACE)).toMatchObject({
      provider: 'first',
      eventId: 1,
      channel: '',
    })
  })

  it('has only what a record has: the zero of FILETIME for a time that cannot be read, 0 for numbers', () => {
    const system = element('System', [
      element('TimeCreated', [], { SystemTime: 'yesterday' }),
      element('EventID', ['many']),
      element('Level', ['-1']),
      element('Execution', [], { ProcessID: 'none' }),
    ])
    expect(winEventOf(element('Event', [system]), PLACE)).toEqual({
      provider: '',
      channel: '',
      computer: '',
      eventId: 0,
      timeCreated: 0n,
      recordId: 0,
      ...PLACE,
      data: [],
    })
    expect(winEventOf(element('Anything', []), { ...PLACE, recovered: 'slack' })).toMatchObject({ recovered: 'slack' })
  })
})
