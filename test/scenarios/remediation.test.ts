import { describe, expect, it } from 'vitest'
import type { WinEvent } from '../../src/event/win-event.ts'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import type { Remediation } from '../../src/finding/finding.ts'
import { english } from '../../src/report/language/en.ts'
import { say } from '../../src/report/language/say.ts'
import { listenerKeyRemediation } from '../../src/scenarios/remediation-listener-key.ts'
import {
  bytesOf,
  diskOf,
  OWN_STORE,
  RDP_TCP,
  SCHANNEL_PROTOCOLS,
  storedCertificate,
  THUMBPRINT,
} from '../support/disk.ts'
import {
  anything,
  brokerJoined,
  credentialFailed,
  databaseFailed,
  finding,
  redirectionFailed,
  replaceFailed,
} from '../support/events.ts'
import { type ByPath, LISTENER_KEY_FILE, machineKeys } from '../support/machine.ts'

function repairs(
  scenario: string,
  failure: WinEvent,
  facts?: MachineFacts,
): { offline: Remediation; live: Remediation } {
  const story = { drive: 'G:', ...(facts && { facts }) }
  const told = finding(scenario, [failure, anything('20:00')], {}, story)?.remediation ?? []
  const of = (where: Remediation['where']) => told.find((each) => each.where === where)!
  return { offline: of('offline'), live: of('live') }
}
const commands = ({ steps }: Remediation) => steps.flatMap(({ command }) => command ?? [])
const undone = ({ undo = [] }: Remediation) => undo.flatMap(({ command }) => command ?? [])
const key = (facts?: MachineFacts) => repairs('listener-key-unusable', replaceFailed('10:00'), facts)
const tls = (facts?: MachineFacts) => repairs('tls-policy-blocks-server', credentialFailed('10:00'), facts)

const software = storedCertificate()
const second: ByPath = { Select: { Current: 2 }, 'ControlSet002\\Control': {} }
const DENIED = 'O:SYG:SYD:PAI(D;;FR;;;WD)(A;;FA;;;SY)'
/** Where the disk proved that key, store and folder are closed, the certificate has expired, and another one is pinned. */
const ALL_CLOSED = listenerKeyRemediation(
  { drive: 'G:', build: 26200 },
  {
    proven: new Set(['key-denied', 'store-denied', 'crypto-keys-closed', 'certificate-expired', 'pinned-missing']),
    keyFolder: 'machine-keys',
    keyFile: LISTENER_KEY_FILE,
    controlSet: 'ControlSet001',
    denied: ['S-1-1-0'],
    thumbprints: [THUMBPRINT],
    pinned: 'B'.repeat(40),
    isDenied: true,
    permissionsSeen: true,
  },
)
/** The same paths in the second control set. */
const inSecond = (keys: ByPath): ByPath =>
  Object.fromEntries(
    Object.entries(keys).map(([path, values]) => [path.replace('ControlSet001', 'ControlSet002'), values]),
  )

