import type { HostAnalysis } from '../../finding/analysis.ts'
import { fleetRows } from '../fleet-table.ts'
import { toMinute } from '../moment.ts'
import { attribute, html, type Markup } from './markup.ts'
import { hostId } from './names.ts'
import type { PageContext } from './page-context.ts'
import { sparkline } from './sparkline.ts'
import { verdictShape } from './symbols.ts'

/** Many hosts at a glance, the most urgent first: a line each, with its day in three small lanes. */
export function fleet(hosts: readonly HostAnalysis[], { voice }: PageContext): Markup {
  const rows = fleetRows(hosts, voice)
  const head = (id: string, name: string) => html`<th scope="col" class="${id}">${name}</th>`
  const never = voice.word('fleet.never')
  return html`<section class="fleet">
<table data-sortable="yes"><caption>${voice.word('page.fleet.caption')}</caption>
<thead><tr>${head('state', voice.word('fleet.verdict'))}${head('name', voice.word('fleet.host'))}${head('what', voice.word('fleet.scenario'))}${head('since', voice.word('fleet.since', { zone: 'UTC' }))}${head('good', voice.word('fleet.last-good'))}<th scope="col" class="sparks" data-plain="yes">${voice.word('page.fleet.day')}</th></tr></thead>
<tbody>
${rows.map((row, index) => {
  const word = row.verdict === '–' || row.verdict === '?' ? voice.word(`page.state.${row.state}`) : row.verdict
  const none = row.state === 'unknown' ? '' : never
  return html`<tr><td class="state is-${row.state}"${attribute('data-key', index)}>${verdictShape(row.state)}${word}</td><th scope="row" class="name"><a href="#${hostId(index)}">${row.host}</a></th><td class="what">${row.what}${row.more !== '' && html`<small>${row.more}</small>`}</td>${timeCell('since', row.since, '')}${timeCell('good', row.lastGood, none)}<td class="sparks">${sparkline(hosts[index]!, voice)}</td></tr>
`
})}</tbody></table></section>`

  /** Sorted by the moment, whatever the language makes of it. */
  function timeCell(name: 'since' | 'good', time: bigint | undefined, none: string): Markup {
    const label = name === 'since' ? voice.word('fleet.since', { zone: 'UTC' }) : voice.word('fleet.last-good')
    const text = time === undefined ? html`<span class="none">${none}</span>` : toMinute(time, voice)
    return html`<td class="${name}"${attribute('data-label', time === undefined ? undefined : label)}${attribute('data-key', time === undefined ? 0 : Number(time / 10_000n))}>${text}</td>`
  }
}
