import { describe, expect, it } from 'vitest'
import type { StoredCertificate } from '../../src/facts/certificate-store.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { findKeyFiles, type KeyFolder, keyFilePrefix } from '../../src/facts/key-file.ts'
import { LISTENER_KEY_FILE, MACHINE_GUID, machineKeys } from '../support/machine.ts'

const OTHER_GUID = '11111111-2222-3333-4444-555555555555'
const guid: Fact = {
  id: 'machine.guid',
  state: 'present',
  value: MACHINE_GUID.toUpperCase(),
  source: { file: 'SOFTWARE' },
}
const cryptoKeys = (...names: readonly string[]): KeyFolder => ({
  ...machineKeys(...names),
  id: 'crypto-keys',
  name: 'F:/Keys',
})
const certificate = (container: string, type: number): StoredCertificate => ({
  store: 'my',
  name: 'A'.repeat(40),
  pinned: true,
  source: { file: 'SOFTWARE' },
  key: { container, provider: 'P', type },
})

describe('keyFilePrefix()', () => {
  it.each([
    ['TSSecKeySet1', 'f686aace6942fb7f7ceb231212eef4a4'],
    ['iisConfigurationKey', '6de9cb26d2b98c01ec4e9e8b34824aa2'],
    ['NetFrameworkConfigurationKey', 'd6d986f09a1ee04e24c949879fdb506c'],
    ['iisWasKey', '76944fb33636aeddb9590521c2e8815a'],
  ])('of %s is that of the file on every Windows', (container, prefix) => {
    expect(keyFilePrefix(container)).toBe(prefix)
  })

  it('is not known for a name outside of ASCII', () => {
    expect(keyFilePrefix('clé')).toBeUndefined()
  })
})

describe('findKeyFiles()', () => {
  const listener = (folders: readonly KeyFolder[], machineGuid: Fact | undefined = guid) =>
    findKeyFiles([], machineGuid, folders)[0]!

  it("finds the listener's file, in any letter case, in either folder", () => {
    expect(listener([machineKeys(LISTENER_KEY_FILE.toUpperCase()), cryptoKeys()])).toMatchObject({
      which: 'listener',
      state: 'present',
      name: LISTENER_KEY_FILE.toUpperCase(),
      size: 2_000,
      folder: { id: 'machine-keys' },
    })
    const inKeys = listener([machineKeys(), cryptoKeys(LISTENER_KEY_FILE)])
    expect(inKeys).toMatchObject({ state: 'present', folder: { id: 'crypto-keys' } })
  })

  it('calls it absent where the whole folder was listed, and tells of files under another MachineGuid', () => {
    const other = `f686aace6942fb7f7ceb231212eef4a4_${OTHER_GUID}`
    expect(listener([machineKeys(other, 'x')])).toMatchObject({
      state: 'absent',
      expectedName: LISTENER_KEY_FILE,
      otherMachine: [other],
    })
    expect(listener([{ ...machineKeys(), state: 'absent' }])).toMatchObject({ state: 'absent', otherMachine: [] })
  })

  it.each([
    [{ state: 'not-collected' as const, reason: 'The copy does not hold it' }, 'not-collected'],
    [{ state: 'unreadable' as const, reason: 'no' }, 'unreadable'],
    [{ state: 'present' as const, reason: 'It holds 20001 files; the first 20000 are listed' }, 'unreadable'],
  ])('never calls it absent when the folder is %o', (folder, state) => {
    expect(listener([{ ...machineKeys(), ...folder }])).toMatchObject({ state, reason: folder.reason })
  })

  it.each<[Fact | undefined, string, string]>([
    [{ ...guid, state: 'not-collected' }, 'not-collected', 'without the MachineGuid'],
    [{ id: 'machine.guid', state: 'absent', source: guid.source }, 'unreadable', 'the value is absent'],
    [{ ...guid, value: '..\\evil' }, 'unreadable', 'is no GUID'],
  ])('does not know its name without a MachineGuid: %o', (machineGuid, state, why) => {
    const file = listener([machineKeys(LISTENER_KEY_FILE)], machineGuid)
    expect(file).toMatchObject({ state, reason: expect.stringContaining(why) })
    expect(file).not.toHaveProperty('expectedName')
  })

  it('finds the file of a pinned certificate too, under the name that its container gives', () => {
    const name = `6de9cb26d2b98c01ec4e9e8b34824aa2_${MACHINE_GUID}`
    const files = findKeyFiles([certificate('iisConfigurationKey', 1)], guid, [machineKeys(name), cryptoKeys()])
    expect(files.map(({ which, state }) => [which, state])).toEqual([
      ['listener', 'absent'],
      ['6de9cb26d2b98c01ec4e9e8b34824aa2', 'present'],
    ])
  })

  it('claims nothing of a CNG key whose file is not found, because nobody confirmed how CNG names it', () => {
    const files = findKeyFiles([certificate('TSSecKeySet1', 0)], guid, [machineKeys(), cryptoKeys()])
    expect(files).toMatchObject([{ which: 'listener', state: 'unreadable', folder: { id: 'crypto-keys' } }])
    const found = findKeyFiles([certificate('TSSecKeySet1', 0)], guid, [machineKeys(), cryptoKeys(LISTENER_KEY_FILE)])
    expect(found).toMatchObject([{ state: 'present', folder: { id: 'crypto-keys' } }])
  })
})
