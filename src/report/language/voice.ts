import { type Sentence, sentence } from '../../finding/sentence.ts'
import type { Language } from './language.ts'
import { say } from './say.ts'

/** A language ready to speak: what a renderer needs of it. */
export interface Voice {
  /** What a scenario said. */
  say(sentence: Sentence): string
  /** A heading or label of a report; the same templates as sentences. */
  word(id: string, params?: Sentence['params']): string
}

/** The voice of a language. */
export function voiceOf(language: Language): Voice {
  const labels: Language = { ...language, sentences: language.words }
  return {
    say: (said) => say(said, language),
    word: (id, params = {}) => say(sentence(id, params), labels),
  }
}
