import { DAY } from '../bytes/filetime.ts'
import type { ChannelCoverage, HostAnalysis } from '../finding/analysis.ts'
import { hostState, systemCoverage, systemEndsEarly, systemFrom } from './host-state.ts'

/**
 * Why it says little that nothing was found on a host: System was cleared in the window, tells hardly anything of it
 * (few records, or it begins in the second half and less than a day before the end), ends long before other logs do, or
 * begins after the last logon.
 */
export type Doubt =
  | { readonly why: 'thin'; readonly system: ChannelCoverage }
  | { readonly why: 'cleared' | 'begins' | 'ends'; readonly time: bigint }

/** The doubt there is on a host on which nothing was found and nothing proves that RDP worked since; else undefined. */
export function doubtOf(host: HostAnalysis): Doubt | undefined {
  if (hostState(host) !== 'nothing-found') return undefined
  const from = systemFrom(host)
  if (from?.why === 'cleared' && !(host.lastGood && host.lastGood.time >= from.time)) return from
  const system = thinCoverage(host)
  if (system !== undefined) return { why: 'thin', system }
  const { lastGood, windows } = host
  if (windows && systemEndsEarly(host)) return { why: 'ends', time: windows.window.end }
  const isProofOlder = from && windows && lastGood && lastGood.time >= windows.window.start && lastGood.time < from.time
  return isProofOlder ? from : undefined
}

/** A System log with fewer records was hardly written to: a quiet server writes more in a day. */
const FEW_RECORDS = 50

/** The coverage of System where it tells hardly anything of the window; undefined otherwise. */
function thinCoverage(host: HostAnalysis): ChannelCoverage | undefined {
  if (!host.windows) return undefined
  const { start, end } = host.windows.window
  const system = systemCoverage(host)
  if (system?.state !== 'present') return undefined
  const half = (end - start) / 2n
  // A log of a day covers something, however long the window was made.
  const beginsLate = system.firstTime !== undefined && system.firstTime > end - (half < DAY ? half : DAY)
  return beginsLate || (system.records ?? 0) < FEW_RECORDS ? system : undefined
}
