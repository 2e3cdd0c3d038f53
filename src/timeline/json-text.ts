/** What JSON lets through but a terminal or a reviewer's eye should not meet: DEL, C1, bidi marks, zero-width, line separators. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/**
 * A value as JSON that is safe to print and loses nothing: characters that act on a terminal or hide in a text stand as
 * `\uXXXX`, which every JSON reader turns back.
 *
 * @param space as for `JSON.stringify`: blanks a level; 0 for one line
 */
export function toJsonText(value: unknown, space = 0): string {
  const json = JSON.stringify(value, undefined, space)
  return json.search(UNSEEN) < 0 ? json : json.replace(UNSEEN, escapeUnit)
}

/** Printable ASCII without the quote and the backslash: stands in JSON as it is. */
const ORDINARY = /^[ !#-[\]-~]*$/

/** `toJsonText` of a string; nearly all of them need no escape, and there are millions. */
export function toJsonString(text: string): string {
  return ORDINARY.test(text) ? `"${text}"` : toJsonText(text)
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
