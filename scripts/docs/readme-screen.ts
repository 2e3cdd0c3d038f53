import { analyze } from '../../src/analyze.ts'
import { DAY } from '../../src/bytes/filetime.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { english } from '../../src/report/language/en.ts'
import { unpainted } from '../../src/report/paint.ts'
import { renderText } from '../../src/report/text.ts'

const START = '<!-- made by npm run docs: start -->'
const END = '<!-- made by npm run docs: end -->'
/** The host that the README shows, below the working directory. */
const SHOWN = 'samples/key-denied'
/** The screen ends before this line of the report: what comes after fills more than one. */
const NOT_SHOWN = '\n  because  '

/**
 * The README with the screen in it that `analyze` prints now.
 *
 * @throws {Error} its marks are gone, or the report has changed so that its first screen cannot be told
 */
export async function withScreen(readme: string): Promise<string> {
  const start = readme.indexOf(START)
  const end = readme.indexOf(END)
  if (start < 0 || end < start) throw new Error(`README.md lacks "${START}" and "${END}"`)
  const screen = `${START}\n\n\`\`\`text\n${await firstScreen()}\`\`\`\n\n`
  return readme.slice(0, start) + screen + readme.slice(end)
}

async function firstScreen(): Promise<string> {
  const collection = await findEvidence([SHOWN])
  const window = { windowText: '24h', windowTicks: DAY, reference: 'last-event' } as const
  const options = { threads: 1, recover: 'resync', verify: false, window, referenceText: 'last-event' } as const
  const { analysis } = await analyze(collection, options, { signal: new AbortController().signal })
  const report = renderText(analysis, { width: 80, paint: unpainted, language: english })
  const length = report.indexOf(NOT_SHOWN)
  if (length < 0) throw new Error(`The report of ${SHOWN} has no line that begins with "${NOT_SHOWN.trim()}"`)
  return `$ evtxray analyze ${SHOWN}\n${report.slice(0, length).trimEnd()}\n`
}
