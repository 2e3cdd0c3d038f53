import { describe, expect, it } from 'vitest'
import { SCHANNEL } from '../../src/event/source.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import {
  anything,
  attempt,
  authenticated,
  booted,
  certificateMade,
  clockSet,
  credentialFailed,
  event,
  finding as findingOf,
  listenerStarted,
  named,
  replaceFailed,
  ticks,
} from '../support/events.ts'

const finding = (...events: readonly WinEvent[]) => findingOf('tls-policy-blocks-server', events)
const verdict = (...events: readonly WinEvent[]) => finding(...events)?.verdict
const end = anything('20:00')
const alert = (time: string, description: string) =>
  event(SCHANNEL, 36888, time, { data: named({ AlertDesc: description, ErrorState: '1205' }) })

describe('tlsPolicyBlocksServer', () => {
  it('is possible with 36871 of a server alone, however often', () => {
    expect(finding(credentialFailed('10:00'), credentialFailed('11:00'), end)).toMatchObject({
      verdict: 'possible',
      since: ticks('10:00'),
      counts: { trigger: 2 },
    })
  })

  it('counts the failures of the listener apart only where there are others too', () => {
    const own = [attempt('10:00:00'), credentialFailed('10:00:02')]
    expect(finding(...own, end)?.summary.id).toBe('tls-policy-blocks-server.summary-listener')
    expect(finding(...own, credentialFailed('11:00'), end)?.summary).toMatchObject({
      id: 'tls-policy-blocks-server.summary-tied',
      params: { count: 2, tied: 1 },
    })
  })

  it('is told to come and go where RDP worked between failures time and again', () => {
    const turn = (hour: number) => [
      credentialFailed(`${hour}:00`),
      credentialFailed(`${hour}:10`),
      authenticated(`${hour}:30`),
    ]
    const often = finding(...[10, 11, 12].flatMap(turn), credentialFailed('13:00'), end)
    expect(often).toMatchObject({ verdict: 'possible', since: ticks('13:00'), counts: { trigger: 1, refute: 3 } })
    expect(often?.rules.find(({ id }) => id === 'fails-always')).toMatchObject({
      met: 'no',
      why: { id: 'rule.worked-between', params: { count: 3, last: ticks('12:30') } },
    })
    const twice = finding(...[11, 12].flatMap(turn), credentialFailed('13:00'), end)
    expect(twice).toMatchObject({ counts: { trigger: 1, refute: 0, context: 5 } })
    const setBack = [
      ...['10:05', '10:15', '10:25', '10:35'].map((time) => certificateMade(time)),
      clockSet('10:50', '09:50'),
      ...['10:00', '10:10', '10:20', '10:30', '10:40'].map((time) => replaceFailed(time)),
      end,
    ]
    expect(findingOf('listener-key-unusable', setBack)).toMatchObject({ counts: { trigger: 5, refute: 0 } })
    const over = finding(...[10, 11, 12, 13].flatMap(turn), end)
    expect(over).toMatchObject({ verdict: 'historic', counts: { heal: 1, refute: 0 } })
  })

  it.each(['client', '%%36992', 'クライアント'])('finds nothing in a failing client: %j', (type) => {
    expect(verdict(attempt('10:00'), credentialFailed('10:00:01', { Type: type }), end)).toBeUndefined()
  })

  it('is probable when a connection came at most two seconds before', () => {
    expect(verdict(attempt('10:00:00'), credentialFailed('10:00:02'), end)).toBe('probable')
    expect(verdict(attempt('10:00:00'), credentialFailed('10:00:02.0000001'), end)).toBe('possible')
  })

  it('is possible at most in a state other than 10013', () => {
    const other = credentialFailed('10:00:01', { ErrorState: '10003' })
    expect(finding(attempt('10:00:00'), other, end)).toMatchObject({
      verdict: 'possible',
      summary: { id: 'tls-policy-blocks-server.summary-weak' },
    })
  })

  it('counts the listener’s own process of the same boot, and is refuted by another program', () => {
    const caller = (processId: string, image: string) =>
      credentialFailed('10:00', { CallerProcessId: processId, CallerProcessImageName: image })
    const started = [booted('08:00'), listenerStarted('08:01', 332)]
    expect(verdict(...started, caller('332', 'svchost.exe'), end)).toBe('probable')
    expect(verdict(...started, caller('900', 'w3wp.exe'), end)).toBe('refuted')
    expect(finding(...started, caller('900', 'w3wp.exe'), credentialFailed('11:00'), end)).toMatchObject({
      verdict: 'possible',
      counts: { trigger: 1, refute: 1 },
    })
  })

  it('is not refuted by a process of services that is not known: the listener may have started again', () => {
    const caller = { CallerProcessId: '900', CallerProcessImageName: 'svchost.exe' }
    const events = [
      booted('08:00'),
      listenerStarted('08:01', 332),
      attempt('09:59:59'),
      credentialFailed('10:00', caller),
    ]
    expect(finding(...events, end)).toMatchObject({ verdict: 'possible', counts: { trigger: 1, refute: 0 } })
  })

  it('counts a negotiation with nothing in common within five minutes', () => {
    expect(verdict(credentialFailed('10:00'), alert('10:05', '40'), end)).toBe('probable')
    expect(verdict(credentialFailed('10:00'), alert('10:05:00.0000001', '40'), end)).toBe('possible')
    expect(verdict(credentialFailed('10:00'), alert('10:01', '48'), end)).toBe('possible')
    expect(verdict(credentialFailed('10:00'), event(SCHANNEL, 36874, '09:56'), end)).toBe('probable')
  })

  it('does not let a negotiation agree for being of the same boot', () => {
    expect(verdict(booted('08:00'), credentialFailed('10:00'), alert('11:00', '40'), end)).toBe('possible')
  })

  it('is healed by a remote logon, and not by a new certificate', () => {
    expect(verdict(credentialFailed('10:00'), authenticated('11:00'), end)).toBe('historic')
    expect(verdict(credentialFailed('10:00'), certificateMade('11:00'), end)).toBe('possible')
  })

  it('speaks of one moment where it failed in one second, and of a time where in several', () => {
    const summary = (...times: readonly string[]) =>
      finding(...times.map((time) => credentialFailed(time)), authenticated('11:00'), end)?.summary.id
    expect(summary('10:00:00')).toBe('tls-policy-blocks-server.summary-historic-once')
    expect(summary('10:00:00', '10:00:01')).toBe('tls-policy-blocks-server.summary-historic')
  })

  it('never recommends an older protocol for a Windows that has TLS 1.2', () => {
    const commands = finding(booted('08:00'), credentialFailed('10:00'), end)?.remediation.flatMap(({ steps }) => steps)
    expect(commands?.some(({ command }) => /reg add .*TLS 1\.[01]/.test(command ?? ''))).toBe(false)
    expect(commands?.some(({ text }) => text.id === 'repair.tls.old-windows')).toBe(false)
  })
})
