/**
 * One language: every sentence and every word of the reports.
 *
 * A template holds `{name}` where a parameter goes and `{name|one|many}` where a word depends on a count
 * (`{count} {count|failure|failures}`). A bigint parameter is a time and is shown in UTC.
 */
export interface Language {
  readonly code: string
  /** By sentence id: what scenarios and correlation say. */
  readonly sentences: Readonly<Record<string, string>>
  /** By word id: headings and labels of the reports. */
  readonly words: Readonly<Record<string, string>>
}
