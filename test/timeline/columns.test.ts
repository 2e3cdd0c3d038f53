import { expect, test } from 'vitest'
import { levelName, renderFields, renderTime, rowOf, rowOfEvidence } from '../../src/timeline/columns.ts'
import { at, evidence } from '../support/finding.ts'

const data = [
  { name: 'TargetUserName', value: 'alice' },
  { value: 'first' },
  { name: '0', value: 'zero' },
  { name: 'Ip', value: '10.0.0.1' },
  { value: 'second' },
  { name: 'Ip', value: '10.0.0.2' },
]

test('renderFields() keeps the order of names, collects unnamed items under Data and repeated ones in an array', () => {
  expect(renderFields({ data, binary: '00FF' })).toBe(
    '{"TargetUserName":"alice","Data":["first","second"],"0":"zero","Ip":["10.0.0.1","10.0.0.2"],"Binary":"00FF"}',
  )
})

test('renderFields() gives one unnamed item an array too, and no items an empty object', () => {
  expect(renderFields({ data: [{ value: 'x' }], binary: undefined })).toBe('{"Data":["x"]}')
  expect(renderFields({ data: [], binary: undefined })).toBe('{}')
})

test('renderFields() keeps a field that is called Binary, Data or __proto__ beside the real ones', () => {
  const clashing = [{ name: 'Binary', value: 'text' }, { name: 'Data', value: 'named' }, { value: 'unnamed' }]
  expect(renderFields({ data: clashing, binary: 'AA' })).toBe('{"Binary":["text","AA"],"Data":["named","unnamed"]}')
  expect(renderFields({ data: [{ name: '__proto__', value: 'kept' }], binary: undefined })).toBe('{"__proto__":"kept"}')
})

test('levelName() has a word for each level of Windows and the number of any other', () => {
  const words = ['LogAlways', 'Critical', 'Error', 'Warning', 'Information', 'Verbose', '6']
  expect([0, 1, 2, 3, 4, 5, 6].map(levelName)).toEqual(words)
  expect(levelName(undefined)).toBeUndefined()
})

test('renderTime() keeps all seven digits and says no zone', () => {
  expect(renderTime(at('2026-03-14T09:41:00.1234567Z'))).toBe('2026-03-14 09:41:00.1234567')
})

test('rowOf() and rowOfEvidence() make rows of one shape', () => {
  const { role: _, decoded: __, summary: ___, ...sighting } = evidence('trigger', '2026-03-14T09:41', 7)
  const ofEvent = rowOf({ ...sighting, level: 2, data }, 'RDS01')
  const ofEvidence = rowOfEvidence(evidence('trigger', '2026-03-14T09:41', 7), {
    host: 'RDS01',
    scenario: 's',
    summary: 't',
  })
  expect(Object.keys(ofEvidence)).toEqual(Object.keys(ofEvent))
  expect(ofEvent).toMatchObject({ host: 'RDS01', level: 2, recordId: 7, role: undefined, data })
  expect(ofEvidence).toMatchObject({ role: 'trigger', scenario: 's', summary: 't' })
})
