/**
 * French as it is set in type, from French as it is typed: a blank that no line ends at stands before `:`, `;`, `?` and
 * `!` and inside guillemets, and an apostrophe between letters is curved. Applied to our own words, never to
 * parameters.
 */
export function typeset(text: string): string {
  return text
    .replace(/ (?=[:»])|(?<=«) /g, '\u00a0')
    .replace(/(?<=\}) (?=\{\w+\|fois)/g, '\u00a0')
    .replace(/ (?=[;?!])/g, '\u202f')
    .replace(/(?<=\p{L})'(?=[\p{L}{«])/gu, '’')
}

/** All texts of a table, set in type. */
export function typesetAll(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, typeset(text)]))
}
