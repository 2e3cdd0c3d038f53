import { describe, expect, it } from 'vitest'
import type { WinEvent } from '../../src/event/win-event.ts'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import { bytesOf, diskOf, NOT_TAKEN, RDP_TCP, SCHANNEL_PROTOCOLS, THUMBPRINT } from '../support/disk.ts'
import { anything, attempt, authenticated, booted, credentialFailed, finding } from '../support/events.ts'
import type { ByPath } from '../support/machine.ts'

const ORDER = 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002'
const OFF = { Enabled: 0 }
const server = (...versions: readonly string[]): ByPath =>
  Object.fromEntries(versions.map((version) => [`${SCHANNEL_PROTOCOLS}\\TLS ${version}\\Server`, OFF]))
const FIPS_OFF = { 'ControlSet001\\Control\\Lsa\\FIPSAlgorithmPolicy': { Enabled: 0 } }
const judged = (facts: MachineFacts, ...events: readonly WinEvent[]) =>
  finding('tls-policy-blocks-server', [...events, anything('20:00')], {}, { facts })
const verdict = (facts: MachineFacts, ...events: readonly WinEvent[]) => judged(facts, ...events)?.verdict

const allOff = diskOf({ system: server('1.0', '1.1', '1.2') })
const emptyOrder = diskOf({ software: { [ORDER]: { Functions: '' } } })
const fails = credentialFailed('10:00')
/** Before the hives' keys were written. */
const failed = credentialFailed('2026-03-13T15:00')

