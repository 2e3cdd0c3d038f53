import { describe, expect, it } from 'vitest'
import type { WinEvent } from '../../src/event/win-event.ts'
import type { Need } from '../../src/query/need.ts'
import { english } from '../../src/report/language/en.ts'
import { say } from '../../src/report/language/say.ts'
import { allNeeds, SCENARIOS } from '../../src/scenarios/catalogue.ts'
import { judgeHost } from '../../src/scenarios/judge-host.ts'
import {
  anything,
  attempt,
  authenticated,
  booted,
  certificateMade,
  clockSet,
  databaseFailed,
  hostInput,
  judge,
  keyUnusable,
  LAST_DAY,
  redirectionFailed,
  replaceFailed,
  sessionLogon,
  ticks,
} from '../support/events.ts'

describe('judgeHost()', () => {
  it('tells of a healthy host what was looked for and when RDP last worked', () => {
    const analysis = judge([
      booted('08:00'),
      certificateMade('08:01'),
      authenticated('09:00'),
      sessionLogon('09:00:02', '10.0.0.7'),
      anything('10:00'),
    ])
    expect(analysis).toMatchObject({
      findings: [],
      os: { build: 17763 },
      reference: { time: ticks('10:00') },
      lastGood: {
        time: ticks('09:00:02'),
        channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
      },
      connections: { attempted: 0, authenticated: 1, loggedOn: 1 },
    })
    const ids = analysis.notFound.map(({ scenario }) => scenario)
    expect(ids).toEqual(expect.arrayContaining(['listener-key-unusable', 'tls-policy-blocks-server']))
    expect(ids).not.toContain('broker-out-of-step')
    expect(analysis.notFound.every(({ lookedFor }) => lookedFor.length > 0)).toBe(true)
  })

  it('does not call a console logon the last proof that RDP worked', () => {
    expect(judge([sessionLogon('09:00', 'LOCAL'), anything('10:00')])).not.toHaveProperty('lastGood')
  })

  it('evaluates nothing without a record, and says why', () => {
    const analysis = judge([])
    expect(analysis).not.toHaveProperty('reference')
    expect(analysis.notFound).toEqual([])
    expect(analysis.notEvaluated).toHaveLength(SCENARIOS.length)
  })

  it('does not look for a scenario of System where System was not collected', () => {
    const analysis = judge([authenticated('10:00')])
    expect(analysis.notEvaluated.map(({ scenario }) => scenario)).toContain('listener-key-unusable')
  })

  it('orders findings by verdict, then by when they began', () => {
    const analysis = judge([redirectionFailed('09:00'), attempt('10:00'), keyUnusable('10:00:01'), anything('11:00')])
    expect(analysis.findings.map(({ scenario, verdict }) => [scenario, verdict])).toEqual([
      ['listener-key-unusable', 'probable'],
      ['broker-out-of-step', 'possible'],
    ])
  })

  it('counts connections of the window once, and draws them in half hours', () => {
    const analysis = judge([
      attempt('2026-03-12'),
      attempt('10:01'),
      attempt('10:29:59'),
      attempt('10:30'),
      anything('11:00'),
    ])
    expect(analysis.connections.attempted).toBe(3)
    expect(analysis.lanes.find(({ id }) => id === 'attempts')?.marks).toEqual([
      { time: ticks('10:00'), kind: 'attempt', count: 2 },
      { time: ticks('10:30'), kind: 'attempt', count: 1 },
    ])
  })

  it('leaves out a step of a connection that no log would show, and counts none where one is empty of it', () => {
    expect(judge([anything('11:00')]).connections).toEqual({})
    const { connections } = judge([authenticated('10:01'), anything('11:00')])
    expect(connections).toEqual({ attempted: 0, authenticated: 1 })
  })

  it('counts the connection that brought the first failure of a finding older than the window', () => {
    const attempts = (...times: readonly string[]) => {
      const events = [keyUnusable('2026-03-11T10:00:00.1'), ...times.map((time) => attempt(time)), anything('11:00')]
      return judge(events).lanes.find(({ id }) => id === 'attempts')?.marks
    }
    const mark = { time: ticks('2026-03-11T10:00'), kind: 'attempt' }
    expect(attempts('2026-03-11T10:00:00.05', '2026-03-11T10:20')).toEqual([{ ...mark, count: 2 }])
    expect(attempts('2026-03-11T09:59:58.1')).toEqual([{ ...mark, count: 1 }])
    expect(attempts('2026-03-11T09:59:58')).toEqual([])
  })

  it('points from a mark to the first evidence of its half hour', () => {
    const analysis = judge([replaceFailed('09:10'), replaceFailed('10:10'), replaceFailed('10:20'), anything('11:00')])
    expect(analysis.lanes.find(({ id }) => id === 'triggers')?.marks).toEqual([
      { time: ticks('09:00'), kind: 'listener-key-unusable:1058', count: 1, evidence: 0 },
      { time: ticks('10:00'), kind: 'listener-key-unusable:1058', count: 2, evidence: 1 },
    ])
  })

  it('draws failures that no list of evidence holds', () => {
    const minute = (n: number) => String(n % 60).padStart(2, '0')
    const failures = Array.from({ length: 300 }, (_, n) => replaceFailed(`0${4 + Math.floor(n / 60)}:${minute(n)}`))
    const analysis = judge([...failures, anything('11:00')])
    expect(analysis.findings[0]?.evidence).toHaveLength(200)
    const marks = analysis.lanes.find(({ id }) => id === 'triggers')?.marks ?? []
    expect(marks.map(({ count, evidence }) => [count, evidence !== undefined])).toEqual([
      [30, true],
      ...Array.from({ length: 2 }, () => [30, false]),
      ...Array.from({ length: 7 }, () => [30, true]),
    ])
  })

  it('still finds in the window what a clock that ran ahead wrote just before it was set', () => {
    const events = [
      replaceFailed('2030-01-01T00:00:00'),
      clockSet('2030-01-01T00:10:00Z', '2026-03-14T10:00:00Z'),
      anything('11:00'),
    ]
    const analysis = judge(events)
    expect(analysis.findings).toMatchObject([{ verdict: 'possible', window: 'window' }])
    expect(analysis).toMatchObject({ clockMoved: { reference: ticks('11:00') }, clockJumps: [{ recordId: 2 }] })
  })

  it('says that a failure lies in the window by the corrected clock only, and not there where Windows started since', () => {
    const moved = [replaceFailed('2026-03-09T08:00'), clockSet('2026-03-09T09:00:00Z', '2026-03-14T09:00:00Z')]
    const saying = (...after: readonly WinEvent[]) => {
      const [found] = judge([...moved, ...after, anything('11:00', { recordId: 500 })]).findings
      return [found?.window, found?.rules.find(({ id }) => id === 'in-window')?.why]
    }
    const corrected = ticks('08:00')
    expect(saying()).toEqual([
      'window',
      { id: 'rule.in-window-corrected', params: { own: ticks('2026-03-09T08:00'), corrected } },
    ])
    expect(saying(booted('10:00'))).toMatchObject(['log', { id: 'rule.older-corrected', params: { corrected } }])
  })

  it('tells and judges nothing of the time before a boot that the logs begin with', () => {
    const options = { reference: 'last-boot' } as const
    const { reference, findings } = judge([booted('08:00'), replaceFailed('09:00'), anything('11:00')], options)
    expect(reference?.source.id).toBe('reference.nothing-before-boot')
    expect(findings).toEqual([])
  })

  it('ends just before a boot that System has nothing from before of, and says so', () => {
    const elsewhere = anything('07:00', { channel: 'Security' })
    const events = [elsewhere, booted('08:00'), replaceFailed('08:00'), anything('11:00')]
    const { reference, findings } = judge(events, { reference: 'last-boot' })
    expect(reference).toMatchObject({ time: ticks('08:00') - 1n, source: { id: 'reference.before-boot' } })
    expect(findings).toEqual([])
  })

  it('convicts on another log that goes on a little after System went quiet', () => {
    expect(judge([anything('10:00'), databaseFailed('12:00')]).findings).toMatchObject([{ window: 'window' }])
  })

  it('says the same twice', () => {
    const input = hostInput([
      booted('08:00'),
      replaceFailed('09:00'),
      attempt('10:00'),
      keyUnusable('10:00:01'),
      anything('11:00'),
    ])
    expect(judgeHost(input, LAST_DAY)).toEqual(judgeHost(input, LAST_DAY))
  })

  it('speaks only sentences that English has', () => {
    const analysis = judge([
      booted('08:00'),
      replaceFailed('09:00'),
      attempt('10:00'),
      keyUnusable('10:00:01'),
      anything('11:00'),
    ])
    const [found] = analysis.findings
    expect(say(found!.summary, english)).toBe(
      'Since 2026-03-14 09:00:00 UTC the Remote Desktop service failed 1 time to create or replace its certificate, with "Access is denied (0x80070005)", and Schannel could not use the listener\'s private key 1 time. No later RDP logon or new certificate was found.',
    )
  })
})

