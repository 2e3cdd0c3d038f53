import { expect, test } from 'vitest'
import type { Analysis } from '../../src/finding/analysis.ts'
import { french } from '../../src/report/language/fr.ts'
import type { Language } from '../../src/report/language/language.ts'
import { unpainted } from '../../src/report/paint.ts'
import { renderText } from '../../src/report/text.ts'
import { analysisOf, failingHost } from '../support/analysis.ts'
import { at, fixtureLanguage } from '../support/finding.ts'

test('renderText() cuts no name of a log, in French either, however many records it has', () => {
  const channel = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational'
  const inFrench = { ...fixtureLanguage, words: french.words }
  const report = (analysis: Analysis, language: Language) =>
    renderText(analysis, { width: 80, paint: unpainted, language })
  for (const [records, lines] of [
    [12_345, /present +RemoteConnectionManager {2}12,345 records from 2026-03-14 00:00\n/],
    [1_234_567, /present +RemoteConnectionManager\n {41}1,234,567 records from 2026-03-14 00:00\n/],
  ] as const) {
    const coverage = [{ channel, state: 'present' as const, records, firstTime: at('2026-03-14') }]
    const analysis = analysisOf([failingHost({ coverage })])
    expect(report(analysis, fixtureLanguage)).toMatch(lines)
    expect(report(analysis, inFrench)).toMatch(
      /présent +RemoteConnectionManager\s+[\d\s]+ enreg\. dès le 14\/03\/2026 00:00\n/,
    )
  }
})