describe('tlsPolicyOnDisk()', () => {
  it('tells of the cipher order in force what it is and what it should be, and calls an empty one empty', () => {
    const expected = 'absent, or with a suite that can be used'
    const ordersOf = (facts: MachineFacts) =>
      judged(facts, fails)!.checks.filter(({ id }) => id.startsWith('cipher-order'))
    expect(ordersOf(emptyOrder)).toMatchObject([
      { id: 'cipher-order', observed: 'empty', expected, differs: true },
      { id: 'cipher-order-local', state: 'absent' },
    ])
    const [policy, local] = ordersOf(diskOf())
    expect([policy, local?.expected, local?.differs]).toEqual([
      expect.not.objectContaining({ expected }),
      expected,
      undefined,
    ])
    const usable = diskOf({ software: { [ORDER]: { Functions: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384' } } })
    expect(ordersOf(usable)[0]).toMatchObject({ expected })
    expect(ordersOf(usable)[0]).not.toHaveProperty('differs')
  })

  it('says of a protocol that could not be looked at why, and nothing of one that this Windows never had', () => {
    const { checks } = judged(
      diskOf({ hives: { SYSTEM: { ...NOT_TAKEN, reason: 'The copy does not hold it' } } }),
      fails,
    )!
    const protocols = checks.filter(({ id }) => id.startsWith('server-tls-'))
    expect(protocols.map(({ id, observed }) => [id, observed])).toEqual(
      ['1.0', '1.1', '1.2'].map((version) => [`server-tls-${version}`, 'The copy does not hold it']),
    )
  })

  it('counts what Windows reads at its start only from the next start on', () => {
    // The hives' keys were written on the thirteenth at 15:40.
    const waiting = judged(allOff, booted('2026-03-12T09:00'), fails)
    expect(waiting).toMatchObject({ verdict: 'possible', cause: { id: 'tls-policy-blocks-server.cause' } })
    expect(waiting?.rules.map(({ why }) => why.id)).toContain('rule.disk-does-not-count')
    expect(verdict(allOff, booted('2026-03-12T09:00'), booted('2026-03-13T16:00'), fails)).toBe('confirmed')
  })

  it('leaves it open where TLS 1.2 is only disabled by default, and names the value that it saw', () => {
    const held = (value: number) =>
      diskOf({ system: { [`${SCHANNEL_PROTOCOLS}\\TLS 1.2\\Server`]: { DisabledByDefault: value } } })
    const found = judged(held(1), fails)!
    expect(found.checks.find(({ id }) => id === 'server-tls-1.2')).toMatchObject({
      observed: 'DisabledByDefault 1',
      expected: 'on',
    })
    expect(found.rules.filter(({ id }) => id === 'proof-on-disk')).toMatchObject([
      { met: 'unknown', why: { id: 'rule.disk-tls-1.2-held', params: { value: '1' } } },
    ])
    // 0 takes nothing away.
    expect(judged(held(0), fails)?.checks.find(({ id }) => id === 'server-tls-1.2')?.observed).toBe('on (default)')
    expect(judged(held(0), fails)?.rules.map(({ why }) => why.id)).not.toContain('rule.disk-tls-1.2-held')
  })

  it.each([
    ['every protocol off', allOff],
    ['an empty order by policy', emptyOrder],
  ])('confirms a failure of now by %s; an old one is probable, a healed one historic', (_, facts) => {
    expect(judged(facts, fails)).toMatchObject({
      verdict: 'confirmed',
      cause: { id: expect.stringContaining('disk.no-') },
    })
    expect(verdict(facts, fails, authenticated('11:00'))).toBe('historic')
  })

  it('does not count what was written after the last failure, and says so', () => {
    const found = judged(allOff, failed)
    expect(found?.verdict).toBe('possible')
    expect(found?.rules.map(({ why }) => why.id)).toContain('rule.disk-does-not-count')
  })

  it('tells a change shortly before the first failure', () => {
    expect(judged(allOff, fails)?.rules).toContainEqual(
      expect.objectContaining({ id: 'changed-shortly-before', met: 'yes' }),
    )
  })

  it('is not proven by what RDP has worked with since Windows started', () => {
    const events = [booted('2026-03-13T22:00'), authenticated('2026-03-13T23:00'), fails]
    expect(verdict(allOff, ...events)).not.toBe('confirmed')
    // Without a start between, the change was not yet in force when RDP worked.
    expect(verdict(allOff, authenticated('2026-03-13T23:00'), booted('2026-03-13T23:30'), fails)).toBe('confirmed')
  })

  it('refutes where TLS 1.2 is in effect, and never finds fault with 1.0 and 1.1 off', () => {
    expect(verdict(diskOf({ system: FIPS_OFF }), fails)).toBe('refuted')
    expect(verdict(diskOf({ system: { ...FIPS_OFF, ...server('1.0', '1.1') } }), fails)).toBe('refuted')
    expect(judged(diskOf({ system: server('1.0', '1.1') }))).toBeUndefined()
  })

  it('says that the listener did fail, and where to look next, where TLS 1.2 in effect excuses only the policy', () => {
    const sound = diskOf({ system: FIPS_OFF })
    const own = [attempt('10:00:00'), credentialFailed('10:00:02')]
    expect(judged(sound, ...own)).toMatchObject({
      verdict: 'refuted',
      summary: { id: 'tls-policy-blocks-server.summary-excused-listener', params: { count: 1 } },
    })
    const excused = { summary: { id: 'tls-policy-blocks-server.summary-excused' } }
    // Another server's failure, or one that keeps nobody out.
    expect(judged(sound, ...own, credentialFailed('11:00'))).toMatchObject(excused)
    const withoutTls = diskOf({ system: { ...FIPS_OFF, [RDP_TCP]: { SecurityLayer: 0, UserAuthentication: 0 } } })
    expect(judged(withoutTls, ...own)).toMatchObject(excused)
  })

  it('does not refute with what was put right after the failure, or since Windows started', () => {
    const mended = diskOf({ system: { ...FIPS_OFF, [`${SCHANNEL_PROTOCOLS}\\TLS 1.2\\Server`]: { Enabled: 1 } } })
    expect(verdict(mended, fails)).toBe('refuted')
    expect(verdict(mended, failed)).toBe('possible')
    expect(verdict(mended, booted('2026-03-13T08:00'), fails)).toBe('possible')
    const removed = diskOf({ system: { ...FIPS_OFF, [`${SCHANNEL_PROTOCOLS}\\TLS 1.2`]: {} } })
    expect(verdict(removed, failed)).toBe('possible')
  })

  it.each([
    ['FIPS on', { system: { 'ControlSet001\\Control\\Lsa\\FIPSAlgorithmPolicy': { Enabled: 1 } } }],
    ['a value that Windows does not know', { system: { ...FIPS_OFF, [RDP_TCP]: { SecurityLayer: 9 } } }],
    ['SYSTEM not collected', { hives: { SYSTEM: NOT_TAKEN } }],
    ['SOFTWARE unreadable', { hives: { SOFTWARE: { file: 'SOFTWARE', state: 'unreadable' } } }],
  ] as const)('neither proves nor refutes with %s', (_, parts) => {
    expect(['possible', 'probable']).toContain(verdict(diskOf(parts), fails))
  })

  it('makes TLS 1.2 off with something left probable at most', () => {
    expect(judged(diskOf({ system: server('1.2') }), fails)).toMatchObject({
      verdict: 'probable',
      cause: { id: 'disk.tls-1.2-off.cause' },
    })
  })

  it('takes an order of suites that the certificate cannot use for a proof, unless another certificate may be in use', () => {
    const software = { [ORDER]: { Functions: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384' } }
    expect(verdict(diskOf({ software }), fails)).toBe('confirmed')
    const system = { [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf(THUMBPRINT) } }
    expect(verdict(diskOf({ software, system }), fails)).not.toBe('confirmed')
    expect(verdict(diskOf({ software, hives: { SYSTEM: NOT_TAKEN } }), fails)).not.toBe('confirmed')
  })

  it('is refuted where the listener does not use TLS, and not where NLA needs it all the same', () => {
    const layer = (nla: number) => ({
      ...server('1.0', '1.1', '1.2'),
      [RDP_TCP]: { SecurityLayer: 0, UserAuthentication: nla },
    })
    expect(verdict(diskOf({ system: layer(0) }), fails)).toBe('refuted')
    expect(verdict(diskOf({ system: layer(1) }), fails)).toBe('confirmed')
  })
})
