import { channelState } from '../correlate/coverage.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Finding, Remediation } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'
import { beginOf, type DiskView, diskReasons } from './disk.ts'
import type { Reason } from './reason.ts'
import type { Scenario, ScenarioContext } from './scenario.ts'

/** What is known where no record tells of a failure. */
interface Silence {
  readonly scenario: Scenario
  readonly view: DiskView
  /** Proofs that RDP worked. */
  readonly logons: readonly Sighting[]
  readonly remediation: readonly Remediation[]
}

/**
 * A finding from the disk alone: it shows what keeps RDP from working, and no record tells that it did. One kind of
 * evidence, so no more than possible; nothing where somebody got in since it was written, or in the window.
 */
export function diskAlone(
  { scenario, view, logons, remediation }: Silence,
  context: ScenarioContext,
): Finding | undefined {
  const { start, end } = context.windows.window
  if (view.refutes.length > 0) return undefined
  const standing = view.proofs.filter(
    (proof) => !proof.needsRecord && logons.every(({ timeCreated }) => timeCreated < (beginOf(proof) ?? start)),
  )
  const [first] = standing
  if (first === undefined) return undefined
  const since = beginOf(first) ?? end
  return {
    scenario: scenario.id,
    title: scenario.title,
    verdict: 'possible',
    since,
    last: since,
    summary: sentence('disk.alone'),
    cause: first.cause,
    evidence: [],
    counts: { trigger: 0, support: 0, heal: 0, refute: 0, context: 0 },
    rules: [
      triggerRule(scenario, context),
      // It was written before no failure: there is none.
      ...diskReasons(view, since, standing)
        .filter(({ id }) => id !== 'changed-shortly-before')
        .map(({ id, met, why }) => ({ id, met, why })),
    ],
    lookedFor: scenario.lookedFor,
    certainIf: [sentence('disk.certain-trigger')],
    checks: view.checks,
    remediation,
  }
}

/** That no record was found says something only where its log was there. */
function triggerRule({ channels }: Scenario, { coverage }: ScenarioContext): Reason {
  const id = 'trigger'
  const missing = channels.filter((each) => !['present', 'empty'].includes(channelState(coverage, each)))
  if (missing.length === 0) return { id, met: 'no', why: sentence('rule.no-trigger') }
  return { id, met: 'unknown', why: sentence('rule.trigger-not-seen', { channels: missing.join(', ') }) }
}
