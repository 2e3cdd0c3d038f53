import type { Evidence, Finding } from '../finding/finding.ts'

/** Records for and against a finding that a page of text can bear: of one host, and of one among many. */
const ALONE = { pro: 5, against: 2 }
const AMONG_MANY = { pro: 3, against: 1 }

/** What a short report shows of a finding's evidence. Each list newest first. */
export interface EvidenceChoice {
  readonly triggers: readonly Evidence[]
  readonly supports: readonly Evidence[]
  /** Healing and refuting records. */
  readonly against: readonly Evidence[]
  /** How many records of those roles there were beyond the shown ones, kept in the analysis or not. */
  readonly more: {
    readonly trigger: number
    readonly support: number
    readonly against: number
    /** Of the triggers and supports those that no list of the analysis holds. */
    readonly unlisted: number
  }
}

/**
 * At most five records for a finding and two against it: the newest, and the one it began with, so that both ends of
 * the story are on the page. Of one host among many three and one.
 */
export function chooseEvidence(finding: Finding, options: { alone: boolean } = { alone: true }): EvidenceChoice {
  const shown = options.alone ? ALONE : AMONG_MANY
  const all = (role: Evidence['role']) => finding.evidence.filter((evidence) => evidence.role === role)
  const [triggersKept, supportsKept] = [all('trigger'), all('support')]
  const triggers = bothEnds(triggersKept, shown.pro - Math.min(shown.pro - 2, 2, supportsKept.length), finding.since)
  const supports = bothEnds(supportsKept, shown.pro - triggers.length, finding.since)
  const againstKept = finding.evidence.filter(({ role }) => role === 'heal' || role === 'refute')
  const against = bothEnds(againstKept, shown.against, finding.since)
  const { counts } = finding
  return {
    triggers,
    supports,
    against,
    more: {
      trigger: Math.max(0, counts.trigger - triggers.length),
      support: Math.max(0, counts.support - supports.length),
      against: Math.max(0, counts.heal + counts.refute - against.length),
      unlisted: Math.max(0, counts.trigger + counts.support - triggersKept.length - supportsKept.length),
    },
  }
}

/**
 * At most `limit` of a list in time order, newest first: the newest and, last, the first. What lies before `since` is
 * another story, and shown only when there is nothing else.
 */
function bothEnds(evidence: readonly Evidence[], limit: number, since: bigint): Evidence[] {
  const within = evidence.filter(({ timeCreated }) => timeCreated >= since)
  const [first, ...rest] = within.length > 0 ? within : evidence
  if (first === undefined || limit < 1) return []
  return [first, ...rest.slice(Math.max(0, rest.length - (limit - 1)))].toReversed()
}
