/**
 * One language: every sentence and every word of the reports. A new one is a file here and a line in `languages.ts`;
 * `test/report/language/languages.test.ts` names what it lacks.
 *
 * A template holds `{name}` where a parameter goes and `{name|one|many}` where a word depends on a count
 * (`{count} {count|failure|failures}`). A number that a word depends on is a count and gets the language's groups of
 * digits; any other number stands as it is. A bigint parameter is a time and is shown in UTC.
 */
export interface Language {
  /** ISO 639-1, as in `--lang` and in a page's `lang`. */
  readonly code: string
  /** By sentence id: what scenarios and correlation say. */
  readonly sentences: Readonly<Record<string, string>>
  /** By word id: headings and labels of the reports, and how dates and numbers are written. */
  readonly words: Readonly<Record<string, string>>
  /**
   * By their English: phrases that rooms below put into parameters, such as what a status means or why a file could not
   * be read. English needs none.
   */
  readonly terms?: Readonly<Record<string, string>>
  /** Whether a count takes the first of two words; where absent only 1 does. */
  readonly isOne?: (count: number) => boolean
}
