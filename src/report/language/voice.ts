import { type Sentence, sentence } from '../../finding/sentence.ts'
import type { Language } from './language.ts'
import { type Precision, renderTime } from './numerals.ts'
import { say, sayTerm } from './say.ts'

/** A language ready to speak: what a renderer needs of it. */
export interface Voice {
  /** What a scenario said. */
  say(sentence: Sentence): string
  /** A heading or label of a report; the same templates as sentences. */
  word(id: string, params?: Sentence['params']): string
  /** A time in UTC, which is not said. */
  time(ticks: bigint, precision: Precision): string
  /** A phrase of a room below, such as a status with its number; any other text as it is. */
  term(text: string): string
}

/** The voice of a language. */
export function voiceOf(language: Language): Voice {
  const labels: Language = { ...language, sentences: language.words }
  return {
    say: (said) => say(said, language),
    word: (id, params = {}) => say(sentence(id, params), labels),
    time: (ticks, precision) => renderTime(ticks, precision, language.words),
    term: (text) => sayTerm(text, language),
  }
}
