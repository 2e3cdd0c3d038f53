import type { Check, Finding, Rule } from '../finding/finding.ts'
import { widthOf } from './cell-width.ts'
import { evidenceLines } from './evidence-lines.ts'
import { isOpen } from './host-state.ts'
import type { Voice } from './language/voice.ts'
import { renderDuration, toSecond } from './moment.ts'
import { labelled, type Page, paragraph, section } from './page.ts'
import { renderCount } from './quantity.ts'
import { repairLines } from './repair-lines.ts'

/** A rule that was met, was not, or could not be looked at. */
export const RULE_MARKS: Readonly<Record<Rule['met'], string>> = { yes: '✓', no: '✗', unknown: '?' }

/** A finding in full; a historic or refuted one without what only helps with an open one. */
export function findingLines(finding: Finding, reference: bigint | undefined, page: Page): string[] {
  const { voice } = page
  const head = [...headLines(finding, reference, page), '', ...paragraph(page, 2, voice.say(finding.summary))]
  const evidence = section(evidenceLines(finding, page))
  if (finding.verdict === 'historic') return [...head, ...evidence]
  head.push(...section(paragraph(page, 2, voice.say(finding.cause))))
  if (finding.verdict === 'refuted') return [...head, ...evidence]
  return [
    ...head,
    ...evidence,
    ...section(ruleLines(finding, page)),
    ...section(checkLines(finding.checks, page)),
    ...section(certainIfLines(finding, page)),
    ...finding.remediation.flatMap((remediation) => section(repairLines(remediation, page))),
  ]
}

/** The verdict's word and the sentence that a manager understands; below it the scenario, and since when. */
function headLines(finding: Finding, reference: bigint | undefined, page: Page): string[] {
  const { voice } = page
  const word = voice.word(`verdict.${finding.verdict}`)
  const label = { text: word, indent: 0, width: widthOf(word), role: finding.verdict }
  const below = [finding.scenario, sinceText(finding, reference, voice), triggersText(finding, voice)]
  return [
    ...labelled(page, label, voice.say(finding.title)),
    ...below.flatMap((text) => labelled(page, { ...label, text: '' }, text)),
  ]
}

/** Since when; of an open finding also for how long, up to the reference time. */
export function sinceText(finding: Finding, reference: bigint | undefined, voice: Voice): string {
  const since = toSecond(finding.since)
  if (!isOpen(finding) || reference === undefined || reference <= finding.since) return voice.word('since', { since })
  return voice.word('since.for', { since, long: renderDuration(reference - finding.since, voice) })
}

/** How many triggers there were, when the latest was, and in which window. */
export function triggersText(finding: Finding, voice: Voice): string {
  const count = finding.counts.trigger
  const times = voice.word('triggers.last', { n: renderCount(count, voice), count, last: toSecond(finding.last) })
  return finding.window === undefined ? times : `${times} (${voice.word(`in.${finding.window}`)})`
}

/** How the verdict was reached. */
function ruleLines(finding: Finding, page: Page): string[] {
  const text = page.voice.word('because')
  return finding.rules.flatMap((rule, index) => {
    const label = { text: index === 0 ? text : '', indent: 2, width: widthOf(text), mark: `${RULE_MARKS[rule.met]} ` }
    return labelled(page, label, page.voice.say(rule.why))
  })
}

/** What the disk says; the four states are always written out. */
function checkLines(checks: readonly Check[], page: Page): string[] {
  const { voice } = page
  const text = voice.word('on-disk')
  return checks.flatMap((check, index) => {
    const label = { text: index === 0 ? text : '', indent: 2, width: widthOf(text) }
    const parts = [
      `${check.id}: ${voice.word(`state.${check.state}`)}`,
      check.observed !== undefined && voice.word('check.observed', { value: check.observed }),
      check.expected !== undefined && voice.word('check.expected', { value: check.expected }),
      voice.word('check.source', { source: check.source }),
    ]
    return labelled(page, label, parts.filter((part) => part !== false).join(' · '))
  })
}

function certainIfLines(finding: Finding, page: Page): string[] {
  const text = page.voice.word('certain-if')
  const mark = finding.certainIf.length > 1 ? '• ' : ''
  return finding.certainIf.flatMap((condition, index) => {
    const label = { text: index === 0 ? text : '', indent: 2, width: widthOf(text), role: 'heading' as const, mark }
    return labelled(page, label, page.voice.say(condition))
  })
}
