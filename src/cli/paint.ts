import type { Paint, PaintRole } from '../report/paint.ts'
import type { Terminal } from './terminal.ts'

/** `--color`. */
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const
export type ColorChoice = (typeof COLOR_CHOICES)[number]

/** Parameters of "select graphic rendition" (ECMA-48 8.3.117): only those that every terminal knows, no background. */
const STYLES: Readonly<Record<PaintRole, string>> = {
  confirmed: '1;31',
  probable: '1;31',
  possible: '1;33',
  unknown: '33',
  historic: '36',
  refuted: '36',
  'nothing-found': '32',
  healthy: '32',
  heading: '1',
  label: '2',
  faint: '2',
  command: '36',
  warning: '33',
}

/** Colours a text by its role. */
export const painted: Paint = (role, text) => `\x1b[${STYLES[role]}m${text}\x1b[0m`

/**
 * Whether results are coloured: as told, else on a terminal that understands it, unless `NO_COLOR` is set
 * (no-color.org).
 */
export function isColored(choice: ColorChoice, terminal: Pick<Terminal, 'stdout' | 'env'>): boolean {
  if (choice !== 'auto') return choice === 'always'
  const { NO_COLOR, TERM } = terminal.env
  return terminal.stdout.isTTY && !NO_COLOR && TERM !== 'dumb'
}
