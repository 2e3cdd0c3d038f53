import type { PlanMemory } from './plan-memory.ts'

/**
 * Copies a literal that stands on a multiple of 16, in words of eight bytes: up to 15 bytes behind its end are touched.
 * Returns the position behind it. Hot (`benchmarks/`, case "dump"): half of all literals have 8 to 15 bytes.
 */
export function copyLiteral({ doubles, view }: PlanMemory, from: number, length: number, to: number): number {
  const end = to + length
  let word = from >> 3
  view.setFloat64(to, doubles[word]!, true)
  view.setFloat64(to + 8, doubles[word + 1]!, true)
  for (let at = to + 16; at < end; at += 16) {
    word += 2
    view.setFloat64(at, doubles[word]!, true)
    view.setFloat64(at + 8, doubles[word + 1]!, true)
  }
  return end
}
