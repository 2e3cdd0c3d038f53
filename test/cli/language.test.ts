import { describe, expect, it } from 'vitest'
import { languageOf, parseLanguage } from '../../src/cli/language.ts'

describe('languageOf()', () => {
  const of = (env: Record<string, string>) => languageOf(undefined, { env })

  it('is what was asked for, whatever the terminal speaks', () => {
    expect(languageOf('en', { env: { LC_ALL: 'fr_FR.UTF-8' } })).toBe('en')
  })

  it("is the terminal's: LC_ALL before LC_MESSAGES before LANG, an empty one counts for nothing", () => {
    expect(of({ LANG: 'fr_FR.UTF-8' })).toBe('fr')
    expect(of({ LANG: 'fr_FR.UTF-8', LC_MESSAGES: 'en_US.UTF-8' })).toBe('en')
    expect(of({ LANG: 'en_US.UTF-8', LC_MESSAGES: 'en_US', LC_ALL: 'fr_CA' })).toBe('fr')
    expect(of({ LANG: 'fr_FR', LC_ALL: '', LC_MESSAGES: '' })).toBe('fr')
    expect(of({ LANG: 'fr_FR', LC_ALL: 'C' })).toBe('en')
  })

  it('is English where there are no words for it', () => {
    expect([of({}), of({ LANG: 'ja_JP.UTF-8' })]).toEqual(['en', 'en'])
  })
})

describe('parseLanguage()', () => {
  it('takes a code or a locale, and refuses what it has no words for', () => {
    expect([parseLanguage('FR'), parseLanguage('en-GB')]).toEqual(['fr', 'en'])
    expect(() => parseLanguage('de')).toThrow('expected en or fr')
  })
})
