import { countWhile } from '../bytes/count-while.ts'

/** How time is parted, and which of the stretches are asked for. Times are FILETIME ticks. */
export interface Stretches<T> {
  timeOf(one: T): bigint
  /** Times at which a stretch ends and the next begins, in any order. */
  readonly cuts: readonly bigint[]
  /** Times of what is to be explained, in any order. */
  readonly explained: readonly bigint[]
}

/**
 * The first and the last of each stretch of time that holds something to be explained, and the last
 * before each such moment.
 *
 * @param all in order of time
 * @returns in the same order
 */
export function stretchEnds<T>(all: readonly T[], { timeOf, cuts, explained }: Stretches<T>): readonly T[] {
  const bounds = BigUint64Array.from(cuts).sort()
  const asked = new Set(explained.map((time) => stretchOf(time, bounds)))
  const byStretch = new Map<number, { readonly first: T; last: T }>()
  for (const one of all) {
    const stretch = stretchOf(timeOf(one), bounds)
    const known = byStretch.get(stretch)
    if (known) known.last = one
    else if (asked.has(stretch)) byStretch.set(stretch, { first: one, last: one })
  }
  const ends = new Set([...byStretch.values()].flatMap(({ first, last }) => [first, last]))
  const times = BigUint64Array.from(all, timeOf)
  for (const time of explained) {
    const before = all[stretchOf(time, times) - 1]
    if (before !== undefined) ends.add(before)
  }
  return all.filter((one) => ends.has(one))
}

/** How many of the bounds, in order, lie at a time or before it. */
function stretchOf(time: bigint, bounds: BigUint64Array): number {
  return countWhile(bounds.length, (i) => bounds[i]! <= time)
}
