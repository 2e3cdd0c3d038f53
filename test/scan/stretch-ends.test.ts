import { expect, it } from 'vitest'
import { stretchEnds } from '../../src/scan/stretch-ends.ts'

/** The ends of the stretches of some times. */
function endsOf(times: readonly bigint[], cuts: readonly bigint[], explained: readonly bigint[]) {
  return stretchEnds(times, { timeOf: (time) => time, cuts, explained })
}

it('stretchEnds() gives the first and the last of each stretch that is asked for, one that is alone once, and the last before', () => {
  expect(endsOf([1n, 2n, 3n, 11n, 12n, 13n, 25n], [20n, 10n], [5n, 29n])).toEqual([1n, 3n, 25n])
  // The service may have started anew between two of one stretch.
  expect(endsOf([1n, 2n, 3n, 4n, 5n, 6n], [], [3n])).toEqual([1n, 3n, 6n])
  expect(endsOf([1n, 2n, 3n], [], [9n])).toEqual([1n, 3n])
})

it('stretchEnds() counts the time of a cut to what follows it', () => {
  expect(endsOf([1n, 9n, 10n, 11n], [10n], [10n])).toEqual([10n, 11n])
  expect(endsOf([1n, 9n, 10n, 11n], [10n], [9n])).toEqual([1n, 9n])
})

it('stretchEnds() gives nothing where nothing is asked', () => {
  expect(endsOf([1n, 2n], [], [])).toEqual([])
})
