import { expect, test } from 'vitest'
import type { ChannelCoverage } from '../../src/finding/analysis.ts'
import { doubtOf } from '../../src/report/host-doubt.ts'
import { failingHost, healthyHost } from '../support/analysis.ts'
import { at } from '../support/finding.ts'

/** Ticks. */
const DAY = 864_000_000_000n

test('doubtOf() tells of a host without a finding whose System log hardly covers the window', () => {
  const { lastGood: _, ...unproven } = healthyHost('A')
  const withSystem = (records: number, firstTime: string) => ({
    ...unproven,
    coverage: [{ channel: 'System', state: 'present' as const, records, firstTime: at(firstTime) }],
  })
  expect(doubtOf(withSystem(1, '2026-03-01'))).toMatchObject({ why: 'thin', system: { records: 1 } })
  expect(doubtOf(withSystem(49, '2026-03-01'))).toBeDefined()
  expect(doubtOf(withSystem(50, '2026-03-01'))).toBeUndefined()
  // The window is from 2026-03-13 09:41 to 2026-03-14 09:41.
  expect(doubtOf(withSystem(5_000, '2026-03-13T21:42'))).toBeDefined()
  expect(doubtOf(withSystem(5_000, '2026-03-13T21:41'))).toBeUndefined()
  // A proof that RDP worked needs no more records.
  expect(doubtOf({ ...withSystem(1, '2026-03-01'), ...healthyHost('A') })).toBeUndefined()
  expect(doubtOf(failingHost())).toBeUndefined()
})

test('doubtOf() of a log that covers a day is none, however long the window was made', () => {
  const { lastGood: _, ...unproven } = healthyHost('A')
  const { window, log } = unproven.windows!
  const decade = { start: window.end - 3650n * DAY, end: window.end }
  const withSystem = (firstTime: bigint, records = 5_000) => ({
    ...unproven,
    windows: { window: decade, log },
    coverage: [{ channel: 'System', state: 'present' as const, records, firstTime }],
  })
  expect(doubtOf(withSystem(window.end - DAY))).toBeUndefined()
  expect(doubtOf(withSystem(window.end - DAY + 1n))).toBeDefined()
  expect(doubtOf(withSystem(window.end - 1700n * DAY, 49))).toBeDefined()
})

test('doubtOf() tells of a host whose System log was cleared after the last logon', () => {
  const host = healthyHost('A')
  const { lastGood: _, ...unproven } = host
  const good = host.lastGood!.time
  const system: ChannelCoverage = { channel: 'System', state: 'present', records: 12, firstTime: good + 1n }
  const coverage = [{ ...system, cleared: good + 1n }]
  expect(doubtOf({ ...host, coverage })).toEqual({ why: 'cleared', time: good + 1n })
  expect(doubtOf({ ...unproven, coverage })).toEqual({ why: 'cleared', time: good + 1n })
  expect(doubtOf({ ...host, coverage: [{ ...system, cleared: good }] })).toBeUndefined()
  expect(doubtOf({ ...failingHost(), coverage })).toBeUndefined()
})

test('doubtOf() tells of a host whose System log begins after the last logon of the window', () => {
  const host = healthyHost('A')
  const { start } = host.windows!.window
  const proven = (time: bigint) =>
    doubtOf({
      ...host,
      lastGood: { ...host.lastGood!, time },
      coverage: [{ channel: 'System', state: 'present', records: 5_000, firstTime: start + 10n }],
    })
  expect(proven(start + 9n)).toEqual({ why: 'begins', time: start + 10n })
  expect(proven(start + 10n)).toBeUndefined()
  // Of what is older nobody claims that it proves anything.
  expect(proven(start - 1n)).toBeUndefined()
})

test('doubtOf() tells of a host whose System log ends long before its other logs', () => {
  const host = healthyHost('A')
  const { window, log } = host.windows!
  const quarter = (window.end - window.start) / 4n
  const ending = (end: bigint) => doubtOf({ ...host, windows: { window, log: { start: log.start, end } } })
  expect(ending(window.end + quarter)).toBeUndefined()
  expect(ending(window.end + quarter + 1n)).toEqual({ why: 'ends', time: window.end })
})
