import { toIso } from '../../bytes/filetime.ts'
import type { Sentence } from '../../finding/sentence.ts'
import type { Language } from './language.ts'

/**
 * The words of a sentence in a language. A time is shown as `2026-03-13 16:02:10 UTC`; what came from an event goes in as it
 * stands, so the caller escapes the result for where it is shown.
 *
 * @throws {Error} when the language lacks the sentence, or the sentence a parameter that its words ask for: a bug of ours
 */
export function say(sentence: Sentence, language: Language): string {
  const template = language.sentences[sentence.id]
  if (template === undefined) throw new Error(`No sentence "${sentence.id}" in language "${language.code}"`)
  return template.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
    const value = sentence.params[name]
    if (value === undefined) throw new Error(`Sentence "${sentence.id}" asks for "${name}", which it was not given`)
    if (one !== undefined && many !== undefined) return isOne(value, language) ? one : many
    return typeof value === 'bigint' ? sayTime(value) : String(value)
  })
}

/** French counts zero and one alike. */
function isOne(value: string | number | bigint, language: Language): boolean {
  const count = Number(value)
  return count === 1 || (count === 0 && language.code === 'fr')
}

function sayTime(ticks: bigint): string {
  return `${toIso(ticks).slice(0, -9).replace('T', ' ')} UTC`
}
