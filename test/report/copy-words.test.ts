import { expect, test } from 'vitest'
import { copiesText } from '../../src/report/copy-words.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { evidence, fixtureLanguage } from '../support/finding.ts'

const voice = voiceOf(fixtureLanguage)
const copyIn = (file: string) => ({ file, offset: 0 })
const said = (...files: readonly string[]) =>
  copiesText(
    evidence('trigger', '2026-03-13T16:00', 1, { file: 'h/Logs/System.evtx', copies: files.map(copyIn) }),
    voice,
  )

test('copiesText() names the other files by as much of their path as tells them apart', () => {
  expect(said('h/old/Archive-System.evtx', 'h/old/System.evtx')).toBe('also in Archive-System.evtx, old/System.evtx')
  expect(said('x\\Logs\\System.evtx')).toBe('also in x/Logs/System.evtx')
})

test('copiesText() says how a copy was recovered, and how many more there are', () => {
  const copies = [{ ...copyIn('a.evtx'), recovered: 'slack' as const }]
  expect(copiesText(evidence('trigger', '2026-03-13T16:00', 1, { copies }), voice)).toBe('also in a.evtx (recovered)')
  expect(said('a.evtx', 'b.evtx', 'c.evtx', 'd.evtx', 'e.evtx')).toBe('also in a.evtx, b.evtx, c.evtx, … 2 more')
})

test('copiesText() of a record that stands once says nothing', () => {
  expect(copiesText(evidence('trigger', '2026-03-13T16:00', 1), voice)).toBeUndefined()
})
