import { wasLookedAt } from '../correlate/coverage.ts'
import { eventOrder } from '../correlate/event-order.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Finding, Remediation } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import { beginOf, type DiskView, diskReasons } from './disk.ts'
import type { Reason } from './reason.ts'
import type { Scenario, ScenarioContext } from './scenario.ts'
import { inForceSince } from './weigh.ts'

/** What is known where no record tells of a failure that lasts. */
interface Silence {
  readonly scenario: Scenario
  readonly view: DiskView
  /** Proofs that RDP worked. */
  readonly worked: readonly Sighting[]
  /** Asked where the disk shows what keeps RDP from working. */
  readonly remediation: () => readonly Remediation[]
  /** What the records tell, if anything: a failure that is over, or another service's. */
  readonly told: Finding | undefined
}

/**
 * A finding from the disk alone: it shows what keeps RDP from working, and no record tells that it did. One kind of
 * evidence, so no more than possible; nothing where somebody got in since it was written, or in the window. A failure of
 * before, and one of another service, say nothing against it: their records are shown beside it.
 */
export function diskAlone(
  { scenario, view, worked, remediation, told }: Silence,
  context: ScenarioContext,
): Finding | undefined {
  const { start, end } = context.windows.window
  if (view.refutes.length > 0) return undefined
  const order = eventOrder(context.clockJumps)
  const workedAt = worked.map((record) => order.timeInForce(record))
  const standing = view.proofs.filter((proof) => {
    if (proof.needsRecord) return false
    const inForce = inForceSince(proof, context) ?? beginOf(proof) ?? start
    return inForce === 'waits' || workedAt.every((time) => time < inForce)
  })
  const [first] = standing
  if (first === undefined) return undefined
  const inForce = inForceSince(first, context)
  const waits = inForce === 'waits'
  const begin = waits ? undefined : (inForce ?? beginOf(first))
  const since = begin ?? end
  return {
    scenario: scenario.id,
    title: scenario.title,
    verdict: 'possible',
    since,
    last: since,
    ...(begin === undefined && { isBeginUnknown: true as const }),
    summary: waits ? sentence('disk.alone-waits') : summaryOf(told),
    cause: first.cause,
    evidence: told?.evidence.map((record) => ({ ...record, role: 'context' as const })) ?? [],
    moments: [],
    counts: { trigger: 0, support: 0, heal: 0, refute: 0, context: told ? sumOf(told.counts) : 0 },
    rules: [
      told ? toldRule(told) : triggerRule(scenario, context),
      // It was written before no failure: there is none.
      ...diskReasons(view, since, standing)
        .filter(({ id }) => id !== 'changed-shortly-before')
        .map(({ id, met, why }) => ({ id, met, why })),
    ],
    lookedFor: scenario.lookedFor,
    certainIf: [sentence('disk.certain-trigger')],
    checks: view.checks,
    remediation: remediation(),
  }
}

function summaryOf(told: Finding | undefined): Sentence {
  if (told === undefined) return sentence('disk.alone')
  return told.verdict === 'historic' ? sentence('disk.alone-healed') : sentence('disk.alone-others')
}

function sumOf(counts: Finding['counts']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function toldRule({ verdict }: Finding): Reason {
  const why = verdict === 'historic' ? sentence('rule.trigger-healed') : sentence('rule.trigger-others')
  return { id: 'trigger', met: 'no', why }
}

/** That no record was found says something only where its log was there. */
function triggerRule({ channels }: Scenario, { coverage }: ScenarioContext): Reason {
  const id = 'trigger'
  const missing = channels.filter((each) => !wasLookedAt(coverage, each))
  if (missing.length === 0) return { id, met: 'no', why: sentence('rule.no-trigger') }
  return { id, met: 'unknown', why: sentence('rule.trigger-not-seen', { channels: missing.join(', ') }) }
}
