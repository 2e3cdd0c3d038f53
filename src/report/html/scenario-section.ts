import { compareText } from '../../bytes/compare-text.ts'
import type { HostAnalysis } from '../../finding/analysis.ts'
import { sharedRepairs as repairsOf } from '../shared-repairs.ts'
import { html, type Markup } from './markup.ts'
import type { PageContext } from './page-context.ts'
import { sharedRepairs } from './repair.ts'

/**
 * What many hosts share, once for each scenario: how to repair it, what would make it certain, what was looked for. The
 * scenario's id is the place's, too.
 */
export function scenarioSection(hosts: readonly HostAnalysis[], { voice, shared }: PageContext): Markup | undefined {
  const repairs = repairsOf(hosts, voice)
  const scenarios = [...new Set([...shared.keys(), ...repairs.map(({ scenario }) => scenario)])].sort(compareText)
  if (scenarios.length === 0) return undefined
  const list = (heading: string, texts: readonly string[] = []) =>
    texts.length > 0 &&
    html`<section class="certain"><h4>${voice.word(heading)}</h4><ul>${texts.map((text) => html`<li>${text}</li>`)}</ul></section>`
  return html`<section class="shared"><h2>${voice.word('page.scenarios')}</h2>${scenarios.map((scenario) => {
    const words = shared.get(scenario)
    const own = repairs.filter((repair) => repair.scenario === scenario)
    return html`<section class="repairs" id="${scenario}"><h3>${scenario}</h3>${sharedRepairs(own, voice)}${list('certain-if', words?.certainIf)}${list('page.looked-for', words?.lookedFor)}${list('page.not-evaluated', words?.unasked)}</section>`
  })}</section>`
}
