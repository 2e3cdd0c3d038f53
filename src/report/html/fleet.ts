import type { HostAnalysis } from '../../finding/analysis.ts'
import { ROLES } from '../../finding/finding.ts'
import { doubtNotes, fleetRows } from '../fleet-table.ts'
import { toMinute } from '../moment.ts'
import { legend } from './day-picture.ts'
import { html, type Markup } from './markup.ts'
import { hostId } from './names.ts'
import type { PageContext } from './page-context.ts'
import { sparkline } from './sparkline.ts'
import { verdictShape } from './symbols.ts'

/** What the pictures of many hosts mark: what is context only stands in their tables. */
const PICTURED = ROLES.filter((role) => role !== 'context')

/** Many hosts at a glance, the most urgent first: a line each, with its day in three small lanes. */
export function fleet(hosts: readonly HostAnalysis[], { voice }: PageContext): Markup {
  const rows = fleetRows(hosts, voice)
  const moments = rows
    .flatMap(({ since, lastGood }) => [since, lastGood])
    .filter((time) => time !== undefined)
    .sort((a, b) => (a < b ? -1 : 1))
  const head = (name: string) => html`<th scope="col">${name}</th>`
  const notes = doubtNotes(hosts, voice)
  const never = voice.word('fleet.never')
  return html`<section class="fleet">
<table data-sortable="yes"><caption>${voice.word('page.fleet.caption')}</caption>
<thead><tr><th scope="col" data-ranked="yes">${voice.word('fleet.verdict')}</th>${head(voice.word('fleet.host'))}${head(voice.word('fleet.scenario'))}${head(voice.word('fleet.since', { zone: 'UTC' }))}${head(voice.word('fleet.last-good'))}<th scope="col" data-plain="yes">${voice.word('page.fleet.day')}</th></tr></thead>
<tbody>
${rows.map((row, index) => {
  const word = row.verdict === '–' || row.verdict === '?' ? voice.word(`page.state.${row.state}`) : row.verdict
  const none = row.state === 'unknown' ? '' : never
  return html`<tr class="is-${row.state}"><td>${verdictShape(row.state)}${word}</td><th scope="row"><a href="#${hostId(index)}">${row.host}</a></th><td>${row.what}${row.more !== '' && html`<small>${row.more}</small>`}</td>${timeCell('since', row.since, '')}${timeCell('good', row.lastGood, none)}<td>${sparkline(hosts[index]!, voice)}</td></tr>
`
})}</tbody></table>${notes.map((note) => html`<p class="legend">${note}</p>`)}${
    hosts.some(({ findings }) => findings.length > 0) &&
    html`<p class="legend"><span>${voice.word('page.legend')}</span>${legend(PICTURED, true, voice)}</p>`
  }</section>`

  /** Sorted by the place of its moment among all, whatever the language makes of it. */
  function timeCell(name: 'since' | 'good', time: bigint | undefined, none: string): Markup {
    const label = name === 'since' ? voice.word('fleet.since', { zone: 'UTC' }) : voice.word('fleet.last-good')
    if (time === undefined) return html`<td class="none" data-key="0">${none}</td>`
    return html`<td data-label="${label}" data-key="${moments.indexOf(time) + 1}">${toMinute(time, voice)}</td>`
  }
}
