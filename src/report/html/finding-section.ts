import type { HostAnalysis } from '../../finding/analysis.ts'
import { type Check, type Finding, isOpen, type Rule } from '../../finding/finding.ts'
import { checkName, checkSource, checkValue, isTelling, isUnseen, unseenTexts } from '../check-words.ts'
import { checkText, sinceBeside, sinceText, triggersText } from '../finding-lines.ts'
import type { Voice } from '../language/voice.ts'
import { renderCount } from '../quantity.ts'
import type { EvidenceRow } from './evidence-rows.ts'
import { attribute, html, type Markup } from './markup.ts'
import { rowId } from './names.ts'
import type { PageContext } from './page-context.ts'
import { findingRepairs } from './repair.ts'
import { verdictShape } from './symbols.ts'

/** In the order in which a reader asks. */
const MET = ['yes', 'no', 'unknown'] as const satisfies readonly Rule['met'][]

/** Records of a rule that are linked by name: of the one host, and of one among many. Of more the number is told. */
const LINKED_RECORDS = { alone: 4, amongMany: 1 }

/** The answer: the verdict as shape and word, the sentence that a manager understands, what happened, what it means. */
export function findingHead(finding: Finding, reference: bigint | undefined, { voice, alone }: PageContext): Markup {
  const { verdict, scenario } = finding
  // Of one host among many its repair stands at the end of the page, and the rules say how many triggers there were.
  const name =
    alone || !isOpen(finding)
      ? html`<code>${scenario}</code>`
      : html`<a href="#${scenario}">${voice.word('page.scenario-link', { scenario })}</a>`
  const since = alone ? sinceText(finding, reference, voice) : sinceBeside(finding, reference, voice)
  return html`<section class="finding is-${verdict}">
<p class="verdict">${verdictShape(verdict)}${voice.word(`verdict.${verdict}`)}</p>
<h3>${voice.say(finding.title)}</h3>
<p class="summary">${voice.say(finding.summary)}</p>
${verdict !== 'historic' && html`<p class="cause">${voice.say(finding.cause)}</p>`}
<p class="facts">${name}${since !== undefined && ` · ${since}`}${alone && ` · ${triggersText(finding, voice)}`}</p>
</section>`
}

/**
 * What stands behind a finding: facts checked, how it was reached, what would make it certain, how to repair it. Of a
 * closed one only how it was reached.
 *
 * @param rows of the host, for the records that a rule names
 */
export function findingDetails(
  finding: Finding,
  host: { readonly analysis: HostAnalysis; readonly index: number; readonly rows: readonly EvidenceRow[] },
  context: PageContext,
): Markup {
  const { voice, alone } = context
  const rows = host.rows.filter((row) => row.finding === finding)
  const named = host.analysis.findings.length > 1
  const parts = [
    isOpen(finding) && checkTable(finding.checks, context),
    isOpen(finding) && certainList(finding, context),
    ruleList(finding.rules, host.index, { rows, context }),
    alone && isOpen(finding) && findingRepairs(finding, voice),
  ]
  return html`<section class="details">${named && html`<h3>${verdictShape(finding.verdict)}${voice.say(finding.title)}</h3>`}${parts}</section>`
}

/** Facts that the disk was asked for; the four states are always written out. */
function checkTable(checks: readonly Check[], { voice, alone }: PageContext): Markup | undefined {
  if (checks.length === 0) return undefined
  return alone ? wholeTable(checks, voice) : tellingChecks(checks, voice)
}

/**
 * Of one host among many: facts that are not as they should be, a line each, and how many are; `report.json` has them
 * all.
 */
