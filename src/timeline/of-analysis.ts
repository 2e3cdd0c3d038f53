import { compareText } from '../bytes/compare-text.ts'
import type { Analysis } from '../finding/analysis.ts'
import type { Sentence } from '../finding/sentence.ts'
import { rowOfEvidence, type TimelineRow } from './columns.ts'

/**
 * The evidence of all findings of all hosts in the one order: time, host, channel, record id, file, offset. A record
 * that two findings cite stands once for each. Copies of it in other places follow, marked with the one that counts.
 *
 * @param say puts a sentence into English: the words live upstairs
 */
export function rowsOfAnalysis(analysis: Analysis, say: (sentence: Sentence) => string): TimelineRow[] {
  const rows: TimelineRow[] = []
  for (const host of analysis.hosts) {
    for (const finding of host.findings) {
      for (const evidence of finding.evidence) {
        const summary = say(evidence.summary)
        const row = rowOfEvidence(evidence, { host: host.host, scenario: finding.scenario, summary })
        rows.push(row)
        const dupOf = `${evidence.file}@${evidence.offset}`
        for (const { file, offset, recovered } of evidence.copies ?? []) {
          rows.push({ ...row, file, offset, recovered, dupOf })
        }
      }
    }
  }
  return rows.sort(compareRows)
}

/**
 * Time, host, channel, record id, file, offset; then scenario and role, which tell apart what one record does twice.
 */
export function compareRows(a: TimelineRow, b: TimelineRow): number {
  if (a.timeCreated !== b.timeCreated) return a.timeCreated < b.timeCreated ? -1 : 1
  return (
    compareText(a.host, b.host) ||
    compareText(a.channel, b.channel) ||
    a.recordId - b.recordId ||
    compareText(a.file, b.file) ||
    a.offset - b.offset ||
    compareText(a.scenario ?? '', b.scenario ?? '') ||
    compareText(a.role ?? '', b.role ?? '')
  )
}
