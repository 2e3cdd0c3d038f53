import type { HostAnalysis } from '../finding/analysis.ts'
import { widthOf } from './cell-width.ts'
import { labelled, type Page } from './page.ts'

/** What was looked for and not found, and, apart from it, what could not be looked for. */
export function absenceLines(host: HostAnalysis, page: Page): string[] {
  const { voice } = page
  const notFound = host.notFound.map(({ scenario, lookedFor }) => ({
    scenario,
    text: lookedFor.map(voice.say).join(voice.word('semicolon')),
  }))
  const notEvaluated = host.notEvaluated.map(({ scenario, why }) => ({ scenario, text: voice.say(why) }))
  return [
    ...listLines(voice.word('not-found'), notFound, page),
    ...listLines(voice.word('not-evaluated'), notEvaluated, page),
  ]
}

function listLines(heading: string, items: readonly { scenario: string; text: string }[], page: Page): string[] {
  if (items.length === 0) return []
  const width = Math.max(...items.map(({ scenario }) => widthOf(scenario)))
  return [
    page.paint('heading', heading),
    ...items.flatMap(({ scenario, text }) => labelled(page, { text: scenario, indent: 2, width }, text)),
  ]
}
