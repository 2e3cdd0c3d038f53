import type { Analysis, HostAnalysis } from '../../finding/analysis.ts'
import { isOpen } from '../../finding/finding.ts'
import { hostState, worstFinding } from '../host-state.ts'
import { runSummary } from '../input-lines.ts'
import { toSecond } from '../moment.ts'
import { renderCount } from '../quantity.ts'
import { html, type Markup } from './markup.ts'
import type { PageContext } from './page-context.ts'
import { verdictShape } from './symbols.ts'

/** The title of the page: its host, or how many there are. */
export function pageTitle(hosts: readonly HostAnalysis[], { voice }: PageContext): string {
  const count = hosts.length
  const name = count === 1 ? hosts[0]?.host : voice.word('hosts', { n: renderCount(count, voice), count })
  return voice.word('title', { host: name ?? '' })
}

/**
 * What the run was about in one glance: how many hosts, how many with a finding, the worst, and when the window ends.
 *
 * @param hosts the most urgent first
 */
export function headLine(analysis: Analysis, hosts: readonly HostAnalysis[], context: PageContext): Markup {
  const { voice } = context
  const worst = hosts[0]
  const found = hosts.filter(({ findings }) => findings.some(isOpen)).length
  const ends = hosts.map(({ reference }) => reference?.time).filter((time) => time !== undefined)
  const last = ends.reduce<bigint | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined)
  return html`<header class="top">
<h1>${pageTitle(hosts, context)}</h1>
${
  worst &&
  html`<dl>
<div><dt>${voice.word('page.head.hosts')}</dt><dd>${renderCount(hosts.length, voice)}</dd></div>
<div><dt>${voice.word('page.head.found')}</dt><dd>${renderCount(found, voice)}</dd></div>
<div><dt>${voice.word('page.head.worst')}</dt><dd class="worst is-${hostState(worst)}">${verdictShape(hostState(worst))}${worstText(worst)}</dd></div>
${last !== undefined && html`<div><dt>${voice.word('page.head.ends', { count: hosts.length })}</dt><dd>${toSecond(last, voice)} UTC</dd></div>`}
</dl>`
}
${hosts.length === 0 && html`<p>${voice.word('no-hosts')}</p>`}
<p class="run">${runSummary(analysis, voice)}${context.period !== undefined && html` · ${voice.word('colon', { label: voice.word('window') })} ${context.period}`}</p>
</header>`

  function worstText(host: HostAnalysis): string {
    const state = hostState(host)
    const finding = worstFinding(host)
    return finding && state === finding.verdict ? voice.word(`verdict.${state}`) : voice.word(`page.state.${state}`)
  }
}
