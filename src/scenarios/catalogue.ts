import { ATTEMPT_NEEDS } from '../correlate/attempts.ts'
import { BOOT_NEEDS } from '../correlate/boots.ts'
import { CLOCK_NEEDS } from '../correlate/clock.ts'
import { COVERAGE_NEEDS } from '../correlate/coverage.ts'
import { REMOTE_LOGON_NEEDS } from '../correlate/remote-logons.ts'
import { COMPUTER_RENAMED } from '../correlate/renames.ts'
import { SERVICE_FAILURE_NEEDS } from '../correlate/service-failures.ts'
import type { Need } from '../query/need.ts'
import { brokerOutOfStep } from './broker-out-of-step.ts'
import { listenerKeyUnusable } from './listener-key-unusable.ts'
import type { Scenario } from './scenario.ts'
import { tlsPolicyBlocksServer } from './tls-policy-blocks-server.ts'

/** Every scenario, in the order reports name them. */
export const SCENARIOS: readonly Scenario[] = [listenerKeyUnusable, tlsPolicyBlocksServer, brokerOutOfStep]

/** What is needed whatever the scenarios ask: boots, clock, names, coverage, who came in, and services that fail. */
const BASELINE: readonly Need[] = [
  ...BOOT_NEEDS,
  ...CLOCK_NEEDS,
  ...COVERAGE_NEEDS,
  COMPUTER_RENAMED,
  ...REMOTE_LOGON_NEEDS,
  ...ATTEMPT_NEEDS,
  ...SERVICE_FAILURE_NEEDS,
]

/**
 * All that a scan for these scenarios must bring, each need once.
 *
 * @throws {Error} two that differ have one id: a mistake in a scenario
 */
export function allNeeds(scenarios: readonly Scenario[] = SCENARIOS): readonly Need[] {
  const byId = new Map<string, Need>()
  for (const need of [...BASELINE, ...scenarios.flatMap((scenario) => scenario.needs)]) {
    const known = byId.get(need.id)
    byId.set(need.id, known === undefined ? need : asOne(known, need))
  }
  return [...byId.values()]
}

/** What serves the needs of two scenarios: beside the failures of both. */
function asOne(a: Need, b: Need): Need {
  const { beside: besideA, ...restA } = a
  const { beside: besideB, ...restB } = b
  if (JSON.stringify(restA) !== JSON.stringify(restB)) throw new Error(`Two needs are called "${a.id}" and differ`)
  if (besideA === undefined || besideB === undefined) return restA
  return { ...restA, beside: [...new Set([...besideA, ...besideB])] }
}
