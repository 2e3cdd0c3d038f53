import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseIso } from '../../../src/bytes/filetime.ts'
import { sentence } from '../../../src/finding/sentence.ts'
import { english } from '../../../src/report/language/en.ts'
import { french } from '../../../src/report/language/fr.ts'
import type { Language } from '../../../src/report/language/language.ts'
import { say } from '../../../src/report/language/say.ts'

const speaking = (language: Language, template: string): Language => ({ ...language, sentences: { it: template } })
const english_ = (template: string) => speaking(english, template)
const french_ = (template: string) => speaking(french, template)

describe('say()', () => {
  it('fills in texts and numbers as they stand, and times in UTC', () => {
    const time = parseIso('2026-03-13T16:02:10.913Z')!.ticks
    const params = { who: 'a {who} $& b', n: 1_000, time }
    expect(say(sentence('it', params), english_('{who}, {n}, {time}'))).toBe(
      'a {who} $& b, 1000, 2026-03-13 16:02:10 UTC',
    )
  })

  it('takes the word that the count asks for', () => {
    const words = (count: number) => say(sentence('it', { count }), english_('{count} {count|failure|failures}'))
    expect([words(0), words(1), words(2)]).toEqual(['0 failures', '1 failure', '2 failures'])
    expect(say(sentence('it', { count: 0 }), french_('{count} {count|échec|échecs}'))).toBe('0 échec')
  })

  it('groups the digits of a count, which a word depends on, and of no other number', () => {
    const said = (language: Language) => say(sentence('it', { count: 48_112, id: 36_870 }), language)
    expect(said(english_('{count} {count|failure|failures} of {id}'))).toBe('48,112 failures of 36870')
    expect(said(french_('{count} {count|échec|échecs} de {id}'))).toBe('48\u202f112 échecs de 36870')
  })

  it('writes a time as the language does', () => {
    const time = parseIso('2026-03-13T16:02:10.913Z')!.ticks
    expect(say(sentence('it', { time }), french_('le {time}'))).toBe('le 13/03/2026 16:02:10 UTC')
  })

  it('says a phrase of ours in the language, with its code, and leaves what an event says', () => {
    const said = (text: string) => say(sentence('it', { text }), french_('{text}'))
    expect(said('Access is denied (0x80070005)')).toBe('Accès refusé (0x80070005)')
    expect(said('Access is denied')).toBe('Accès refusé')
    for (const text of ['Access is denied.', '(0x80070005)', 'toString', '__proto__', '']) expect(said(text)).toBe(text)
  })

  it('throws on a sentence that the language lacks, and on a parameter that the sentence lacks', () => {
    expect(() => say(sentence('other'), english_(''))).toThrow('"other"')
    expect(() => say(sentence('it'), english_('{count}'))).toThrow('"count"')
  })
})

describe('english.sentences', () => {
  const uses = sentencesIn('src')

  it('has every sentence that is said, with the parameters it is given', () => {
    expect(uses.size).toBeGreaterThan(100)
    for (const [id, params] of uses) {
      const template = english.sentences[id]
      expect(template, `sentence "${id}"`).toBeDefined()
      const asked = [...(template ?? '').matchAll(/\{(\w+)[^}]*\}/g)].map((match) => match[1])
      for (const name of asked) expect([...params], `parameters of "${id}"`).toContain(name)
      for (const name of params) expect(asked, `blanks of "${id}"`).toContain(name)
    }
  })

  it('never says "may not" for what is not allowed: it reads as a guess', () => {
    expect(Object.values(english.sentences).filter((text) => /\bmay (?:not|make no)\b/.test(text))).toEqual([])
  })

  it('has none that nobody says', () => {
    expect(Object.keys(english.sentences).filter((id) => !uses.has(id))).toEqual([])
  })
})

/** Ids and parameter names of every `sentence('…', { … })` in a folder's source. */
function sentencesIn(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map<string, Set<string>>()
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue
    const source = readFileSync(join(folder, path), 'utf8')
    for (const match of source.matchAll(/\bsentence\(\s*'([^']+)'\s*(,\s*\{)?/g)) {
      const params = match[2] === undefined ? [] : namesIn(source, match.index + match[0].length)
      uses.set(match[1]!, new Set([...(uses.get(match[1]!) ?? []), ...params]))
    }
  }
  return uses
}

/** Property names of the object literal whose opening brace ends at an offset: what stands first after `{` and each comma of its level. */
function namesIn(source: string, start: number): readonly string[] {
  const names: string[] = []
  let depth = 1
  let expectName = true
  for (let i = start; depth > 0 && i < source.length; i++) {
    const char = source[i]!
    const name = expectName ? /^\w+/.exec(source.slice(i)) : null
    if (name !== null) {
      names.push(name[0])
      expectName = false
      i += name[0].length - 1
    } else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    else if (char === ',' && depth === 1) expectName = true
  }
  return names
}
