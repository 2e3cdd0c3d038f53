import { describe, expect, it } from 'vitest'
import { LOCAL_SESSION_MANAGER, SCHANNEL, SESSION_MANAGER_OPERATIONAL } from '../../src/event/source.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import { english } from '../../src/report/language/en.ts'
import { say } from '../../src/report/language/say.ts'
import {
  anything,
  attempt,
  authenticated,
  booted,
  certificateMade,
  createFailed,
  event,
  finding as findingOf,
  keyUnusable,
  listenerStarted,
  named,
  passwordRefused,
  replaceFailed,
  sessionLogon,
  ticks,
} from '../support/events.ts'

const finding = (
  events: readonly WinEvent[],
  ...more: [Parameters<typeof findingOf>[2]?, Parameters<typeof findingOf>[3]?]
) => findingOf('listener-key-unusable', events, ...more)
const verdict = (...events: readonly WinEvent[]) => finding(events)?.verdict
const end = anything('20:00')
const rulesOf = (found: ReturnType<typeof finding>, id: string) =>
  found?.rules.filter((rule) => rule.id === id).map(({ met }) => met)

describe('listenerKeyUnusable', () => {
  it('is possible with one kind of event, however often', () => {
    const failures = Array.from({ length: 30 }, (_, minute) => replaceFailed(`10:${String(minute).padStart(2, '0')}`))
    const found = finding([...failures, end])
    expect(found).toMatchObject({ verdict: 'possible', window: 'window', since: ticks('10:00'), last: ticks('10:29') })
    expect(found?.counts.trigger).toBe(30)
    expect(rulesOf(found, 'second-kind-of-evidence')).toEqual(['no'])
  })

  it.each(['Access is denied.', 'Accès refusé.', '%%5', '-2146893809', 'Nešto nije u redu', ''])(
    'takes either id with any status: %j',
    (status) => {
      expect(verdict(replaceFailed('10:00', status), end)).toBe('possible')
      expect(verdict(createFailed('10:00', status), end)).toBe('possible')
    },
  )

  it('does not take GroupPolicy 1058 for the listener’s, nor a 1058 of another channel', () => {
    expect(verdict(event('Microsoft-Windows-GroupPolicy', 1058, '10:00'), end)).toBeUndefined()
    expect(verdict(replaceFailed('10:00', 'x', { channel: 'Application' }), end)).toBeUndefined()
  })

  it('is probable when Schannel fails for the listener at the same time', () => {
    const found = finding([replaceFailed('10:00:00'), attempt('10:00:59'), keyUnusable('10:01:00'), end])
    expect(found?.verdict).toBe('probable')
    expect(found?.evidence.map(({ role, eventId }) => [role, eventId])).toEqual([
      ['trigger', 1058],
      ['support', 131],
      ['support', 36870],
    ])
    expect(found?.summary.id).toBe('listener-key-unusable.summary-both')
  })

  it('does not take 1057 and 1058 for two kinds: one provider says both', () => {
    expect(finding([createFailed('10:00'), replaceFailed('10:01'), end])).toMatchObject({
      verdict: 'possible',
      counts: { trigger: 2, support: 0 },
    })
  })

  it('does not count a Schannel failure that nothing ties to the listener', () => {
    const found = finding([replaceFailed('10:00:00'), attempt('10:00:57.9'), keyUnusable('10:01:00'), end])
    expect(found?.verdict).toBe('possible')
    expect(found?.counts).toMatchObject({ trigger: 1, support: 0, context: 2 })
  })

  it('agrees within five minutes, and in the same boot however long', () => {
    const later = (time: string) => [attempt(time), keyUnusable(time), end]
    expect(verdict(replaceFailed('10:00'), ...later('10:05'))).toBe('probable')
    const byItself = finding([replaceFailed('2026-03-12T10:00'), ...later('10:00')])
    expect(byItself).toMatchObject({ verdict: 'probable', since: ticks('10:00') })
    const found = finding([booted('2026-03-10'), replaceFailed('2026-03-11'), ...later('10:00')])
    expect(found).toMatchObject({ verdict: 'probable', window: 'boot', since: ticks('2026-03-11') })
  })

  it('is not tied to the listener by a connection whose own process the caller is not', () => {
    const caller = keyUnusable('10:00', { CallerProcessId: '3000', CallerProcessImageName: 'svchost.exe' })
    expect(verdict(booted('08:00'), attempt('09:59:59'), caller, end)).toBe('probable')
    expect(verdict(booted('08:00'), attempt('09:59:59', { processId: 332 }), caller, end)).toBe('possible')
  })

  it('is probable with a Schannel failure alone that a connection or the caller ties to the listener', () => {
    expect(verdict(attempt('10:00:00'), keyUnusable('10:00:02'), end)).toBe('probable')
    expect(verdict(attempt('10:00:00'), keyUnusable('10:00:02.0000001'), end)).toBe('possible')
    const caller = { CallerProcessId: '332', CallerProcessImageName: 'svchost.exe' }
    expect(verdict(booted('08:00'), listenerStarted('08:01', 332), keyUnusable('10:00', caller), end)).toBe('probable')
  })

  it('is refuted when each failure is another service’s', () => {
    const found = finding([
      keyUnusable('10:00', { CallerProcessId: '9', CallerProcessImageName: 'w3wp.exe' }),
      attempt('09:59:59'),
      end,
    ])
    expect(found).toMatchObject({ verdict: 'refuted', remediation: [], certainIf: [] })
    expect(found?.counts).toMatchObject({ trigger: 0, refute: 1 })
    expect(rulesOf(found, 'attributed-to-listener')).toEqual(['no'])
  })

  it('finds nothing in a failing client', () => {
    expect(verdict(attempt('10:00:00'), keyUnusable('10:00:01', { Type: 'client' }), end)).toBeUndefined()
    expect(verdict(keyUnusable('10:00:01', { Type: '%%36992' }), end)).toBeUndefined()
  })

  it('makes no more than possible of a chain that could not be built, even the listener’s', () => {
    const chain = event(SCHANNEL, 36872, '10:00:01', { data: named({ Type: 'server', ErrorCode: '0x80090304' }) })
    expect(verdict(attempt('10:00:00'), chain, end)).toBe('possible')
    expect(verdict(replaceFailed('10:00:00'), attempt('10:00:00'), chain, end)).toBe('probable')
  })

  it('takes 36886 for context only, since it names no side', () => {
    const bare = event(SCHANNEL, 36886, '10:00:01')
    expect(verdict(bare, end)).toBeUndefined()
    expect(finding([replaceFailed('10:00:00'), bare, end])).toMatchObject({
      verdict: 'possible',
      counts: { context: 1 },
    })
  })

  it('takes cause, counts and reasons from what came since RDP last worked', () => {
    const before = [attempt('2026-03-01T09:59:59'), keyUnusable('2026-03-01T10:00'), authenticated('2026-03-02T10:00')]
    const old = createFailed('2026-03-01T10:00:30', 'Object already exists.')
    const found = finding([...before, old, attempt('09:59:59'), keyUnusable('10:00'), end])
    expect(found).toMatchObject({ verdict: 'probable', cause: { id: 'listener-key-unusable.cause' } })
    expect(found?.counts.trigger).toBe(1)
    expect(found?.evidence.map(({ role, eventId }) => [eventId, role])).toEqual([
      [36870, 'context'],
      [1057, 'context'],
      [1149, 'context'],
      [131, 'support'],
      [36870, 'trigger'],
    ])
    expect(found?.rules.find(({ id }) => id === 'attributed-to-listener')?.why.params).toMatchObject({ count: 1 })
    expect(JSON.stringify(found?.remediation)).not.toContain('exists')
  })

  it('is spoken against by clients that came as far as their password since it began, and is not undone', () => {
    const failing = [passwordRefused('09:00'), attempt('09:59:59'), keyUnusable('10:00')]
    const early = [...failing, passwordRefused('10:05'), passwordRefused('11:00'), end]
    // Behind a reference that was asked for they can only heal or give context.
    expect(finding(early, { reference: { ticks: ticks('10:30'), text: '' } })?.counts.refute).toBe(1)
    const found = finding([...failing, passwordRefused('10:05'), passwordRefused('11:00'), end])
    expect(found).toMatchObject({ verdict: 'probable', counts: { refute: 2 } })
    expect(found?.rules.find(({ id }) => id === 'tls-never-worked')).toMatchObject({
      met: 'no',
      why: { params: { count: 2, last: ticks('11:00') } },
    })
    expect(rulesOf(finding([...failing, end]), 'tls-never-worked')).toEqual([])
    const healed = finding([...failing, passwordRefused('10:05'), authenticated('12:00'), end])
    expect(healed).toMatchObject({ verdict: 'historic', counts: { refute: 0 } })
  })

  it('makes room where the disk is full, and all else as well where more than that failed', () => {
    const full = createFailed('11:00', 'There is not enough space on the disk.')
    const stepsOf = (...events: readonly WinEvent[]) => JSON.stringify(finding([...events, end])?.remediation)
    expect(stepsOf(full)).toMatch(/^(?!.*icacls).*diskfree/)
    for (const before of [replaceFailed('10:00'), keyUnusable('10:00')]) {
      const steps = stepsOf(attempt('09:59:59'), before, full)
      expect(steps).toContain('diskfree')
      expect(steps).toContain('icacls')
    }
  })

  it('claims no key for failures that nothing ties to the listener, healed or not', () => {
    const healed = finding([keyUnusable('10:00'), authenticated('12:00'), end])
    expect(healed).toMatchObject({
      verdict: 'historic',
      summary: { id: 'listener-key-unusable.summary-weak-historic', params: { count: 1 } },
    })
  })

  it('counts a failed start of the service with a key’s status, and none with another', () => {
    const failedStart = (status: string) =>
      event(LOCAL_SESSION_MANAGER, 17, '10:01', {
        channel: SESSION_MANAGER_OPERATIONAL,
        data: named({ Param1: status }),
      })
    expect(verdict(replaceFailed('10:00'), failedStart('0x80070005'), end)).toBe('probable')
    expect(verdict(replaceFailed('10:00'), failedStart('0x800706B5'), end)).toBe('possible')
  })

  it.each([
    ['a new certificate', certificateMade('10:30')],
    ['a network authentication', authenticated('10:30')],
    ['a remote session', sessionLogon('10:30', '10.0.0.7')],
    [
      'a remote logon',
      event('Microsoft-Windows-Security-Auditing', 4624, '10:30', {
        channel: 'Security',
        data: named({ LogonType: '10' }),
      }),
    ],
  ])('is historic after %s', (_, heal) => {
    const found = finding([replaceFailed('10:00'), heal, end])
    expect(found).toMatchObject({ verdict: 'historic', counts: { heal: 1 }, remediation: [] })
    expect(rulesOf(found, 'not-healed')).toEqual(['no'])
  })

  it('speaks of one moment where it failed in one second, and of a time where in several', () => {
    const summary = (...times: readonly string[]) =>
      finding([...times.map((time) => replaceFailed(time)), authenticated('11:00'), end])?.summary.id
    expect(summary('10:00:00')).toBe('listener-key-unusable.summary-historic-once')
    expect(summary('10:00:00', '10:00:00.9999999')).toBe('listener-key-unusable.summary-historic-once')
    expect(summary('10:00:00', '10:00:01')).toBe('listener-key-unusable.summary-historic')
  })

  it.each([
    ['a session at the console', sessionLogon('10:30', 'LOCAL')],
    ['a session at the console of another language', sessionLogon('10:30', 'paikallinen')],
    ['a start of the listener', listenerStarted('10:30', 332)],
    [
      'a network logon',
      event('Microsoft-Windows-Security-Auditing', 4624, '10:30', {
        channel: 'Security',
        data: named({ LogonType: '3' }),
      }),
    ],
    ['a logon within a second in another log', authenticated('10:00:01')],
    ['a logon found in slack', authenticated('10:30', { recovered: 'slack' })],
  ])('is not healed by %s', (_, other) => {
    expect(verdict(replaceFailed('10:00'), other, end)).toBe('possible')
  })

  it('goes by record number inside System: a certificate made before the failure does not heal it', () => {
    expect(
      verdict(certificateMade('10:00:01', { recordId: 5 }), replaceFailed('10:00:00', 'x', { recordId: 6 }), end),
    ).toBe('possible')
    expect(
      verdict(replaceFailed('10:00:01', 'x', { recordId: 5 }), certificateMade('10:00:00', { recordId: 6 }), end),
    ).toBe('historic')
  })

  it('counts since RDP last worked, and lets nothing older agree', () => {
    const events = [attempt('09:59'), keyUnusable('09:59:01'), authenticated('10:01'), replaceFailed('10:03'), end]
    expect(finding(events)).toMatchObject({ verdict: 'possible', since: ticks('10:03') })
  })

  it('speaks of the time since RDP worked only where a record shows that it did', () => {
    const why = (...events: readonly WinEvent[]) => {
      const { why } = finding([...events, replaceFailed('10:03'), end])!.rules[0]!
      return say(why, english)
    }
    expect(why(authenticated('10:01'))).toBe('1 failure since it last worked, at 2026-03-14 10:03:00 UTC')
    expect(why()).toBe('1 failure, at 2026-03-14 10:03:00 UTC')
    expect(why(replaceFailed('10:02'))).toBe('2 failures, the latest at 2026-03-14 10:03:00 UTC')
  })

  it('does not tell as a fact what nobody looked at', () => {
    for (const status of ['0x80070005', '0x8009000F', '0x80090016']) {
      const found = finding([replaceFailed('10:03', status), end])!
      expect(say(found.cause, english)).toMatch(/^(Most often|This usually means)/)
    }
  })

  it('is possible when the trigger is older than window and boot', () => {
    const old = [attempt('2026-03-10T10:00'), keyUnusable('2026-03-10T10:00:01'), replaceFailed('2026-03-10T10:00:02')]
    const found = finding([...old, booted('2026-03-11'), end])
    expect(found).toMatchObject({ verdict: 'possible', window: 'log' })
    const rule = found?.rules.find(({ id }) => id === 'second-kind-of-evidence')
    expect(rule).toMatchObject({ met: 'no', why: { id: 'rule.second-kind-before', params: { count: 1 } } })
    expect(rule?.evidence?.map((at) => found?.evidence[at]?.eventId)).toEqual([36870])
  })

  it('does not convict on what lies behind the reference that was asked for, but lets it heal', () => {
    const reference = { ticks: ticks('12:00'), text: '12:00' }
    expect(finding([replaceFailed('12:00:00.0000001'), end], { reference })).toBeUndefined()
    expect(finding([replaceFailed('12:00'), end], { reference })?.verdict).toBe('possible')
    expect(finding([replaceFailed('11:00'), authenticated('13:00'), end], { reference })?.verdict).toBe('historic')
  })

  it('does not convict on a record found in slack', () => {
    expect(verdict(replaceFailed('10:00', 'x', { recovered: 'slack' }), end)).toBeUndefined()
    expect(verdict(replaceFailed('10:00', 'x', { recovered: 'resync' }), end)).toBe('possible')
  })

  it('shows at most two hundred of a role, the first among them, and counts all', () => {
    const failures = Array.from({ length: 300 }, (_, i) =>
      replaceFailed(`10:${String(i % 60).padStart(2, '0')}:0${Math.floor(i / 60)}`),
    )
    const found = finding([...failures, end], {}, { counts: { 'listener-certificate-failed': 4_000 } })
    expect(found?.counts.trigger).toBe(4_000)
    expect(found?.evidence).toHaveLength(200)
    expect(found?.evidence[0]?.timeCreated).toBe(found?.since)
  })

  it('says which channels could have shown that it worked again', () => {
    const found = finding([replaceFailed('10:00'), end])
    expect(rulesOf(found, 'not-healed')).toEqual(['unknown'])
    expect(found?.certainIf.flatMap(({ params }) => params.channel ?? [])).toContain('Security')
  })

  it('grants the accounts of the build, by SID, the one key file first', () => {
    const commands = finding([booted('08:00'), replaceFailed('10:00'), end])?.remediation.flatMap(({ steps }) =>
      steps.map(({ command }) => command ?? ''),
    )
    const grants = commands?.filter((command) => command.includes('/grant '))
    expect(grants?.every((command) => command.includes('f686aace6942fb7f7ceb231212eef4a4_<MachineGuid>'))).toBe(true)
    expect(grants?.some((command) => command.includes('*S-1-5-80-'))).toBe(true)
    expect(grants?.some((command) => command.includes('*S-1-5-32-544'))).toBe(false)
    expect(commands?.some((command) => /^(icacls|takeown) .* \/[tr]\b|NETWORK SERVICE/i.test(command))).toBe(false)
  })
})
