import { expect, test } from 'vitest'
import type { ReferenceKind } from '../../src/finding/analysis.ts'
import { sentence } from '../../src/finding/sentence.ts'
import { byUrgency, hostState, systemFrom, worstFinding } from '../../src/report/host-state.ts'
import {
  failingHost,
  fleetAnalysis,
  healthyHost,
  historicHost,
  refutedHost,
  uncollectedHost,
} from '../support/analysis.ts'
import { at, listenerKeyUnusable } from '../support/finding.ts'

test('byUrgency() orders hosts by verdict, what cannot be judged before what is over', () => {
  const order = byUrgency(fleetAnalysis().hosts).map(({ host }) => host)
  expect(order).toEqual(['BROKER01', 'RDS01', 'APP07', 'WEB03', 'SQL04', 'RDS02'])
})

test('byUrgency() puts what has lasted longest first, then goes by name', () => {
  const since = (host: string, time: string) =>
    failingHost({ host, findings: [listenerKeyUnusable({ since: at(time) })] })
  const hosts = [since('C', '2026-03-13T02:00'), since('B', '2026-03-13T02:00'), since('D', '2026-03-13T01:00')]
  expect(byUrgency(hosts).map(({ host }) => host)).toEqual(['D', 'B', 'C'])
})

test('hostState() calls a host healthy only where a record proves that RDP worked', () => {
  const { lastGood: _, ...unproven } = healthyHost('A')
  expect(hostState(healthyHost('A'))).toBe('healthy')
  expect(hostState(unproven)).toBe('nothing-found')
})

test('hostState() takes no proof from before the window: what worked then may be broken since', () => {
  const host = healthyHost('A')
  const { start, end } = host.windows!.window
  const proven = (time: bigint) => hostState({ ...host, lastGood: { ...host.lastGood!, time } })
  expect(proven(start)).toBe('healthy')
  expect(proven(end)).toBe('healthy')
  expect(proven(start - 1n)).toBe('nothing-found')
})

test('hostState() takes a proof from behind the window only where that ends with System, and System with the rest', () => {
  const host = healthyHost('A')
  const { window, log } = host.windows!
  const quarter = (window.end - window.start) / 4n
  const stateOf = (time: bigint, kind: ReferenceKind, end = log.end) =>
    hostState({
      ...host,
      reference: { time: window.end, kind, source: sentence('reference.system-log') },
      windows: { window, log: { start: log.start, end } },
      lastGood: { ...host.lastGood!, time },
    })
  expect(stateOf(window.end + quarter, 'system-log')).toBe('healthy')
  expect(stateOf(window.end + quarter + 1n, 'system-log')).toBe('nothing-found')
  expect(stateOf(window.end + 1n, 'given')).toBe('nothing-found')
  // The end of System is missing: nor does a proof from before it say that RDP works.
  expect(stateOf(window.end, 'system-log', window.end + quarter)).toBe('healthy')
  expect(stateOf(window.end, 'system-log', window.end + quarter + 1n)).toBe('nothing-found')
  expect(stateOf(window.end, 'given', window.end + quarter + 1n)).toBe('healthy')
  // The end of System is missing: failures of that time would not be seen.
  expect(stateOf(window.end + 1n, 'system-log', window.end + quarter + 1n)).toBe('nothing-found')
})

test('hostState() of a window that holds no record is unknown', () => {
  const host = healthyHost('A')
  const { log } = host.windows!
  const before = { start: log.start - 2n, end: log.start - 1n }
  const behind = { start: log.end + 1n, end: log.end + 2n }
  expect(hostState({ ...host, windows: { window: before, log } })).toBe('unknown')
  expect(hostState({ ...host, windows: { window: behind, log } })).toBe('unknown')
  expect(hostState({ ...failingHost(), windows: { window: behind, log } })).toBe('probable')
})

test('hostState() says unknown without a System log, without records, or when no scenario could be evaluated', () => {
  const { reference: _, ...unread } = healthyHost('A')
  expect(hostState(uncollectedHost())).toBe('unknown')
  expect(hostState(unread)).toBe('unknown')
  const why = { id: 'x', params: {} }
  expect(hostState(healthyHost('A', { notFound: [], notEvaluated: [{ scenario: 's', why }] }))).toBe('unknown')
})

test('hostState() of one scenario that could not be evaluated among others is not unknown', () => {
  expect(hostState(healthyHost('A', { notEvaluated: [{ scenario: 's', why: { id: 'x', params: {} } }] }))).toBe(
    'healthy',
  )
})

test('hostState() never lets a missing log hide a finding, nor an old finding hide a missing log', () => {
  const coverage = uncollectedHost().coverage
  expect(hostState(failingHost({ coverage }))).toBe('probable')
  expect(hostState({ ...historicHost(), coverage })).toBe('unknown')
  expect(hostState(refutedHost())).toBe('refuted')
})

test('worstFinding() goes by verdict before age', () => {
  const findings = [
    listenerKeyUnusable({ scenario: 'old', verdict: 'possible', since: at('2020-01-01') }),
    listenerKeyUnusable({ scenario: 'sure', verdict: 'confirmed' }),
  ]
  expect(worstFinding(failingHost({ findings }))?.scenario).toBe('sure')
})

test('hostState() takes no proof from before System was cleared, or from before it begins in the window', () => {
  const host = healthyHost('A')
  const { start } = host.windows!.window
  const good = host.lastGood!.time
  const withSystem = (more: object) =>
    hostState({
      ...host,
      coverage: [{ channel: 'System', state: 'present', records: 5_000, firstTime: start, ...more }],
    })
  expect(withSystem({ firstTime: good, cleared: good })).toBe('healthy')
  expect(withSystem({ firstTime: good + 1n, cleared: good + 1n })).toBe('nothing-found')
  expect(withSystem({ firstTime: good })).toBe('healthy')
  expect(withSystem({ firstTime: good + 1n })).toBe('nothing-found')
  // What was cleared before the window is not asked for.
  expect(hostState({ ...host, coverage: [{ channel: 'Security', state: 'present', cleared: good + 1n }] })).toBe(
    'healthy',
  )
  expect(withSystem({ cleared: start - 1n })).toBe('healthy')
})

test('systemFrom() takes a System log for cleared only where what it held before is gone', () => {
  const host = healthyHost('A')
  const { start } = host.windows!.window
  const cleared = start + 100n
  const gap = { channel: 'System', afterRecordId: 3, beforeRecordId: 9 }
  const from = (firstTime: bigint, gaps: typeof host.gaps = []) =>
    systemFrom({ ...host, gaps, coverage: [{ channel: 'System', state: 'present', firstTime, cleared }] })
  expect(from(cleared)).toEqual({ why: 'cleared', time: cleared })
  // The archive that the clearing saved lies beside the log.
  expect(from(start)).toBeUndefined()
  expect(from(start + 50n)).toEqual({ why: 'begins', time: start + 50n })
  // An archive of long before, and the time in between is missing.
  expect(from(start, [{ ...gap, afterWritten: start - 9n, beforeWritten: cleared }])?.why).toBe('cleared')
  expect(from(start, [gap])?.why).toBe('cleared')
  expect(from(start, [{ ...gap, afterWritten: start, beforeWritten: start + 9n }])).toBeUndefined()
  expect(from(start, [{ ...gap, channel: 'Security' }])).toBeUndefined()
})
