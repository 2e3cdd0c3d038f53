import { describe, expect, it } from 'vitest'
import { APPLICATION, INTERNAL_DATABASE, SERVICE_CONTROL_MANAGER } from '../../src/event/source.ts'
import type { WinEvent } from '../../src/event/win-event.ts'
import {
  anything,
  authenticated,
  booted,
  brokerJoined,
  credentialFailed,
  databaseFailed,
  event,
  finding as findingOf,
  judge,
  redirectionFailed,
  renamed,
  ticks,
  utf16Hex,
} from '../support/events.ts'

const finding = (...events: readonly WinEvent[]) => findingOf('broker-out-of-step', events)
const verdict = (...events: readonly WinEvent[]) => finding(...events)?.verdict
const end = anything('20:00')
const notFound = (...events: readonly WinEvent[]) =>
  judge(events).notFound.find(({ scenario }) => scenario === 'broker-out-of-step')
const inWindow = (found: ReturnType<typeof finding>) => found?.rules.find(({ id }) => id === 'in-window')
const serviceFailed = (time: string, service: string) =>
  event(SERVICE_CONTROL_MANAGER, 7024, time, { binary: utf16Hex(`${service}\0`) })
const refused = (time: string, provider: string = INTERNAL_DATABASE) =>
  event(provider, 18456, time, { channel: APPLICATION })

