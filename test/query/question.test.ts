import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Need } from '../../src/query/need.ts'
import { Question } from '../../src/query/question.ts'
import { allNeeds } from '../../src/scenarios/catalogue.ts'

function need(id: string, over: Partial<Need> = {}): Need {
  return { id, provider: 'Schannel', eventIds: [36870], as: 'event', ...over }
}

function idsOf(question: Question, ...record: [provider: string, eventId: number, channel: string]): string[] {
  return question.candidates(...record).map((asked) => asked.need.id)
}

describe('Question', () => {
  it('lets through what any need asks for, and nothing else', () => {
    const { gate } = new Question([need('a'), need('b', { eventIds: [36871] }), need('c', { provider: 'TermService' })])
    const wanted = (provider: string, id: number) => gate.eventIds(provider)?.[id] === 1 && gate.anyProvider[id] === 1
    expect(wanted('Schannel', 36870)).toBe(true)
    expect(wanted('Schannel', 36871)).toBe(true)
    expect(wanted('TermService', 36870)).toBe(true)
    expect(wanted('TermService', 36871)).toBe(false)
    expect(wanted('Schannel', 36872)).toBe(false)
    expect(gate.eventIds('Anybody')).toBeUndefined()
  })

  it('finds the needs of a provider in whatever case its name is written', () => {
    const question = new Question([need('a', { provider: 'SCHANNEL' }), need('b', { eventIds: [36870, 36888] })])
    expect(idsOf(question, 'schannel', 36870, 'System')).toEqual(['a', 'b'])
    expect(idsOf(question, 'Schannel', 36888, 'System')).toEqual(['b'])
    expect(idsOf(question, 'Schannel', 1, 'System')).toEqual([])
    expect(idsOf(question, 'Schannels', 36870, 'System')).toEqual([])
  })

  it('keeps to the channels of a need, in whatever case; a need without channels takes all', () => {
    const question = new Question([need('system', { channels: ['System'] }), need('any')])
    expect(idsOf(question, 'Schannel', 36870, 'SYSTEM')).toEqual(['system', 'any'])
    expect(idsOf(question, 'Schannel', 36870, 'Security')).toEqual(['any'])
    expect(idsOf(new Question([need('none', { channels: [] })]), 'Schannel', 36870, 'System')).toEqual([])
  })

  it('asks a need once of a record, though the need names an id twice', () => {
    const question = new Question([need('a', { eventIds: [36870, 36870] })])
    expect(idsOf(question, 'Schannel', 36870, 'System')).toEqual(['a'])
  })

  it('has one mask for all spellings of a provider, so that a hostile log cannot ask for a million', () => {
    const { gate } = new Question([need('a')])
    expect(gate.eventIds('sChAnNeL')).toBe(gate.eventIds('ScHaNnEl'))
  })

  it('never has a candidate where its gate says skip', () => {
    const needs = allNeeds()
    const question = new Question(needs)
    const names = needs.flatMap(({ provider }) => [provider, provider.toUpperCase(), `${provider} `])
    const ids = needs.flatMap(({ eventIds }) => eventIds.flatMap((id) => [id, id + 1]))
    const channels = [...needs.flatMap((each) => each.channels ?? []), 'Application', '']
    let met = 0
    const property = fc.property(
      fc.constantFrom(...names),
      fc.constantFrom(...ids),
      fc.constantFrom(...channels),
      (provider, id, channel) => {
        const { gate } = question
        const skip = !gate.anyProvider[id] || !gate.eventIds(provider)?.[id] || !gate.mayHold(channel)
        const candidates = question.candidates(provider, id, channel).length
        if (skip) expect(candidates).toBe(0)
        met += candidates
      },
    )
    fc.assert(property, { numRuns: 3_000 })
    expect(met).toBeGreaterThan(0)
  })
})
