import { describe, expect, it } from 'vitest'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import type { Remediation } from '../../src/finding/finding.ts'
import { english } from '../../src/report/language/en.ts'
import { french } from '../../src/report/language/fr.ts'
import { say } from '../../src/report/language/say.ts'
import { brokerRemediation } from '../../src/scenarios/remediation-broker.ts'
import { tlsPolicyRemediation } from '../../src/scenarios/remediation-tls-policy.ts'
import { diskOf, SCHANNEL_PROTOCOLS } from '../support/disk.ts'
import {
  anything,
  brokerJoined,
  credentialFailed,
  databaseFailed,
  finding,
  redirectionFailed,
} from '../support/events.ts'
import { ALL_CLOSED, commands, inSecond, repairs, SECOND, undone } from '../support/repairs.ts'

const tls = (facts?: MachineFacts) => repairs('tls-policy-blocks-server', credentialFailed('10:00'), facts)

const TLS_1_2 = 'Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server'
const PROTOCOLS_SAVED = 'C:\\rdp-repair\\schannel-protocols.reg'

describe('tlsPolicyRemediation()', () => {
  const off = ['1.0', '1.1', '1.2'].map((v) => [`${SCHANNEL_PROTOCOLS}\\TLS ${v}\\Server`, { Enabled: 0 }] as const)

  it('switches TLS 1.2 on in the control set in force, and nothing older', () => {
    const { offline, live } = tls(diskOf({ system: { ...SECOND, ...inSecond(Object.fromEntries(off)) } }))
    const told = commands(offline).filter((command) => command.startsWith('reg add'))
    expect(told).toHaveLength(2)
    for (const command of told)
      expect(command).toContain(
        'BROKENSYSTEM\\ControlSet002\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server',
      )
    expect([...commands(offline), ...commands(live)].join('\n')).not.toMatch(/reg add .*TLS 1\.[01]|BROKENSOFTWARE/)
    expect(offline.risk).toBeDefined()
  })

  it('takes an empty cipher order of policy away, and leaves protocols alone', () => {
    const order = 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002'
    const { offline } = tls(diskOf({ software: { [order]: { Functions: '' } } }))
    expect(commands(offline)).toContain(`reg delete "HKLM\\BROKENSOFTWARE\\${order}" /v Functions /f`)
    expect(commands(offline).join('\n')).not.toMatch(/reg add|BROKENSYSTEM/)
    expect(undone(offline).join('\n')).not.toMatch(/BROKENSYSTEM|schannel-protocols/)
  })

  it('is taken back command by command: what was added first, then what was saved comes back', () => {
    const { offline, live } = tls(diskOf({ system: { ...SECOND, ...inSecond(Object.fromEntries(off)) } }))
    const back = (set: string) => [
      `reg delete "${set}\\${TLS_1_2}" /v DisabledByDefault /f`,
      `reg delete "${set}\\${TLS_1_2}" /v Enabled /f`,
      `if exist ${PROTOCOLS_SAVED} (reg import ${PROTOCOLS_SAVED}) else echo Not saved`,
    ]
    expect(undone(live)).toEqual([...back('HKLM\\SYSTEM\\CurrentControlSet'), 'shutdown /r /t 0'])
    expect(undone(offline)).toEqual([
      'reg load HKLM\\BROKENSYSTEM G:\\Windows\\System32\\config\\SYSTEM',
      ...back('HKLM\\BROKENSYSTEM\\ControlSet002'),
      'reg unload HKLM\\BROKENSYSTEM',
    ])
  })

  it('takes policy’s order back before protocols, which were changed before it', () => {
    const ways = tlsPolicyRemediation({ drive: 'G:' }, { proven: new Set(['no-protocol', 'no-cipher']) })
    for (const told of ways.map(undone)) {
      const imports = told.filter((command) => command.includes('reg import'))
      expect(imports.map((command) => /([^\\]+\.reg)\)/.exec(command)?.[1])).toEqual([
        'cipher-order.reg',
        'schannel-protocols.reg',
      ])
    }
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

  it('gives TLS 1.0 back whole where nobody saw what is set of it, and only what was seen to be taken', () => {
    const added = (remediation: Remediation) =>
      commands(remediation)
        .map((command) => /TLS 1\.0\\(\w+)" \/v (\w+) /.exec(command)?.slice(1).join(' '))
        .filter((value) => value !== undefined)
    const both = ['Server Enabled', 'Client Enabled']
    const { live, offline } = broker()
    for (const remediation of [live, offline]) {
      expect(added(remediation)).toEqual([...both, 'Server DisabledByDefault', 'Client DisabledByDefault'])
      expect(undone(remediation).filter((command) => command.includes('/v DisabledByDefault /f'))).toHaveLength(2)
    }
    const off = { Enabled: 0, DisabledByDefault: 1 }
    const system = {
      [`${services}\\Tssdis`]: { Start: 2 },
      [`${SCHANNEL_PROTOCOLS}\\TLS 1.0\\Server`]: off,
      [`${SCHANNEL_PROTOCOLS}\\TLS 1.0\\Client`]: { Enabled: 0 },
    }
    expect(added(broker(diskOf({ system })).live)).toEqual([...both, 'Server DisabledByDefault'])
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
    expect(told.filter((text) => text.includes('side use TLS 1.0'))).toHaveLength(2)
    expect(new Set(told).size).toBe(told.length)
  })

  it.each(['Server', 'Client'] as const)('says of the %s side what is done and undone, without the other', (side) => {
    const repair = { proven: new Set<never>(), tlsIsLeft: false, tlsHeld: [], tlsUnseen: [side] }
    for (const { steps, undo = [] } of brokerRemediation({ drive: 'G:' }, repair)) {
      const told = [...steps, ...undo].filter(({ command }) => command?.includes(`${side}" /v DisabledByDefault`))
      expect(told).toHaveLength(2)
      for (const { text } of told) {
        expect(say(text, french)).toContain('TLS 1.0')
        expect(say(text, french)).not.toMatch(/\b(?:aussi|celle)\b/)
        expect(say(text, english)).toContain('TLS 1.0')
        expect(say(text, english)).not.toMatch(/\b(?:too|the one|do so)\b/)
      }
    }
  })
})

describe('a repair of the registry', () => {
  const broker = (facts?: MachineFacts) => repairs('broker-out-of-step', databaseFailed('10:00'), facts)
  const all = [
    tls(),
    tls(diskOf({ software: { 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002': { Functions: '' } } })),
    broker(),
    brokerRemediation(
      { drive: 'G:' },
      { proven: new Set(['broker-tls-1.0-off']), tlsIsLeft: false, tlsHeld: ['Server'], tlsUnseen: [] },
    ),
  ].flatMap((ways) => Object.values(ways))

  it('has a way back for each value, each a command of its own', () => {
    expect(all).toHaveLength(8)
    expect(all.filter(({ title }) => title.id === 'repair.broker.tls-title')).toHaveLength(2)
    for (const remediation of all) {
      const back = undone(remediation)
      expect(remediation.undo?.every(({ command }) => command !== undefined)).toBe(true)
      expect(back.join('\n')).not.toContain(' & ')
      expect(JSON.stringify(remediation.rollback?.params)).not.toMatch(/reg /)
      for (const command of commands(remediation)) {
        const [, key, value] = /^reg add "(.*)" \/v (\w+) /.exec(command) ?? []
        // Of TLS 1.0 the import brings a DisabledByDefault back that was seen to be there.
        const wasThere = value === 'DisabledByDefault' && remediation.title.id === 'repair.broker.tls-title'
        if (key !== undefined && !wasThere) expect(back).toContain(`reg delete "${key}" /v ${value} /f`)
      }
      const removed = back.findLastIndex((command) => command.startsWith('reg delete'))
      const imported = back.findIndex((command) => /(schannel-protocols|tls-1\.0)\.reg/.test(command))
      if (removed >= 0) expect(imported).toBeGreaterThan(removed)
    }
  })

  it('saves once, and brings nothing back that could not be saved', () => {
    for (const remediation of [...all, ...ALL_CLOSED]) {
      const told = commands(remediation)
      const saving = told.filter((command) => command.includes('reg export'))
      expect(saving.length).toBeGreaterThan(0)
      const saved = saving.map((command) => {
        const [, looked, written] =
          /^if exist (\S+) \(echo Saved before\) else reg export "[^"]+" (\S+)$/.exec(command) ?? []
        expect(looked).toBe(written)
        return written
      })
      for (const command of undone(remediation).filter((each) => each.includes('reg import'))) {
        const [, looked, read] = /^if exist (\S+) \(reg import (\S+)\) else echo Not saved$/.exec(command) ?? []
        expect(looked).toBe(read)
        expect(saved).toContain(read)
      }
    }
  })

  it('is in force after a restart, and so is what takes it back', () => {
    for (const remediation of all.filter(({ where }) => where === 'live')) {
      expect(undone(remediation).at(-1)).toBe('shutdown /r /t 0')
      expect(commands(remediation)).toContain('shutdown /r /t 0')
    }
  })

  it('takes back TLS 1.0 alone where nothing was set up anew', () => {
    const { live } = broker()
    expect(say(live.rollback!, english)).toMatch(/^Go back to the snapshot; if only TLS 1\.0 was switched on/)
    const key = `HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0`
    expect(undone(live)).toEqual([
      `reg delete "${key}\\Client" /v DisabledByDefault /f`,
      `reg delete "${key}\\Server" /v DisabledByDefault /f`,
      `reg delete "${key}\\Client" /v Enabled /f`,
      `reg delete "${key}\\Server" /v Enabled /f`,
      'if exist C:\\rdp-repair\\tls-1.0.reg (reg import C:\\rdp-repair\\tls-1.0.reg) else echo Not saved',
      'shutdown /r /t 0',
    ])
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
    expect(proof?.why.params.versions).toBe('TLS 1.0, TLS 1.1, TLS 1.2')
  })
})
