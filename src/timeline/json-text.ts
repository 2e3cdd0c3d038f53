/**
 * What JSON lets through but a terminal or a reviewer's eye should not meet: DEL, C1, bidi marks, zero-width, line
 * separators.
 */
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

/**
 * Where a member's value begins in a line of JSON that has it.
 *
 * @param line UTF-8
 * @param head what stands before it, from the comma on, ASCII: inside a text its quotes would be escaped
 */
export function findHead(line: Uint8Array, head: string): number {
  const comma = head.charCodeAt(0)
  let at = line.indexOf(comma)
  while (at >= 0 && !holdsAt(line, at, head)) at = line.indexOf(comma, at + 1)
  return at + head.length
}

function holdsAt(line: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (line[at + i] !== text.charCodeAt(i)) return false
  return true
}
