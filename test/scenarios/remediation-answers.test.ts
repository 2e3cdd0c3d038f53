import { describe, expect, it } from 'vitest'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import type { Remediation } from '../../src/finding/finding.ts'
import { english } from '../../src/report/language/en.ts'
import { say } from '../../src/report/language/say.ts'
import { UNKNOWN_BROKER } from '../../src/scenarios/broker-on-disk.ts'
import { UNKNOWN_KEY } from '../../src/scenarios/listener-key-on-disk.ts'
import { brokerRemediation } from '../../src/scenarios/remediation-broker.ts'
import { listenerKeyRemediation } from '../../src/scenarios/remediation-listener-key.ts'
import { tlsPolicyRemediation } from '../../src/scenarios/remediation-tls-policy.ts'
import { diskOf, storedCertificate } from '../support/disk.ts'
import { createFailed, credentialFailed } from '../support/events.ts'
import { LISTENER_KEY_FILE, machineKeys } from '../support/machine.ts'
import { commands, repairs, undone } from '../support/repairs.ts'

const EXISTS = '0x8009000F'
const key = (status: string, facts?: MachineFacts) =>
  repairs('listener-key-unusable', createFailed('10:00', status), facts)
const told = ({ steps }: Remediation) => steps.map(({ text }) => say(text, english))
const software = storedCertificate()
/** A key that is there and a certificate that is in force; nobody could look who may read it. */
const sound = diskOf({ software, keyFolders: [machineKeys(LISTENER_KEY_FILE)] })

