import { describe, expect, it } from 'vitest'
import { sha1 } from '../../src/bytes/digest.ts'
import { parseIso } from '../../src/bytes/filetime.ts'
import { renderHex } from '../../src/bytes/hex.ts'
import { REGISTRY_FACTS } from '../../src/facts/catalogue.ts'
import { type MachineEvidence, machineFactsOf, readRegistry } from '../../src/facts/machine-facts.ts'
import { openHive } from '../../src/hive/hive.ts'
import { bytesInMemory } from '../../src/hive/hive-bytes.ts'
import { certificateBlob, certificateDer } from '../support/certificate-bytes.ts'
import { descriptorBytes } from '../support/descriptor-bytes.ts'
import {
  type ByPath,
  hiveOf,
  LISTENER_KEY_FILE,
  MACHINE_GUID,
  machineEvidence,
  machineKeys,
  SELECT,
  WRITTEN,
} from '../support/machine.ts'

const STORE = 'Microsoft\\SystemCertificates\\Remote Desktop\\Certificates'
const RDP_TCP = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp'
const der = certificateDer()
const thumbprint = renderHex(sha1(der))
const factsOf = (evidence: MachineEvidence) => machineFactsOf(readRegistry(evidence), new Map())
const ofSystem = (system: ByPath) => factsOf(machineEvidence({ system }))

/** Puts another descriptor into the one security cell of a hive; it must not be longer. */
function setSecurity(hive: Uint8Array, descriptor: Uint8Array): void {
  const view = new DataView(hive.buffer, hive.byteOffset, hive.byteLength)
  let at = 4096
  while (view.getUint16(at) !== 0x736b) at += 2
  expect(descriptor.length).toBeLessThanOrEqual(view.getUint32(at + 16, true))
  view.setUint32(at + 16, descriptor.length, true)
  hive.set(descriptor, at + 20)
}

