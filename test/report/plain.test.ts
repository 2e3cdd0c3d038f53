import { expect, test } from 'vitest'
import { plain, plainAnalysis } from '../../src/report/plain.ts'
import { analysisOf, failingHost } from '../support/analysis.ts'
import { evidence, listenerKeyUnusable } from '../support/finding.ts'

test('plain() shows what acts on a terminal or cannot be seen, and makes one line of many', () => {
  expect(plain('a\u001b[31mred\u001b[0m\u0007')).toBe('a\\u{1b}[31mred\\u{1b}[0m\\u{7}')
  expect(plain('one\r\ntwo\tthree\u2028four')).toBe('one two three four')
  expect(plain('\u202egpj.exe\u200b\ufeff\u{e0041}\ud800')).toBe(
    '\\u{202e}gpj.exe\\u{200b}\\u{feff}\\u{e0041}\\u{d800}',
  )
  expect(plain('Zugriff verweigert: Müller, 日本語 😀')).toBe('Zugriff verweigert: Müller, 日本語 😀')
})

test('plain() done twice changes nothing', () => {
  const once = plain('\u001b]0;x\u0007\n\u202e')
  expect(plain(once)).toBe(once)
})

test('plainAnalysis() reaches every text of evidence, names of its fields too, and leaves times and numbers', () => {
  const bad = 'x\u001b[2J\n'
  const hostile = evidence('trigger', '2026-03-14T01:00', 5, { computer: bad, decoded: { [bad]: bad } })
  const analysis = analysisOf([
    failingHost({ host: bad, computers: [bad], findings: [listenerKeyUnusable({ evidence: [hostile] })] }),
  ])
  const shown = plainAnalysis(analysis)
  const [host] = shown.hosts
  expect(host?.host).toBe('x\\u{1b}[2J ')
  expect(host?.findings[0]?.evidence[0]?.decoded).toEqual({ 'x\\u{1b}[2J ': 'x\\u{1b}[2J ' })
  expect(host?.findings[0]?.evidence[0]?.timeCreated).toBe(hostile.timeCreated)
  const unseen = JSON.stringify(shown, (_, value) => (typeof value === 'bigint' ? String(value) : value)).match(/\\u00/)
  expect(unseen).toBeNull()
})

test('plainAnalysis() cuts a text that no page can bear with a mark, and no command', () => {
  const long = 'x'.repeat(5_000)
  const [remediation] = listenerKeyUnusable().remediation
  if (!remediation?.steps[0]) throw new Error('no step')
  const steps = [{ ...remediation.steps[0], command: long }]
  const finding = listenerKeyUnusable({ remediation: [{ ...remediation, steps }] })
  const [host] = plainAnalysis(analysisOf([failingHost({ host: long, findings: [finding] })])).hosts
  expect(host?.host).toBe(`${'x'.repeat(2_000)}…[+3000 chars]`)
  expect(host?.findings[0]?.remediation[0]?.steps[0]?.command).toBe(long)
})
