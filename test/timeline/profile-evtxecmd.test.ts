import { describe, expect, it } from 'vitest'
import type { DescribedPayload } from '../../src/evtx/write/event-description.ts'
import { evtxecmdProfile } from '../../src/timeline/profile-evtxecmd.ts'
import { NINE } from '../support/logs.ts'
import { readCsv } from '../support/read-csv.ts'
import { rowSource, rowText } from '../support/row-source.ts'

const csv = evtxecmdProfile.writers.csv!

function payloadOf(payload: DescribedPayload): unknown {
  const [cells] = readCsv(rowText(csv, rowSource({ payload })))
  return JSON.parse(cells!.at(-1)!)
}

describe('evtxecmdProfile', () => {
  it('has the header that Timeline Explorer knows, byte for byte', () => {
    expect(csv.header).toBe(
      'RecordNumber,EventRecordId,TimeCreated,EventId,Level,Provider,Channel,ProcessId,ThreadId,Computer,ChunkNumber,UserId,' +
        'MapDescription,UserName,RemoteHost,PayloadData1,PayloadData2,PayloadData3,PayloadData4,PayloadData5,PayloadData6,' +
        'ExecutableInfo,HiddenRecord,SourceFile,Keywords,ExtraDataOffset,Payload\r\n',
    )
  })

  it('writes a logon as that program does', () => {
    const source = rowSource({
      provider: { name: 'Microsoft-Windows-Security-Auditing', guid: '{54849625-5478-4994-A5BA-3E3B0328C30D}' },
      channel: 'Security',
      eventId: 4624,
      recordId: 227_443,
      level: 0,
      keywords: '0x8020000000000000',
      processId: 572,
      threadId: 1244,
      userId: 'S-1-5-18',
      timeCreated: NINE + 9_551_972n,
      payload: {
        kind: 'eventData',
        items: [
          { name: 'SubjectLogonId', value: { type: 'hex64', value: '0x1f9cd52' } },
          { name: 'LogonGuid', value: { type: 'guid', value: '{5C3C5E3E-F799-7DBA-5237-223CC0B4DC93}' } },
          { name: 'WorkstationName', value: '' },
          { name: 'LogonType', value: 3 },
        ],
      },
    })
    expect(rowText(csv, source)).toBe(
      '1,227443,2026-03-14 09:00:00.9551972,4624,LogAlways,Microsoft-Windows-Security-Auditing,Security,572,1244,RDS01,0,' +
        'S-1-5-18,,,,,,,,,,,False,RDS01/System.evtx,Audit success,0,' +
        '"{""EventData"":{""Data"":[{""@Name"":""SubjectLogonId"",""#text"":""0x1F9CD52""},' +
        '{""@Name"":""LogonGuid"",""#text"":""5c3c5e3e-f799-7dba-5237-223cc0b4dc93""},' +
        '{""@Name"":""WorkstationName""},{""@Name"":""LogonType"",""#text"":""3""}]}}"\r\n',
    )
  })

  it('has as many cells as columns, whatever an event says', () => {
    const columns = csv.header.split(',').length
    const nasty = 'a,"b"\r\nc\u202e\u0007 '
    const source = rowSource({ computer: nasty, channel: nasty, provider: { name: nasty } })
    const [cells, ...rest] = readCsv(rowText(csv, source))
    expect([cells!.length, rest]).toEqual([columns, []])
    expect(cells![9]).toBe('a,"b", c,  ')
  })

  it('joins the strings of a classic event in one Data, and shows bytes with hyphens', () => {
    expect(payloadOf({ kind: 'classic', strings: ['one', '', 'two\r\nlines'], binary: '00FF10' })).toEqual({
      EventData: { Data: 'one, two, lines', Binary: '00-FF-10' },
    })
  })

  it('writes bools and times as .NET does, and leaves namespaces out', () => {
    const items = [
      { name: 'Yes', value: { type: 'bool', value: true } },
      { name: 'When', value: { type: 'filetime', value: NINE } },
      { name: 'Empty', value: '' },
    ] as const
    expect(payloadOf({ kind: 'userData', element: 'EventXML', namespace: 'Event_NS', items })).toEqual({
      UserData: { EventXML: { Yes: 'True', When: '2026-03-14 09:00:00.0000000', Empty: '' } },
    })
  })

  it('names levels and keywords as it does, and shows others as the number', () => {
    const shown = (level: number, keywords: string) => {
      const cells = readCsv(rowText(csv, rowSource({ level, keywords })))[0]!
      return [cells[4], cells[24]]
    }
    expect(shown(4, '0x8010000000000000')).toEqual(['Info', 'Audit failure'])
    expect(shown(5, '0x8000000000000000')).toEqual(['Verbose', 'Classic'])
    expect(shown(9, '0x80000000000000ab')).toEqual(['9', '0x80000000000000AB'])
  })

  it('marks a recovered record as hidden, and has an empty payload where there is none', () => {
    const source = rowSource({ payload: { kind: 'none' } })
    const cells = readCsv(rowText(csv, { ...source, event: { ...source.event, recovered: 'slack' } }))[0]!
    expect([cells[22], cells[26]]).toEqual(['True', ''])
  })
})
