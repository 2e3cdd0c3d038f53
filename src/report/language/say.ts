import type { Sentence } from '../../finding/sentence.ts'
import type { Language } from './language.ts'
import { groupDigits, renderTime } from './numerals.ts'

/** `{name}` or `{name|one|many}`. */
const BLANK = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g

/**
 * The words of a sentence in a language. A time is shown as `2026-03-13 16:02:10 UTC`; what came from an event goes in
 * as it stands, so the caller escapes the result for where it is shown.
 *
 * @throws {Error} when the language lacks the sentence, or the sentence a parameter that its words ask for: a bug of
 * ours
 */
export function say(sentence: Sentence, language: Language): string {
  const template = language.sentences[sentence.id]
  if (template === undefined) throw new Error(`No sentence "${sentence.id}" in language "${language.code}"`)
  return template.replace(BLANK, (_, name: string, one: string | undefined, many: string | undefined, at: number) => {
    const value = sentence.params[name]
    if (value === undefined) throw new Error(`Sentence "${sentence.id}" asks for "${name}", which it was not given`)
    const number = typeof value === 'object' ? value.atLeast : value
    if (one !== undefined && many !== undefined) return isOne(Number(number), language) ? one : many
    switch (typeof number) {
      case 'bigint':
        return `${renderTime(number, 'second', language.words)} UTC`
      case 'number': {
        const isCount = template.includes(`{${name}|`)
        const n = isCount ? groupDigits(number, language.words['digit-group'] ?? '') : String(number)
        if (typeof value !== 'object') return n
        const said = say({ id: 'at-least', params: { n } }, { ...language, sentences: language.words })
        return at === 0 ? said.charAt(0).toUpperCase() + said.slice(1) : said
      }
      case 'string':
        return sayTerm(number, language)
    }
  })
}

function isOne(count: number, { isOne: asked }: Language): boolean {
  return asked ? asked(count) : count === 1
}

/**
 * A phrase in the language's words, with a code behind it as it stands (`Accès refusé (0x80070005)`); any other text as
 * it is.
 */
export function sayTerm(text: string, { terms }: Language): string {
  if (!terms) return text
  const [, phrase = text, code = ''] = /^(.+?)( \([^()]*\))?$/.exec(text) ?? []
  return Object.hasOwn(terms, text) ? terms[text]! : Object.hasOwn(terms, phrase) ? terms[phrase]! + code : text
}
