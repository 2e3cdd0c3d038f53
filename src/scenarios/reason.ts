import type { Sighting } from '../event/win-event.ts'
import type { EvidenceList } from '../finding/exhibit.ts'
import type { Rule } from '../finding/finding.ts'
import type { Sentence } from '../finding/sentence.ts'

/** A rule before it is known which records are shown. */
export interface Reason {
  readonly id: string
  readonly met: Rule['met']
  readonly why: Sentence
  readonly about?: readonly Sighting[]
}

/** Rules, with the positions of the records that are shown. */
export function toRules(reasons: readonly Reason[], list: EvidenceList): readonly Rule[] {
  return reasons.map(({ id, met, why, about }) => {
    return { id, met, why, ...(about === undefined ? {} : { evidence: list.positionsOf(about) }) }
  })
}
