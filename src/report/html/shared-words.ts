import { compareText } from '../../bytes/compare-text.ts'
import type { HostAnalysis } from '../../finding/analysis.ts'
import { isOpen } from '../../finding/finding.ts'
import type { Voice } from '../language/voice.ts'

/** What the page says once of a scenario, because it holds for several hosts. */
export interface ScenarioWords {
  readonly scenario: string
  readonly lookedFor: readonly string[]
  readonly certainIf: readonly string[]
  /** Why it could not be looked for. */
  readonly unasked: readonly string[]
}

/** Sentences that two hosts and more share, by scenario; none when the page is about one host. */
export function sharedWords(hosts: readonly HostAnalysis[], voice: Voice): ReadonlyMap<string, ScenarioWords> {
  const lookedFor = hosts.flatMap(({ notFound }) => {
    return notFound.map(({ scenario, lookedFor }) => ({ scenario, says: lookedFor.map(voice.say) }))
  })
  const certainIf = hosts.flatMap(({ findings }) => {
    return findings.filter(isOpen).map(({ scenario, certainIf }) => ({ scenario, says: certainIf.map(voice.say) }))
  })
  const unasked = hosts.flatMap(({ notEvaluated }) => {
    return notEvaluated.map(({ scenario, why }) => ({ scenario, says: [voice.say(why)] }))
  })
  const scenarios = [...new Set([...lookedFor, ...certainIf, ...unasked].map(({ scenario }) => scenario))].sort(
    compareText,
  )
  return new Map(
    scenarios.map((scenario) => {
      const of = (lists: typeof lookedFor) => repeated(scenario, lists)
      return [scenario, { scenario, lookedFor: of(lookedFor), certainIf: of(certainIf), unasked: of(unasked) }]
    }),
  )
}

/** In the order in which they were first said. */
function repeated(wanted: string, lists: readonly { scenario: string; says: readonly string[] }[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { scenario, says } of lists) {
    if (scenario !== wanted) continue
    for (const text of new Set(says)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts].filter(([, count]) => count > 1).map(([text]) => text)
}
