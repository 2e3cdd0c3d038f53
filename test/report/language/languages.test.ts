import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { english } from '../../../src/report/language/en.ts'
import type { Language } from '../../../src/report/language/language.ts'
import { LANGUAGE_CODES, languageOfLocale, loadLanguage } from '../../../src/report/language/languages.ts'

const others = LANGUAGE_CODES.filter((code) => code !== 'en')

/** Names that a template asks for. */
function blanks(template: string): readonly string[] {
  return [...new Set([...template.matchAll(/\{(\w+)[^}]*\}/g)].map(([, name = '']) => name))].sort()
}

/** What a language lacks, has too much of, or asks for in vain, each named; English is what the others are held against. */
function faults(language: Language, part: 'sentences' | 'words'): readonly string[] {
  const mine = language[part]
  const theirs = english[part]
  const missing = Object.keys(theirs).filter((id) => !Object.hasOwn(mine, id))
  const unknown = Object.keys(mine).filter((id) => !Object.hasOwn(theirs, id))
  const different = Object.keys(theirs)
    .filter((id) => Object.hasOwn(mine, id))
    .flatMap((id) => {
      const asked = blanks(mine[id]!)
      const given = blanks(theirs[id]!)
      const fault = (what: string, names: readonly string[]) => names.map((name) => `${id}: ${what} {${name}}`)
      return [
        ...fault(
          'lacks',
          given.filter((name) => !asked.includes(name)),
        ),
        // A count that English says only once may choose a word here; a name that English has not is a mistake.
        ...fault(
          'has no',
          asked.filter((name) => !given.includes(name)),
        ),
      ]
    })
  return [...missing.map((id) => `missing: ${id}`), ...unknown.map((id) => `unknown: ${id}`), ...different]
}

describe.each(others)('the language "%s"', (code) => {
  let language: Language
  beforeAll(async () => {
    language = await loadLanguage(code)
  })

  it('is the one that its code says', () => {
    expect(language.code).toBe(code)
  })

  it('has every sentence of English, none that English has not, with the same parameters', () => {
    expect(faults(language, 'sentences')).toEqual([])
  })

  it('has every word of English, none that English has not, with the same parameters', () => {
    expect(faults(language, 'words')).toEqual([])
  })

  it('says each in words of its own, but for what is the same in both', () => {
    const same = Object.keys(english.sentences).filter((id) => language.sentences[id] === english.sentences[id])
    expect(same).toEqual([])
  })

  it('has the phrases that rooms below put into parameters', () => {
    const phrases = phrasesBelow()
    expect(phrases.length).toBeGreaterThan(25)
    expect(phrases.filter((phrase) => !Object.hasOwn(language.terms ?? {}, phrase))).toEqual([])
  })
})

/** Meanings of statuses, reasons why a file is unreadable, names of Windows with an "or" in them: as the sources have them. */
function phrasesBelow(): readonly string[] {
  const source = (path: string) => readFileSync(new URL(`../../../src/${path}`, import.meta.url), 'utf8')
  const statuses = [...source('event/status-code.ts').matchAll(/\[0x[0-9a-f]{8}, \['\w+', '([^']+)'/g)]
  const reasons = [...source('evidence/why-unreadable.ts').matchAll(/^ {2}E[A-Z]+: '([^']+)'/gm)]
  const names = [...source('correlate/os-build.ts').matchAll(/\[\d+, '([^']* or [^']*)'\]/g)]
  const upper = (text: string) => text[0]!.toUpperCase() + text.slice(1)
  return [...statuses, ...names].map(([, phrase = '']) => phrase).concat(reasons.map(([, why = '']) => upper(why)))
}

describe('LANGUAGE_CODES', () => {
  it('names every language that has a file', () => {
    const files = readdirSync(new URL('../../../src/report/language/', import.meta.url))
    expect([...LANGUAGE_CODES].sort()).toEqual(
      files.filter((name) => /^[a-z]{2}\.ts$/.test(name)).map((name) => name.slice(0, 2)),
    )
  })
})

describe('faults()', () => {
  it('sees a missing and an unknown id, and a parameter too few and too many', () => {
    const { gap, more, ...words } = english.words
    const broken = { ...english, words: { ...words, more: '{n} {m}', gap: 'a gap', nonsense: '' } }
    expect(faults(broken, 'words')).toEqual([
      'unknown: nonsense',
      'more: has no {m}',
      ...blanks(gap!).map((name) => `gap: lacks {${name}}`),
    ])
    expect(faults({ ...english, words }, 'words')).toEqual(['missing: more', 'missing: gap'])
    expect(blanks(more!)).toEqual(['n'])
  })
})

describe('languageOfLocale()', () => {
  it('reads what a terminal calls its language, and knows no other', () => {
    expect(['fr', 'fr_FR.UTF-8', 'fr-CA', 'FR', 'fr@euro'].map(languageOfLocale)).toEqual(Array(5).fill('fr'))
    expect(['en_US.UTF-8', 'en', 'C', 'POSIX', 'C.UTF-8', '', 'de_DE', 'fro', 'frank'].map(languageOfLocale)).toEqual([
      ...['en', 'en'],
      ...Array(7).fill(undefined),
    ])
  })
})
