import { describe, expect, it } from 'vitest'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import type { Finding } from '../../src/finding/finding.ts'
import {
  bytesOf,
  diskOf,
  MY_STORE,
  NOT_TAKEN,
  OWN_STORE,
  RDP_TCP,
  storedCertificate,
  THUMBPRINT,
} from '../support/disk.ts'
import { anything, attempt, certificateMade, finding, keyUnusable, replaceFailed } from '../support/events.ts'
import { LISTENER_KEY_FILE, machineKeys } from '../support/machine.ts'

const judged = (facts: MachineFacts, ...events: Parameters<typeof finding>[1]): Finding | undefined =>
  finding('listener-key-unusable', [...events, anything('20:00')], {}, { facts })
const proofs = (found: Finding | undefined) =>
  found?.rules.filter(({ id, met }) => id === 'proof-on-disk' && met === 'yes').map(({ why }) => why.id)

const OTHER_FILE = 'f686aace6942fb7f7ceb231212eef4a4_11111111-2222-3333-4444-555555555555'
const PIN = { [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf(THUMBPRINT) } }
const DENIED = 'O:SYG:SYD:PAI(D;;FR;;;NS)(A;;FA;;;SY)'
const software = storedCertificate()
const missing = diskOf({ software, keyFolders: [machineKeys('a')] })
const sound = diskOf({ software, access: { listener: 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)' } })

/** Each way to lose the key that leaves a mark. */
const WAYS: readonly (readonly [string, MachineFacts])[] = [
  ['disk.key-denied', diskOf({ software, access: { listener: DENIED } })],
  ['disk.key-missing', missing],
  ['disk.certificate-expired', diskOf({ software: storedCertificate({ notAfter: '260314080000Z' }) })],
  ['disk.machine-guid-changed', diskOf({ software, keyFolders: [machineKeys(OTHER_FILE)] })],
  [
    'disk.pinned-missing',
    diskOf({ software, system: { [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf('B'.repeat(40)) } } }),
  ],
  [
    'disk.crypto-keys-closed',
    diskOf({
      build: 26200,
      software: { [OWN_STORE]: {} },
      keyFolders: [machineKeys('a'), { ...machineKeys(), id: 'crypto-keys' }],
      access: { 'crypto-keys': 'O:SYG:SYD:PAI(D;;FA;;;SY)' },
    }),
  ],
]

describe('listenerKeyOnDisk()', () => {
  it.each(WAYS)('shows what decides %s as a check that differs from what it should be', (proof, facts) => {
    const differing = judged(facts, replaceFailed('10:00'))!.checks.filter(({ differs }) => differs)
    const ids: Readonly<Record<string, string>> = {
      'disk.key-denied': 'key-file-network-service',
      'disk.key-missing': 'key-file',
      'disk.certificate-expired': 'certificate-valid-until',
      'disk.machine-guid-changed': 'key-file',
      'disk.pinned-missing': 'pinned-certificate',
      'disk.crypto-keys-closed': 'cng-folder-session-env',
    }
    expect(differing.map(({ id }) => id)).toContain(ids[proof])
    for (const { expected } of differing) expect(expected).toMatch(/./)
  })

  it('says of a certificate that the listener is told to use that a store should hold it', () => {
    const pinned = (facts: MachineFacts) =>
      judged(facts, replaceFailed('10:00'))?.checks.find(({ id }) => id === 'pinned-certificate')
    const expected = 'one that a store holds'
    const gone = diskOf({ software, system: { [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf('B'.repeat(40)) } } })
    expect(pinned(gone)).toMatchObject({ observed: 'B'.repeat(40), expected, differs: true })
    const there = pinned(diskOf({ software: { ...software, ...storedCertificate({ store: MY_STORE }) }, system: PIN }))
    expect([there?.expected, there?.differs]).toEqual([expected, undefined])
    expect(pinned(missing)).not.toHaveProperty('expected')
  })

  it.each(WAYS)(
    'confirms a failure of now by %s, makes one before the last start probable, and heals',
    (proof, facts) => {
      const now = judged(facts, replaceFailed('10:00'))
      expect(now?.verdict).toBe('confirmed')
      expect(proofs(now)).toContain(proof)
      expect(now?.cause.id).toMatch(/^disk\..*\.cause$/)
      expect(judged(facts, replaceFailed('10:00'), certificateMade('11:00'))?.verdict).toBe('historic')
    },
  )

  it('makes an old failure probable, whatever the disk proves', () => {
    expect(judged(missing, replaceFailed('2026-03-01T10:00'))?.verdict).toBe('probable')
  })

  it('proves nothing with a disk that is in order, and refutes nothing', () => {
    const found = judged(sound, replaceFailed('10:00'))
    expect(found).toMatchObject({ verdict: 'possible', certainIf: expect.anything() })
    expect(proofs(found)).toEqual([])
    expect(found?.rules.find(({ id }) => id === 'proof-on-disk')).toMatchObject({
      met: 'no',
      why: { id: 'rule.disk-shows-no-cause' },
    })
  })

  it.each(['not-collected', 'unreadable'] as const)('never takes a %s key folder for a missing key', (state) => {
    const folder = { ...machineKeys(), state }
    const found = judged(diskOf({ software, keyFolders: [folder] }), replaceFailed('10:00'))
    expect(found?.verdict).toBe('possible')
    expect(found?.certainIf.map(({ id }) => id)).toContain('listener-key-unusable.certain-key-file')
    expect(found?.rules.find(({ id }) => id === 'proof-on-disk')?.met).toBe('unknown')
  })

  it('does not count a certificate that expired after the last failure', () => {
    const facts = diskOf({ software: storedCertificate({ notAfter: '260314120000Z' }) })
    expect(judged(facts, replaceFailed('10:00'))?.verdict).toBe('possible')
    expect(judged(facts, replaceFailed('13:00'))?.verdict).toBe('confirmed')
  })

  it('does not take an expired certificate for the reason of 36870, which is about a key', () => {
    const facts = diskOf({ software: storedCertificate({ notAfter: '260314080000Z' }) })
    const events = [attempt('10:00'), keyUnusable('10:00:01')]
    expect(judged(facts, ...events)?.verdict).toBe('probable')
    expect(judged(missing, ...events)?.verdict).toBe('confirmed')
  })

  it('proves nothing while another certificate may be in use', () => {
    const withoutSystem = diskOf({ software, keyFolders: [machineKeys('a')], hives: { SYSTEM: NOT_TAKEN } })
    const template = { 'Policies\\Microsoft\\Windows NT\\Terminal Services': { CertTemplateName: 'RdpServer' } }
    const byTemplate = diskOf({ software: { ...software, ...template }, keyFolders: [machineKeys('a')] })
    const sounder = storedCertificate({ notAfter: '270101000000Z', container: 'iisConfigurationKey' })
    const two = diskOf({
      software: { ...software, ...sounder },
      keyFolders: [
        machineKeys(LISTENER_KEY_FILE.replace('f686aace6942fb7f7ceb231212eef4a4', '6de9cb26d2b98c01ec4e9e8b34824aa2')),
      ],
    })
    for (const facts of [withoutSystem, byTemplate, two]) {
      expect(judged(facts, replaceFailed('10:00'))?.verdict).not.toBe('confirmed')
    }
    expect(judged(withoutSystem, replaceFailed('10:00'))?.certainIf.map(({ id }) => id)).toContain(
      'disk.certain-choice',
    )
  })

  it('judges the certificate that the listener is told to use, and not its own', () => {
    const system = PIN
    const pinned = storedCertificate({ store: MY_STORE, container: 'iisConfigurationKey' })
    const facts = diskOf({ system, software: pinned, access: { listener: DENIED } })
    expect(proofs(judged(facts, replaceFailed('10:00')))).toEqual(['disk.key-missing'])
  })

  it('takes a closed folder for a risk, and no cause', () => {
    const facts = diskOf({ software, access: { 'machine-keys': 'O:SYG:SYD:PAI(D;;FA;;;SY)' } })
    const found = judged(facts, replaceFailed('10:00'))
    expect(found?.verdict).toBe('possible')
    expect(found?.rules).toContainEqual(expect.objectContaining({ id: 'risk-on-disk', met: 'no' }))
  })

  it('says where the checks were made, and which of them differ', () => {
    const found = judged(diskOf({ software, access: { listener: DENIED } }), replaceFailed('10:00'))
    expect(found?.checks).toContainEqual({
      id: 'key-file-network-service',
      state: 'present',
      observed: 'denied',
      expected: 'allowed',
      differs: true,
      source: { file: 'F:/MachineKeys', value: LISTENER_KEY_FILE },
    })
    expect(found?.checks.filter(({ differs }) => differs).map(({ id }) => id)).toEqual(['key-file-network-service'])
  })
})
