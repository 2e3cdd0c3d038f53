import type { Analysis } from '../finding/analysis.ts'

/** Units of one text that a report shows; the whole text stands in `report.json`. */
const LONGEST_TEXT = 2_000

/** What is never cut: commands, and what was cut where it was made. */
const WHOLE: ReadonlySet<string> = new Set(['command', 'xml'])

/** White space of any kind that a line of text cannot hold. */
const BREAKS = /[\t\n\v\f\r\u0085\u00a0\u2028\u2029]+/g
/** Control characters, format characters (bidi marks, zero-width, tags) and lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu

/** What the other two look at, and more. */
const MAY_NEED = /[^\x20-\x7e]/
/** Texts that were looked at and are plain: names of fields, channels and files stand in every record. */
const KNOWN = new Set<string>()
const MOST_KNOWN = 4_096
const LONGEST_KNOWN = 64

/**
 * A text that can do nothing but be read: line breaks and tabs are blanks, and a character that acts on a terminal,
 * turns the direction of writing or cannot be seen stands as `\u{…}`. Doing it twice changes nothing.
 */
export function plain(text: string): string {
  // Most texts, by far.
  if (KNOWN.has(text)) return text
  if (!MAY_NEED.test(text)) {
    if (text.length <= LONGEST_KNOWN && KNOWN.size < MOST_KNOWN) KNOWN.add(text)
    return text
  }
  return text.replace(BREAKS, ' ').replace(UNSEEN, (unseen) => `\\u{${codePoint(unseen)}}`)
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16)
}

/**
 * The analysis with every text in it plain, so that no renderer can forget one: event text is hostile. Texts longer
 * than `LONGEST_TEXT` are cut with a mark, commands and XML never.
 */
export function plainAnalysis(analysis: Analysis): Analysis {
  // The walk keeps every key and kind of value, so the shape is still that of an Analysis.
  return plainValue(analysis, '') as Analysis
}

/** What is plain already is given back as it is: nearly everything. */
function plainValue(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    // Known ones are short, too.
    if (KNOWN.has(value)) return value
    return WHOLE.has(key) ? plain(value) : shorten(plain(value))
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return plainList(value, key)
  // Keys are texts of the analysis' own, or names of an event's fields.
  return plainObject(value as Readonly<Record<string, unknown>>)
}

function plainObject(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let copy: Record<string, unknown> | undefined
  // Without a list of the names: a report walks tens of thousands of objects, and copies hardly any.
  for (const name in value) {
    const item = value[name]
    const at = KNOWN.has(name) ? name : plain(name)
    const shown = plainValue(item, name)
    if (copy === undefined) {
      if (at === name && shown === item) continue
      copy = upTo(value, name)
    }
    define(copy, at, shown)
  }
  return copy ?? value
}

function upTo(value: Readonly<Record<string, unknown>>, end: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const name in value) {
    if (name === end) break
    define(copy, name, value[name])
  }
  return copy
}

function define(into: Record<string, unknown>, name: string, value: unknown): void {
  // A field of an event may be called so: it is a name like any other.
  if (name === '__proto__') Object.defineProperty(into, name, { value, enumerable: true })
  else into[name] = value
}

function plainList(list: readonly unknown[], key: string): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let index = 0; index < list.length; index++) {
    const item = plainValue(list[index], key)
    if (item === list[index]) continue
    copy ??= [...list]
    copy[index] = item
  }
  return copy ?? list
}

function shorten(text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  // A pair that the cut splits leaves a lone surrogate, which is dropped.
  const start = text.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '')
  return `${start}…[+${text.length - start.length} chars]`
}
