import { describe, expect, it } from 'vitest'
import { parseIso } from '../../src/bytes/filetime.ts'
import { alsoOnDisk } from '../../src/scenarios/also-on-disk.ts'
import { diskOf, NOT_TAKEN, RDP_TCP } from '../support/disk.ts'
import { anything, authenticated, judge } from '../support/events.ts'
import { WRITTEN } from '../support/machine.ts'

const TERMINAL_SERVER = 'ControlSet001\\Control\\Terminal Server'
const POLICY = 'Policies\\Microsoft\\Windows NT\\Terminal Services'
const refusing = { [TERMINAL_SERVER]: { fDenyTSConnections: 1 } }
const idsOf = (parts: Parameters<typeof diskOf>[0]) => alsoOnDisk(diskOf(parts)).map(({ id }) => id)

describe('alsoOnDisk()', () => {
  it('says what switches Remote Desktop off, and where', () => {
    const system = {
      ...refusing,
      [RDP_TCP]: { fLogonDisabled: 1, fEnableWinStation: 0 },
      'ControlSet001\\Services\\TermService': { Start: 4 },
    }
    expect(idsOf({ system })).toEqual([
      'also.refused',
      'also.logons-disabled',
      'also.listener-off',
      'also.service-disabled',
    ])
    expect(alsoOnDisk(diskOf({ system: refusing }))).toEqual([
      { id: 'also.refused', params: { value: '1', key: TERMINAL_SERVER, written: parseIso(WRITTEN)?.ticks } },
    ])
  })

  it('lets policy go before what the machine has, either way, and says where it could not be looked at', () => {
    const policy = (value: number) => ({ [POLICY]: { fDenyTSConnections: value } })
    expect(idsOf({ software: policy(1) })).toEqual(['also.refused-by-policy'])
    expect(idsOf({ system: refusing, software: policy(1) })).toEqual(['also.refused-by-policy'])
    expect(idsOf({ system: refusing, software: policy(0) })).toEqual([])
    expect(idsOf({ system: refusing, hives: { SOFTWARE: NOT_TAKEN } })).toEqual(['also.refused-unless-policy'])
  })

  it('says nothing of what is on, not there, or on demand', () => {
    const system = {
      [TERMINAL_SERVER]: { fDenyTSConnections: 0 },
      [RDP_TCP]: { fLogonDisabled: 0, fEnableWinStation: 1 },
      'ControlSet001\\Services\\TermService': { Start: 3 },
    }
    expect(idsOf({ system })).toEqual([])
    expect(idsOf({})).toEqual([])
    expect(alsoOnDisk(undefined)).toEqual([])
  })

  it('changes no verdict, and is told of a host without a record too', () => {
    const facts = diskOf({ system: refusing })
    const worked = judge([authenticated('10:00'), anything('20:00')], {}, { facts })
    expect([worked.findings, worked.alsoSeen?.length]).toEqual([[], 1])
    expect(judge([], {}, { facts }).alsoSeen).toHaveLength(1)
    expect(judge([anything('20:00')], {}, { facts: diskOf() })).not.toHaveProperty('alsoOnDisk')
  })
})
