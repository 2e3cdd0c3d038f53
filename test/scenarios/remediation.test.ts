import { describe, expect, it } from 'vitest'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import { english } from '../../src/report/language/en.ts'
import { say } from '../../src/report/language/say.ts'
import { bytesOf, diskOf, OWN_STORE, RDP_TCP, storedCertificate, THUMBPRINT } from '../support/disk.ts'
import { anything, finding, replaceFailed } from '../support/events.ts'
import { LISTENER_KEY_FILE, machineKeys } from '../support/machine.ts'
import { ALL_CLOSED, commands, inSecond, repairs, SECOND, undone } from '../support/repairs.ts'

const key = (facts?: MachineFacts) => repairs('listener-key-unusable', replaceFailed('10:00'), facts)

const software = storedCertificate()
const DENIED = 'O:SYG:SYD:PAI(D;;FR;;;WD)(A;;FA;;;SY)'

describe('listenerKeyRemediation()', () => {
  it('touches the one file that the disk proved to be closed, with its name, drive and the SIDs that are denied', () => {
    const { offline, live } = key(diskOf({ software, access: { listener: DENIED } }))
    const file = `G:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\${LISTENER_KEY_FILE}`
    const told = commands(offline).join('\n')
    expect(told).toContain(`icacls "${file}" /save`)
    expect(told).toContain(`icacls "${file}" /remove:d *S-1-1-0`)
    expect(told).toContain(`icacls "${file}" /grant *S-1-5-18:(F) *S-1-5-20:(R)`)
    expect(told).not.toMatch(/reg delete|\bren\b|MachineKeys"| \/r\b/)
    const folder = 'G:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys'
    expect(undone(offline)).toEqual([
      `takeown /f "${file}" /a`,
      `icacls "${folder}" /restore C:\\rdp-repair\\key-acl.txt`,
      `icacls "${file}" /setowner *S-1-5-18`,
    ])
    expect(commands(live).join('\n')).toContain(
      `C:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\${LISTENER_KEY_FILE}`,
    )
  })

  it('owns what SYSTEM owns before it is saved and changed, one file or folder, and gives it back at the end', () => {
    const [, live] = ALL_CLOSED
    const there = Object.values(key(diskOf({ software, access: { listener: DENIED } })))
    for (const [remediation, what] of [
      ...[...Object.values(key()), ...there].map(
        (each) => [each, /f686aace6942fb7f7ceb231212eef4a4_[^"\\]+"/] as const,
      ),
      ...ALL_CLOSED.map((each) => [each, /Crypto\\Keys"/] as const),
    ]) {
      const own = commands(remediation).filter((command) => what.test(command) && !/^(ren|attrib) /.test(command))
      expect(own.at(0)).toMatch(/^takeown \/f "[^"]+" \/a$/)
      expect(own.at(1)).toContain(' /save ')
      expect(own.slice(2, -1).every((command) => /^icacls "[^"]+" \/(grant|remove:d) /.test(command))).toBe(true)
      expect(own.at(-1)).toMatch(/^icacls "[^"]+" \/setowner \*S-1-5-18$/)
      const back = undone(remediation)
      const restored = back.findIndex((command) => /restore .*(\\key|keys)-acl/.test(command))
      expect(back[restored - 1]).toMatch(/^takeown \/f "[^"]+" \/a$/)
      expect(back[restored + 1]).toMatch(/ \/setowner \*S-1-5-18$/)
    }
    expect(live?.steps.filter(({ text }) => text.id === 'repair.key.give-back')).toHaveLength(2)
  })

  it('sends nobody away from a key file that is there', () => {
    const first = (facts?: MachineFacts) => {
      const { steps } = key(facts).live
      return steps[steps.findIndex(({ command }) => command?.startsWith('takeown')) - 1]!.text
    }
    expect(say(first(), english)).toBe('If the key file is not there, skip to the certificate.')
    const facts = diskOf({ software, access: { listener: DENIED } })
    expect(say(first(facts), english)).not.toContain('If ')
  })

  it('types nothing that the PowerShell of Server 2008 R2 does not know', () => {
    for (const command of [...Object.values(key()), ...ALL_CLOSED].flatMap(commands)) {
      expect(command).not.toMatch(/Remove-Item|Where-Object [^{]/)
    }
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
    const saved = told.findIndex((command) => command.includes('reg export'))
    expect(saved).toBeGreaterThanOrEqual(0)
    expect(saved).toBeLessThan(told.findIndex((command) => command.startsWith('reg delete')))
    expect(told.join('\n')).not.toContain('icacls')
    expect(told.at(-1)).toBe('reg unload HKLM\\BROKENSOFTWARE')
    expect(commands(live)).toContain(`certutil -delstore "Remote Desktop" "${THUMBPRINT}"`)
  })

  it('lets go of a certificate that is gone, in the control set in force and no other', () => {
    const system = { ...SECOND, ...inSecond({ [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf('B'.repeat(40)) } }) }
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
      `attrib +s "${rsa(drive)}\\MachineKeys\\${name}"`,
      `takeown /f "${rsa(drive)}\\MachineKeys\\${name}" /a`,
      `icacls "${rsa(drive)}\\MachineKeys" /restore C:\\rdp-repair\\key-acl.txt`,
      `icacls "${rsa(drive)}\\MachineKeys\\${name}" /setowner *S-1-5-18`,
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
    const pinned = { ...SECOND, ...inSecond({ [RDP_TCP]: { SSLCertificateSHA1Hash: bytesOf('B'.repeat(40)) } }) }
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
      [/Certificates\\.* \/f$|-delstore/, 'repair.key.undo-certificate'],
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
      [/reg delete .*Certificates|-delstore/, 'repair.key.undo-certificate'],
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
    const ids = key().live.undo?.map(({ text }) => text.id.slice('repair.key.'.length))
    expect(ids).toEqual([
      'undo-certificate',
      'undo-container',
      'hide-file',
      'undo-take',
      'undo-permissions',
      'give-back',
      'undo-restart',
    ])
    const live = commands(key().live)
    const at = (command: RegExp) => live.findIndex((each) => command.test(each))
    // Its certificate is deleted because the key was set aside.
    expect(at(/^ren /)).toBeLessThan(at(/-delstore/))
    // `ren` finds no file with the attribute that key files have.
    expect(at(/^attrib -s -h /)).toBe(at(/^ren /) - 1)
  })

  it('does not give a key that Windows made since the permissions of the old one', () => {
    for (const { undo = [] } of Object.values(key())) {
      const restored = undo.findIndex(({ command }) => command?.includes('key-acl.txt'))
      expect(say(undo[restored - 1]!.text, english)).toMatch(
        /^Only if the key file is not one that Windows made since, this step and the next two:/,
      )
    }
  })

  it('saves once: what a first repair saved stands when the repair is done again', () => {
    const told = [...Object.values(key()), ...ALL_CLOSED].flatMap(commands)
    const saving = told.filter((command) => command.includes(' /save '))
    expect(saving.length).toBeGreaterThan(5)
    for (const command of saving) {
      const [, looked, saved] =
        /^if exist (\S+) \(echo Saved before\) else icacls "[^"]+" \/save (\S+)$/.exec(command) ?? []
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
    const saved = told.findIndex((command) => command.includes('reg export "HKLM\\SOFTWARE'))
    expect(saved).toBeGreaterThanOrEqual(0)
    expect(saved).toBeLessThan(told.findIndex((command) => command.includes('-delstore')))
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
    expect(told).toContain('-delstore')
    const found = finding('listener-key-unusable', [replaceFailed('10:00'), anything('20:00')], {}, { facts })
    expect(found?.cause.id).toBe('disk.certificate-expired-denied.cause')
  })

  it('speaks of the running machine alone, and of no folder that no step touches', () => {
    const { live } = key(diskOf({ software, keyFolders: [machineKeys(LISTENER_KEY_FILE)] }))
    expect(commands(live).join('\n')).not.toContain('ControlSet001')
    expect(live.risk?.id).toBe('repair.key.risk-live')
  })
})
