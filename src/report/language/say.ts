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
    const known = knownOf(value)
    if (one !== undefined && many !== undefined) {
      return typeof value !== 'object' && isOne(Number(known), language) ? one : many
    }
    const said = show(known, template.includes(`{${name}|`), language)
    if (typeof value !== 'object') return said
    const bound = language.words['atLeast' in value ? 'at-least' : 'at-latest'] ?? '{it}'
    const bounded = bound.replace('{it}', () => said)
    return at === 0 ? bounded.charAt(0).toUpperCase() + bounded.slice(1) : bounded
  })
}

type Param = Sentence['params'][string]

/** What of a parameter is known for certain. */
function knownOf(value: Param): string | number | bigint {
  if (typeof value !== 'object') return value
  return 'atLeast' in value ? value.atLeast : value.atLatest
}

function show(value: string | number | bigint, isCount: boolean, language: Language): string {
  switch (typeof value) {
    case 'bigint':
      return `${renderTime(value, 'second', language.words)} UTC`
    case 'number':
      return isCount ? groupDigits(value, language.words['digit-group'] ?? '') : String(value)
    case 'string':
      return sayTerm(value, language)
  }
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