describe('listenerKeyRemediation()', () => {
  it('touches the one file that the disk proved to be closed, with its name, drive and the SIDs that are denied', () => {
    const { offline, live } = key(diskOf({ software, access: { listener: DENIED } }))
    const file = `G:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\${LISTENER_KEY_FILE}`
    const told = commands(offline).join('\n')
    expect(told).toContain(`icacls "${file}" /save`)
    expect(told).toContain(`icacls "${file}" /remove:d *S-1-1-0`)
    expect(told).toContain(`icacls "${file}" /grant *S-1-5-18:(F) *S-1-5-20:(R)`)
    expect(told).not.toMatch(/reg delete|\bren\b|MachineKeys"/)
    const folder = 'G:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys'
    expect(undone(offline)).toEqual([`icacls "${folder}" /restore C:\\rdp-repair\\key-acl.txt`])
    expect(commands(live).join('\n')).toContain(
      `C:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\${LISTENER_KEY_FILE}`,
    )
  })

  it('names accounts by SID, never in a language', () => {
    for (const facts of [undefined, diskOf({ software, access: { listener: DENIED } })]) {
      const grants = Object.values(key(facts))
        .flatMap(commands)
        .filter((command) => command.startsWith('icacls'))
      expect(grants.length).toBeGreaterThan(2)
      expect(grants.join('\n')).not.toMatch(/NETWORK SERVICE|SYSTEM:|Administrators|Everyone/)
    }
  })

  it('removes the certificate by its thumbprint where its key is gone, and leaves permissions alone', () => {
    const { offline, live } = key(diskOf({ software, keyFolders: [machineKeys('a')] }))
    const told = commands(offline)
    expect(told).toContain(`reg delete "HKLM\\BROKENSOFTWARE\\${OWN_STORE}\\${THUMBPRINT}" /f`)
    expect(told.findIndex((c) => c.startsWith('reg export'))).toBeLessThan(
      told.findIndex((c) => c.startsWith('reg delete')),
    )
    expect(told.join('\n')).not.toContain('icacls')
    expect(told.at(-1)).toBe('reg unload HKLM\\BROKENSOFTWARE')
    expect(commands(live).join('\n')).toContain(`Remote Desktop\\${THUMBPRINT}'`)
  })

  it('lets go of a certificate that is gone, in the control set in force and no other', () => {
    const system = { ...second, ...inSecond({ [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf('B'.repeat(40)) } }) }
    const { offline } = key(diskOf({ software, system }))
    const told = commands(offline)
    expect(told).toContain('reg load HKLM\\BROKENSYSTEM G:\\Windows\\System32\\config\\SYSTEM')
    expect(told).toContain(
      'reg delete "HKLM\\BROKENSYSTEM\\ControlSet002\\Control\\Terminal Server\\WinStations\\RDP-Tcp" /v SSLCertificateSHA1Hash /f',
    )
    expect(told.join('\n')).not.toMatch(/ControlSet001|00N|icacls/)
  })

  it('tells the narrow way before the broad one where nothing is proven', () => {
    const told = commands(key().offline)
    const narrow = told.findIndex((command) =>
      command.includes('f686aace6942fb7f7ceb231212eef4a4_<MachineGuid>" /grant'),
    )
    expect(narrow).toBeGreaterThan(0)
    expect(told.findIndex((command) => command.includes('MachineKeys" /inheritance'))).toBe(told.length - 1)
  })
})

describe('listenerKeyRemediation() on what can be undone', () => {
  it('takes everything back where nothing is proven: the key, its name, the folder’s permissions', () => {
    const { offline, live } = key()
    const name = 'f686aace6942fb7f7ceb231212eef4a4_<MachineGuid>'
    const rsa = (drive: string) => `${drive}\\ProgramData\\Microsoft\\Crypto\\RSA`
    const own = (drive: string) => [
      `ren "${rsa(drive)}\\MachineKeys\\${name}.old" ${name}`,
      `icacls "${rsa(drive)}\\MachineKeys" /restore C:\\rdp-repair\\key-acl.txt`,
    ]
    expect(undone(live)).toEqual(own('C:'))
    expect(undone(offline)).toEqual([`icacls "${rsa('G:')}" /restore C:\\rdp-repair\\key-folder-acl.txt`, ...own('G:')])
    const told = commands(offline)
    const saved = told.findIndex((command) =>
      command.endsWith(`icacls "${rsa('G:')}\\MachineKeys" /save C:\\rdp-repair\\key-folder-acl.txt`),
    )
    expect(saved).toBe(told.findIndex((command) => command.includes('/inheritance')) - 1)
  })

  it('restores from nothing that no step saved, and says why a step has no way back', () => {
    const pinned = { ...second, ...inSecond({ [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf('B'.repeat(40)) } }) }
    const disks = [
      undefined,
      diskOf({ software, access: { listener: DENIED } }),
      diskOf({ software, access: { keys: DENIED } }),
      diskOf({ software, keyFolders: [machineKeys('a')] }),
      diskOf({ software, system: pinned }),
    ]
    const changes: readonly (readonly [RegExp, string])[] = [
      [/^icacls .*f686aace.* \/(grant|remove)/, 'repair.key.undo-permissions'],
      [/^ren /, 'repair.key.undo-container'],
      [/Certificates\\.* \/f$|Remove-Item/, 'repair.key.undo-certificate'],
      [/\/inheritance/, 'repair.key.undo-folder'],
      [/SSLCertificateSHA1Hash \/f/, 'repair.key.undo-pin'],
      [/Restart-Service/, 'repair.key.undo-restart'],
    ]
    for (const remediation of disks.flatMap((disk) => Object.values(key(disk)))) {
      const told = commands(remediation)
      for (const command of undone(remediation)) {
        const saved = /C:\\rdp-repair\\[a-z-]+\.(txt|reg)/.exec(command)?.[0]
        if (saved) expect(told.join('\n')).toContain(saved)
      }
      const ids = remediation.undo?.map(({ text }) => text.id.replace('-offline', ''))
      for (const [change, id] of changes) {
        if (told.some((command) => change.test(command))) expect(ids).toContain(id)
        else expect(ids).not.toContain(id)
      }
    }
  })

  it('takes steps back in the order against the one they were done in, on a running machine too', () => {
    const done: readonly (readonly [RegExp, string])[] = [
      [/^icacls .*f686aace.* \/grant/, 'repair.key.undo-permissions'],
      [/Add-Content/, 'repair.key.undo-store'],
      [/Crypto\\Keys" \/grant/, 'repair.key.undo-crypto-keys'],
      [/SSLCertificateSHA1Hash \/f/, 'repair.key.undo-pin'],
      [/^ren /, 'repair.key.undo-container'],
      [/reg delete .*Certificates|Remove-Item/, 'repair.key.undo-certificate'],
      [/\/inheritance/, 'repair.key.undo-folder'],
    ]
    for (const remediation of [...Object.values(key()), ...ALL_CLOSED]) {
      const told = commands(remediation)
      const placeOf = (id: string) => {
        const [change] = done.find(([, each]) => each === id.replace('-offline', '')) ?? []
        return change && told.findLastIndex((command) => change.test(command))
      }
      const places = (remediation.undo ?? []).map(({ text }) => placeOf(text.id)).filter((at) => at !== undefined)
      expect(places.length).toBeGreaterThan(1)
      expect(places).toEqual(places.toSorted((a, b) => b - a))
    }
    const ids = key().live.undo?.map(({ text }) => text.id.slice('repair.key.undo-'.length))
    expect(ids).toEqual(['container', 'certificate', 'permissions', 'restart'])
  })

  it('does not give a key that Windows made since the permissions of the old one', () => {
    for (const { undo = [] } of Object.values(key())) {
      const restored = undo.find(({ command }) => command?.includes('key-acl.txt'))
      expect(say(restored!.text, english)).toMatch(/^Only if the key file is not one that Windows made since/)
    }
  })

  it('saves once: what a first repair saved stands when the repair is done again', () => {
    const told = [...Object.values(key()), ...ALL_CLOSED].flatMap(commands)
    const saving = told.filter((command) => command.includes(' /save '))
    expect(saving.length).toBeGreaterThan(5)
    for (const command of saving) {
      const [, looked, saved] = /^if not exist (\S+) icacls "[^"]+" \/save (\S+)$/.exec(command) ?? []
      expect([looked, saved]).toEqual([expect.stringMatching(/^C:\\rdp-repair\\[a-z-]+\.txt$/), looked])
    }
    const stores = told.filter((command) => command.includes('Add-Content'))
    expect(stores.length).toBeGreaterThan(0)
    for (const command of stores) {
      expect(command).toContain("$f = 'C:\\rdp-repair\\store-acl.txt'; $first = -not (Test-Path $f); ")
      expect(command).toMatch(/foreach .*if \(\$first\) \{ .* \| Add-Content \$f \}; \$a\.Access/)
    }
  })

  it('saves the store before a certificate goes, and has nothing to undo for it', () => {
    const { live } = key(diskOf({ software, keyFolders: [machineKeys('a')] }))
    const told = commands(live)
    const saved = told.findIndex((command) => command.startsWith('reg export "HKLM\\SOFTWARE'))
    expect(saved).toBeGreaterThanOrEqual(0)
    expect(saved).toBeLessThan(told.findIndex((command) => command.includes('Remove-Item')))
    expect(live.undo?.map(({ text }) => text.id)).toContain('repair.key.undo-certificate')
    expect(undone(live)).toEqual([])
  })

  it('keeps the permission steps where a certificate expired, access is denied and nobody saw the permissions', () => {
    const facts = diskOf({
      software: storedCertificate({ notAfter: '260314080000Z' }),
      keyFolders: [machineKeys(LISTENER_KEY_FILE)],
    })
    const told = commands(key(facts).live).join('\n')
    expect(told).toContain(`${LISTENER_KEY_FILE}" /grant *S-1-5-18:(F) *S-1-5-20:(R)`)
    expect(told).toContain('Remove-Item')
    const found = finding('listener-key-unusable', [replaceFailed('10:00'), anything('20:00')], {}, { facts })
    expect(found?.cause.id).toBe('disk.certificate-expired-denied.cause')
  })

  it('speaks of the running machine alone, and of no folder that no step touches', () => {
    const { live } = key(diskOf({ software, keyFolders: [machineKeys(LISTENER_KEY_FILE)] }))
    expect(commands(live).join('\n')).not.toContain('ControlSet001')
    expect(live.risk?.id).toBe('repair.key.risk-live')
  })
})

describe('tlsPolicyRemediation()', () => {
  const off = ['1.0', '1.1', '1.2'].map((v) => [`${SCHANNEL_PROTOCOLS}\\TLS ${v}\\Server`, { Enabled: 0 }] as const)

  it('switches TLS 1.2 on in the control set in force, and nothing older', () => {
    const { offline, live } = tls(diskOf({ system: { ...second, ...inSecond(Object.fromEntries(off)) } }))
    const told = commands(offline).filter((command) => command.startsWith('reg add'))
    expect(told).toHaveLength(2)
    for (const command of told)
      expect(command).toContain(
        'BROKENSYSTEM\\ControlSet002\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server',
      )
    expect([...commands(offline), ...commands(live)].join('\n')).not.toMatch(/reg add .*TLS 1\.[01]|BROKENSOFTWARE/)
    expect(live.rollback).toMatchObject({
      id: 'repair.tls.rollback-live',
      params: {
        command: expect.stringMatching(/reg delete .*CurrentControlSet.* \/v DisabledByDefault \/f & reg import/),
      },
    })
    expect(offline).toMatchObject({
      risk: expect.anything(),
      rollback: { params: { command: expect.stringContaining('schannel-protocols.reg') } },
    })
  })

  it('takes an empty cipher order of policy away, and leaves protocols alone', () => {
    const order = 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002'
    const { offline } = tls(diskOf({ software: { [order]: { Functions: '' } } }))
    expect(commands(offline)).toContain(`reg delete "HKLM\\BROKENSOFTWARE\\${order}" /v Functions /f`)
    expect(commands(offline).join('\n')).not.toMatch(/reg add|BROKENSYSTEM/)
  })
})

describe('brokerRemediation()', () => {
  const services = 'ControlSet001\\Services'
  const broker = (facts?: MachineFacts) => repairs('broker-out-of-step', databaseFailed('10:00'), facts)

  it('says that giving TLS 1.0 back costs security, and how to take it away again', () => {
    expect(broker().offline).toMatchObject({ risk: { id: 'repair.broker.tls-risk' }, rollback: expect.anything() })
  })

  it('changes nothing on a session host whose broker is another machine, and names that one', () => {
    const host = (facts?: MachineFacts) => {
      const events = [brokerJoined('09:00', 'RDCB03.contoso.com'), redirectionFailed('10:00'), anything('20:00')]
      return finding('broker-out-of-step', events, {}, facts === undefined ? {} : { facts })
    }
    const absent = diskOf({ system: { [services]: {} } })
    for (const [found, cause] of [
      [host(), 'broker-out-of-step.cause-perhaps-elsewhere-named'],
      [host(absent), 'broker-out-of-step.cause-elsewhere-named'],
    ] as const) {
      expect(found?.cause).toMatchObject({ id: cause, params: { broker: 'RDCB03.contoso.com' } })
      expect(found?.certainIf[0]?.id).toBe('broker-out-of-step.certain-broker-named')
      const told = (found?.remediation ?? []).flatMap(commands).join('\n')
      expect(told).not.toMatch(/WindowsFeature|TLS 1\.0|reg add|RDCB03/)
    }
  })

  it('takes a machine with the broker service for the broker, whatever is silent', () => {
    const facts = diskOf({ system: { [`${services}\\Tssdis`]: { Start: 2 } } })
    const found = finding('broker-out-of-step', [redirectionFailed('10:00'), anything('20:00')], {}, { facts })
    expect(found?.cause.id).toBe('broker-out-of-step.cause')
  })

  it('does not give TLS 1.0 back where the disk shows that it is not switched off', () => {
    const facts = diskOf({ system: { [`${services}\\Tssdis`]: { Start: 2 } } })
    expect(commands(broker(facts).offline)).toEqual([])
    expect(commands(broker(facts).live).join('\n')).not.toContain('TLS 1.0')
  })

  it('says on the running machine what to do where TLS 1.0 is off, and sets nothing up anew without a condition', () => {
    const { steps } = broker().live
    const told = steps.map(({ text, command }) => `${say(text, english)} ${command ?? ''}`)
    for (const side of ['Server', 'Client'])
      expect(told.filter((step) => step.includes(`TLS 1.0\\${side}" /v Enabled /t REG_DWORD /d 1`))).toHaveLength(1)
    expect(told.find((step) => step.includes('reg add'))).toMatch(/^If it is: /)
    expect(told.find((step) => step.includes('shutdown /r'))).toMatch(/^If it was off: /)
    const anew = told.filter((step) => /WindowsFeature|set .*up again|under the new name/.test(step))
    expect(anew).toHaveLength(4)
    for (const step of anew) expect(step).toMatch(/^Only if (the server|it) was renamed: /)
  })

  it('tells the sides apart in words', () => {
    const off = { Enabled: 0, DisabledByDefault: 1 }
    const system = {
      [`${services}\\Tssdis`]: { Start: 2 },
      [`${SCHANNEL_PROTOCOLS}\\TLS 1.0\\Server`]: off,
      [`${SCHANNEL_PROTOCOLS}\\TLS 1.0\\Client`]: off,
    }
    const { steps } = broker(diskOf({ system })).live
    const told = steps.map(({ text }) => say(text, english))
    expect(told.filter((text) => text.includes('side use it'))).toHaveLength(2)
    expect(new Set(told).size).toBe(told.length)
  })
})

describe('what the disk proves, in words', () => {
  it('names no TLS 1.3 as switched off on a build that never had it', () => {
    const system = Object.fromEntries(
      ['1.0', '1.1', '1.2'].map((v) => [`${SCHANNEL_PROTOCOLS}\\TLS ${v}\\Server`, { Enabled: 0 }]),
    )
    const facts = diskOf({ system })
    const found = finding('tls-policy-blocks-server', [credentialFailed('10:00'), anything('20:00')], {}, { facts })
    const proof = found?.rules.find(({ id }) => id === 'proof-on-disk')
    expect(proof?.why.params['versions']).toBe('TLS 1.0, TLS 1.1, TLS 1.2')
  })
})
