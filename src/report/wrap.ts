import { headOf, widthOf } from './cell-width.ts'

/** Stands for a blank that no line may end at; plain text has no control character, so it can be turned back. */
const TIE = '\u0001'

/** Values with a blank in them, in any language: a time with its zone, a number with its unit, a short quotation. */
const TIED = [
  /(?:\d{4,5}-\d\d-\d\d|\d\d\/\d\d\/\d{4,5}) \d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: UTC)?/g,
  /\b\d[\d,.]* (?:h|min|s|d|B|kB|MB|GB|TB)\b/g,
  /"[^"]{1,40}"|«[^»]{1,40}»/g,
  /-o DIR\b/g,
]

/** What a word too long for a line is broken behind: between the parts of a path or list, else within a name. */
const SEAMS = ['\\/,;', '_-.%=:']

/** Words of one cell a character, with one blank between two: the width is the length. */
const ONE_LINE = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/

/**
 * Lines of at most `width` cells. A line never ends inside a value; a word longer than a line is broken between
 * the parts of a path or list, or of a name, where it has them.
 *
 * @param text plain
 * @returns at least one line
 */
export function wrap(text: string, width: number): string[] {
  if (text.length <= width && ONE_LINE.test(text)) return [text]
  const tied = TIED.reduce((whole, value) => whole.replace(value, (found) => found.replaceAll(' ', TIE)), text)
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of tied.split(/ +/).flatMap((long) => pieces(long, width))) {
    const taken = widthOf(word)
    if (line === '') {
      line = word
      used = taken
    } else if (used + 1 + taken <= width) {
      line += ` ${word}`
      used += 1 + taken
    } else {
      lines.push(line)
      line = word
      used = taken
    }
  }
  lines.push(line)
  return lines.map((tiedLine) => tiedLine.replaceAll(TIE, ' '))
}

/** Where the line may end: behind the last of the marks; 0 without one. */
function lastSeam(head: string, marks: string): number {
  return Math.max(...[...marks].map((mark) => head.lastIndexOf(mark))) + 1
}

/** A word cut so that each piece fits a line; almost always the word itself. */
function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word]
  if (word.includes(TIE)) return word.split(TIE).flatMap((part) => pieces(part, width))
  const parts: string[] = []
  let rest = word
  while (widthOf(rest) > width) {
    const head = headOf(rest, width)
    // A seam near the line's start would leave a ragged page; then the line is simply full.
    const seam = SEAMS.map((marks) => lastSeam(head, marks)).find((end) => end > head.length / 3)
    const length = seam ?? Math.max(1, head.length)
    parts.push(rest.slice(0, length))
    rest = rest.slice(length)
  }
  if (rest !== '') parts.push(rest)
  return parts
}
