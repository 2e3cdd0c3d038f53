/**
 * The shortest tail of each path that no other path of the run shares: what a report calls a volume. Host names know
 * no case, so tails that differ in case only are not told apart by it. Empty where the path has no name of its own
 * (`.`, `..`, `/`, `-`); two paths with equal parts keep their whole text.
 *
 * @param paths as typed, with the part below what was typed appended after a `/`
 */
export function uniqueTails(paths: readonly string[]): readonly string[] {
  const split = paths.map((path) => path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.'))
  const labels: (string | undefined)[] = split.map((parts) => {
    const last = parts.at(-1)
    return last === undefined || last === '..' || last === '-' ? '' : undefined
  })
  const longest = Math.max(0, ...split.map((parts) => parts.length))
  for (let length = 1; length <= longest; length++) {
    const counts = new Map<string, number>()
    for (const parts of split) {
      const tail = tailOf(parts, length).toLowerCase()
      counts.set(tail, (counts.get(tail) ?? 0) + 1)
    }
    split.forEach((parts, i) => {
      if (labels[i] !== undefined || length > parts.length) return
      const tail = tailOf(parts, length)
      if (counts.get(tail.toLowerCase()) === 1) labels[i] = tail
    })
  }
  return labels.map((label, i) => label ?? paths[i]!)
}

function tailOf(parts: readonly string[], length: number): string {
  return parts.slice(-length).join('/')
}
