import { type Exhibit, listEvidence } from '../finding/exhibit.ts'
import { type Finding, isOpen, type Remediation } from '../finding/finding.ts'
import type { Sentence } from '../finding/sentence.ts'
import type { DiskView } from './disk.ts'
import { type Reason, toRules } from './reason.ts'
import type { Scenario, ScenarioContext } from './scenario.ts'
import type { Tally } from './tally.ts'
import { certainIfCollected, commonReasons, type Weighed } from './weigh.ts'

/** What a scenario says in its own words about what it found; the rest follows from how it was weighed. */
export interface Conclusion {
  readonly scenario: Scenario
  /** In the place of the scenario's own. */
  readonly title?: Sentence
  readonly weighed: Weighed
  readonly view: DiskView
  readonly summary: Sentence
  readonly cause: Sentence
  readonly exhibits: readonly Exhibit[]
  readonly tally: Tally
  /** The steps of the reasoning that are this scenario's alone: they follow on those of all. */
  readonly reasons: readonly Reason[]
  /** Channels that would show that it healed. */
  readonly healing: readonly string[]
  /** Channels that would tell more of the failure. */
  readonly telling: readonly string[]
  /** What of the disk would make it certain, in the place of what the view says. */
  readonly certainIf?: readonly Sentence[]
  /** Asked for a finding that is open. */
  readonly remediation: () => readonly Remediation[]
}

/** The finding that a weighed reading comes to. */
export function conclude(conclusion: Conclusion, context: ScenarioContext): Finding {
  const { scenario, weighed, view, tally, healing, telling } = conclusion
  const { episode, verdict } = weighed
  const { byRole, uncertain } = tally.unkept(conclusion.exhibits)
  const list = listEvidence(conclusion.exhibits, byRole)
  const open = isOpen(weighed)
  const isCertain = !open || verdict === 'confirmed'
  const missing = [...(conclusion.certainIf ?? view.certainIf), ...certainIfCollected(healing, telling, context)]
  return {
    scenario: scenario.id,
    title: conclusion.title ?? scenario.title,
    verdict,
    window: episode.window,
    since: episode.first.timeCreated,
    last: episode.last.timeCreated,
    summary: conclusion.summary,
    cause: conclusion.cause,
    evidence: list.evidence,
    moments: list.moments,
    counts: list.counts,
    ...(uncertain.has('trigger') && { hasMoreTriggers: true as const }),
    ...(typeof tally.since(episode) === 'object' && { mayBeginEarlier: true as const }),
    rules: toRules([...commonReasons(weighed, context, { healing, view, tally }), ...conclusion.reasons], list),
    lookedFor: scenario.lookedFor,
    certainIf: isCertain ? [] : missing,
    checks: view.checks,
    remediation: open ? conclusion.remediation() : [],
  }
}
