import type { Verdict } from './finding.ts'

/** What a verdict is decided by. */
export interface Grounds {
  /** Every trigger is shown not to be the reason. */
  readonly refuted: boolean
  /** A later record proves that RDP worked again. */
  readonly healed: boolean
  /** The latest trigger lies in the window or since the last boot. */
  readonly current: boolean
  /** A second, independent kind of evidence agrees with a current trigger in time and meaning. */
  readonly secondKind: boolean
  /** Something on the disk proves the cause. */
  readonly proof: boolean
  /** The triggers say too little for more than `possible`, whatever agrees with them. */
  readonly weak: boolean
}

/** The verdict table, from what decides most to what decides least. */
export function decideVerdict(grounds: Grounds): Verdict {
  const { refuted, healed, current, secondKind, proof, weak } = grounds
  if (refuted) return 'refuted'
  if (healed) return 'historic'
  if (weak) return 'possible'
  if (current && proof) return 'confirmed'
  if (proof || (current && secondKind)) return 'probable'
  return 'possible'
}
