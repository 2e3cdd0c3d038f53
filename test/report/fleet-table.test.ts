import { expect, test } from 'vitest'
import type { Analysis } from '../../src/finding/analysis.ts'
import { widthOf } from '../../src/report/cell-width.ts'
import { english } from '../../src/report/language/en.ts'
import { french } from '../../src/report/language/fr.ts'
import { unpainted } from '../../src/report/paint.ts'
import { renderText } from '../../src/report/text.ts'
import { analysisOf, failingHost, fleetAnalysis, healthyHost } from '../support/analysis.ts'
import { at, fixtureLanguage, listenerKeyUnusable } from '../support/finding.ts'

function report(analysis: Analysis, width = 80): string {
  return renderText(analysis, { width, paint: unpainted, language: fixtureLanguage })
}

const NO_TROUBLE = { inputs: [], damage: [] }

test('renderText() of many hosts begins with a line for each, the worst first', () => {
  const [, , head, ...lines] = report(fleetAnalysis()).split('\n')
  expect(head).toBe('host      verdict    scenario                  since (UTC)  last logon')
  expect(lines.slice(0, 6).map((line) => line.split(/ {2,}/))).toEqual([
    ['BROKER01', 'CONFIRMED', 'broker-out-of-step', '03-11 07:30', 'none in logs'],
    ['RDS01', 'PROBABLE', 'listener-key-unusable', '03-13 16:02', '03-13 15:58'],
    ['APP07', '?', 'System not collected'],
    ['WEB03', 'HISTORIC', 'listener-key-unusable', '03-12 07:00', '03-14 09:12'],
    ['SQL04', 'REFUTED', 'tls-policy-blocks-server', '03-14 03:00', '03-14 09:12'],
    ['RDS02', '–', 'nothing found, worked', '03-14 09:12'],
  ])
  expect(lines[7]).toBe('Times are UTC, in 2026.')
  expect(report(fleetAnalysis(), 120)).toMatch(
    /since \(UTC\).*\nBROKER01 +CONFIRMED +broker-out-of-step +2026-03-11 07:30/,
  )
})

test('renderText() of many hosts keeps one line each when names are long and years differ', () => {
  const hosts = ['A', 'B'].map((name, n) =>
    failingHost({
      host: `${name}-${'very-long-name-'.repeat(4)}`,
      findings: [listenerKeyUnusable({ since: at(`202${n}-12-31`) })],
    }),
  )
  const [, , head, first, second, after] = report(analysisOf(hosts)).split('\n')
  expect([head, first, second].map((line) => widthOf(line ?? '') <= 80)).toEqual([true, true, true])
  expect(first).toMatch(/^A-very.*….* {2}PROBABLE .* 2020-12-31 .* 2026-03-13$/)
  expect(after).toBe('')
})

test('renderText() of many hosts never gives two of them one name', () => {
  const hosts = ['A', 'B', 'C'].map((n) => failingHost({ host: `collector-of-events/SRV${n}.corp.contoso.com` }))
  const rows = report(analysisOf(hosts)).split('\n').slice(3, 6)
  expect(rows.map((row) => /SRV[ABC]/.exec(row)?.[0])).toEqual(['SRVA', 'SRVB', 'SRVC'])
})

test('renderText() marks a host whose logs hardly cover the window, and says what the mark means', () => {
  const { lastGood: _, ...rest } = healthyHost('TINY')
  const coverage = [{ channel: 'System', state: 'present' as const, records: 1, firstTime: at('2026-03-14T09:00') }]
  const tiny = { ...rest, coverage }
  const many = report(analysisOf([tiny, failingHost()], NO_TROUBLE))
  expect(many).toMatch(/TINY +– +nothing found \*/)
  expect(many).toContain('* The System log tells hardly anything of the window')
  expect(report(analysisOf([tiny], NO_TROUBLE)).replace(/\s+/g, ' ')).toContain(
    'hardly anything was there to look at: 1 record in System from 2026-03-14 09:00',
  )
})

test('renderText() tells a System log that begins late from one that tells hardly anything', () => {
  const host = healthyHost('LATE')
  const { start } = host.windows!.window
  const coverage = [{ channel: 'System', state: 'present' as const, records: 5_000, firstTime: start + 10n }]
  const late = { ...host, lastGood: { ...host.lastGood!, time: start + 9n }, coverage }
  const many = report(analysisOf([late, healthyHost('SOUND')], NO_TROUBLE))
  expect(many).toMatch(/LATE +– +System begins late ‡ /)
  expect(many).toContain('‡ System begins after the last logon: what failed in between was not seen.')
})

test('every doubt about a host has a mark of its own', () => {
  for (const { words } of [english, french]) {
    const marks = (['cleared', 'ends', 'begins', 'thin'] as const).map((why) => words[`fleet.${why}`])
    expect(new Set(marks).size).toBe(4)
    expect(new Set(marks.map((mark) => mark?.at(-1))).size).toBe(4)
    for (const why of ['cleared', 'ends', 'begins', 'thin'] as const) {
      expect(words[`fleet.${why}.note`]?.[0]).toBe(words[`fleet.${why}`]?.at(-1))
    }
  }
})

test('renderText() of a host whose System log was cleared after the last logon calls it neither healthy nor clean', () => {
  const host = healthyHost('WIPED')
  const cleared = at('2026-03-14T09:30')
  const coverage = [{ channel: 'System', state: 'present' as const, records: 12, firstTime: cleared, cleared }]
  const many = report(analysisOf([{ ...host, coverage }, healthyHost('SOUND')], NO_TROUBLE))
  expect(many).toMatch(/WIPED +– +System cleared † /)
  expect(many).toMatch(/SOUND +– +nothing found, worked /)
  expect(many).toContain('† System was cleared, and no logon came after that: what failed before is gone.')
  const alone = report(analysisOf([{ ...host, coverage }], NO_TROUBLE)).replace(/\s+/g, ' ')
  expect(alone).toContain(
    'no known cause found, but System was cleared at 2026-03-14 09:30, and no later record proves',
  )
  expect(alone).not.toContain('; RDP worked')
})

test('renderText() marks a host whose System log ends long before its other logs', () => {
  const host = healthyHost('CUT')
  const { window, log } = host.windows!
  const cut = { ...host, windows: { window, log: { start: log.start, end: at('2026-03-15T09:41') } } }
  const many = report(analysisOf([cut, healthyHost('SOUND')], NO_TROUBLE))
  expect(many).toMatch(/CUT +– +System ends early § /)
  expect(many).toContain('§ System ends long before the other logs')
  expect(report(analysisOf([cut], NO_TROUBLE)).replace(/\s+/g, ' ')).toContain(
    'no known cause found, but System ends at 2026-03-14 09:41, long before the other logs',
  )
})
