import type { JudgedFacts } from '../facts/machine-facts.ts'
import { controlSetName } from '../facts/registry.ts'
import type { HiveName } from '../facts/registry-fact.ts'

/** What is known of the hives that a repair of the attached disk would load. */
export interface BrokenHives {
  /** The control set in force: `ControlSet001`. Undefined where nothing tells it. */
  readonly controlSet?: string
  /** The control set that `Select\Current` names and SYSTEM has not. */
  readonly lostControlSet?: string
  /** Hives whose end is missing: Windows would make of one what nobody wants. */
  readonly cut: readonly HiveName[]
}

/** Of a machine whose disk was not collected. */
export const UNKNOWN_HIVES: BrokenHives = { cut: [] }

/** What the disk told of its hives. */
export function brokenHives(facts: JudgedFacts | undefined): BrokenHives {
  if (facts === undefined) return UNKNOWN_HIVES
  const cut: HiveName[] = []
  if (facts.fact('hive.system')?.value === 'truncated') cut.push('SYSTEM')
  if (facts.fact('hive.software')?.value === 'truncated') cut.push('SOFTWARE')
  if (facts.controlSet !== undefined) return { controlSet: facts.controlSet, cut }
  const number = facts.number('control-set.current')
  const isNamed = number !== undefined && number >= 1 && number <= 999
  return { ...(isNamed && { lostControlSet: controlSetName(number) }), cut }
}
