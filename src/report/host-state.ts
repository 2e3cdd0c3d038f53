import { compareText } from '../bytes/compare-text.ts'
import type { HostAnalysis } from '../finding/analysis.ts'
import { type Finding, VERDICTS } from '../finding/finding.ts'

/**
 * A host in one word: its worst verdict; `unknown` when there was nothing to judge by; `healthy` when nothing was found
 * and a record proves that RDP worked in the window or after it; `nothing-found` when nothing was found and nothing
 * proves it.
 */
export type HostState = Finding['verdict'] | 'unknown' | 'healthy' | 'nothing-found'

/** From what needs a person first to what needs none. */
const URGENCY: readonly HostState[] = [
  'confirmed',
  'probable',
  'possible',
  'unknown',
  'historic',
  'refuted',
  'nothing-found',
  'healthy',
]

/** True for a finding that may be why nobody gets in now. */
export function isOpen(finding: Finding): boolean {
  return finding.verdict !== 'historic' && finding.verdict !== 'refuted'
}

/** The finding a host is known by: the worst verdict, then the oldest. */
export function worstFinding(host: HostAnalysis): Finding | undefined {
  return [...host.findings].sort(
    (a, b) =>
      VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
      compareTicks(a.since, b.since) ||
      compareText(a.scenario, b.scenario),
  )[0]
}

/** What to call the host. */
export function hostState(host: HostAnalysis): HostState {
  const worst = worstFinding(host)
  if (worst && isOpen(worst)) return worst.verdict
  if (cannotBeJudged(host)) return 'unknown'
  if (worst) return worst.verdict
  return workedInWindow(host) ? 'healthy' : 'nothing-found'
}

/** What worked a month before may be broken since. */
function workedInWindow({ lastGood, windows }: HostAnalysis): boolean {
  return lastGood !== undefined && windows !== undefined && lastGood.time >= windows.window.start
}

/** Nothing readable, no System log, or no scenario that could be evaluated. */
function cannotBeJudged(host: HostAnalysis): boolean {
  if (!host.reference) return true
  const system = host.coverage.find(({ channel }) => channel.toLowerCase() === 'system')
  if (system && (system.state === 'not-collected' || system.state === 'unreadable')) return true
  return host.notEvaluated.length > 0 && host.notFound.length === 0 && host.findings.length === 0
}

/** A System log with fewer records was hardly written to: a quiet server writes more in a day. */
const FEW_RECORDS = 50

/**
 * The coverage of the System log of a host on which nothing was found and nothing proves that RDP worked, when it tells
 * hardly anything of the window: few records, or it begins in the second half. Undefined otherwise.
 */
export function thinCoverage(host: HostAnalysis): HostAnalysis['coverage'][number] | undefined {
  if (hostState(host) !== 'nothing-found' || !host.windows) return undefined
  const { start, end } = host.windows.window
  const system = host.coverage.find(({ channel }) => channel.toLowerCase() === 'system')
  if (system?.state !== 'present') return undefined
  const beginsLate = system.firstTime !== undefined && system.firstTime > start + (end - start) / 2n
  return beginsLate || (system.records ?? 0) < FEW_RECORDS ? system : undefined
}

/** True for a host of which there is more to say than its line in the table of many. */
export function needsCard(host: HostAnalysis): boolean {
  return host.findings.length > 0 || hostState(host) === 'unknown'
}

/** Hosts by verdict, then by how long it has lasted (longest first), then by name. */
export function byUrgency(hosts: readonly HostAnalysis[]): HostAnalysis[] {
  return [...hosts].sort(
    (a, b) =>
      URGENCY.indexOf(hostState(a)) - URGENCY.indexOf(hostState(b)) ||
      compareTicks(worstFinding(a)?.since ?? 0n, worstFinding(b)?.since ?? 0n) ||
      compareText(a.host, b.host),
  )
}

function compareTicks(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
