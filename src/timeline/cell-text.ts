/** Excel's limit for one cell, in UTF-16 units. */
export const LONGEST_CELL = 32_767

/**
 * How many cells were changed so that a spreadsheet takes them for text; for the manifest. Counted up by whoever writes
 * cells.
 */
export interface CellTally {
  /** Cells that would have been read as a formula. */
  guarded: number
  /** Cells cut at `LONGEST_CELL`. */
  cut: number
}

/**
 * What a spreadsheet may read as the start of a formula, also behind blanks and in full width (OWASP, "CSV Injection").
 */
const FORMULA = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/
const LINE_BREAKS = /[\n\v\f\r\u0085\u2028\u2029]+/g
/** Control characters but the tab, and marks that reorder or hide text. */
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const ORDINARY = /^[A-Za-z0-9{][\x20-\x7e]*$/

/**
 * A text as a spreadsheet cell: no formula, no line break (` ¦ ` instead), nothing that acts on a terminal, at most
 * `LONGEST_CELL` units. What is lost here stands whole in JSONL.
 */
export function toCellText(text: string, tally?: CellTally): string {
  if (text.length <= LONGEST_CELL && ORDINARY.test(text)) return text
  let cell = toLine(text)
  if (FORMULA.test(text)) {
    cell = `'${cell}`
    if (tally) tally.guarded++
  }
  if (cell.length > LONGEST_CELL) {
    cell = cutCell(cell)
    if (tally) tally.cut++
  }
  return cell
}

/** A text on one line (` ¦ ` for line breaks), with nothing in it that acts on a terminal. */
export function toLine(text: string): string {
  return ORDINARY.test(text) ? text : text.replace(LINE_BREAKS, ' ¦ ').replace(UNSEEN, showUnit)
}

function showUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Keeps the start and says how much is missing; never splits a surrogate pair. */
function cutCell(cell: string): string {
  // The mark's own length depends on the number in it; a number of this size has at most ten digits.
  let kept = LONGEST_CELL - '…[+ chars]'.length - 10
  const last = cell.charCodeAt(kept - 1)
  if (last >= 0xd800 && last <= 0xdbff) kept--
  return `${cell.slice(0, kept)}…[+${cell.length - kept} chars]`
}