describe('readRegistry()', () => {
  it('has every id of the catalogue, each once, also of a machine without hives', () => {
    const nothing = { file: 'SYSTEM', state: 'not-collected' } as const
    const without = factsOf({ hives: { SYSTEM: nothing, SOFTWARE: { ...nothing, file: 'SOFTWARE' } }, keyFolders: [] })
    for (const facts of [without, ofSystem({})]) {
      const ids = facts.all.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toEqual(expect.arrayContaining(REGISTRY_FACTS.map(({ id }) => id)))
    }
    expect(without.all.every(({ state, value }) => state === 'not-collected' && value === undefined)).toBe(true)
  })

  it('reads values with their places and last writes', () => {
    const facts = ofSystem({ [RDP_TCP]: { PortNumber: 3389, SecurityLayer: '2' } })
    expect(facts.controlSet).toBe('ControlSet001')
    expect(facts.number('listener.port')).toBe(3389)
    expect(facts.fact('listener.port')).toEqual({
      id: 'listener.port',
      state: 'present',
      value: 3389,
      source: { file: 'F:/config/SYSTEM', key: RDP_TCP, value: 'PortNumber', lastWrite: parseIso(WRITTEN)?.ticks },
    })
    expect(facts.fact('listener.security-layer')).toMatchObject({ state: 'unreadable' })
    expect(facts.number('listener.security-layer')).toBeUndefined()
    expect(facts.fact('listener.user-authentication')).toMatchObject({ state: 'absent' })
    expect(facts.fact('listener.key')).toMatchObject({ state: 'present', value: 'RDP-Tcp' })
    expect(ofSystem({}).fact('listener.key')).toMatchObject({ state: 'absent' })
  })

  it('reads every protocol and side of Schannel by its own key', () => {
    const protocols = 'ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Protocols'
    const facts = ofSystem({
      [`${protocols}\\TLS 1.2\\Server`]: { Enabled: 0, DisabledByDefault: 1 },
      [`${protocols}\\TLS 1.0\\Client`]: { Enabled: 0xffffffff },
    })
    expect(facts.number('schannel.tls-1.2.server.enabled')).toBe(0)
    expect(facts.number('schannel.tls-1.2.server.disabled-by-default')).toBe(1)
    expect(facts.number('schannel.tls-1.0.client.enabled')).toBe(0xffffffff)
    expect(facts.fact('schannel.tls-1.2.client.enabled')).toMatchObject({ state: 'absent' })
    expect(facts.fact('schannel.tls-1.0.server.enabled')).toMatchObject({ state: 'absent' })
  })

  it('reads the certificates of the listener, and where their keys are', () => {
    const blob = certificateBlob({ der, key: { container: 'TSSecKeySet1', provider: 'P', type: 1 } })
    const facts = factsOf(machineEvidence({ software: { [`${STORE}\\${thumbprint}`]: { Blob: blob } } }))
    expect(facts.certificates).toMatchObject([{ name: thumbprint, thumbprint, pinned: false, key: { type: 1 } }])
    expect(facts.number('certificate-store.remote-desktop')).toBe(1)
    expect(facts.text(`certificate.remote-desktop.${thumbprint}.thumbprint`)).toBe(thumbprint)
    expect(facts.text(`certificate.remote-desktop.${thumbprint}.not-after`)).toBe('2026-04-02T12:00:00.0000000Z')
    expect(facts.text(`certificate.remote-desktop.${thumbprint}.key-container`)).toBe('TSSecKeySet1')
    expect(facts.fact(`certificate.remote-desktop.${thumbprint}.key-usage`)).toMatchObject({ state: 'absent' })
  })

  it('says what cannot be read of a certificate, and passes over keys that are none', () => {
    const cut = certificateBlob({ der, key: { container: 'C' } }).subarray(0, 200)
    const software = { [`${STORE}\\${thumbprint}`]: { Blob: cut }, [`${STORE}\\x`]: { Blob: cut } }
    const facts = factsOf(machineEvidence({ software }))
    expect(facts.number('certificate-store.remote-desktop')).toBe(1)
    expect(facts.fact(`certificate.remote-desktop.${thumbprint}.subject`)).toMatchObject({
      state: 'unreadable',
      reason: 'Property 32 of a certificate is cut',
    })
  })

  it('looks for the certificate that the listener is told to use, and for no other of that store', () => {
    const hash = Uint8Array.from(thumbprint.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
    const system = { [RDP_TCP]: { SSLCertificateSHA1Hash: hash } }
    const mine = 'Microsoft\\SystemCertificates\\MY\\Certificates'
    const blob = certificateBlob({ der, key: { container: 'iisConfigurationKey' } })
    const software = { [`${mine}\\${thumbprint}`]: { Blob: blob }, [`${mine}\\${'B'.repeat(40)}`]: { Blob: blob } }
    const found = factsOf(machineEvidence({ system, software }))
    expect(found.text('listener.certificate-hash')).toBe(thumbprint)
    expect(found.certificates).toMatchObject([{ store: 'my', name: thumbprint, pinned: true }])
    expect(found.keyFiles.map(({ which, state }) => [which, state])).toEqual([
      ['listener', 'present'],
      ['6de9cb26d2b98c01ec4e9e8b34824aa2', 'absent'],
    ])
    const missing = factsOf(machineEvidence({ system }))
    expect(missing.fact(`certificate.my.${thumbprint}.thumbprint`)).toMatchObject({ state: 'absent' })
    expect(found.fact(`certificate.my.${thumbprint}.thumbprint`)).toMatchObject({ state: 'present' })
  })

  it('reads a connection string without its password', () => {
    const parameters = 'ControlSet001\\Services\\Tssdis\\Parameters'
    const text = 'DRIVER={SQL Server};SERVER=sql01;UID=rds;PWD=s3cret;DATABASE=RDCms'
    const facts = ofSystem({ [parameters]: { Other: 'x', Db: text } })
    expect(facts.text('broker.connection-string')).toBe('DRIVER={SQL Server};SERVER=sql01;UID=rds;PWD=…;DATABASE=RDCms')
  })

  it('asks for the TLS update of builds before 9200 only', () => {
    const version = 'Microsoft\\Windows NT\\CurrentVersion'
    const packages = 'Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages'
    const name = 'Package_for_KB3080079~31bf3856ad364e35~amd64~~6.1.1.3'
    const build = (number: string) =>
      factsOf(
        machineEvidence({ software: { [version]: { CurrentBuildNumber: number }, [`${packages}\\${name}`]: {} } }),
      )
    expect(build('7601').text('update.kb3080079')).toBe(name)
    expect(build('17763').fact('update.kb3080079')).toBeUndefined()
  })

  it('tells profiles that were set aside', () => {
    const list = 'Microsoft\\Windows NT\\CurrentVersion\\ProfileList'
    const facts = factsOf(
      machineEvidence({ software: { [`${list}\\S-1-5-21-1.bak`]: {}, [`${list}\\S-1-5-21-1`]: {} } }),
    )
    expect(facts.text('profiles.backup-keys')).toBe('S-1-5-21-1.bak')
  })

  it('walks to the asked-for keys of a large hive, and reads little of the rest', () => {
    const others = Array.from({ length: 3_000 }, (_, i) => {
      return [`ControlSet001\\Enum\\S${i}\\Parameters`, { Data: new Uint8Array(2_000) }] as const
    })
    const bytes = hiveOf({ ...SELECT, ...Object.fromEntries(others), [RDP_TCP]: { PortNumber: 3389 } })
    let read = 0
    const counted = {
      size: bytes.length,
      read: (offset: number, length: number) => {
        read += length
        return bytes.subarray(offset, offset + length)
      },
    }
    const { hives, keyFolders } = machineEvidence({})
    const SYSTEM = { file: 'SYSTEM', state: 'present', hive: openHive(counted) } as const
    expect(factsOf({ hives: { ...hives, SYSTEM }, keyFolders }).number('listener.port')).toBe(3389)
    expect(bytes.length).toBeGreaterThan(6_000_000)
    expect(read).toBeLessThan(bytes.length / 4)
  })

  it('says whether SYSTEM may use the store of the listener', () => {
    const software = { [`${STORE}\\${thumbprint}`]: {} }
    const id = 'certificate-store.remote-desktop.system-access'
    expect(factsOf(machineEvidence({ software })).text(id)).toBe('allowed')
    expect(factsOf(machineEvidence({})).fact(id)).toMatchObject({ state: 'absent' })
    const denied = hiveOf({ 'Microsoft\\Cryptography': {}, ...software })
    setSecurity(denied, descriptorBytes({ entries: [{ type: 1, mask: 0x20019, sid: 'S-1-5-18' }] }))
    const SOFTWARE = { file: 'SOFTWARE', state: 'present', hive: openHive(bytesInMemory(denied)) } as const
    const { hives } = machineEvidence({})
    const facts = factsOf({ hives: { ...hives, SOFTWARE }, keyFolders: [] })
    expect(facts.fact(id)).toMatchObject({ value: 'denied', source: { key: STORE } })
  })

  it('gives the same facts twice', () => {
    const evidence = () => machineEvidence({ system: { [RDP_TCP]: { PortNumber: 3389 } } })
    expect(factsOf(evidence()).all).toEqual(factsOf(evidence()).all)
  })
})

describe('machineFactsOf()', () => {
  const reading = readRegistry(machineEvidence({ keyFolders: [machineKeys(LISTENER_KEY_FILE, 'a')] }))

  it('says who may read the key and who may make files beside it', () => {
    const bytes = descriptorBytes({ entries: [{ mask: 0x1f01ff, sid: 'S-1-5-18' }] })
    const facts = machineFactsOf(
      reading,
      new Map([
        ['listener', { state: 'present', bytes }],
        ['machine-keys', { state: 'present', sddl: 'O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)' }],
      ]),
    )
    expect(facts.text('key-file.listener')).toBe(LISTENER_KEY_FILE)
    expect(facts.number('key-file.listener.size')).toBe(2_000)
    expect(facts.fact('key-file.listener.other-machine')).toMatchObject({ state: 'absent' })
    expect(facts.text('key-file.listener.descriptor')).toBe('O:SYG:SYD:(A;;FA;;;SY)')
    expect(facts.text('key-file.listener.network-service')).toBe('denied')
    expect(facts.text('key-file.listener.session-env')).toBe('allowed')
    expect(facts.text('key-file.listener.session-env-write')).toBe('allowed')
    expect(facts.number('key-folder.machine-keys')).toBe(2)
    expect(facts.text('key-folder.machine-keys.network-service')).toBe('allowed')
    expect(facts.access.get('listener')?.descriptor?.owner).toBe('S-1-5-18')
    expect(facts.fact('key-file.listener')?.source).toEqual({ file: 'F:/MachineKeys', value: LISTENER_KEY_FILE })
  })

  it('never takes access control that was not read for a denial', () => {
    const facts = machineFactsOf(
      reading,
      new Map([
        ['listener', { state: 'not-collected', reason: 'no' }],
        ['machine-keys', { state: 'present', bytes: new Uint8Array(3) }],
      ]),
    )
    expect(facts.fact('key-file.listener.network-service')).toMatchObject({ state: 'not-collected', reason: 'no' })
    expect(facts.access.get('listener')?.networkService).toBe('unknown')
    expect(facts.fact('key-folder.machine-keys.descriptor')).toMatchObject({
      state: 'unreadable',
      reason: 'A security descriptor is cut',
    })
  })

  it("knows the listener's file by the machine's own guid", () => {
    expect(reading.keyFiles[0]?.expectedName).toContain(MACHINE_GUID)
  })
})
