import { describe, expect, it } from 'vitest'
import { ecsProfile } from '../../src/timeline/profile-ecs.ts'
import { NINE } from '../support/logs.ts'
import { copyText, rowSource, rowText } from '../support/row-source.ts'

const jsonl = ecsProfile.writers.jsonl!

describe('ecsProfile', () => {
  it('shapes an event as Winlogbeat does', () => {
    const source = rowSource(
      {
        provider: { name: 'Microsoft-Windows-Security-Auditing', guid: '{54849625-5478-4994-A5BA-3E3B0328C30D}' },
        channel: 'Security',
        eventId: 4624,
        recordId: 227_443,
        version: 2,
        level: 0,
        task: 12_544,
        opcode: 0,
        keywords: '0x8020000000000000',
        processId: 572,
        threadId: 1244,
        timeCreated: NINE + 9_551_972n,
        payload: { kind: 'eventData', items: [{ name: 'LogonType', value: 3 }] },
      },
      'DISK1',
    )
    const text = rowText(jsonl, source)
    expect(text.endsWith('}\n')).toBe(true)
    expect(JSON.parse(text)).toEqual({
      '@timestamp': '2026-03-14T09:00:00.9551972Z',
      message: 'Microsoft-Windows-Security-Auditing 4624 {"LogonType":"3"}',
      ecs: { version: '8.0.0' },
      event: { kind: 'event', code: '4624', provider: 'Microsoft-Windows-Security-Auditing', outcome: 'success' },
      host: { name: 'RDS01' },
      winlog: {
        channel: 'Security',
        provider_name: 'Microsoft-Windows-Security-Auditing',
        provider_guid: expect.stringMatching(/^\{54849625-5478-4994-a5ba-3e3b0328c30d\}$/i),
        event_id: '4624',
        record_id: '227443',
        computer_name: 'RDS01',
        version: 2,
        task: '12544',
        opcode: 'Info',
        keywords: ['Audit Success'],
        process: { pid: 572, thread: { id: 1244 } },
        event_data: { LogonType: '3' },
      },
      log: { level: 'logalways', file: { path: 'RDS01/System.evtx' }, offset: source.event.offset },
      labels: { evidence_host: 'DISK1' },
    })
  })

  it('leaves out what a record with a lost template does not say', () => {
    const source = rowSource({})
    const event = { ...source.event, provider: '', channel: '', computer: '' }
    const row = JSON.parse(rowText(jsonl, { ...source, event }))
    expect(row).not.toHaveProperty('host')
    const hostless = JSON.parse(rowText(jsonl, { ...source, event, host: '' }))
    expect(hostless).not.toHaveProperty('labels')
    expect(Object.keys(hostless)).toEqual(Object.keys(row).filter((key) => key !== 'labels'))
    expect(row.event).not.toHaveProperty('provider')
    expect(Object.values(row.winlog)).not.toContain('')
  })

  it('numbers what has no name, and names the element that UserData holds', () => {
    const classic = JSON.parse(
      rowText(jsonl, rowSource({ payload: { kind: 'classic', strings: ['a', 'b'], binary: 'FF' } })),
    )
    expect(classic.winlog.event_data).toEqual({ param1: 'a', param2: 'b', Binary: 'FF' })
    const items = [{ name: 'Address', value: 'LOCAL' }]
    const user = JSON.parse(rowText(jsonl, rowSource({ payload: { kind: 'userData', element: 'EventXML', items } })))
    expect(user.winlog.user_data).toEqual({ xml_name: 'EventXML', Address: 'LOCAL' })
    expect(user.winlog.event_data).toBeUndefined()
  })

  it('labels a copy and a recovered record', () => {
    const source = rowSource({})
    const recovered = { ...source, event: { ...source.event, recovered: 'slack' as const } }
    const row = JSON.parse(copyText(jsonl, recovered, 'a@1'))
    expect(row.labels).toEqual({ evidence_host: 'RDS01', dup_of: 'a@1' })
    expect(row.tags).toEqual(['recovered-slack'])
  })

  it('keeps hostile text from acting on a terminal', () => {
    const text = rowText(jsonl, rowSource({ computer: '\u001b[2J\u202e"\\', provider: { name: '\u009b1m' } }))
    expect(text.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
    expect(JSON.parse(text).host.name).toBe('\u001b[2J\u202e"\\')
  })
})
