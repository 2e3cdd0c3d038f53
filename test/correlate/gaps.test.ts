import { describe, expect, it } from 'vitest'
import { GAPS_KEPT, gapsOf } from '../../src/correlate/gaps.ts'
import type { LogPart } from '../../src/correlate/host-input.ts'
import type { IdRun } from '../../src/evtx/id-runs.ts'
import { anything, hostInput } from '../support/events.ts'

const [basis] = hostInput([anything('11:00')]).parts

/** A log of System with these stretches of record ids. */
function log(file: string, stretches: readonly (readonly [number, number])[], more: Partial<LogPart> = {}): LogPart {
  const runs = stretches.map(([first, last]): IdRun => {
    return {
      first,
      last,
      firstLow: first,
      firstHigh: 0,
      lastLow: last,
      lastHigh: 0,
      hurtBefore: false,
      hurtAfter: false,
    }
  })
  return { ...basis!, file, ids: { runs, foldedGaps: 0, foldedIds: 0, computers: 1 }, ...more }
}

const told = (parts: readonly LogPart[]) =>
  gapsOf(parts).flatMap(({ gaps }) => gaps.map((gap) => [gap.channel, gap.afterRecordId, gap.beforeRecordId]))

describe('gapsOf()', () => {
  it('tells what is missing between two records that are there', () => {
    expect(
      gapsOf([
        log('a', [
          [1, 10],
          [15, 20],
        ]),
      ]),
    ).toEqual([
      {
        channel: 'System',
        gaps: [{ channel: 'System', afterRecordId: 10, beforeRecordId: 15, afterWritten: 10n, beforeWritten: 15n }],
        count: 1,
        missing: 4,
      },
    ])
    expect(told([log('a', [[3, 10]])])).toEqual([])
  })

  it('takes archived logs and the log itself for one sequence', () => {
    expect(told([log('a', [[101, 200]]), log('Archive-1', [[1, 50]]), log('Archive-2', [[51, 100]])])).toEqual([])
    expect(told([log('a', [[101, 200]]), log('Archive-1', [[1, 50]])])).toEqual([['System', 50, 101]])
  })

  it('says nothing of logs whose records are other computers', () => {
    const gappy = [
      [1, 10],
      [15, 20],
    ] as const
    expect(told([log('a', gappy, { forwarded: true })])).toEqual([])
    const { ids, ...without } = log('a', gappy)
    expect(told([without])).toEqual([])
    // A log that another host has a share in.
    expect(told([{ ...without, ids: { ...ids!, computers: 2 } }])).toEqual([])
  })

  it('reads a log of a renamed computer once', () => {
    const shared = log('a', [
      [1, 10],
      [15, 20],
    ])
    const parts = ['OLD', 'NEW'].map((computer) => ({ ...shared, computer, ids: { ...shared.ids!, computers: 2 } }))
    expect(told(parts)).toEqual([['System', 10, 15]])
  })

  it('says when a log is damaged there', () => {
    const part = log('a', [
      [1, 10],
      [15, 20],
    ])
    const runs = part.ids!.runs.map((run, i) => ({ ...run, hurtAfter: i === 0 }))
    expect(gapsOf([{ ...part, ids: { ...part.ids!, runs } }])[0]?.gaps[0]?.reason).toBe('damage')
  })

  it('keeps the newest of many and counts all', () => {
    const many = Array.from({ length: GAPS_KEPT + 11 }, (_, i) => [10 * i, 10 * i + 7] as const)
    const [channel] = gapsOf([log('a', many)])
    expect([channel?.gaps.length, channel?.count, channel?.missing]).toEqual([
      GAPS_KEPT,
      GAPS_KEPT + 10,
      2 * (GAPS_KEPT + 10),
    ])
    expect(channel?.gaps.at(-1)?.beforeRecordId).toBe(10 * (GAPS_KEPT + 10))
  })
})