describe('brokerOutOfStep', () => {
  it('is possible with one kind of event, however often', () => {
    expect(verdict(databaseFailed('10:00'), databaseFailed('10:01'), end)).toBe('possible')
    expect(verdict(redirectionFailed('10:00'), end)).toBe('possible')
  })

  it('is probable when the broker fails and a user is not passed on within five minutes', () => {
    expect(finding(databaseFailed('10:00'), redirectionFailed('10:05'), end)).toMatchObject({
      verdict: 'probable',
      summary: { id: 'broker-out-of-step.summary-both', params: { failures: 1, users: 1 } },
    })
    expect(verdict(databaseFailed('10:00'), redirectionFailed('10:05:00.0000001'), end)).toBe('possible')
  })

  it('names the fields that the messages have, and leaves out what says nothing', () => {
    const found = finding(databaseFailed('10:00'), redirectionFailed('10:05'), end)
    expect(found?.evidence.map(({ eventId, decoded }) => [eventId, decoded])).toEqual([
      [2056, { Status: 'Logon to the database failed.' }],
      [1296, { Domain: 'CONTOSO', User: 'ada', Status: 'Remote Desktop Connection Broker is not ready.' }],
    ])
  })

  it('does not take the same ids in System for triggers, and says that they were seen', () => {
    const misplaced = databaseFailed('10:00', { channel: 'System', file: 'System.evtx' })
    expect(verdict(misplaced, end)).toBeUndefined()
    const seen = { id: 'broker-out-of-step.seen-elsewhere', params: { count: 1, channel: 'System' } }
    expect(judge([misplaced, end]).notEvaluated.map(({ scenario, why }) => [scenario, why.id])).toEqual([
      ['broker-out-of-step', 'not-evaluated.none-readable'],
      ['broker-out-of-step', seen.id],
    ])
    expect(notFound(misplaced, brokerJoined('09:00', 'RDS01'), end)?.lookedFor.at(-1)).toMatchObject(seen)
    const found = finding(misplaced, redirectionFailed('10:01'), end)
    expect(found).toMatchObject({ verdict: 'possible', counts: { trigger: 1, context: 1 } })
    expect(found?.rules.find(({ id }) => id === 'in-its-own-channel')).toMatchObject({ met: 'no', evidence: [0] })
  })

  it('counts a failing service of the broker in the same boot, and no other service', () => {
    expect(verdict(booted('08:00'), serviceFailed('08:02', 'Tssdis'), databaseFailed('10:00'), end)).toBe('probable')
    expect(verdict(booted('08:00'), serviceFailed('08:02', 'Spooler'), databaseFailed('10:00'), end)).toBe('possible')
    expect(verdict(serviceFailed('08:02', 'Tssdis'), databaseFailed('10:00'), end)).toBe('possible')
  })

  it('counts a refused logon to the internal database within five minutes, and none to another', () => {
    expect(verdict(databaseFailed('10:00'), refused('10:04'), end)).toBe('probable')
    expect(verdict(databaseFailed('10:00'), refused('10:06'), end)).toBe('possible')
    expect(verdict(databaseFailed('10:00'), refused('10:04', 'MSSQLSERVER'), end)).toBe('possible')
  })

  it('counts a rename after the broker was there, and none of setup', () => {
    const broken = [databaseFailed('10:00'), end]
    const after = finding(brokerJoined('2026-03-01', 'OLD'), renamed('2026-03-05', 'OLD', 'RDS01'), ...broken)
    expect(after).toMatchObject({ verdict: 'probable', cause: { params: { from: 'OLD', to: 'RDS01' } } })
    expect(verdict(renamed('2026-03-01', 'WIN-X', 'RDS01'), brokerJoined('2026-03-05', 'RDS01'), ...broken)).toBe(
      'possible',
    )
    expect(verdict(renamed('09:00', 'WIN-X', 'RDS01'), redirectionFailed('10:00'), end)).toBe('possible')
  })

  it('takes a join of somebody else’s farm for no sign of a broker here', () => {
    const renamedHost = [brokerJoined('2026-03-01', 'RDCB-MAIN'), renamed('2026-03-05', 'OLD', 'RDS01')]
    const found = finding(...renamedHost, redirectionFailed('10:00'), end)
    expect(found).toMatchObject({ verdict: 'possible', cause: { params: { broker: 'RDCB-MAIN' } } })
    expect(JSON.stringify(found?.remediation)).not.toContain('Uninstall-WindowsFeature')
  })

  it('does not blame a rename that the broker has outlived', () => {
    const events = [
      brokerJoined('2026-03-01', 'OLD'),
      renamed('2026-03-05', 'OLD', 'RDS01'),
      brokerJoined('2026-03-06', 'RDS01'),
    ]
    expect(verdict(...events, databaseFailed('10:00'), end)).toBe('possible')
  })

  it('counts a farm joined under a name that the computer has given up', () => {
    const events = [
      anything('2026-03-01', { computer: 'OLD' }),
      brokerJoined('2026-03-01', 'OLD.contoso.local', { computer: 'OLD' }),
    ]
    expect(verdict(...events, databaseFailed('10:00'), end)).toBe('probable')
    expect(verdict(brokerJoined('2026-03-01', 'BROKER9.contoso.local'), databaseFailed('10:00'), end)).toBe('possible')
  })

  it('is healed by joining a farm later, and not by an administrator’s logon', () => {
    expect(verdict(databaseFailed('10:00'), brokerJoined('11:00', 'RDS01'), end)).toBe('historic')
    expect(verdict(databaseFailed('10:00'), authenticated('11:00'), end)).toBe('possible')
  })

  it('speaks of one moment where it failed in one second, and of a time where in several', () => {
    const summary = (...times: readonly string[]) =>
      finding(...times.map((time) => databaseFailed(time)), brokerJoined('11:00', 'RDS01'), end)?.summary.id
    expect(summary('10:00:00')).toBe('broker-out-of-step.summary-historic-once')
    expect(summary('10:00:00', '10:00:01')).toBe('broker-out-of-step.summary-historic')
  })

  it('does not call absent what was not collected', () => {
    expect(notFound(brokerJoined('10:00', 'RDS01'), end)?.lookedFor.at(-1)).toMatchObject({
      id: 'not-evaluated.not-collected',
    })
    const without = judge([end])
    expect(without.notFound.map(({ scenario }) => scenario)).not.toContain('broker-out-of-step')
    expect(without.notEvaluated.map(({ scenario }) => scenario)).toEqual(['broker-out-of-step'])
  })

  it('shows TLS clients that failed within five minutes, and no server', () => {
    const client = (time: string) => credentialFailed(time, { Type: 'Client' })
    const found = finding(
      client('09:54'),
      client('09:56'),
      credentialFailed('09:57', { Type: 'server' }),
      databaseFailed('10:00'),
      end,
    )
    expect(found?.evidence.map(({ role, eventId, timeCreated }) => [role, eventId, timeCreated])).toEqual([
      ['context', 36871, ticks('09:56')],
      ['trigger', 2056, ticks('10:00')],
    ])
  })

  it('is probable when System ends a day before the broker’s failures, and no start lies between', () => {
    const since = [booted('2026-03-12T08:00'), anything('2026-03-12T12:00')]
    const failures = [databaseFailed('2026-03-13T18:00'), redirectionFailed('2026-03-13T18:01')]
    const found = finding(...since, ...failures)
    expect(found).toMatchObject({ verdict: 'probable', window: 'boot' })
    expect(inWindow(found)).toMatchObject({ met: 'yes', why: { id: 'rule.after-window-since-boot' } })
  })

  it('does not say that a failure after the window came before it', () => {
    const events = [anything('2026-03-12T12:00'), databaseFailed('2026-03-14T18:00')]
    expect(inWindow(finding(...events))).toMatchObject({ met: 'no', why: { id: 'rule.after-window' } })
    expect(inWindow(finding(databaseFailed('2026-03-10'), anything('2026-03-12')))?.why.id).toBe('rule.older')
  })

  it('begins with the first trigger', () => {
    expect(finding(redirectionFailed('10:00'), databaseFailed('10:02'), end)?.since).toBe(ticks('10:00'))
  })
})
