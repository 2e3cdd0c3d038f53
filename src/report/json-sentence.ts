import { toIso } from '../bytes/filetime.ts'
import type { AtLeast, Sentence } from '../finding/sentence.ts'
import type { Language } from './language/language.ts'
import { say } from './language/say.ts'

/** A sentence in the result document: what it says, and what it was made from. */
interface SentenceDocument {
  readonly id: string
  /** Times as ISO 8601. */
  readonly params: Readonly<Record<string, string | number | AtLeast | { readonly atLatest: string }>>
  readonly text: string
}

/** Puts a sentence into the document. */
export type ToSentence = (sentence: Sentence) => SentenceDocument

/** Sentences with their text in one language. */
export function sentenceDocuments(language: Language): ToSentence {
  return (sentence) => ({ id: sentence.id, params: toParams(sentence.params), text: say(sentence, language) })
}

function toParams(params: Sentence['params']): SentenceDocument['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === 'bigint') return [name, toIso(value)]
      return [name, typeof value === 'object' && 'atLatest' in value ? { atLatest: toIso(value.atLatest) } : value]
    }),
  )
}
