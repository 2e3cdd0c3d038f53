import type { Voice } from '../language/voice.ts'
import { evidenceSettings } from './evidence-table.ts'

/** Words that the script says. A blank in them is filled by it: `{n}`. */
const WORDS = [
  ...['copy', 'copied', 'select', 'sort', 'count', 'count-of', 'no-match', 'bar'],
  ...['find', 'find-host', 'all-roles', 'all-findings', 'back', 'on'],
]

/** What the script needs to know in the language of the page. */
export function scriptSettings(voice: Voice): object {
  // Blanks come back as they are, for the script to fill.
  const blanks = Object.fromEntries(
    ['n', 'all', 'from', 'to', 'column', 'lane', 'time'].map((name) => [name, `{${name}}`]),
  )
  const words = Object.fromEntries(WORDS.map((id) => [id, voice.word(`page.script.${id}`, blanks)]))
  return {
    ...evidenceSettings(voice),
    words,
    digitGroup: voice.word('digit-group'),
    point: voice.word('decimal-point'),
    date: voice.word('time.date', { year: '{year}', month: '{month}', day: '{day}' }),
  }
}
