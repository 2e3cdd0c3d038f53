import { describe, expect, it } from 'vitest'
import { SCHANNEL } from '../../src/event/source.ts'
import { timesketchProfile } from '../../src/timeline/profile-timesketch.ts'
import { NINE } from '../support/logs.ts'
import { readCsv } from '../support/read-csv.ts'
import { copyText, rowSource, rowText } from '../support/row-source.ts'

const { jsonl, csv } = timesketchProfile.writers as Required<typeof timesketchProfile.writers>

const source = rowSource({
  provider: { name: SCHANNEL, guid: '{1F678132-5938-4686-9FDC-C8FF68F15C85}' },
  eventId: 36870,
  recordId: 7,
  level: 2,
  userId: 'S-1-5-18',
  timeCreated: NINE + 1_234_567n,
  payload: {
    kind: 'eventData',
    items: [
      { name: 'Type', value: 'server' },
      { name: 'Text', value: 'two\r\nlines' },
    ],
  },
})

describe('timesketchProfile', () => {
  it('has the fields that Timesketch demands and those that plaso gives an event log, in whole microseconds', () => {
    const row = JSON.parse(rowText(jsonl, source))
    const { xml_string: xml, ...rest } = row
    expect(rest).toEqual({
      message:
        '[36870 / 0x9006] Source Name: Schannel Strings: ["server","two\\r\\nlines"] Computer Name: RDS01 ' +
        'Record Number: 7 Event Level: 2',
      timestamp: 1_773_478_800_123_456,
      datetime: '2026-03-14T09:00:00.123456+00:00',
      timestamp_desc: 'Creation Time',
      data_type: 'windows:evtx:record',
      event_identifier: 36870,
      message_identifier: 36870,
      event_level: 2,
      source_name: 'Schannel',
      provider_identifier: '{1f678132-5938-4686-9fdc-c8ff68f15c85}',
      channel: 'System',
      record_number: 7,
      computer_name: 'RDS01',
      hostname: 'RDS01',
      user_sid: 'S-1-5-18',
      strings: ['server', 'two\r\nlines'],
      tag: ['listener-key-unusable'],
      display_name: 'RDS01/System.evtx',
      offset: source.event.offset,
      recovered: false,
    })
    expect(Date.parse(rest.datetime) * 1000 + 456).toBe(rest.timestamp)
    expect(xml).toContain("<Provider Name='Schannel'")
  })

  it('leaves out what a record with a lost template does not say', () => {
    const event = { ...source.event, provider: '', channel: '', computer: '' }
    const row = JSON.parse(rowText(jsonl, { ...source, event, host: '' }))
    expect(Object.values(row)).not.toContain('')
    expect(row).toMatchObject({ record_number: 7, data_type: 'windows:evtx:record' })
  })

  it('says the same in CSV, without a line break in a cell', () => {
    const row = JSON.parse(rowText(jsonl, source))
    const [columns, cells, ...rest] = readCsv(csv.header + rowText(csv, source))
    expect(rest).toEqual([])
    expect(cells!.join('')).not.toMatch(/[\r\n]/)
    const told = Object.fromEntries(columns!.map((column, i) => [column, cells![i]!]))
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'object' && name !== 'xml_string') expect(told[name], name).toBe(String(value))
    }
    expect(JSON.parse(told.strings!)).toEqual(row.strings)
    expect(JSON.parse(told.tag!)).toEqual(row.tag)
    expect(told.xml_string).toContain('two&#13;&#10;lines')
  })

  it('puts the qualifiers above the event id, as message files number events', () => {
    const row = JSON.parse(rowText(jsonl, rowSource({ eventId: 7036, qualifiers: 16_384 })))
    expect([row.event_identifier, row.message_identifier]).toEqual([7036, 0x40001b7c])
  })

  it('tags no event that no scenario asks for', () => {
    expect(JSON.parse(rowText(jsonl, rowSource({}))).tag).toBeUndefined()
  })

  it('says last of what a row is a copy', () => {
    expect(JSON.parse(copyText(jsonl, source, 'a"b@1')).dup_of).toBe('a"b@1')
    const [columns, cells] = readCsv(csv.header + copyText(csv, source, 'a"b@1'))
    expect([columns!.at(-1), cells!.at(-1)]).toEqual(['dup_of', 'a"b@1'])
  })
})
