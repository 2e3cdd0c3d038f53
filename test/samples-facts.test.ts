import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findEvidence } from '../src/evidence/find-logs.ts'
import type { MachineFacts } from '../src/facts/machine-facts.ts'
import { machineFacts } from '../src/scan/machine-facts.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const folder = fileURLToPath(new URL('../samples/', import.meta.url))

/** The facts of each volume below a path, by the volume's label. */
async function factsBelow(path: string): Promise<ReadonlyMap<string, MachineFacts>> {
  const { roots } = await findEvidence([path])
  const facts = new Map<string, MachineFacts>()
  for (const { label, machine } of roots) {
    if (machine) facts.set(label, await machineFacts(machine, { signal: new AbortController().signal }))
  }
  return facts
}

const all = new Map([
  ...(await factsBelow(folder)),
  ...(await factsBelow(join(folder, 'inspect-disk/inspect-disk.zip'))),
])

/** What makes a disk the sample that it is: state and value of one fact; a value that is a pattern must match. */
const TELLING: readonly (readonly [host: string, id: string, state: string, value?: string | number | RegExp])[] = [
  ['disk-key-missing', 'certificate-store.remote-desktop', 'present', 1],
  ['disk-key-missing', 'key-folder.machine-keys', 'present', 3],
  ['disk-key-missing', 'key-file.listener', 'absent'],
  ['disk-key-missing', 'key-file.listener.other-machine', 'absent'],
  ['disk-certificate-expired', 'key-file.listener', 'present', /^f686aace6942fb7f7ceb231212eef4a4_/],
  ['disk-machine-guid', 'key-file.listener', 'absent'],
  ['disk-machine-guid', 'key-file.listener.other-machine', 'present', /^f686aace6942fb7f7ceb231212eef4a4_b4a7c1d8-/],
  ['disk-store-denied', 'certificate-store.remote-desktop.system-access', 'present', 'denied'],
  ['disk-store-denied', 'certificate-store.remote-desktop', 'present', 0],
  ['disk-pinned-missing', 'listener.certificate-hash', 'present', /^5D1E6A0B/],
  ['disk-pinned-missing', 'certificate.my.5D1E6A0B73C94F2288A1D40E9B6C7F3A12E85D90.thumbprint', 'absent'],
  ['disk-key-sound', 'certificate-store.remote-desktop.system-access', 'present', 'allowed'],
  ['disk-key-sound', 'key-file.listener', 'present', /^f686aace6942fb7f7ceb231212eef4a4_/],
  ['disk-tls-off', 'schannel.tls-1.2.server.enabled', 'present', 0],
  ['disk-tls-fine', 'schannel.tls-1.1.server.enabled', 'present', 0],
  ['disk-tls-fine', 'schannel.tls-1.2.server.enabled', 'absent'],
  ['disk-ciphers-empty', 'schannel.cipher-order.policy', 'present', ''],
  ['disk-broker-renamed', 'name.host', 'present', 'RDCB-WEST'],
  ['disk-broker-renamed', 'role.connection-broker', 'present', 1],
  ['disk-broker-tls', 'schannel.tls-1.0.client.enabled', 'present', 0],
  ['disk-broker-tls', 'service.MSSQL$MICROSOFT##WID.start', 'present', 2],
  ['disk-dirty-hive', 'hive.system', 'present', 'recovered'],
  ['disk-dirty-hive', 'listener.user-authentication', 'present', 1],
  ['F', 'schannel.tls-1.2.server.enabled', 'present', 0],
  ['G', 'schannel.tls-1.2.server.enabled', 'absent'],
  ['G', 'key-file.listener', 'not-collected'],
  ['device_0', 'certificate-store.remote-desktop', 'present', 1],
]

describe('machineFacts() of samples/', () => {
  for (const [host, id, state, value] of TELLING) {
    it(`says of ${host}: ${id} is ${state}${value === undefined ? '' : `, ${value}`}`, () => {
      // Ids of certificates hold their thumbprints: no list of all of them can be written down.
      const fact = all.get(host)?.all.find((each) => each.id === id)
      expect(fact?.state).toBe(state)
      if (value instanceof RegExp) expect(fact?.value).toMatch(value)
      else expect(fact?.value).toBe(value)
    })
  }

  it('finds every hive readable, and meets no damage in any', () => {
    const withHives = [...all.values()].filter((facts) => facts.fact('hive.system')?.state === 'present')
    expect(withHives.length).toBeGreaterThan(14)
    for (const { damage, controlSet } of withHives) {
      expect(damage).toEqual([])
      expect(controlSet).toBe('ControlSet001')
    }
  })

  it('says what stands in the hive of disk-dirty-hive where its log is gone', async () => {
    const copy = join(temporaryFolder(), 'torn')
    cpSync(join(folder, 'disk-dirty-hive'), copy, { recursive: true })
    rmSync(join(copy, 'Windows/System32/config/SYSTEM.LOG1'))
    const [torn] = (await factsBelow(copy)).values()
    expect(torn?.text('hive.system')).toBe('dirty')
    expect(torn?.number('listener.user-authentication')).toBe(0)
  })
})
