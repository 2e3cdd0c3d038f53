import type { HostAnalysis } from '../../finding/analysis.ts'
import { afterWindowText, clockMovedText, lastGoodText, periodText, spanText, stateSentence } from '../host-card.ts'
import { hostState } from '../host-state.ts'
import { renderCount } from '../quantity.ts'
import { absences, connectionsText, coverage, facts } from './coverage.ts'
import { dayPicture } from './day-picture.ts'
import { type EvidenceRow, evidenceRows } from './evidence-rows.ts'
import { evidenceTable } from './evidence-table.ts'
import { findingDetails, findingHead } from './finding-section.ts'
import { html, type Markup } from './markup.ts'
import { hostId } from './names.ts'
import type { PageContext } from './page-context.ts'
import { verdictShape } from './symbols.ts'

/**
 * One host: the answer, its numbers, the picture of the day, and what stands behind it. Of many hosts what stands
 * behind it is folded, and one without a finding has no picture of its own.
 *
 * @param index of the host in the page
 */
export function hostSection(host: HostAnalysis, index: number, context: PageContext): Markup {
  const { voice, alone } = context
  const state = hostState(host)
  const rows = evidenceRows(host)
  const picture = alone || host.findings.length > 0 ? dayPicture(host, index, rows, context) : undefined
  const table = evidenceTable(host, index, rows, { context, markOf: picture?.markOf })
  const details = [
    ...host.findings.map((finding) => findingDetails(finding, { analysis: host, index, rows }, context)),
    facts(host, context),
    alone ? absences(host, context) : undefined,
    alone ? coverage(host, context) : html`<ul class="notes">${absences(host, context)}${coverage(host, context)}</ul>`,
  ]
  const records = voice.word('page.records', { n: renderCount(rows.length, voice), count: rows.length })
  return html`<article class="host is-${state}" id="${hostId(index)}">
${hostHead(host, context)}
${host.findings.map((finding) => findingHead(finding, host.reference?.time, context))}
${numbers(host, context)}
${picture?.figure}
${alone ? openParts(rows, table, details, context) : html`${table && html`<details><summary>${voice.word('page.evidence')} <small>${records}</small></summary>${table}</details>`}<details><summary>${voice.word('page.behind')}</summary>${details}</details>`}
</article>`
}

function openParts(
  rows: readonly EvidenceRow[],
  table: Markup | undefined,
  details: readonly (Markup | undefined)[],
  { voice }: PageContext,
): Markup {
  const records = voice.word('page.records', { n: renderCount(rows.length, voice), count: rows.length })
  return html`${table && html`<section class="part"><h3>${voice.word('page.evidence')} <small>${records}</small></h3>${table}</section>`}${details}`
}

/** Name, Windows, and the words for a host without a finding. */
function hostHead(host: HostAnalysis, { voice, alone }: PageContext): Markup {
  const state = hostState(host)
  const os = host.os && voice.word('os', { build: String(host.os.build), name: host.os.name })
  const names = host.computers.filter((name) => name !== host.host)
  return html`<header><h2>${host.host}</h2>${os && html`<span>${os}</span>`}${
    names.length > 0 &&
    html`<span>${voice.word('colon', { label: voice.word('names') })} ${host.computers.join(', ')}</span>`
  }${!alone && html`<a href="#top">${voice.word('page.top')}</a>`}</header>${
    host.findings.length === 0 &&
    html`<p class="verdict is-${state}">${verdictShape(state)}${stateSentence(host, voice)}</p>`
  }`
}

/** The stretch of time that was judged, the last proof that it worked, who tried, and what is wrong with the clock. */
function numbers(host: HostAnalysis, { voice, options, alone, period }: PageContext): Markup {
  const after = afterWindowText(host, options, voice)
  const item = (id: string, text: string, note?: string) =>
    html`<div><dt>${voice.word(id)}</dt><dd>${text}${note !== undefined && html`<small>${note}</small>`}</dd></div>`
  return html`<dl class="numbers">${item('page.last-good', lastGoodText(host, voice))}${item('window', period === undefined ? periodText(host, options, voice) : spanText(host, voice), after)}${
    // The picture of one host among many says as much.
    (alone || host.findings.length === 0) && host.windows && item('page.connections-in', connectionsText(host, voice))
  }${host.alsoSeen?.map((said) => html`<div class="wide"><dt>${voice.word('also-seen')}</dt><dd>${voice.say(said)}</dd></div>`)}${host.clockMoved && item('clock-moved', clockMovedText(host.clockMoved, voice))}</dl>`
}
