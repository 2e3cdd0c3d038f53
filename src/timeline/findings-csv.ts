import type { Analysis, HostAnalysis } from '../finding/analysis.ts'
import type { Finding } from '../finding/finding.ts'
import type { Sentence } from '../finding/sentence.ts'
import type { CellTally } from './cell-text.ts'
import { renderTime } from './columns.ts'
import { type Cell, csvHeader, renderCells } from './csv.ts'

const FINDING_COLUMNS = [
  'Host',
  'Computers',
  'Scenario',
  'Verdict',
  'Window',
  'SinceUtc',
  'LastUtc',
  'Triggers',
  'Summary',
  'CertainIf',
  'Repair',
] as const

/** Joins the values of one cell. */
const JOINT = ' ¦ '

/**
 * `findings.csv`: a line a finding, in the order of the analysis; of a repair its title, the steps stand in the
 * reports.
 *
 * @param say puts a sentence into English: the words live upstairs
 */
export function renderFindingsCsv(
  analysis: Analysis,
  say: (sentence: Sentence) => string,
  options: { bom?: boolean; tally?: CellTally } = {},
): string {
  const lines = analysis.hosts.flatMap((host) => host.findings.map((finding) => cellsOf(host, finding, say)))
  return csvHeader({ bom: options.bom ?? false, columns: FINDING_COLUMNS }) + renderCells(lines, options.tally)
}

/** In the order of `FINDING_COLUMNS`. */
function cellsOf(host: HostAnalysis, finding: Finding, say: (sentence: Sentence) => string): Cell[] {
  return [
    host.host,
    host.computers.join(JOINT),
    finding.scenario,
    finding.verdict,
    finding.window,
    ...(finding.isBeginUnknown ? [undefined, undefined] : [renderTime(finding.since), renderTime(finding.last)]),
    finding.counts.trigger,
    say(finding.summary),
    finding.certainIf.map(say).join(JOINT),
    finding.remediation.map(({ where, title }) => `${where}: ${say(title)}`).join(JOINT),
  ]
}
