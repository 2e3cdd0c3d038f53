import { expect, test } from 'vitest'
import { COLUMNS, rowOf, type TimelineRow } from '../../src/timeline/columns.ts'
import { renderJsonlRows } from '../../src/timeline/jsonl.ts'
import { at } from '../support/finding.ts'

const event = {
  provider: 'Schannel',
  channel: 'System',
  computer: '=cmd|calc',
  eventId: 36870,
  timeCreated: at('2026-03-13T16:02:11.02Z'),
  recordId: 48_113,
  file: 'RDS01/System.evtx',
  offset: 70_144,
  level: 2,
  data: [{ name: 'Text', value: `\u001b[2J\u202e"\\\n${'x'.repeat(40_000)}` }, { value: '1' }],
}

test('renderJsonlRows() writes one object a line with typed values, absent ones left out', () => {
  const lines = renderJsonlRows([rowOf({ ...event, data: [] }, 'RDS01'), rowOf(event, 'RDS01')]).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toBe('')
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    TimeCreatedUtc: '2026-03-13T16:02:11.0200000Z',
    Level: 'Error',
    Host: 'RDS01',
    Computer: '=cmd|calc',
    Channel: 'System',
    Provider: 'Schannel',
    EventId: 36870,
    RecordId: 48_113,
    Fields: {},
    SourceFile: 'RDS01/System.evtx',
    Offset: 70_144,
  })
})

test('renderJsonlRows() leaves out what a record with a lost template does not say', () => {
  const lost = { ...event, provider: '', channel: '', computer: '', data: [] }
  expect(JSON.parse(renderJsonlRows([rowOf(lost, '')]))).toEqual({
    TimeCreatedUtc: '2026-03-13T16:02:11.0200000Z',
    Level: 'Error',
    EventId: 36870,
    RecordId: 48_113,
    Fields: {},
    SourceFile: 'RDS01/System.evtx',
    Offset: 70_144,
  })
})

test('renderJsonlRows() keeps every value whole, and shows a terminal no control character', () => {
  const line = renderJsonlRows([rowOf(event, 'RDS01')])
  expect(JSON.parse(line).Fields).toEqual({ Text: event.data[0]?.value, Data: ['1'] })
  expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
})

test('renderJsonlRows() names its keys and orders them like the columns of the CSV', () => {
  const whole: TimelineRow = {
    ...rowOf(event, 'RDS01'),
    role: 'trigger',
    scenario: 's',
    summary: 'x',
    recovered: 'slack',
    dupOf: 'a@1',
  }
  expect(Object.keys(JSON.parse(renderJsonlRows([whole])))).toEqual([...COLUMNS])
})
