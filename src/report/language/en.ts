import type { Language } from './language.ts'

/** English: also the language of JSON and CSV. Keys are sorted by the room that speaks them. */
export const english: Language = {
  code: 'en',
  sentences: {
    // scenarios/ and correlate/
  },
  words: {
    // report/
  },
}
