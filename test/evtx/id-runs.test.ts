import { describe, expect, it } from 'vitest'
import { followRuns, type IdRun, type IdRuns, joinRuns, MOST_RUNS } from '../../src/evtx/id-runs.ts'

const run = (first: number, last: number, more: Partial<IdRun> = {}): IdRun => ({
  ...{ first, last, firstLow: first, firstHigh: 0, lastLow: last, lastHigh: 0, hurtBefore: false, hurtAfter: false },
  ...more,
})
const runs = (...all: readonly IdRun[]): IdRuns => ({ runs: all, foldedGaps: 0, foldedIds: 0 })

describe('joinRuns()', () => {
  it('makes one of runs that touch or overlap, in whatever order they come', () => {
    const { runs: joined } = joinRuns([
      runs(run(50, 60)),
      runs(run(11, 20), run(1, 10)),
      runs(run(15, 30), run(16, 18)),
    ])
    expect(joined.map(({ first, last }) => [first, last])).toEqual([
      [1, 30],
      [50, 60],
    ])
    expect(joined[0]).toMatchObject({ firstLow: 1, lastLow: 30 })
  })

  it('keeps what is damaged behind the run that ends last', () => {
    const { runs: joined } = joinRuns([runs(run(1, 10, { hurtAfter: true })), runs(run(5, 20))])
    expect(joined[0]!.hurtAfter).toBe(false)
    expect(joinRuns([runs(run(1, 10, { hurtAfter: true })), runs(run(12, 20))]).runs[0]!.hurtAfter).toBe(true)
  })

  it('counts the oldest gaps beyond the limit, and what they miss', () => {
    const many = Array.from({ length: MOST_RUNS + 3 }, (_, i) => run(10 * i, 10 * i + 4))
    const joined = joinRuns([runs(...many), { runs: [], foldedGaps: 2, foldedIds: 100 }])
    expect(joined.runs).toHaveLength(MOST_RUNS)
    expect(joined.runs[0]!.first).toBe(30)
    expect([joined.foldedGaps, joined.foldedIds]).toEqual([2 + 3, 100 + 15])
  })
})

describe('followRuns()', () => {
  const lost: IdRuns = { ...runs(), isLost: true }

  it('tells the run before a damaged stretch that what follows may be lost', () => {
    const { runs: joined } = followRuns([lost, runs(run(1, 10)), lost, lost, runs(run(20, 30))])
    expect(joined.map(({ hurtAfter }) => hurtAfter)).toEqual([true, false])
  })

  it('says nothing of a log that is in part of several computers', () => {
    expect(followRuns([runs(run(1, 10)), { ...runs(), isMixed: true }, runs(run(20, 30))]).runs).toEqual([])
  })
})
