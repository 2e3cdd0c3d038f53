import { compareText } from '../bytes/compare-text.ts'
import { ticksFrom } from '../bytes/filetime.ts'
import { listsBy } from '../bytes/lists-by.ts'
import { type IdRun, joinRuns } from '../evtx/id-runs.ts'
import type { LogPart } from './host-input.ts'

/** Record ids that are missing between two neighbours of one channel. */
export interface Gap {
  readonly channel: string
  readonly afterRecordId: number
  readonly beforeRecordId: number
  /** `damage`: a log is damaged where they would stand. Absent: they are in none of the logs that were given. */
  readonly reason?: 'damage'
  /** When the neighbours were written, as their record headers say: near enough for a picture, no evidence. */
  readonly afterWritten?: bigint
  readonly beforeWritten?: bigint
}

/** What is missing of one channel. */
export interface ChannelGaps {
  readonly channel: string
  /** By record id, the newest `GAPS_KEPT`. */
  readonly gaps: readonly Gap[]
  /** All there are. */
  readonly count: number
  /** Ids that are missing in all of them. */
  readonly missing: number
}

/** Gaps that are told one by one of each channel. */
export const GAPS_KEPT = 1_000

/**
 * The gaps in the record ids of a host's channels. All logs of a channel are one sequence, archived ones too. Logs of
 * other computers' records, and logs that another host has a share in, have no sequence of their own.
 *
 * @returns the channels with a gap, by name
 */
export function gapsOf(parts: readonly LogPart[]): readonly ChannelGaps[] {
  const whole = [...listsBy(parts, ({ file }) => file).values()].flatMap((inFile) => {
    const [first] = inFile
    return first?.ids && !first.forwarded && first.ids.computers === inFile.length ? [first] : []
  })
  return [...listsBy(whole, ({ channels }) => channels[0]?.channel.toLowerCase() ?? '')]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, logs]) => gapsOfChannel(logs))
    .filter(({ count }) => count > 0)
}

function gapsOfChannel(logs: readonly LogPart[]): ChannelGaps {
  const channel = logs[0]?.channels[0]?.channel ?? ''
  const { runs, foldedGaps, foldedIds } = joinRuns(logs.map(({ ids }) => ids).filter((ids) => ids !== undefined))
  const all = runs.slice(1).map((run, i) => gapBetween(channel, runs[i]!, run))
  const missing = all.reduce((sum, gap) => sum + gap.beforeRecordId - gap.afterRecordId - 1, foldedIds)
  return { channel, gaps: all.slice(-GAPS_KEPT), count: all.length + foldedGaps, missing }
}

function gapBetween(channel: string, a: IdRun, b: IdRun): Gap {
  return {
    channel,
    afterRecordId: a.last,
    beforeRecordId: b.first,
    ...((a.hurtAfter || b.hurtBefore) && { reason: 'damage' }),
    afterWritten: ticksFrom(a.lastLow, a.lastHigh),
    beforeWritten: ticksFrom(b.firstLow, b.firstHigh),
  }
}
