import { widthOf } from './cell-width.ts'
import type { Voice } from './language/voice.ts'
import type { Paint, PaintRole } from './paint.ts'
import { wrap } from './wrap.ts'

/** What every part of a text report is written on. */
export interface Page {
  /** Cells of a line. */
  readonly width: number
  readonly paint: Paint
  readonly voice: Voice
}

/** What stands before a text, and where the text begins. */
interface Label {
  readonly text: string
  /** Blanks before the label. */
  readonly indent: number
  /** Cells of the label's column, without the two blanks behind it. */
  readonly width: number
  readonly role?: PaintRole
  /** Stands before the first line of the text, and is kept free below: `✓ `. */
  readonly mark?: string
}

/** Prose, in paragraphs and in lists alike, ends here: on longer lines the eye is lost on its way back. */
const LONGEST_PROSE = 102

/** The same page, as wide as prose may be on it. */
export function prosePage(page: Page): Page {
  return page.width <= LONGEST_PROSE ? page : { ...page, width: LONGEST_PROSE }
}

/** `  label   text …` with the text's further lines below its first. */
export function labelled(page: Page, label: Label, text: string): string[] {
  const { indent, width, mark = '' } = label
  const column = Math.max(width, widthOf(label.text)) + 2
  const start = indent + column + widthOf(mark)
  const blanks = ' '.repeat(column - widthOf(label.text))
  const painted = label.text === '' ? '' : page.paint(label.role ?? 'label', label.text)
  const first = `${' '.repeat(indent)}${painted}${blanks}${mark}`
  return wrap(text, Math.max(20, prosePage(page).width - start)).map((line, index) =>
    index === 0 ? `${first}${line}`.trimEnd() : `${' '.repeat(start)}${line}`,
  )
}

/** A paragraph with blanks before each line. */
export function paragraph(page: Page, indent: number, text: string): string[] {
  return wrap(text, Math.max(20, prosePage(page).width - indent)).map((line) => `${' '.repeat(indent)}${line}`)
}

/** The lines with an empty one before them; nothing when there are none. */
export function section(lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', ...lines] : []
}
