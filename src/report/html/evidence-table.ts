import type { HostAnalysis } from '../../finding/analysis.ts'
import { ROLES } from '../../finding/finding.ts'
import { copiesText } from '../copy-words.ts'
import type { Voice } from '../language/voice.ts'
import { logNames } from '../log-names.ts'
import { toMillisecond } from '../moment.ts'
import { renderCount } from '../quantity.ts'
import { shortProvider } from '../short-name.ts'
import type { RowWords } from './evidence-pack.ts'
import { type EvidenceRow, tellingRows } from './evidence-rows.ts'
import { type Child, html, type Markup } from './markup.ts'
import { idOf, markId, rowId } from './names.ts'
import type { PageContext } from './page-context.ts'

/** Of one host among many the script puts them above the few rows that stand in the page. */
const COLUMNS = ['role', 'time', 'event', 'record', 'says', 'log']

/** Rows that the script shows at a time. */
const PAGE_ROWS = 50
/** Rows that stand in the page as they are: of the one host, and of one among many. */
const STANDING_ROWS = { alone: 50, amongMany: 1 }

/**
 * All evidence of a host. Up to 50 rows stand in the page (one of one host among many); of more it has those that tell
 * most, and all of them go to the pack, from which the script makes them.
 *
 * @param markOf the mark in the picture by number of the row; undefined without a picture
 */
export function evidenceTable(
  host: HostAnalysis,
  index: number,
  rows: readonly EvidenceRow[],
  { context, markOf }: { context: PageContext; markOf: ReadonlyMap<number, number> | undefined },
): Markup | undefined {
  if (rows.length === 0) return undefined
  const { voice, alone, pack } = context
  const words = wordsOf(host, rows, context)
  const shown = tellingRows(rows, alone ? STANDING_ROWS.alone : STANDING_ROWS.amongMany)
  const isCut = shown.length < rows.length
  if (isCut) pack.add(index, words, markOf)
  return html`<div class="evidence" data-host="${index}"><table>${alone && html`<caption>${voice.word('page.evidence.caption', { host: host.host })}</caption>`}
${alone && html`<thead><tr>${COLUMNS.map((name) => html`<th>${voice.word(`column.${name}`)}`)}</tr></thead>`}<tbody>
${shown.map((row) => tableRow(words[row.number]!, index, { voice, mark: markOf?.get(row.number) }))}</tbody></table>
<div class="below">${
    isCut &&
    html`<p class="bound">${voice.word('page.evidence.bound', { n: renderCount(shown.length, voice), all: renderCount(rows.length, voice) })}</p>`
  }${unkeptNote(host, voice)}${alone && fileNames(rows, voice)}</div></div>`
}

/** The logs in full, whose short names the rows have. */
function fileNames(rows: readonly EvidenceRow[], voice: Voice): Markup {
  const names = [...logNames(rows.map(({ evidence }) => evidence.file))]
  return html`<p>${voice.word('colon', { label: voice.word('files') })} ${names.map(
    ([file, name], number) => html`${number > 0 && ', '}<code>${file}</code>${name !== file && html` (${name})`}`,
  )}</p>`
}

function wordsOf(host: HostAnalysis, rows: readonly EvidenceRow[], { voice, alone }: PageContext): readonly RowWords[] {
  const names = logNames(rows.map(({ evidence }) => evidence.file))
  return rows.map((row) => {
    const { evidence, finding } = row
    const record = String(evidence.recordId)
    const says = voice.say(evidence.summary)
    const copies = copiesText(evidence, voice)
    return {
      row,
      time: toMillisecond(evidence.timeCreated, voice),
      provider: shortProvider(evidence.provider),
      record: evidence.recovered === undefined ? record : `${record} ${voice.word('recovered')}`,
      says,
      // What the sentence says already is not said twice.
      fields: [
        ...Object.entries(evidence.decoded)
          .map(([name, value]) => [name, voice.term(value)] as const)
          .filter(([, value]) => value.length < 4 || !says.includes(value)),
        ...(copies === undefined ? [] : [[voice.word('column.copies'), copies] as const]),
      ],
      log: names.get(evidence.file) ?? evidence.file,
      notes: [
        ...(host.findings.length > 1 ? [finding.scenario] : []),
        ...(host.computers.length > 1 ? [evidence.computer] : []),
      ],
      // With many hosts the page would be twice as long; `report.json` has it.
      xml: alone ? evidence.xml : undefined,
    }
  })
}

/**
 * The script builds rows of the same shape: see `script-evidence.ts`. Cells end where the next begins, as HTML allows.
 */
function tableRow(
  { row, time, provider, record, says, fields, log, notes, xml }: RowWords,
  index: number,
  { voice, mark }: { voice: Voice; mark: number | undefined },
): Markup {
  const { evidence, number } = row
  const when = mark === undefined ? time : html`<a href="#${markId(index, mark)}">${time}</a>`
  return html`<tr${idOf(rowId(index, number))} class="${evidence.role}"><td>${voice.word(`role.${evidence.role}`)}<td>${when}<td>${breakable(provider)} <b>${evidence.eventId}</b>${notes.map((note) => html`<small>${note}</small>`)}<td>${record}<td>${says}${
    fields.length > 0 && html`<p>${fields.map(([name, value]) => html`<b>${name}</b> ${value} `)}</p>`
  }${xml !== undefined && html`<details><summary>${voice.word('page.xml')}</summary><pre>${xml}</pre></details>`}<td>${breakable(log)}
`
}

/** A name that a line may break between its words: `RemoteConnectionManager`. */
function breakable(name: string): Child {
  return name.split(/(?<=[a-z])(?=[A-Z])/).map((word, index) => [index > 0 && html`<wbr>`, word])
}

/** Records that were counted and not kept: the table must not look like all there is. */
function unkeptNote({ findings }: HostAnalysis, voice: Voice): Markup | undefined {
  const unkept = findings.reduce((sum, { counts, evidence }) => {
    return sum + Math.max(0, ROLES.reduce((all, role) => all + counts[role], 0) - evidence.length)
  }, 0)
  if (unkept === 0) return undefined
  return html`<p>${voice.word('page.evidence.unkept', { n: renderCount(unkept, voice), count: unkept })}</p>`
}

/** What the script must know of the tables: how many rows a page has, and the names of columns and roles. */
export function evidenceSettings(voice: Voice): object {
  const heads = COLUMNS.map((name) => voice.word(`column.${name}`))
  return {
    pageRows: PAGE_ROWS,
    xml: voice.word('page.xml'),
    heads,
    roles: ROLES.map((role) => [role, voice.word(`role.${role}`)]),
  }
}
