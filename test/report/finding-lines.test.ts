import { expect, test } from 'vitest'
import { sinceText, triggersText } from '../../src/report/finding-lines.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { fixtureLanguage, listenerKeyUnusable, said } from '../support/finding.ts'

test('triggersText() does not say that a time lies in the window where only the corrected clock puts it there', () => {
  const why = said('rule.in-window-corrected', 'By the corrected clock')
  const finding = listenerKeyUnusable({ rules: [{ id: 'in-window', met: 'yes', why }] })
  const voice = voiceOf(fixtureLanguage)
  expect(triggersText(finding, voice)).toContain('(in the window by the corrected clock)')
  expect(triggersText(listenerKeyUnusable(), voice)).toContain('(in the window)')
})

test('sinceText() says that nobody knows where nothing tells when it began', () => {
  const voice = voiceOf(fixtureLanguage)
  const finding = listenerKeyUnusable({ isBeginUnknown: true })
  expect(sinceText(finding, finding.since + 36_000_000_000n, voice)).toBe('since when is not known')
})
