import { expect, test } from 'vitest'
import { inputTroubles } from '../../src/report/input-lines.ts'
import { english } from '../../src/report/language/en.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { analysisOf } from '../support/analysis.ts'

test('inputTroubles() counts the places of damage that are not listed, hidden records apart', () => {
  const file = 'x/System.evtx'
  const unlistedDamage = { places: 1_600, hidden: 4 }
  const inputs = [{ file, size: 1, state: 'read' as const, records: 9, damaged: 0, recovered: 0, unlistedDamage }]
  const damage = [{ file, kind: 'chunk-bounds' as const, offset: 0, length: 0, detail: 'It is wrong' }]
  const [trouble] = inputTroubles(analysisOf([], { inputs, damage }), voiceOf(english))
  expect(trouble?.text).toContain('1,597 damaged places, a sign of tampering: 4 records')
})
