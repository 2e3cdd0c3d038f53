import { describe, expect, it } from 'vitest'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import type { HiveEvidence } from '../../src/facts/registry.ts'
import { openHive } from '../../src/hive/hive.ts'
import { bytesInMemory } from '../../src/hive/hive-bytes.ts'
import { diskOf, SCHANNEL_PROTOCOLS } from '../support/disk.ts'
import { anything, credentialFailed, finding } from '../support/events.ts'
import { type ByPath, hiveOf, SELECT } from '../support/machine.ts'

const OFF = Object.fromEntries(
  ['1.0', '1.1', '1.2'].map((v) => [`${SCHANNEL_PROTOCOLS}\\TLS ${v}\\Server`, { Enabled: 0 }]),
)
/** Without its last bytes, which hold nothing. */
const cut = (file: string, keys: ByPath): HiveEvidence => {
  return { file, state: 'present', hive: openHive(bytesInMemory(hiveOf(keys).subarray(0, -16))) }
}
const repairs = (facts: MachineFacts) => {
  const found = finding('tls-policy-blocks-server', [credentialFailed('10:00'), anything('20:00')], {}, { facts })
  const [offline, live] = found!.remediation
  return { offline: offline!, live: live! }
}

describe('a repair that loads hives', () => {
  it('warns of a repair that loads a hive which is cut, and of no other', () => {
    const SYSTEM = cut('SYSTEM', { ...SELECT, ...OFF })
    const { offline, live } = repairs(diskOf({ hives: { SYSTEM } }))
    expect(offline.risk).toMatchObject({ id: 'repair.risk-cut-hive', params: { hives: 'SYSTEM', count: 1 } })
    expect(live.risk?.id).toBe('repair.tls.risk-known')
    // TLS is given back in SYSTEM alone.
    const SOFTWARE = cut('SOFTWARE', { 'Microsoft\\Windows NT\\CurrentVersion': { CurrentBuildNumber: '17763' } })
    expect(repairs(diskOf({ system: OFF, hives: { SOFTWARE } })).offline.risk?.id).toBe('repair.tls.risk-known')
    const both = repairs(diskOf({ hives: { SYSTEM: cut('SYSTEM', { Select: {} }), SOFTWARE } })).offline
    expect(both.risk?.params).toMatchObject({ hives: 'SYSTEM, SOFTWARE', count: 2 })
  })

  it('names no control set to write into where the one that Select names is not in the hive', () => {
    const { offline } = repairs(diskOf({ system: { Select: { Current: 2 }, ...OFF } }))
    expect(offline.risk).toMatchObject({ id: 'repair.risk-no-control-set', params: { name: 'ControlSet002' } })
    for (const steps of [offline.steps, offline.undo!]) {
      expect(steps).toContainEqual({
        text: { id: 'repair.control-set-lost', params: { name: 'ControlSet002' } },
        command: 'reg query HKLM\\BROKENSYSTEM',
      })
      expect(steps.map(({ text }) => text.id)).not.toContain('repair.control-set')
      expect(JSON.stringify(steps.map(({ command }) => command))).not.toMatch(/ControlSet00[12]/)
    }
  })

  it('leaves a repair as it is where the hives are whole', () => {
    const { offline } = repairs(diskOf({ system: OFF }))
    expect(offline.risk?.id).toBe('repair.tls.risk-known')
    expect(JSON.stringify(offline)).toContain('ControlSet001')
  })
})
