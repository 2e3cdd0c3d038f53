import type { RootPlan } from './root-plan.ts'
import { NONE } from './root-sources.ts'

/** For definitions that cannot be read: their records are looked at one by one. */
export const SLOW_PLAN: RootPlan = {
  size: 0,
  print: undefined,
  fast: false,
  stepSlots: new Int32Array(0),
  stepFields: new Int32Array(0),
  dependencySlot: NONE,
  payloadSlot: NONE,
  levelSlot: NONE,
  level: NONE,
  lastSlot: NONE,
  provider: NONE,
  channel: NONE,
  computer: NONE,
}
