import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ROLES, VERDICTS } from '../../src/finding/finding.ts'
import { english } from '../../src/report/language/en.ts'

const SOURCES = ['report', 'cli'].map((room) => new URL(`../../src/${room}/`, import.meta.url))

/** Word ids that the renderers ask for: literals that stand where only a word id does, and families by their members. */
function askedFor(): string[] {
  const text = SOURCES.flatMap((folder) => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.startsWith('html'))
    return names.map((name) => readFileSync(new URL(name, folder), 'utf8'))
  }).join('\n')
  const literals = [...text.matchAll(/(?:word|counted|noted|item)\(\s*'([^']+)'/g)].map(([, id = '']) => id)
  const listed = [...text.matchAll(/'((?:unit|column|note|role|state|in|scenario)\.[a-z-]+)'/g)].map(
    ([, id = '']) => id,
  )
  const states = ['present', 'absent', 'empty', 'not-collected', 'unreadable']
  return [
    ...literals,
    ...listed,
    ...VERDICTS.map((verdict) => `verdict.${verdict}`),
    ...ROLES.map((role) => `role.${role}`),
    ...states.map((state) => `state.${state}`),
    ...['window', 'boot', 'log'].map((name) => `in.${name}`),
    ...['live', 'offline'].flatMap((where) => [`repair.${where}`, `scenario.${where}`]),
    ...['thin', 'cleared', 'begins', 'ends'].flatMap((why) => [
      `state-of-host.${why}`,
      `fleet.${why}`,
      `fleet.${why}.note`,
    ]),
    ...['healthy', 'nothing-found', 'unknown'].flatMap((state) => [`state-of-host.${state}`, `fleet.${state}`]),
  ]
}

test('english has every word that the renderers ask for', () => {
  const asked = askedFor()
  expect(asked.length).toBeGreaterThan(80)
  expect(asked.filter((id) => !Object.hasOwn(english.words, id))).toEqual([])
})
