import type { Language } from './language.ts'

/** Languages that reports are written in. Each has a file of its code's name here. */
export const LANGUAGE_CODES = ['en', 'fr'] as const
export type LanguageCode = (typeof LANGUAGE_CODES)[number]

/** Loads a language; those that nobody asked for stay on the disk. */
export async function loadLanguage(code: LanguageCode): Promise<Language> {
  switch (code) {
    case 'en':
      return (await import('./en.ts')).english
    case 'fr':
      return (await import('./fr.ts')).french
  }
}

/**
 * The language that a locale's name begins with: `fr_CA.UTF-8`, `fr-BE` and `fr` are French.
 *
 * @returns undefined for `C`, `POSIX`, and languages that there are no words for
 */
export function languageOfLocale(locale: string): LanguageCode | undefined {
  const wanted = /^([a-z]{2,3})(?:[-_.@]|$)/i.exec(locale)?.[1]?.toLowerCase()
  return LANGUAGE_CODES.find((code) => code === wanted)
}
