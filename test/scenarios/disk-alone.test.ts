import { expect, it } from 'vitest'
import type { WinEvent } from '../../src/event/win-event.ts'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import { bytesOf, diskOf, OWN_STORE, RDP_TCP, SCHANNEL_PROTOCOLS, storedCertificate } from '../support/disk.ts'
import {
  anything,
  authenticated,
  booted,
  certificateMade,
  judge,
  keyUnusable,
  replaceFailed,
  ticks,
} from '../support/events.ts'
import { machineKeys } from '../support/machine.ts'

const found = (facts: MachineFacts, ...events: readonly WinEvent[]) =>
  judge([...events, anything('20:00')], {}, { facts }).findings
const software = storedCertificate()
const missing = diskOf({ software, keyFolders: [machineKeys('a')] })
const off = Object.fromEntries(
  ['1.0', '1.1', '1.2'].map((v) => [`${SCHANNEL_PROTOCOLS}\\TLS ${v}\\Server`, { Enabled: 0 }]),
)

it('diskAlone() is possible at most, and says that no record tells of a failure', () => {
  expect(found(missing)).toMatchObject([
    {
      scenario: 'listener-key-unusable',
      verdict: 'possible',
      summary: { id: 'disk.alone' },
      cause: { id: 'disk.key-missing.cause' },
      counts: { trigger: 0 },
      remediation: [{ where: 'offline' }, { where: 'live' }],
    },
  ])
  expect(found(diskOf({ system: off })).map(({ scenario, verdict }) => [scenario, verdict])).toEqual([
    ['tls-policy-blocks-server', 'possible'],
  ])
})

it('diskAlone() outweighs a failure that is over, and shows its records', () => {
  const over = [replaceFailed('2026-03-01T10:00'), authenticated('2026-03-01T11:00')]
  const [still, ...others] = found(missing, ...over)
  expect(others).toEqual([])
  expect(still).toMatchObject({
    verdict: 'possible',
    summary: { id: 'disk.alone-healed' },
    counts: { trigger: 0, heal: 0, context: 2 },
    remediation: [{ where: 'offline' }, { where: 'live' }],
  })
  expect(still?.evidence.map(({ role, eventId }) => [role, eventId])).toEqual([
    ['context', 1058],
    ['context', 1149],
  ])
  expect(still?.rules[0]).toMatchObject({ id: 'trigger', met: 'no', why: { id: 'rule.trigger-healed' } })
  // What worked in the window worked with this disk.
  expect(found(missing, replaceFailed('10:00'), certificateMade('11:00'))).toMatchObject([{ verdict: 'historic' }])
})

it('diskAlone() outweighs failures of another service', () => {
  const anothers = keyUnusable('10:00', { CallerProcessId: '9', CallerProcessImageName: 'w3wp.exe' })
  const [still] = found(missing, anothers)
  expect(still).toMatchObject({ verdict: 'possible', summary: { id: 'disk.alone-others' }, counts: { context: 1 } })
  expect(still?.rules[0]?.why.id).toBe('rule.trigger-others')
})

it('diskAlone() goes by when Windows read a setting, and says of one that waits that it waits', () => {
  // The hives' keys were written on the thirteenth at 15:40.
  const facts = diskOf({ system: off })
  const before = booted('2026-03-12T09:00')
  const waits = found(facts, before, authenticated('2026-03-13T18:00'))
  expect(waits).toMatchObject([{ verdict: 'possible', summary: { id: 'disk.alone-waits' }, isBeginUnknown: true }])
  // Somebody got in while it waited; nobody since it is in force.
  const since = found(facts, before, authenticated('2026-03-13T18:00'), booted('2026-03-13T20:00'))
  expect(since).toMatchObject([{ summary: { id: 'disk.alone' }, since: ticks('2026-03-13T20:00') }])
  expect(found(facts, before, booted('2026-03-13T20:00'), authenticated('2026-03-13T21:00'))).toEqual([])
})

it('diskAlone() does not invent when it began where nothing tells', () => {
  expect(found(missing)).toMatchObject([{ isBeginUnknown: true }])
  // The hives' keys tell when they were written.
  expect(found(diskOf({ system: off }))[0]).not.toHaveProperty('isBeginUnknown')
})

it('diskAlone() does not say how long before a failure something was written: there is none', () => {
  const rules = found(diskOf({ system: off })).flatMap((finding) => finding.rules.map(({ id }) => id))
  expect(rules).toEqual(['trigger', 'proof-on-disk'])
})

it('diskAlone() finds nothing where somebody got in since', () => {
  expect(found(missing, authenticated('10:00'))).toEqual([])
  expect(found(diskOf({ system: off }), authenticated('10:00'))).toEqual([])
  expect(found(diskOf({ system: off }), authenticated('2026-03-13T10:00'))).toHaveLength(1)
})

it('diskAlone() does not take absence from a log that was not there for absence', () => {
  const channel = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational'
  const [alone] = judge([anything('20:00', { channel })], {}, { facts: missing }).findings
  expect(alone?.rules[0]).toMatchObject({ id: 'trigger', met: 'unknown', why: { id: 'rule.trigger-not-seen' } })
})

it.each([
  ['an expired certificate', diskOf({ software: storedCertificate({ notAfter: '251201000000Z' }) })],
  ['a key that cannot be renewed', diskOf({ software, access: { listener: 'O:SYG:SYD:PAI(A;;FR;;;NS)' } })],
  ['an empty store', diskOf({ software: { [OWN_STORE]: {} }, keyFolders: [machineKeys('a')] })],
  [
    'a chosen certificate that is gone',
    diskOf({ software, system: { [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf('B'.repeat(40)) } } }),
  ],
  ['TLS 1.0 and 1.1 off', diskOf({ system: { ...off, [`${SCHANNEL_PROTOCOLS}\\TLS 1.2\\Server`]: { Enabled: 1 } } })],
])('diskAlone() makes nothing of %s', (_, facts) => {
  expect(found(facts)).toEqual([])
})
