import type { Evidence, Finding } from '../finding/finding.ts'
import type { Sentence } from '../finding/sentence.ts'
import { cut, pad, widthOf } from './cell-width.ts'
import { copiesText } from './copy-words.ts'
import { chooseEvidence, type EvidenceChoice } from './evidence-choice.ts'
import type { Voice } from './language/voice.ts'
import { logNames } from './log-names.ts'
import { toMillisecond } from './moment.ts'
import { labelled, type Page } from './page.ts'
import { renderCount } from './quantity.ts'
import { shortProvider } from './short-name.ts'
import { wrap } from './wrap.ts'

/** From this width on the decoded fields have a column of their own. */
const WIDE_PAGE = 120
/** Cells of `2026-03-14 09:41:00.123`. */
const TIME_CELLS = 23
const WIDEST_EVENT = 34

/** The records for and against a finding, the newest first, and how many more there are. */
export function evidenceLines(finding: Finding, page: Page, options: { alone: boolean }): string[] {
  const { voice } = page
  const { triggers, supports, against, more } = chooseEvidence(finding, options)
  const shown = [...triggers, ...supports, ...against]
  const columns = columnsFor(shown, page)
  const names = logNames(shown.map(({ file }) => file))
  const told = (records: readonly Evidence[]) => records.map((evidence) => tellRecord(evidence, names, voice))
  const note = (text: string) => labelled(page, { text: '', indent: 2, width: columns.label }, text)
  const lines = [triggers, supports].flatMap((records) => groupLines(told(records), columns, page))
  const rest = moreText(more, voice)
  if (rest !== undefined) lines.push(...note(rest))
  const facts = refutingFacts(finding).map((why) => voice.say(why))
  if (against.length === 0) {
    const label = { text: voice.word('against'), indent: 2, width: columns.label }
    const texts = facts.length > 0 ? facts : [voice.word('against.nothing')]
    return [
      ...lines,
      ...texts.flatMap((text, index) => labelled(page, index === 0 ? label : { ...label, text: '' }, text)),
    ]
  }
  lines.push(...groupLines(told(against), columns, page))
  if (more.against > 0) lines.push(...note(voice.word('more', { n: renderCount(more.against, voice) })))
  return [...lines, ...facts.flatMap(note)]
}

/** What stands on the disk and refutes a finding: it speaks against it as records do. */
export function refutingFacts({ rules }: Finding): readonly Sentence[] {
  return rules.filter(({ id, met }) => id === 'refuted-by-disk' && met === 'yes').map(({ why }) => why)
}

/** What is left out, and where it is (`more.beside`: in the folder of the report); undefined when nothing is. */
export function moreText(
  more: EvidenceChoice['more'],
  voice: Voice,
  where: 'more.where' | 'more.beside' = 'more.where',
): string | undefined {
  const parts = [
    more.trigger > 0 && voice.word('more.triggers', { n: renderCount(more.trigger, voice), count: more.trigger }),
    more.support > 0 && voice.word('more.supports', { n: renderCount(more.support, voice), count: more.support }),
  ].filter((part) => part !== false)
  if (parts.length === 0) return undefined
  const there = voice.word(where, { what: parts.join(', ') })
  return more.unlisted === 0 ? there : voice.word('more.unlisted', { there, n: renderCount(more.unlisted, voice) })
}

/** Cells of the columns: role, provider with id, record; and where the decoded fields begin. */
interface Columns {
  readonly label: number
  readonly event: number
  readonly record: number
  readonly decoded: number
}

function columnsFor(shown: readonly Evidence[], page: Page): Columns {
  const labels = ['role.trigger', 'role.support', 'role.heal', 'role.refute', 'against']
  const label = Math.max(...labels.map((id) => widthOf(page.voice.word(id))))
  const record = Math.max(0, ...shown.map((evidence) => widthOf(recordName(evidence, page))))
  const time = 2 + label + 2
  const room = Math.min(WIDEST_EVENT, page.width - time - TIME_CELLS - 2 - 2 - record)
  const event = Math.max(0, ...shown.map((evidence) => widthOf(eventName(evidence, room))))
  const decoded = page.width < WIDE_PAGE ? time : time + TIME_CELLS + 2 + event + 2 + record + 2
  return { label, event, record, decoded }
}

/** Records of one kind. On a narrow page neighbours that say the same say it once, below the last of them. */
function groupLines(records: readonly ToldRecord[], columns: Columns, page: Page): string[] {
  return records.flatMap(({ evidence, says }, index) => {
    const label = records[index - 1]?.evidence.role === evidence.role ? '' : page.voice.word(`role.${evidence.role}`)
    const head = [
      `  ${label === '' ? '' : page.paint('label', label)}${pad('', columns.label - widthOf(label))}`,
      toMillisecond(evidence.timeCreated, page.voice),
      pad(eventName(evidence, columns.event), columns.event),
      pad(recordName(evidence, page), columns.record),
    ].join('  ')
    const decoded = fill(says, page.width - columns.decoded)
    const below = decoded.map((line) => `${' '.repeat(columns.decoded)}${line}`)
    if (page.width >= WIDE_PAGE) return [`${head}  ${decoded[0] ?? ''}`.trimEnd(), ...below.slice(1)]
    const next = records[index + 1]
    const isSame = next?.evidence.role === evidence.role && next.says.join('\n') === says.join('\n')
    return isSame ? [head.trimEnd()] : [head.trimEnd(), ...below]
  })
}

/** A record, and what stands beside or below it. */
interface ToldRecord {
  readonly evidence: Evidence
  readonly says: readonly string[]
}

/**
 * What the record says: its decoded fields, else its summary; and where it stands, in which log and where else. The
 * log's name has no column: it is often long, and neighbours are mostly of the same one.
 */
function tellRecord(evidence: Evidence, names: ReadonlyMap<string, string>, voice: Voice): ToldRecord {
  const fields = Object.entries(evidence.decoded)
  const copies = copiesText(evidence, voice)
  const says = [
    ...(fields.length > 0
      ? fields.map(([name, value]) => `${name}: ${voice.term(value)}`)
      : [voice.say(evidence.summary)]),
    voice.word('in-log', { log: names.get(evidence.file) ?? evidence.file }),
    ...(copies === undefined ? [] : [copies]),
  ]
  return { evidence, says }
}

/** As many whole parts in a line as fit; a part that fits no line is wrapped. */
function fill(parts: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(last) + 3 + widthOf(part) <= width) lines[lines.length - 1] = `${last} · ${part}`
    else lines.push(...wrap(part, width))
  }
  return lines
}

/** Provider and id in at most `width` cells; what does not fit is the provider's end, never the id. */
function eventName(evidence: Evidence, width: number): string {
  const id = ` ${evidence.eventId}`
  return `${cut(shortProvider(evidence.provider), Math.max(1, width - id.length))}${id}`
}

function recordName(evidence: Evidence, page: Page): string {
  const name = page.voice.word('record', { id: String(evidence.recordId) })
  return evidence.recovered === undefined ? name : `${name} ${page.voice.word('recovered')}`
}
