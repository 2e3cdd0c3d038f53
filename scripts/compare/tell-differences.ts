import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Differences that are shown; the rest is counted. */
const MOST_SHOWN = 50
const LONGEST_SHOWN = 400

/**
 * Compares, in a folder that is gone afterwards, and tells the differences.
 *
 * @param others whom there is to compare with
 * @returns the exit code: 1 where there are differences
 */
export function tellDifferences<Other>(
  others: readonly Other[],
  compare: (others: readonly Other[], folder: string) => readonly string[],
): number {
  if (others.length === 0) {
    console.log('Nothing was compared')
    return 0
  }
  const folder = mkdtempSync(join(tmpdir(), 'evtxray-compare-'))
  try {
    const differences = compare(others, folder)
    for (const difference of differences.slice(0, MOST_SHOWN)) {
      console.log(`DIFFERENT ${difference.slice(0, LONGEST_SHOWN)}`)
    }
    console.log(differences.length === 0 ? '\nNo unexplained difference' : `\n${differences.length} differences`)
    return differences.length === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