describe('listenerKeyRemediation() on what is known', () => {
  it.each(['0x80070070', '0x80070027', 'There is not enough space on the disk.'])(
    'makes room where a key could not be written with %j, and touches nothing else',
    (status) => {
      const { offline, live } = key(status)
      expect(commands(offline)).toEqual([
        'fsutil volume diskfree G:',
        expect.stringMatching(/^dir \/a \/s G:/),
        'fsutil volume diskfree G:',
      ])
      expect(commands(live).slice(0, 3)).toEqual(commands(offline).map((command) => command.replaceAll('G:', 'C:')))
      expect(commands(live).slice(3)).toEqual(['powershell -Command "Restart-Service -Force SessionEnv, TermService"'])
      expect([undone(offline), undone(live)]).toEqual([[], []])
    },
  )

  it('makes room first where the disk proved something too, and renews no certificate that only ran out', () => {
    const repair = (...proven: readonly string[]) =>
      listenerKeyRemediation(
        { drive: 'G:', build: 17763 },
        { ...UNKNOWN_KEY, status: 'disk-full', needsRoom: true, proven: new Set(proven), keyFile: LISTENER_KEY_FILE },
      ).map(commands)
    for (const told of repair('certificate-expired')) expect(told.join()).not.toMatch(/icacls|reg delete|certutil/)
    for (const told of repair('key-denied')) {
      expect(told[0]).toMatch(/^fsutil volume diskfree/)
      expect(told.join()).toContain('icacls')
    }
    for (const told of repair().map((each) => each.join())) expect(told).toContain('fsutil')
  })

  it('sets a key aside on the disk, and its certificate, where the records say that it stands in the way', () => {
    const { offline } = key(EXISTS, sound)
    const texts = told(offline)
    const aside = texts.findIndex((text) => text.startsWith('Set the key file aside'))
    expect(offline.steps[aside]?.command).toMatch(/^ren "G:/)
    expect(texts.slice(aside).some((text) => text.startsWith('Delete this certificate.'))).toBe(true)
    // Whose permissions a key has that is set aside is all one.
    expect(commands(offline).join('\n')).not.toMatch(/takeown|setowner|key-acl/)
    expect(undone(offline).join('\n')).not.toMatch(/takeown|setowner|key-acl/)
  })

  it('tries the permissions first on a running machine', () => {
    const { live } = key(EXISTS, sound)
    const aside = live.steps.findIndex(({ command }) => command?.startsWith('ren '))
    expect(told(live)[aside]).toMatch(/^Only if it still fails:/)
    expect(live.steps.findIndex(({ command }) => command?.includes('/setowner'))).toBeLessThan(aside)
  })

  it('does not ask for a status that the records tell', () => {
    for (const status of [EXISTS, '0x80070005', '0x80090016'])
      for (const remediation of Object.values(key(status)))
        expect(told(remediation).join('\n')).not.toContain('Only if the status was')
  })

  it('asks of a certificate only what the disk left open', () => {
    const known = { ...UNKNOWN_KEY, thumbprints: ['A'.repeat(40)], status: 'access-denied' as const }
    const asks = (areCertificatesSound: boolean) =>
      listenerKeyRemediation({ drive: 'F:' }, { ...known, areCertificatesSound }).map((each) =>
        told(each).some((text) => text.includes('certificate has expired')),
      )
    expect(asks(false)).toEqual([true, true])
    expect(asks(true)).toEqual([false, false])
    expect(Object.values(key('0x80070005', sound)).flatMap(told).join('\n')).not.toContain('has expired')
    expect(commands(key('0x80070005', sound).live).join('\n')).not.toContain('Get-ChildItem')
  })

  it('looks for a chosen certificate only where nobody has', () => {
    const asks = (facts?: MachineFacts) => commands(key(EXISTS, facts).live).some((each) => each.includes('/v SSLCert'))
    expect(asks()).toBe(true)
    expect(asks(sound)).toBe(false)
  })

  it('names a chosen certificate, and sets no key aside that Windows would not make again', () => {
    const chosen = { ...UNKNOWN_KEY, pinned: 'B'.repeat(40), isPinKnown: true, status: 'exists' as const }
    const [offline, live] = listenerKeyRemediation({ drive: 'F:' }, chosen)
    expect(told(live!).at(-1)).toContain(`Certificate ${chosen.pinned} was chosen for the listener`)
    expect([...commands(offline!), ...commands(live!)].filter((each) => each.startsWith('ren '))).toEqual([])
    expect(commands(offline!).join('\n')).toContain('takeown')
  })

  it('takes no denials away where the permissions were seen and hold none', () => {
    const closed = diskOf({ software, access: { listener: 'O:SYG:SYD:PAI(A;;FA;;;SY)' } })
    const typed = commands(key('0x80070005', closed).offline).join('\n')
    expect(typed).toContain('/grant *S-1-5-18')
    expect(typed).not.toContain('/remove:d')
  })
})

describe('tlsPolicyRemediation() on what is known', () => {
  it('sends nobody to look at what the disk showed to be off', () => {
    const looks = (...proven: readonly string[]) =>
      tlsPolicyRemediation({ drive: 'F:' }, { proven: new Set(proven) }).map((each) =>
        told(each).some((text) => text.startsWith('Look at what is switched off')),
      )
    expect(looks('no-protocol')).toEqual([false, false])
    expect(looks()).toEqual([true, true])
  })
})

describe('live repairs', () => {
  it('begin with a way in that is not RDP', () => {
    for (const { live } of [key(EXISTS), repairs('tls-policy-blocks-server', credentialFailed('10:00'))])
      expect(told(live)[0]).toMatch(/^RDP is what fails: get in by the serial console/)
  })

  it('name the machine to get into, where its name is one that can be typed', () => {
    const repair = { ...UNKNOWN_BROKER, proven: new Set<string>() }
    const typed = (computer: string) =>
      commands(brokerRemediation({ drive: 'F:', computer }, repair)[0]!).find((each) => each.startsWith('mstsc'))
    expect(typed('RDCB-WEST.contoso.com')).toBe('mstsc /admin /v:RDCB-WEST.contoso.com')
    for (const hostile of ['A & del *', '/f', '', 'a"b', '%X%', `${'a'.repeat(64)}.b`, 'x\ny'])
      expect(typed(hostile)).toBe('mstsc /admin /v:COMPUTER')
  })
})
