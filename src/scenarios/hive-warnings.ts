import type { MachineFacts } from '../facts/machine-facts.ts'
import { controlSetName } from '../facts/registry.ts'
import type { HiveName } from '../facts/registry-fact.ts'
import type { Finding, Remediation, RemediationStep } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import { BROKEN_SYSTEM } from './remediation-hives.ts'

/** The hives, each with the step of a repair that loads it and the fact that says whether it is whole. */
const LOADS = [
  ['SYSTEM', 'repair.load-system', 'hive.system'],
  ['SOFTWARE', 'repair.load-software', 'hive.software'],
] as const satisfies readonly (readonly [HiveName, string, string])[]
/** The step that asks which control set counts. */
const ASKS_CONTROL_SET = 'repair.control-set'

/**
 * The same finding, its repairs on the attached disk with a warning where they load a hive that is cut, or one that
 * lacks the control set in force: Windows would make of either what nobody wants.
 */
export function withHiveWarnings(finding: Finding, facts: MachineFacts | undefined): Finding {
  if (facts === undefined) return finding
  const lost = lostControlSet(facts)
  const remediation = finding.remediation.map((one) => warned(one, facts, lost))
  return { ...finding, remediation }
}

function warned(one: Remediation, facts: MachineFacts, lost: string | undefined): Remediation {
  if (one.where !== 'offline') return one
  const has = (id: string): boolean => one.steps.some(({ text }) => text.id === id)
  const cut = LOADS.filter(([, load, fact]) => has(load) && facts.fact(fact)?.value === 'truncated')
  const isLost = lost !== undefined && has(ASKS_CONTROL_SET)
  const named = isLost ? namingLost(one, lost) : one
  const risk = riskOf(
    cut.map(([name]) => name),
    isLost ? lost : undefined,
  )
  return risk === undefined ? named : { ...named, risk }
}

function riskOf(cut: readonly HiveName[], lost: string | undefined): Sentence | undefined {
  if (cut.length > 0) return sentence('repair.risk-cut-hive', { hives: cut.join(', '), count: cut.length })
  return lost === undefined ? undefined : sentence('repair.risk-no-control-set', { name: lost })
}

/** The name that `Select\Current` has and the hive has not. */
function lostControlSet(facts: MachineFacts): string | undefined {
  const number = facts.number('control-set.current')
  if (facts.controlSet !== undefined || number === undefined || number < 1 || number > 999) return undefined
  return controlSetName(number)
}

/** The number that Select would tell is the one that is not there: the sets of the hive are listed in its place. */
function namingLost(one: Remediation, name: string): Remediation {
  const listed = (steps: readonly RemediationStep[]): readonly RemediationStep[] =>
    steps.map((step) => {
      if (step.text.id !== ASKS_CONTROL_SET) return step
      return { text: sentence('repair.control-set-lost', { name }), command: `reg query ${BROKEN_SYSTEM}` }
    })
  return { ...one, steps: listed(one.steps), ...(one.undo && { undo: listed(one.undo) }) }
}