describe('allNeeds()', () => {
  it('has each need once, and never two that differ under one id', () => {
    const needs = allNeeds()
    expect(new Set(needs.map(({ id }) => id)).size).toBe(needs.length)
    expect(new Set(needs.map(({ id: _, ...rest }) => JSON.stringify(rest))).size).toBe(needs.length)
  })

  const [model] = SCENARIOS
  const need: Need = { id: 'x', provider: 'P', eventIds: [1], channels: ['System'], as: 'event' }
  const asking = (...needs: readonly Need[]) => needs.map((each) => ({ ...model!, needs: [each] }))
  const askedFor = (...needs: readonly Need[]) => allNeeds(asking(...needs)).find(({ id }) => id === 'x')

  it('refuses two that differ under one id', () => {
    expect(() => askedFor(need, { ...need, eventIds: [2] })).toThrow('Two needs are called "x" and differ')
  })

  it('asks beside the failures of all scenarios that share a need, and always where one asks always', () => {
    expect(askedFor({ ...need, beside: ['a'] }, { ...need, beside: ['b', 'a'] })?.beside).toEqual(['a', 'b'])
    expect(askedFor({ ...need, beside: ['a'] }, need)).not.toHaveProperty('beside')
    expect(askedFor(need, { ...need, beside: ['a'] })).not.toHaveProperty('beside')
  })

  it('tells of failures that a reference leaves behind it, and of none where it judges them', () => {
    const events = [authenticated('09:00'), replaceFailed('12:00'), replaceFailed('12:30'), anything('20:00')]
    const at = (time: string) => judge(events, { reference: { ticks: ticks(time), text: time } })
    expect(at('11:00')).toMatchObject({
      findings: [],
      alsoSeen: [
        {
          id: 'also.behind-reference',
          params: { id: 'listener-key-unusable', count: 2, since: ticks('12:00') },
        },
      ],
    })
    for (const analysis of [at('12:00'), at('20:00'), judge(events)]) {
      expect(analysis.findings).toMatchObject([{ scenario: 'listener-key-unusable' }])
      expect(analysis.alsoSeen).toBeUndefined()
    }
    // What has healed by then is nothing to warn of.
    const healed = [...events.slice(0, 3), authenticated('13:00'), anything('20:00')]
    expect(judge(healed, { reference: { ticks: ticks('11:00'), text: '' } }).alsoSeen).toBeUndefined()
  })
})
