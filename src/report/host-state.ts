import { compareText } from '../bytes/compare-text.ts'
import { compareTicks } from '../bytes/filetime.ts'
import { channelCoverage } from '../correlate/coverage.ts'
import { SYSTEM, sameName } from '../event/source.ts'
import type { HostAnalysis, TimeRange } from '../finding/analysis.ts'
import { type Finding, isOpen, VERDICTS } from '../finding/finding.ts'

/**
 * A host in one word: its worst verdict; `unknown` when there was nothing to judge by; `healthy` when nothing was found
 * and a record proves that RDP worked in the window, or shortly behind one that ends with System, and System tells of
 * the time since; `nothing-found` when nothing was found and nothing proves it.
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

/**
 * What worked a month before may be broken since; and what came behind the window says nothing of it: failures of that
 * time were not looked at, or are lost with the end of System. A logon proves nothing either of what System lost after
 * it.
 */
function workedInWindow(host: HostAnalysis): boolean {
  const { lastGood, windows } = host
  if (lastGood === undefined || windows === undefined) return false
  const { start, end } = windows.window
  const from = systemFrom(host)
  if (from !== undefined && lastGood.time < from.time) return false
  if (systemEndsEarly(host)) return false
  return lastGood.time >= start && lastGood.time <= (endsWithSystem(host) ? end + quietOf(windows.window) : end)
}

/** The System log in a host's coverage. */
export function systemCoverage(host: HostAnalysis): HostAnalysis['coverage'][number] | undefined {
  return channelCoverage(host.coverage, SYSTEM)
}

/** From when on System tells of the window, where that is not its start: what came before was cleared, or is gone. */
export function systemFrom(
  host: HostAnalysis,
): { readonly why: 'cleared' | 'begins'; readonly time: bigint } | undefined {
  const system = systemCoverage(host)
  if (system?.state !== 'present' || !host.windows) return undefined
  const { start } = host.windows.window
  const { cleared, firstTime } = system
  if (cleared !== undefined && cleared >= start && !isKeptFromBefore(host, cleared, firstTime)) {
    return { why: 'cleared', time: cleared }
  }
  return firstTime !== undefined && firstTime > start ? { why: 'begins', time: firstTime } : undefined
}

/** What was cleared is there all the same, in an archive: System goes back to before, and nothing is missing there. */
function isKeptFromBefore({ gaps }: HostAnalysis, cleared: bigint, firstTime: bigint | undefined): boolean {
  if (firstTime === undefined || firstTime >= cleared) return false
  return !gaps.some(
    ({ channel, afterWritten = 0n, beforeWritten = cleared }) =>
      sameName(channel, SYSTEM) && afterWritten < cleared && beforeWritten >= cleared,
  )
}

/** How long System may be silent while other logs are written: hours, in a window of a day. */
function quietOf({ start, end }: TimeRange): bigint {
  return (end - start) / 4n
}

/** The window ends where System does, and was not asked to end anywhere. */
function endsWithSystem({ reference }: HostAnalysis): boolean {
  return reference?.kind === 'system-log'
}

/** System ends long before other logs do: its end may be missing. */
export function systemEndsEarly(host: HostAnalysis): boolean {
  const { windows, clockMoved, clockJumps } = host
  // Where the clock was moved, the greatest time is not the last.
  if (!windows || clockMoved || clockJumps.length > 0 || !endsWithSystem(host)) return false
  return windows.log.end > windows.window.end + quietOf(windows.window)
}

/** No record lies in the window. */
export function isWindowEmpty({ windows }: Pick<HostAnalysis, 'windows'>): boolean {
  return windows !== undefined && (windows.window.end < windows.log.start || windows.window.start > windows.log.end)
}

/** Nothing readable, no System log, no record in the window, or no scenario that could be evaluated. */
function cannotBeJudged(host: HostAnalysis): boolean {
  if (!host.reference || isWindowEmpty(host)) return true
  const system = systemCoverage(host)
  if (system && (system.state === 'not-collected' || system.state === 'unreadable')) return true
  return host.notEvaluated.length > 0 && host.notFound.length === 0 && host.findings.length === 0
}

/** True for a host of which there is more to say than its line in the table of many. */
export function needsCard(host: HostAnalysis): boolean {
  return host.findings.length > 0 || host.alsoSeen !== undefined || hostState(host) === 'unknown'
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
