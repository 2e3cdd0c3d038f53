import { describe, expect, test } from 'vitest'
import type { Remediation } from '../../src/finding/finding.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { mergedRepairs } from '../../src/report/merged-repairs.ts'
import { fixtureLanguage, said } from '../support/finding.ts'

const voice = voiceOf(fixtureLanguage)

/** Steps as `text` or `text > command`. */
function repair(hosts: readonly string[], steps: readonly string[], more: Partial<Remediation> = {}) {
  const remediation: Remediation = {
    where: 'live',
    title: said('fixture.way', 'a way'),
    steps: steps.map((step) => {
      const [text = '', command] = step.split(' > ')
      return { text: said(`fixture.step.${text}`, text), ...(command !== undefined && { command }) }
    }),
    ...more,
  }
  return { scenario: 's', remediation, hosts }
}

/** `AB text: A command`, a line a step. */
function told(repairs: Parameters<typeof mergedRepairs>[0]): string[][] {
  return mergedRepairs(repairs, voice).map(({ steps }) =>
    steps.map(({ what, letters, commands }) => {
      const typed = commands.map((command) => ` > ${command.letters.join('')}${command.what}`)
      return `${letters.join('')}:${voice.say(what)}${typed.join('')}`
    }),
  )
}

describe('mergedRepairs()', () => {
  test('of hosts that need the same has no letters', () => {
    expect(told([repair(['X', 'Y'], ['look', 'do > x'])])).toEqual([[':look', ':do > x']])
  })

  test('says once what several have in common, in the order of each, and whom the rest is for', () => {
    const repairs = [
      repair(['X'], ['snapshot', 'load', 'save', 'delete > del 1', 'unload']),
      repair(['Y'], ['snapshot', 'load', 'delete > del 2', 'unload']),
      repair(['Z'], ['snapshot', 'other']),
    ]
    expect(told(repairs)).toEqual([
      [':snapshot', 'AB:load', 'A:save', 'AB:delete > Adel 1 > Bdel 2', 'AB:unload', 'C:other'],
    ])
    expect(mergedRepairs(repairs, voice)[0]?.groups).toEqual([
      { letter: 'A', hosts: ['X'] },
      { letter: 'B', hosts: ['Y'] },
      { letter: 'C', hosts: ['Z'] },
    ])
  })

  test('merges what takes the steps back as it merges the steps', () => {
    const back = (command: string) => ({ undo: [{ text: said('fixture.undo', 'put back'), command }] })
    const [merged] = mergedRepairs([repair(['X'], ['a'], back('x 1')), repair(['Y'], ['a'], back('x 2'))], voice)
    expect(merged?.undo).toEqual([
      {
        what: said('fixture.undo', 'put back'),
        letters: [],
        commands: [
          { what: 'x 1', letters: ['A'] },
          { what: 'x 2', letters: ['B'] },
        ],
      },
    ])
  })

  test('keeps apart what has another title or another place, and tells whose risk it is', () => {
    const risk = said('fixture.risk', 'risky')
    const title = said('fixture.other-way', 'another way')
    const repairs = [repair(['X'], ['a'], { risk }), repair(['Y'], ['a']), repair(['Z'], ['a'], { title })]
    const merged = mergedRepairs(repairs, voice)
    expect(merged.map(({ groups }) => groups.flatMap(({ hosts }) => hosts))).toEqual([['X', 'Y'], ['Z']])
    expect(merged[0]?.risks).toEqual([{ what: risk, letters: ['A'] }])
    expect(mergedRepairs([repair(['X'], []), repair(['Y'], [], { where: 'offline' })], voice)).toHaveLength(2)
  })
})
