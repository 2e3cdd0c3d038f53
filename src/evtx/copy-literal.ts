import type { PlanMemory } from './plan-memory.ts'

/** A copier of literals from plans to the output of a memory; see `writersOf`. */
export function literalCopier({ view }: PlanMemory) {
  /**
   * Copies a literal, or the end of one, in words of eight bytes: up to 7 bytes behind its end are touched. Returns the
   * position behind it. No text in UTF-8 is a NaN, so nothing is changed on the way. The loops over plans have the same
   * in its place, for literals from their start, which stand on a multiple of 16.
   */
  return function copyLiteral(from: number, length: number, to: number): number {
    for (let i = 0; i < length; i += 8) view.setFloat64(to + i, view.getFloat64(from + i, true), true)
    return to + length
  }
}
