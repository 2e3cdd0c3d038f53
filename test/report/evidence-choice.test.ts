import { expect, test } from 'vitest'
import { chooseEvidence } from '../../src/report/evidence-choice.ts'
import { historicHost } from '../support/analysis.ts'
import { at, evidence, listenerKeyUnusable } from '../support/finding.ts'

test('chooseEvidence() shows five records, the newest and those it began with, and counts all others, and those that no list holds', () => {
  const choice = chooseEvidence(listenerKeyUnusable())
  expect(choice.triggers.map(({ recordId }) => recordId)).toEqual([48_652, 48_562, 48_112])
  expect(choice.supports.map(({ recordId }) => recordId)).toEqual([48_653, 48_113])
  expect(choice.against).toEqual([])
  expect(choice.more).toEqual({ trigger: 4, support: 29, against: 0, unlisted: 24 })
})

test('chooseEvidence() gives supports the room that triggers leave', () => {
  const records = [1, 2, 3, 4, 5, 6].map((n) => evidence('support', `2026-03-14T0${n}:00`, n))
  const trigger = evidence('trigger', '2026-03-14T00:00', 9)
  const choice = chooseEvidence(listenerKeyUnusable({ evidence: [trigger, ...records], since: at('2026-03-14') }))
  expect(choice.triggers).toHaveLength(1)
  expect(choice.supports.map(({ recordId }) => recordId)).toEqual([6, 5, 4, 1])
})

test('chooseEvidence() begins at since, not at older records', () => {
  const records = [1, 2, 3, 4, 5, 6, 7].map((n) => evidence('trigger', `2026-03-14T0${n}:00`, n))
  const choice = chooseEvidence(listenerKeyUnusable({ evidence: records, since: at('2026-03-14T02:00') }))
  expect(choice.triggers.map(({ recordId }) => recordId)).toEqual([7, 6, 5, 4, 2])
})

test('chooseEvidence() shows what lies before since only when there is nothing else', () => {
  const records = [1, 2, 3].map((n) => evidence('trigger', `2026-03-14T0${n}:00`, n))
  const from = (since: string) => chooseEvidence(listenerKeyUnusable({ evidence: records, since: at(since) })).triggers
  expect(from('2026-03-14T02:00').map(({ recordId }) => recordId)).toEqual([3, 2])
  expect(from('2026-03-15').map(({ recordId }) => recordId)).toEqual([3, 2, 1])
})

test('chooseEvidence() sets apart what speaks against it', () => {
  const finding = historicHost().findings[0] ?? listenerKeyUnusable()
  expect(chooseEvidence(finding).against.map(({ role }) => role)).toEqual(['heal'])
})
