import { DAY, MINUTE } from '../bytes/filetime.ts'
import { sameName } from '../event/source.ts'
import type { Fact } from '../facts/fact.ts'
import type { Check } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { Reason } from './reason.ts'

/** Something on the disk that shows why RDP fails, or that it does not fail for this reason. */
export interface DiskProof {
  /** Kebab-case: `key-missing`. */
  readonly id: string
  /** What is on the disk, for the rules. */
  readonly why: Sentence
  /** What it means, in the place of the scenario's own words. */
  readonly cause: Sentence
  /**
   * When it was last written, where that can be told; FILETIME ticks. What was written after a failure is not its
   * reason.
   */
  readonly written?: bigint
  /** Since when it has been so, where that is not when it was written: the end of a certificate. FILETIME ticks. */
  readonly since?: bigint
  /** Keeps nobody out by itself: it says something only beside records of a failure. */
  readonly needsRecord?: boolean
  /** Counts from the next start of Windows on, as settings of Schannel do. */
  readonly fromNextBoot?: boolean
}

/** What the disk says about one scenario. */
export interface DiskView {
  /** Something of the disk was there to look at. */
  readonly looked: boolean
  /** Each proves the cause by itself. */
  readonly proofs: readonly DiskProof[]
  /** Fits the failure, and proves too little: a second kind of evidence. */
  readonly supports: readonly DiskProof[]
  /** Each shows that the failure has another reason. */
  readonly refutes: readonly DiskProof[]
  /** Not as it should be, and no reason by itself. */
  readonly risks: readonly Sentence[]
  /** Was read, and leaves it open whether this is the reason. */
  readonly undecided?: readonly Sentence[]
  /** What would have to be looked at, and was not there. */
  readonly certainIf: readonly Sentence[]
  readonly checks: readonly Check[]
}

/** Of a machine whose disk was not collected. */
export const NO_DISK: DiskView = {
  looked: false,
  proofs: [],
  supports: [],
  refutes: [],
  risks: [],
  certainIf: [],
  checks: [],
}

/** What was looked at, and what should be there; nothing for a fact that nobody asked for. */
export function checkOf(fact: Fact | undefined, id: string, expected?: string): readonly Check[] {
  if (fact === undefined) return []
  const { state, value, source, reason } = fact
  // An empty text would be shown as if nobody had looked.
  const observed = state === 'present' ? String(value) || 'empty' : reason
  const isThere = state === 'present' && sameName(String(value), expected ?? '')
  const differs = expected !== undefined && !isUnknown(fact) && !isThere
  return [
    {
      id,
      state,
      ...(observed !== undefined && { observed }),
      ...(expected !== undefined && { expected }),
      ...(differs && { differs: true as const }),
      source,
    },
  ]
}

/** The same check, as what is wrong: what should be there instead. */
export function differing(check: Check, expected: string): Check {
  return { ...check, expected, differs: true }
}

/** True where a fact could not be looked at. */
export function isUnknown(fact: Fact | undefined): boolean {
  return fact === undefined || fact.state === 'not-collected' || fact.state === 'unreadable'
}

const SHORTLY = 3n * DAY

/** Since when something has been as it is, as far as that can be told; FILETIME ticks. */
export function beginOf({ since, written }: DiskProof): bigint | undefined {
  return since ?? written
}

/** What the disk adds to the way to a verdict. */
export function diskReasons(view: DiskView, first: bigint, counted: readonly DiskProof[]): readonly Reason[] {
  if (!view.looked) return [{ id: 'proof-on-disk', met: 'unknown', why: sentence('rule.disk-not-looked-at') }]
  const reasons: Reason[] = counted.map(({ why }) => ({ id: 'proof-on-disk', met: 'yes', why }))
  if (reasons.length === 0) reasons.push(...uncountedReasons(view))
  for (const { written } of counted) {
    if (written === undefined || written > first || first - written > SHORTLY) continue
    reasons.push({ id: 'changed-shortly-before', met: 'yes', why: writtenBefore(written, first) })
    break
  }
  return [...reasons, ...view.risks.map((why): Reason => ({ id: 'risk-on-disk', met: 'no', why }))]
}

/** How long before the first failure it was written: in hours, below one in minutes. */
function writtenBefore(written: bigint, first: bigint): Sentence {
  const minutes = Number((first - written) / MINUTE)
  if (minutes < 60) return sentence('rule.written-minutes-before', { written, first, minutes })
  return sentence('rule.written-hours-before', { written, first, hours: Math.floor(minutes / 60) })
}

/**
 * Why nothing on the disk counts: it shows nothing, leaves it open, not all of it was there, or what it shows is not of
 * these records.
 */
function uncountedReasons(view: DiskView): readonly Reason[] {
  const id = 'proof-on-disk'
  if (view.proofs.length > 0) {
    return [
      ...view.proofs.map(({ why }): Reason => ({ id, met: 'no', why })),
      { id: 'proof-of-these-records', met: 'no', why: sentence('rule.disk-does-not-count') },
    ]
  }
  const open = [...(view.undecided ?? []), ...(view.certainIf.length > 0 ? [sentence('rule.disk-not-whole')] : [])]
  if (open.length > 0) return open.map((why): Reason => ({ id, met: 'unknown', why }))
  return [{ id, met: 'no', why: sentence('rule.disk-shows-no-cause') }]
}
