import type { Evidence, Finding, Remediation } from '../finding/finding.ts'
import { chooseEvidence } from './evidence-choice.ts'
import { moreText } from './evidence-lines.ts'
import { RULE_MARKS, sinceText, triggersText } from './finding-lines.ts'
import type { Voice } from './language/voice.ts'
import { bullets, code, fenced, heading, type Inline, join, strong, table, text } from './markdown-text.ts'
import { toMillisecond } from './moment.ts'
import { shortProvider } from './short-name.ts'

/** The blocks of one finding; a historic or refuted one without what only helps with an open one. */
export function findingBlocks(finding: Finding, reference: bigint | undefined, voice: Voice): string[] {
  const title = `${voice.word(`verdict.${finding.verdict}`)}: ${voice.say(finding.title)}`
  const times = [sinceText(finding, reference, voice), triggersText(finding, voice)].map(text)
  const head = [
    heading(3, text(title)),
    join([code(finding.scenario), ...times], ' · ').markdown,
    text(voice.say(finding.summary)).markdown,
  ]
  if (finding.verdict === 'historic') return [...head, ...evidenceBlocks(finding, voice)]
  head.push(text(voice.say(finding.cause)).markdown)
  if (finding.verdict === 'refuted') return [...head, ...evidenceBlocks(finding, voice)]
  return [
    ...head,
    ...evidenceBlocks(finding, voice),
    ...listBlocks(
      voice.word('because'),
      finding.rules.map(({ met, why }) => text(`${RULE_MARKS[met]} ${voice.say(why)}`)),
    ),
    ...checkBlocks(finding, voice),
    ...listBlocks(
      voice.word('certain-if'),
      finding.certainIf.map((condition) => text(voice.say(condition))),
    ),
    ...finding.remediation.flatMap((remediation) => repairBlocks(remediation, voice)),
  ]
}

function evidenceBlocks(finding: Finding, voice: Voice): string[] {
  const { triggers, supports, against, more } = chooseEvidence(finding)
  const shown = [...triggers, ...supports, ...against]
  const rest = moreText(more, voice)
  const head = ['column.role', 'column.time', 'column.event', 'column.record', 'column.fields', 'column.file']
  return [
    ...(shown.length > 0
      ? [
          table(
            head.map((id) => text(voice.word(id))),
            shown.map((evidence) => evidenceRow(evidence, voice)),
          ),
        ]
      : []),
    ...(rest !== undefined ? [text(rest).markdown] : []),
    ...(against.length === 0 ? [text(`${voice.word('against')}: ${voice.word('against.nothing')}`).markdown] : []),
  ]
}

function evidenceRow(evidence: Evidence, voice: Voice): Inline[] {
  const fields = Object.entries(evidence.decoded).map(([name, value]) => code(`${name}: ${value}`))
  const recovered = evidence.recovered === undefined ? [] : [text(voice.word('recovered'))]
  return [
    text(voice.word(`role.${evidence.role}`)),
    text(toMillisecond(evidence.timeCreated)),
    code(`${shortProvider(evidence.provider)} ${evidence.eventId}`),
    join([text(String(evidence.recordId)), ...recovered]),
    fields.length > 0 ? join(fields) : text(voice.say(evidence.summary)),
    code(evidence.file),
  ]
}

function checkBlocks(finding: Finding, voice: Voice): string[] {
  if (finding.checks.length === 0) return []
  const head = ['column.check', 'column.state', 'column.observed', 'column.expected', 'column.source']
  const rows = finding.checks.map(({ id, state, observed, expected, source }) => [
    code(id),
    text(voice.word(`state.${state}`)),
    code(observed ?? ''),
    code(expected ?? ''),
    code(source),
  ])
  return [
    heading(4, text(voice.word('on-disk'))),
    table(
      head.map((id) => text(voice.word(id))),
      rows,
    ),
  ]
}

/** Numbered steps; a command stands in a fence of its own below its step, so that it can be copied. */
function repairBlocks(remediation: Remediation, voice: Voice): string[] {
  const { where, title, risk, rollback, steps } = remediation
  const noted = (id: string, note: string) => join([strong(text(`${voice.word(id)}:`)), text(note)]).markdown
  const list = steps.map((step, index) => {
    const number = `${index + 1}. `
    const line = `${number}${text(voice.say(step.text)).markdown}`
    return step.command === undefined ? line : `${line}\n\n${fenced([step.command], number.length)}`
  })
  return [
    heading(4, text(`${voice.word(`repair.${where}`)}: ${voice.say(title)}`)),
    ...(risk ? [noted('risk', voice.say(risk))] : []),
    list.join('\n'),
    ...(rollback ? [noted('rollback', voice.say(rollback))] : []),
  ]
}

function listBlocks(title: string, items: readonly Inline[]): string[] {
  return items.length > 0 ? [heading(4, text(title)), bullets(items)] : []
}
