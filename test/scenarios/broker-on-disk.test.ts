import { describe, expect, it } from 'vitest'
import { APPLICATION, INTERNAL_DATABASE } from '../../src/event/source.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import { diskOf, NOT_TAKEN, SCHANNEL_PROTOCOLS } from '../support/disk.ts'
import {
  anything,
  booted,
  brokerJoined,
  databaseFailed,
  event,
  finding,
  redirectionFailed,
  renamed,
} from '../support/events.ts'
import type { ByPath } from '../support/machine.ts'

const SERVICES = 'ControlSet001\\Services'
const TCPIP = `${SERVICES}\\Tcpip\\Parameters`
const BROKER: ByPath = { [`${SERVICES}\\Tssdis`]: { Start: 2 }, [`${SERVICES}\\MSSQL$MICROSOFT##WID`]: { Start: 2 } }
const called = (name: string, more: Readonly<Record<string, string>> = {}) => ({ [TCPIP]: { Hostname: name, ...more } })
const tlsOff = (side: string) => ({ [`${SCHANNEL_PROTOCOLS}\\TLS 1.0\\${side}`]: { Enabled: 0 } })
const diskCalled = (name: string) => diskOf({ system: { ...BROKER, ...called(name) } })

const judged = (facts: MachineFacts, ...events: readonly WinEvent[]) =>
  finding('broker-out-of-step', [...events, anything('20:00')], {}, { facts })
const old = { computer: 'RDCB01' }
const databaseLogonFailed = (time: string) => event(INTERNAL_DATABASE, 18456, time, { channel: APPLICATION })
/** The farm was joined as RDCB01, which is RDS01 now. */
const renamedAway = [
  brokerJoined('2026-03-13T08:00', 'RDCB01.contoso.com', old),
  renamed('2026-03-13T09:00', 'RDCB01', 'RDS01'),
]

describe('brokerOnDisk()', () => {
  it('confirms a rename after the role that the disk has in force; healed it is historic', () => {
    expect(judged(diskCalled('RDS01'), ...renamedAway, databaseFailed('10:00'))).toMatchObject({
      verdict: 'confirmed',
      cause: { id: 'disk.broker-renamed.cause', params: { from: 'RDCB01', to: 'RDS01' } },
    })
    const healed = [...renamedAway, databaseFailed('10:00'), brokerJoined('11:00', 'RDS01.contoso.com')]
    expect(judged(diskCalled('RDS01'), ...healed)?.verdict).toBe('historic')
  })

  it('counts a rename after the key of the service was last written, where the broker’s logs have lost that time', () => {
    // Every key of this disk was last written on 2026-03-13 at 15:40:02, and the broker's log begins with the failure.
    const rename = (time: string) => [renamed(time, 'RDCB01', 'RDS01'), databaseFailed('10:00')]
    expect(judged(diskCalled('RDS01'), ...rename('2026-03-13T15:40:03'))?.verdict).toBe('confirmed')
    expect(judged(diskCalled('RDS01'), ...rename('2026-03-13T15:40:01'))?.verdict).toBe('possible')
    const noBroker = diskOf({ system: called('RDS01') })
    expect(judged(noBroker, ...rename('2026-03-13T15:40:03'))?.verdict).toBe('possible')
  })

  it('makes an old failure probable', () => {
    const early = [
      brokerJoined('2026-02-01T08:00', 'RDCB01.contoso.com', old),
      renamed('2026-02-01T09:00', 'RDCB01', 'RDS01'),
      databaseFailed('2026-02-02T08:00'),
    ]
    expect(judged(diskCalled('RDS01'), ...early)?.verdict).toBe('probable')
  })

  it.each([
    ['the name that the farm knows is in force', diskCalled('RDCB01')],
    [
      'a new name waits for the next start',
      diskOf({ system: { ...BROKER, ...called('RDCB01', { 'NV Hostname': 'RDS01' }) } }),
    ],
    ['this machine is no broker', diskOf({ system: called('RDS01') })],
    ['SYSTEM was not collected', diskOf({ hives: { SYSTEM: NOT_TAKEN } })],
  ])('is not proven where %s', (_, facts) => {
    const found = judged(facts, ...renamedAway, databaseFailed('10:00'))
    expect(found?.verdict).toBe('probable')
    expect(found?.rules).not.toContainEqual(expect.objectContaining({ id: 'proof-on-disk', met: 'yes' }))
  })

  it('is not proven by a rename that the broker has worked after, or that came after the failure', () => {
    const worked = brokerJoined('2026-03-13T12:00', 'RDS01.contoso.com')
    expect(judged(diskCalled('RDS01'), ...renamedAway, worked, databaseFailed('10:00'))?.verdict).not.toBe('confirmed')
    const later = [databaseFailed('10:00'), renamed('11:00', 'RDCB01', 'RDS01')]
    expect(judged(diskCalled('RDS01'), ...later)?.verdict).not.toBe('confirmed')
  })

  it.each(['Server', 'Client'])(
    'tells TLS 1.0 off on the %s side from a rename, and only where the database fails',
    (side) => {
      const facts = diskOf({ system: { ...BROKER, ...called('RDS01'), ...tlsOff(side) } })
      const fails = [booted('09:00'), databaseLogonFailed('09:59'), databaseFailed('10:00')]
      expect(judged(facts, ...fails)).toMatchObject({
        verdict: 'confirmed',
        cause: { id: 'disk.broker-tls-1.0-off.cause' },
      })
      expect(judged(facts, redirectionFailed('10:00'))?.verdict).toBe('possible')
      expect(judged(facts, databaseLogonFailed('2026-03-01T10:00'), redirectionFailed('10:00'))?.verdict).toBe(
        'possible',
      )
    },
  )

  it('shows what decides as a check that differs: the name it was set up under, or TLS 1.0 on the side it is off', () => {
    const differing = (...judgement: Parameters<typeof judged>) =>
      judged(...judgement)!
        .checks.filter(({ id, differs }) => differs && id !== 'broker-role')
        .map(({ id, observed, expected }) => [id, observed, expected])
    expect(differing(diskCalled('RDS01'), ...renamedAway, databaseFailed('10:00'))).toEqual([
      ['host-name', 'RDS01', 'RDCB01'],
    ])
    const fails = [booted('09:00'), databaseLogonFailed('09:59'), databaseFailed('10:00')]
    const off = diskOf({ system: { ...BROKER, ...called('RDS01'), ...tlsOff('Client') } })
    expect(differing(off, ...fails)).toEqual([['client-tls-1.0', 'off (registry)', 'on']])
    expect(differing(diskCalled('RDS01'), ...fails)).toEqual([])
  })

  it('finds no fault with TLS 1.0 where the database is elsewhere', () => {
    const remote = { [`${SERVICES}\\Tssdis\\Parameters`]: { Db: 'DRIVER={SQL Server};SERVER=sql01;DATABASE=RDCms' } }
    const facts = diskOf({ system: { ...BROKER, ...called('RDS01'), ...tlsOff('Server'), ...remote } })
    expect(judged(facts, databaseLogonFailed('09:59'), databaseFailed('10:00'))?.verdict).toBe('probable')
  })
})
