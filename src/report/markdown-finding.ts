import type { Evidence, Finding } from '../finding/finding.ts'
import { checkName, checkSourceText, checkValue } from './check-words.ts'
import { copiesText } from './copy-words.ts'
import { chooseEvidence } from './evidence-choice.ts'
import { moreText, refutingFacts } from './evidence-lines.ts'
import { byHandWord, RULE_MARKS, sinceText, triggersText } from './finding-lines.ts'
import type { Voice } from './language/voice.ts'
import { logNames } from './log-names.ts'
import { repairBlocks, repairLink } from './markdown-repair.ts'
import { bullets, code, heading, type Inline, join, table, text } from './markdown-text.ts'
import { toMillisecond } from './moment.ts'
import { shortProvider } from './short-name.ts'

/** The blocks of one finding; a historic or refuted one without what only helps with an open one. */
export function findingBlocks(
  finding: Finding,
  reference: bigint | undefined,
  { voice, alone }: { voice: Voice; alone: boolean },
): string[] {
  const verdict = voice.word('colon', { label: voice.word(`verdict.${finding.verdict}`) })
  const title = `${verdict} ${voice.say(finding.title)}`
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
    ...(finding.certainIf.length > 0 ? [text(voice.word(byHandWord(finding))).markdown] : []),
    ...(alone ? repairBlocks(finding.remediation, voice) : repairLink(finding, voice)),
  ]
}

function evidenceBlocks(finding: Finding, voice: Voice): string[] {
  const { triggers, supports, against, more } = chooseEvidence(finding)
  const shown = [...triggers, ...supports, ...against]
  const rest = moreText(more, voice, 'more.beside')
  const names = logNames(shown.map(({ file }) => file))
  const head = ['column.role', 'column.time', 'column.event', 'column.record', 'column.fields', 'column.file']
  return [
    ...(shown.length > 0
      ? [
          table(
            head.map((id) => text(voice.word(id))),
            shown.map((evidence) => evidenceRow(evidence, names, voice)),
          ),
          join([text(voice.word('colon', { label: voice.word('files') })), join([...names.keys()].map(code), ', ')])
            .markdown,
        ]
      : []),
    ...(rest !== undefined ? [text(rest).markdown] : []),
    ...againstTexts(finding, against.length, voice).map(
      (each) => text(`${voice.word('colon', { label: voice.word('against') })} ${each}`).markdown,
    ),
  ]
}

/** What the disk says against it; that nothing does, where there is no record either. */
function againstTexts(finding: Finding, records: number, voice: Voice): readonly string[] {
  const facts = refutingFacts(finding).map((why) => voice.say(why))
  return facts.length > 0 || records > 0 ? facts : [voice.word('against.nothing')]
}

function evidenceRow(evidence: Evidence, names: ReadonlyMap<string, string>, voice: Voice): Inline[] {
  const fields = Object.entries(evidence.decoded).map(([name, value]) => code(`${name}: ${voice.term(value)}`))
  const copies = copiesText(evidence, voice)
  const recovered = evidence.recovered === undefined ? [] : [text(voice.word('recovered'))]
  return [
    text(voice.word(`role.${evidence.role}`)),
    text(toMillisecond(evidence.timeCreated, voice)),
    code(`${shortProvider(evidence.provider)} ${evidence.eventId}`),
    join([text(String(evidence.recordId)), ...recovered]),
    join([
      ...(fields.length > 0 ? fields : [text(voice.say(evidence.summary))]),
      ...(copies === undefined ? [] : [text(copies)]),
    ]),
    code(names.get(evidence.file) ?? evidence.file),
  ]
}

function checkBlocks(finding: Finding, voice: Voice): string[] {
  if (finding.checks.length === 0) return []
  const head = ['column.check', 'column.state', 'column.observed', 'column.expected', 'column.source']
  const rows = finding.checks.map((check) => [
    text(checkName(check.id, voice)),
    text(voice.word(`state.${check.state}`)),
    code(checkValue(check.observed ?? '', voice)),
    code(checkValue(check.expected ?? '', voice)),
    code(checkSourceText(check.source, voice)),
  ])
  return [
    heading(4, text(voice.word('on-disk'))),
    table(
      head.map((id) => text(voice.word(id))),
      rows,
    ),
  ]
}

function listBlocks(title: string, items: readonly Inline[]): string[] {
  return items.length > 0 ? [heading(4, text(title)), bullets(items)] : []
}
