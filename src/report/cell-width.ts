import { compareText } from '../bytes/compare-text.ts'
import { listsBy } from '../bytes/lists-by.ts'

/** Scripts and symbols that take two cells in a terminal (Unicode East Asian Width W and F, and emoji). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const COMBINING = /\p{M}/u
const ASCII = /^[\x20-\x7e]*$/

/** Terminal cells that a plain text takes. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const character of text) width += cellsOf(character)
  return width
}

function cellsOf(character: string): number {
  if (COMBINING.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** The text with blanks behind it up to `width` cells; a longer text as it is. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** The text, or as much of its start as leaves room for `…` in `width` cells. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  return `${headOf(text, width - 1)}…`
}

/** The same for names that differ in their ends: the middle gives way. */
function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const tail = headOf([...text].reverse().join(''), Math.floor((width - 1) / 2))
  return `${headOf(text, width - 1 - widthOf(tail))}…${[...tail].reverse().join('')}`
}

/**
 * Names for one column, each cut to `width` cells: the middle gives way; where that makes two of them look alike, each
 * shows the place where it parts from those most like it.
 *
 * @returns in the order of `names`; equal names stay equal
 */
export function cutApart(names: readonly string[], width: number): string[] {
  const short = new Map<string, string>()
  const alike = listsBy(new Set(names), (name) => cutMiddle(name, width))
  for (const [shown, group] of alike) {
    short.set(group[0]!, shown)
    if (group.length === 1) continue
    const sorted = group.toSorted(compareText)
    for (const [index, name] of sorted.entries()) {
      const shared = [sorted[index - 1], sorted[index + 1]].map((other) => sharedStart(name, other ?? ''))
      short.set(name, cutAround(name, Math.max(...shared), width))
    }
  }
  return names.map((name) => short.get(name) ?? name)
}

/** How many characters two texts have in common before they part. */
function sharedStart(one: string, other: string): number {
  const [a, b] = [[...one], [...other]]
  const end = a.findIndex((character, index) => character !== b[index])
  return end < 0 ? a.length : end
}

/** As much of the text as fits with the character at `place`, which is shown whatever gives way. */
function cutAround(text: string, place: number, width: number): string {
  const characters = [...text]
  const start = characters.slice(0, place).join('')
  if (widthOf(start) + 2 < width) return cut(text, width)
  const before = headOf([...start].reverse().join(''), Math.floor((width - 2) / 2))
  const behind = cut(characters.slice(place).join(''), width - 1 - widthOf(before))
  return `…${[...before].reverse().join('')}${behind}`
}

/** As much of the text's start as takes at most `width` cells. */
export function headOf(text: string, width: number): string {
  let head = ''
  let used = 0
  for (const character of text) {
    used += cellsOf(character)
    if (used > width) break
    head += character
  }
  return head
}
