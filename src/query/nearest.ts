/**
 * The candidate that a mistyped word was most likely meant to be; undefined when none is near. Letter case does not
 * count, nor does an end that was left out (`conf` for `confirmed`).
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.trim().toLowerCase()
  if (wanted === '') return undefined
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const text = candidate.toLowerCase()
    if (text.startsWith(wanted)) return candidate
    const distance = editDistance(wanted, text)
    // Half of the letters may be wrong, three at most: beyond that it is a guess.
    if (distance < bestDistance && distance <= Math.min(3, Math.max(wanted.length, text.length) / 2)) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours that turn one word into another (optimal string
 * alignment).
 */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = above
    above = row
  }
  return above[b.length]!
}
