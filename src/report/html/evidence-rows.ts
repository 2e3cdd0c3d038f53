import { compareText } from '../../bytes/compare-text.ts'
import { compareTicks } from '../../bytes/filetime.ts'
import type { HostAnalysis } from '../../finding/analysis.ts'
import type { Evidence, Finding } from '../../finding/finding.ts'

/** One row of a host's table of evidence. */
export interface EvidenceRow {
  /** 0-based; rows are numbered in the order of time. */
  readonly number: number
  readonly evidence: Evidence
  readonly finding: Finding
  /** In the finding's `evidence`. */
  readonly position: number
}

/** The evidence of all findings of a host, in the order of time; a record that two findings cite has a row in each. */
export function evidenceRows(host: HostAnalysis): readonly EvidenceRow[] {
  return host.findings
    .flatMap((finding) => finding.evidence.map((evidence, position) => ({ evidence, finding, position })))
    .sort(
      (a, b) =>
        compareTicks(a.evidence.timeCreated, b.evidence.timeCreated) ||
        compareText(a.evidence.channel, b.evidence.channel) ||
        a.evidence.recordId - b.evidence.recordId ||
        compareText(a.finding.scenario, b.finding.scenario) ||
        a.position - b.position,
    )
    .map((row, number) => ({ ...row, number }))
}

/** Rows that a page can bear without a script, in the order of time: what tells most first, both ends of each role. */
export function tellingRows(rows: readonly EvidenceRow[], limit: number): readonly EvidenceRow[] {
  if (rows.length <= limit) return rows
  const chosen = new Set<EvidenceRow>()
  const roles = [['trigger'], ['heal', 'refute'], ['support'], ['context']]
  for (const [index, names] of roles.entries()) {
    const ofRole = rows.filter(({ evidence }) => names.includes(evidence.role))
    // A role takes at most half of what is left, so that a flood of triggers hides neither support nor healing.
    const share = index === roles.length - 1 ? limit - chosen.size : Math.ceil((limit - chosen.size) / 2)
    for (const row of [...ofRole.slice(0, 1), ...ofRole.slice(1).slice(-(share - 1))].slice(0, share)) chosen.add(row)
  }
  for (const row of rows.toReversed()) {
    if (chosen.size >= limit) break
    chosen.add(row)
  }
  return rows.filter((row) => chosen.has(row))
}
