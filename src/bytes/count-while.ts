/**
 * How many positions from 0 on have something that all have up to one of them and none behind it, found by halving.
 *
 * @param length how many positions there are
 */
export function countWhile(length: number, holds: (position: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
