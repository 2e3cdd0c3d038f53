/**
 * Consecutive EventRecordIDs of a log, and when the records at their ends were written (record header; FILETIME
 * halves).
 */
export interface IdRun {
  readonly first: number
  readonly last: number
  readonly firstLow: number
  readonly firstHigh: number
  readonly lastLow: number
  readonly lastHigh: number
  /** What lies before the first, or behind the last, is damaged: ids that are missing there may be lost with it. */
  readonly hurtBefore: boolean
  readonly hurtAfter: boolean
}

/** The ids of a log or of a part of it. */
export interface IdRuns {
  readonly runs: readonly IdRun[]
  /** Gaps that are in no run because there were too many: how many, and how many ids they miss. */
  readonly foldedGaps: number
  readonly foldedIds: number
  /** There are no runs, and damage: what stood here may be lost. */
  readonly isLost?: boolean
  /** Records of several computers or channels, whose ids are no sequence: nothing can be said. */
  readonly isMixed?: boolean
}

/** Runs that are kept of one log: a whole one has one or two, a filtered export thousands. */
export const MOST_RUNS = 4_096

/**
 * The runs of several parts or logs as one: by id, those that touch or overlap made one. Beyond `MOST_RUNS` the oldest
 * gaps are counted and no longer told apart.
 */
export function joinRuns(parts: readonly IdRuns[]): IdRuns {
  const sorted = parts.flatMap(({ runs }) => runs).sort((a, b) => a.first - b.first || a.last - b.last)
  const joined: IdRun[] = []
  for (const run of sorted) {
    const before = joined.at(-1)
    if (!before || run.first > before.last + 1) joined.push(run)
    else if (run.last > before.last) joined[joined.length - 1] = { ...before, ...endOf(run) }
  }
  const folded = joined.splice(0, Math.max(0, joined.length - MOST_RUNS))
  let foldedGaps = parts.reduce((sum, part) => sum + part.foldedGaps, 0)
  let foldedIds = parts.reduce((sum, part) => sum + part.foldedIds, 0)
  folded.forEach((run, i) => {
    foldedGaps++
    foldedIds += (folded[i + 1] ?? joined[0]!).first - run.last - 1
  })
  return { runs: joined, foldedGaps, foldedIds }
}

/**
 * The runs of one log's stretches, in the order of the file: where a whole stretch is damaged, the run before it says
 * so.
 */
export function followRuns(stretches: readonly IdRuns[]): IdRuns {
  if (stretches.some(({ isMixed }) => isMixed)) return joinRuns([])
  const parts: IdRuns[] = []
  for (const stretch of stretches) {
    const before = parts.at(-1)
    const last = before?.runs.at(-1)
    if (!stretch.isLost) parts.push(stretch)
    else if (before && last) {
      parts[parts.length - 1] = { ...before, runs: [...before.runs.slice(0, -1), { ...last, hurtAfter: true }] }
    }
  }
  return joinRuns(parts)
}

function endOf({ last, lastLow, lastHigh, hurtAfter }: IdRun) {
  return { last, lastLow, lastHigh, hurtAfter }
}
