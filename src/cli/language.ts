import { UsageError } from '../errors.ts'
import { LANGUAGE_CODES, type LanguageCode, languageOfLocale } from '../report/language/languages.ts'
import type { Terminal } from './terminal.ts'

/** `--lang`: a code, or a locale's whole name. */
export function parseLanguage(text: string): LanguageCode {
  const code = languageOfLocale(text)
  if (code !== undefined) return code
  throw new UsageError(`"${text}" is not known: expected ${LANGUAGE_CODES.join(' or ')}`)
}

/**
 * The language of a report: as asked, else that of the terminal's messages by the rules of POSIX (the first of
 * `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides), else English.
 */
export function languageOf(asked: LanguageCode | undefined, { env }: Pick<Terminal, 'env'>): LanguageCode {
  return asked ?? languageOfLocale(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ?? 'en'
}
