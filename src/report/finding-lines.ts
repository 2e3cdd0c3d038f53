import { type Check, type Finding, isOpen, type Rule } from '../finding/finding.ts'
import { widthOf } from './cell-width.ts'
import { checkName, checkSourceText, checkValue, isTelling, isUnseen, unseenTexts } from './check-words.ts'
import { evidenceLines } from './evidence-lines.ts'
import type { Voice } from './language/voice.ts'
import { renderDuration, toSecond } from './moment.ts'
import { labelled, type Page, paragraph, section } from './page.ts'
import { renderCount } from './quantity.ts'
import { repairsLines } from './repair-lines.ts'

/** A rule that was met, was not, or could not be looked at. */
export const RULE_MARKS: Readonly<Record<Rule['met'], string>> = { yes: '✓', no: '✗', unknown: '?' }

/**
 * A finding in full; a historic or refuted one without what only helps with an open one.
 *
 * @param options.alone false for one of many hosts: without rules, checks and repairs
 */
export function findingLines(
  finding: Finding,
  reference: bigint | undefined,
  { page, alone }: { page: Page; alone: boolean },
): string[] {
  const { voice } = page
  const head = [
    ...(alone ? headLines(finding, reference, page) : shortHeadLines(finding, reference, page)),
    '',
    ...paragraph(page, 2, voice.say(finding.summary)),
  ]
  const evidence = [...section(evidenceLines(finding, page, { alone })), ...proofLines(finding, page)]
  if (finding.verdict === 'historic') return [...head, ...evidence]
  const cause = paragraph(page, 2, voice.say(finding.cause))
  head.push(...(alone ? section(cause) : cause))
  if (finding.verdict === 'refuted') return [...head, ...evidence]
  if (!alone) return [...head, ...evidence, ...firstCertainIf(finding, page)]
  return [
    ...head,
    ...evidence,
    ...section(ruleLines(finding, page)),
    ...section(checkLines(finding.checks, page)),
    ...section(certainIfLines(finding, page)),
    ...section(repairsLines(finding.remediation, page)),
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

/** The same in as few lines as can be. */
function shortHeadLines(finding: Finding, reference: bigint | undefined, page: Page): string[] {
  const { voice } = page
  const word = voice.word(`verdict.${finding.verdict}`)
  const label = { text: word, indent: 0, width: widthOf(word), role: finding.verdict }
  return [
    ...labelled(page, label, voice.say(finding.title)),
    ...paragraph(page, 2, `${finding.scenario}, ${sinceText(finding, reference, voice)}`),
  ]
}

/** Since when; of an open finding also for how long, up to the reference time. */
export function sinceText(finding: Finding, reference: bigint | undefined, voice: Voice): string {
  if (finding.isBeginUnknown) return voice.word('since.unknown')
  const since = toSecond(finding.since, voice)
  if (finding.mayBeginEarlier) return voice.word('since.or-earlier', { since })
  const long = lasted(finding, reference, voice)
  return long === undefined ? voice.word('since', { since }) : voice.word('since.for', { since, long })
}

/** The same beside a summary, which may say since when: then how long is left to be said, if that. */
export function sinceBeside(finding: Finding, reference: bigint | undefined, voice: Voice): string | undefined {
  if (!voice.say(finding.summary).includes(toSecond(finding.since, voice))) return sinceText(finding, reference, voice)
  const long = lasted(finding, reference, voice)
  return long === undefined ? undefined : voice.word('for', { long })
}

function lasted(finding: Finding, reference: bigint | undefined, voice: Voice): string | undefined {
  if (!isOpen(finding) || reference === undefined || reference <= finding.since) return undefined
  return renderDuration(reference - finding.since, voice)
}

/** How many triggers there were, when the latest was, and in which window; without any, how many records refute it. */
export function triggersText(finding: Finding, voice: Voice): string {
  const count = finding.counts.trigger
  if (count === 0) {
    const { refute } = finding.counts
    if (refute === 0) return voice.word(finding.counts.context > 0 ? 'triggers.none-counts' : 'triggers.none')
    return voice.word('triggers.refuted', { n: renderCount(refute, voice), count: refute })
  }
  const n = renderCount(count, voice)
  const times = voice.word('triggers.last', {
    n: finding.hasMoreTriggers ? voice.word('at-least', { it: n }) : n,
    count,
    last: toSecond(finding.last, voice),
  })
  if (finding.window === undefined) return times
  // Else the time just told and the window would contradict each other.
  const corrected = finding.rules.some(({ why }) => why.id === 'rule.in-window-corrected')
  return `${times} (${corrected ? voice.word('in.corrected') : voice.word(`in.${finding.window}`)})`
}

/** How the verdict was reached. */
function ruleLines(finding: Finding, page: Page): string[] {
  const text = page.voice.word('because')
  // What the disk proves stands beside the events already.
  return finding.rules
    .filter((rule) => !isProof(rule))
    .flatMap((rule, index) => {
      const label = { text: index === 0 ? text : '', indent: 2, width: widthOf(text), mark: `${RULE_MARKS[rule.met]} ` }
      return labelled(page, label, page.voice.say(rule.why))
    })
}

/** What the disk proves, with a mark as the reasons have it. */
function proofLines(finding: Finding, page: Page): string[] {
  const text = page.voice.word('proof')
  // Below the records, whose labels these are.
  const width = Math.max(
    ...['role.trigger', 'role.support', 'against', 'proof'].map((id) => widthOf(page.voice.word(id))),
  )
  return finding.rules.filter(isProof).flatMap(({ why }, index) => {
    const label = { text: index === 0 ? text : '', indent: 2, width, role: 'heading' as const }
    return labelled(page, label, page.voice.say(why))
  })
}

function isProof({ id, met }: Rule): boolean {
  return id === 'proof-on-disk' && met === 'yes'
}

/** What is not as it should be on the disk, each with its place, then what nobody could look at, by its reason. */
function checkLines(checks: readonly Check[], page: Page): string[] {
  const { voice } = page
  const text = voice.word('on-disk')
  const label = { text: '', indent: 2, width: widthOf(text) }
  const blank = ' '.repeat(2 + widthOf(text))
  const telling = checks.filter(isTelling)
  const differing = telling.filter(({ state }) => !isUnseen(state))
  const unseen = telling.filter(({ state }) => isUnseen(state))
  const rest = checks.length - telling.length
  const more = { n: renderCount(rest, voice), count: rest }
  const lines = [
    ...differing.flatMap((check) => [
      ...labelled(page, label, checkText(check, voice)),
      ...labelled(page, { ...label, mark: '  ' }, checkSourceText(check.source, voice)),
    ]),
    ...unseenTexts(unseen, voice).flatMap((line) => labelled(page, label, line)),
    ...(rest > 0 && telling.length > 0 ? labelled(page, label, voice.word('check.more', more)) : []),
  ]
  // Only the first line has the label.
  const [, ...others] = lines
  return lines.length === 0 ? [] : [lines[0]!.replace(blank, `  ${page.paint('label', text)}`), ...others]
}

/** `TLS 1.2, server side: off (registry) (expected: on)`. */
export function checkText({ id, state, ...values }: Check, voice: Voice): string {
  const name = checkName(id, voice)
  const observed = checkValue(values.observed ?? '', voice)
  const expected = values.expected === undefined ? undefined : checkValue(values.expected, voice)
  if (state !== 'present') {
    const params = { name, state: voice.word(`state.${state}`) }
    return expected === undefined
      ? voice.word('check.state', params)
      : voice.word('check.absent-not', { ...params, expected })
  }
  const params = { name, value: observed }
  return expected === undefined
    ? voice.word('check.value', params)
    : voice.word('check.value-not', { ...params, expected })
}

/** How to look at what is left open: with the disk, or by hand where the disk was given and did not tell. */
export function byHandWord({ checks }: Finding): 'certain-if.by-hand' | 'certain-if.not-read' {
  const wasGiven = checks.some(({ state }) => state === 'present' || state === 'absent')
  return wasGiven ? 'certain-if.not-read' : 'certain-if.by-hand'
}

function certainIfLines(finding: Finding, page: Page): string[] {
  if (finding.certainIf.length === 0) return []
  const text = page.voice.word('certain-if')
  const mark = finding.certainIf.length > 1 ? '• ' : ''
  const label = { text, indent: 2, width: widthOf(text), role: 'heading' as const }
  const conditions = finding.certainIf.flatMap((condition, index) =>
    labelled(page, { ...label, text: index === 0 ? text : '', mark }, page.voice.say(condition)),
  )
  return [...conditions, ...labelled(page, { ...label, text: '' }, page.voice.word(byHandWord(finding)))]
}

/** The first condition, and how many more there are. */
function firstCertainIf(finding: Finding, page: Page): string[] {
  const [first, ...rest] = finding.certainIf
  if (first === undefined) return []
  const text = page.voice.word('certain-if')
  const more = rest.length > 0 ? ` +${rest.length}` : ''
  const label = { text, indent: 2, width: widthOf(text), role: 'heading' as const }
  return labelled(page, label, `${page.voice.say(first)}${more}`)
}