function tellingChecks(checks: readonly Check[], voice: Voice): Markup {
  const shown = checks.filter((check) => isTelling(check) && !isUnseen(check.state))
  const unseen = checks.filter(({ state }) => isUnseen(state))
  const count = checks.length - shown.length - unseen.length
  const word = shown.length + unseen.length > 0 ? 'page.checks.more' : 'page.checks.fine'
  return html`<section class="checks"><h4>${voice.word('page.checks')}</h4>${shown.map((check) => {
    const { file, place, written } = checkSource(check.source, voice)
    // The host is known here, and with it the folders above.
    const name = file.slice(file.lastIndexOf('/') + 1)
    const where = place === '' || place === check.expected ? name : `${name}: ${place}`
    return html`<p>${checkText(check, voice)} <code>${where}</code>${written !== '' && html` <small>${written}</small>`}</p>`
  })}${unseenTexts(unseen, voice).map((text) => html`<p>${text}</p>`)}${count > 0 && html`<p>${voice.word(word, { n: renderCount(count, voice), count })}</p>`}</section>`
}

/** All of them, file by file. */
function wholeTable(checks: readonly Check[], voice: Voice): Markup {
  const columns = ['check', 'state', 'observed', 'expected', 'source']
  const rows = checks.map((check) => ({ ...check, source: checkSource(check.source, voice) }))
  const files = [...new Set(rows.map(({ source }) => source.file))]
  return html`<section class="checks"><h4>${voice.word('page.checks')}</h4><table class="plain"><thead><tr>${columns.map((name) => html`<th>${voice.word(`column.${name}`)}`)}</tr></thead>${files.map(
    (file) => html`<tbody><tr class="folder"><th scope="rowgroup" colspan="5">${file}
${rows
  .filter(({ source }) => source.file === file)
  .map(
    ({ id, state, observed, expected, source }) =>
      html`<tr><th scope="row">${checkName(id, voice)}${stateCell(state, voice)}<td>${observed !== undefined && checkValue(observed, voice)}<td>${expected !== undefined && checkValue(expected, voice)}<td>${source.place !== '' && html`<code>${source.place}</code>`}${source.written !== '' && html` <small>${source.written}</small>`}
`,
  )}</tbody>`,
  )}</table></section>`
}

/** A state in its word; what was not there to look at never looks like what was not found. */
export function stateCell(state: string, voice: Voice): Markup {
  const word = voice.word(`state.${state}`)
  return state === 'present' ? html`<td>${word}` : html`<td class="${state}">${word}`
}

/** Conditions that hold for this host alone; those of many hosts stand with the scenario. */
function certainList({ certainIf, scenario }: Finding, { voice, shared }: PageContext): Markup | undefined {
  const common = shared.get(scenario)?.certainIf ?? []
  const own = certainIf.map(voice.say).filter((text) => !common.includes(text))
  if (own.length === 0) return undefined
  return html`<section class="certain"><h4>${voice.word('certain-if')}</h4><ul>${own.map((text) => html`<li>${text}</li>`)}</ul></section>`
}

/** How the verdict was reached: each rule, met or not, and the records that it rests on. */
function ruleList(
  rules: readonly Rule[],
  index: number,
  { rows, context }: { rows: readonly EvidenceRow[]; context: PageContext },
): Markup | undefined {
  if (rules.length === 0) return undefined
  const { voice, alone } = context
  const byPosition = new Map(rows.map((row) => [row.position, row]))
  return html`<section class="rules">${alone && html`<h4>${voice.word('page.rules')}</h4>`}<dl>${MET.map((met) => {
    const ofKind = rules.filter((rule) => rule.met === met)
    return (
      ofKind.length > 0 &&
      html`<dt${attribute('class', met === 'yes' ? undefined : met)}>${voice.word(`page.rule.${met}`)}</dt>${ofKind.map(ruleItem)}`
    )
  })}</dl></section>`

  function ruleItem({ why, evidence = [] }: Rule): Markup {
    const cited = evidence.map((position) => byPosition.get(position)).filter((row) => row !== undefined)
    const linked = cited.slice(0, alone ? LINKED_RECORDS.alone : LINKED_RECORDS.amongMany)
    const more = cited.length - linked.length
    return html`<dd>${voice.say(why)}${
      linked.length > 0 &&
      html` <small>${linked.map(
        ({ number, evidence: { eventId, recordId } }) =>
          html`<a href="#${rowId(index, number)}">${eventId} ${voice.word('record', { id: String(recordId) })}</a> `,
      )}${more > 0 && voice.word('more', { n: String(more) })}</small>`
    }</dd>`
  }
}
