import { EVIDENCE_SCRIPT } from './script-evidence.ts'
import { PICTURE_SCRIPT } from './script-picture.ts'
import { TABLE_SCRIPT } from './script-table.ts'

/**
 * The script of the page. It only makes easier what can be read without it: it sorts, filters, turns pages, links the
 * picture with the table, and copies commands. It makes text nodes, never markup, and asks for nothing. Its parts are
 * JavaScript as text, so that the same bytes (and one hash) stand in every page; a test checks their types.
 */
export const SCRIPT_SOURCE = `(() => {
'use strict'
${TABLE_SCRIPT}${EVIDENCE_SCRIPT}${PICTURE_SCRIPT}
const settings = JSON.parse(document.querySelector('script[data-kind="settings"]')?.textContent ?? '{}')
start(settings)
})()
`

/**
 * Texts and patterns, which stay as they are, or an operator with the blanks around it, or the end of a line inside of
 * brackets where a statement can neither end nor begin.
 */
const KEPT_OR_OPERATOR =
  /'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?<=[(=,]\s?)\/(?:\\.|\[[^\]\n]*\]|[^/\\\n])+\/[a-z]*| ?([=!]==|[<>]=?|=>|&&|\|\||\?\?=?|[?:={}(),;|*]) ?| ([-+]) (?![-+])|(?<=[{(,])\n|\n(?=[})])/g

/**
 * The same without what only its readers need: comments of whole lines, blank lines, and blanks before lines and around
 * operators.
 */
export const SCRIPT = SCRIPT_SOURCE.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '')
  .replace(/^ *(\/\/.*\n)?/gm, '')
  .replace(/\n{2,}/g, '\n')
  .replace(
    KEPT_OR_OPERATOR,
    (whole: string, operator?: string, sum?: string) => operator ?? sum ?? whole.replace(/^\n$/, ''),
  )
