import { expect, test } from 'vitest'
import { dayStrip } from '../../src/report/day-strip.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { unpainted } from '../../src/report/paint.ts'
import { failingHost } from '../support/analysis.ts'
import { at, fixtureLanguage, listenerKeyUnusable, said } from '../support/finding.ts'

const page = { width: 80, paint: unpainted, voice: voiceOf(fixtureLanguage) }
const window = { start: at('2026-03-13T10:00'), end: at('2026-03-14T10:00') }

function strip(more: Parameters<typeof failingHost>[0]): string[] {
  return dayStrip(failingHost({ windows: { window, log: window }, ...more }), page)
}

test('dayStrip() draws a mark where it lies in the window, and names kind and count', () => {
  const lane = {
    id: 'triggers' as const,
    title: said('fixture.lane', 'key'),
    marks: [
      { time: window.start, kind: '1058', count: 2 },
      { time: window.end, kind: '1058', count: 1 },
    ],
  }
  const row = strip({ lanes: [lane] }).at(-1) ?? ''
  expect(row).toMatch(/^ {2}key {2}█·+█ {2}1058 ×3$/)
  expect(row).toHaveLength(80)
})

test('dayStrip() leaves out what lies outside the window, and keeps the half hour that the window begins in', () => {
  const marks = [{ time: window.start - 1n, kind: '1058', count: 1 }]
  const lanes = [
    { id: 'triggers' as const, title: said('fixture.lane', 'key'), marks },
    { id: 'support' as const, title: said('fixture.lane.2', 'tls'), marks },
  ]
  const rows = strip({ lanes })
  expect(rows).toHaveLength(3)
  expect(rows[2]).toMatch(/^ {2}key {2}·+ {2}none$/)
  const later = { start: window.start + 1n, end: window.end }
  const inBucket = [{ time: window.start, kind: 'listener-key-unusable:1058', count: 1 }]
  const lane = { id: 'triggers' as const, title: said('fixture.lane', 'key'), marks: inBucket }
  expect(strip({ lanes: [lane], windows: { window: later, log: window } })[2]).toMatch(/^ {2}key {2}█·+ {2}1058 ×1$/)
})

test('dayStrip() begins where an open finding began, if that is before the window', () => {
  const since = at('2026-03-01T00:00')
  const lane = {
    id: 'triggers' as const,
    title: said('fixture.lane', 'key'),
    marks: [{ time: since, kind: '1058', count: 1 }],
  }
  expect(strip({ lanes: [lane], findings: [listenerKeyUnusable({ since })] })[2]).toMatch(/^ {2}key {2}█·+ {2}1058 ×1$/)
  const old = listenerKeyUnusable({ since, verdict: 'historic' })
  expect(strip({ lanes: [lane], findings: [old] })[2]).toMatch(/^ {2}key {2}·+ {2}none$/)
})

test('dayStrip() says "not collected", not "none", of logons whose logs were not there', () => {
  const lanes = [{ id: 'logons' as const, title: said('fixture.lane.3', 'logons'), marks: [] }]
  expect(strip({ lanes, connections: {} }).at(-1)).toMatch(/not collected$/)
  expect(strip({ lanes, connections: { loggedOn: 0 } }).at(-1)).toMatch(/none$/)
})

test('dayStrip() labels round hours, and midnight with its date', () => {
  const [labels, rule] = dayStrip(failingHost({ windows: { window, log: window } }), { ...page, width: 90 })
  expect(labels?.trim().split(/ +/)).toEqual(['12:00', '16:00', '20:00', '03-14', '04:00', '08:00'])
  expect(rule?.trim()).toMatch(/^├[─┬]+┤$/)
  expect(labels?.indexOf('12:00')).toBe(rule?.indexOf('┬'))
})

test.each([
  ['90 minutes', '2026-03-14T08:30', '2026-03-14T10:00'],
  ['a week', '2026-03-07T10:00', '2026-03-14T10:00'],
  ['twenty years', '2006-03-14T10:00', '2026-03-14T10:00'],
  ['a tick', '2026-03-14T09:59:59.9999999', '2026-03-14T10:00'],
])('dayStrip() fits a window of %s on the page', (_, start, end) => {
  const range = { start: at(start), end: at(end) }
  const lines = dayStrip(failingHost({ findings: [], windows: { window: range, log: range } }), page)
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
})

test('dayStrip() of a host without lanes or without a window is nothing', () => {
  expect(strip({ lanes: [] })).toEqual([])
  const empty = { start: window.end, end: window.end }
  expect(strip({ windows: { window: empty, log: window }, findings: [] })).toEqual([])
})
