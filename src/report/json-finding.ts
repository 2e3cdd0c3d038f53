import { toIso } from '../bytes/filetime.ts'
import type { Check, Evidence, Finding, Remediation, RemediationStep } from '../finding/finding.ts'
import { placeInside } from './check-words.ts'
import type { ToSentence } from './json-sentence.ts'

/** A finding as it stands in the result document. */
export function toFindingDocument(finding: Finding, toSentence: ToSentence): object {
  const { counts } = finding
  return {
    scenario: finding.scenario,
    title: toSentence(finding.title),
    verdict: finding.verdict,
    window: finding.window,
    since: toIso(finding.since),
    ...(finding.isBeginUnknown && { beginUnknown: true }),
    ...(finding.mayBeginEarlier && { beginsAtLatest: true }),
    last: toIso(finding.last),
    summary: toSentence(finding.summary),
    cause: toSentence(finding.cause),
    evidence: finding.evidence.map((evidence) => toEvidenceDocument(evidence, toSentence)),
    counts: {
      trigger: counts.trigger,
      support: counts.support,
      heal: counts.heal,
      refute: counts.refute,
      context: counts.context,
    },
    ...(finding.hasMoreTriggers && { moreTriggers: true }),
    rules: finding.rules.map(({ id, met, why, evidence }) => ({ id, met, why: toSentence(why), evidence })),
    lookedFor: finding.lookedFor.map(toSentence),
    certainIf: finding.certainIf.map(toSentence),
    checks: finding.checks.map(({ id, state, observed, expected, differs, source }) => ({
      id,
      state,
      observed,
      expected,
      differs,
      source: toPlace(source),
    })),
    remediation: finding.remediation.map((remediation) => toRemediationDocument(remediation, toSentence)),
  }
}

/** `F:/Windows/System32/config/SYSTEM: Select, Current (last written 2026-03-13T15:40:02.0000000Z)`. */
function toPlace(source: Check['source']): string {
  const place = placeInside(source)
  const written = source.lastWrite === undefined ? '' : ` (last written ${toIso(source.lastWrite)})`
  return `${source.file}${place === '' ? '' : `: ${place}`}${written}`
}

function toEvidenceDocument(evidence: Evidence, toSentence: ToSentence): object {
  return {
    role: evidence.role,
    computer: evidence.computer,
    channel: evidence.channel,
    provider: evidence.provider,
    eventId: evidence.eventId,
    recordId: evidence.recordId,
    timeCreated: toIso(evidence.timeCreated),
    file: evidence.file,
    offset: evidence.offset,
    recovered: evidence.recovered,
    template: evidence.template,
    copies: evidence.copies?.map(({ file, offset, recovered }) => ({ file, offset, recovered })),
    decoded: evidence.decoded,
    summary: toSentence(evidence.summary),
    xml: evidence.xml,
  }
}

function toRemediationDocument(remediation: Remediation, toSentence: ToSentence): object {
  const { where, title, steps, risk, rollback, undo } = remediation
  const toStep = ({ text, command }: RemediationStep) => ({ text: toSentence(text), command })
  return {
    where,
    title: toSentence(title),
    steps: steps.map(toStep),
    risk: risk && toSentence(risk),
    rollback: rollback && toSentence(rollback),
    undo: undo?.map(toStep),
  }
}
