import type { Analysis, Input } from '../finding/analysis.ts'
import { turn } from '../pool/turn.ts'
import { renderHtml } from '../report/html/page.ts'
import { renderJson } from '../report/json.ts'
import { english } from '../report/language/en.ts'
import type { Language } from '../report/language/language.ts'
import { say } from '../report/language/say.ts'
import { renderMarkdown } from '../report/markdown.ts'
import type { CellTally } from '../timeline/cell-text.ts'
import { csvHeader, renderCsvRows } from '../timeline/csv.ts'
import { renderFindingsCsv } from '../timeline/findings-csv.ts'
import { rowsOfAnalysis } from '../timeline/of-analysis.ts'
import type { HiveInput } from './hive-inputs.ts'
import type { KeyFileInput } from './key-file-inputs.ts'
import { MANIFEST, type Manifest, renderManifest } from './manifest.ts'
import type { ResultFolder } from './result-folder.ts'

/** What an analysis is given as, in the order written. */
export const ANALYSIS_FILES = [
  'report.html',
  'report.json',
  'report.md',
  'timeline.csv',
  'findings.csv',
  MANIFEST,
] as const

/** What the manifest needs besides the analysis. */
export interface Circumstances {
  readonly args: readonly string[]
  /** Milliseconds since 1970. */
  readonly startedMs: number
  now(): number
  /** See `Manifest`. */
  readonly inputsFrom: string
  /** Registry hives that the analysis rests on. */
  readonly hives: readonly HiveInput[]
  /** Key files that it says are there or are absent. */
  readonly keyFiles: readonly KeyFileInput[]
  /** By the name of log or hive. */
  readonly hashes: ReadonlyMap<string, string>
  /** Of what people read. */
  readonly language: Language
}

/**
 * Writes all that an analysis is given as: report.html, report.json, report.md, timeline.csv, findings.csv and, last,
 * manifest.json with the hashes of the others. Nothing has its name before `publish`.
 */
export async function fillAnalysisFolder(
  folder: ResultFolder,
  analysis: Analysis,
  circumstances: Circumstances,
): Promise<readonly string[]> {
  const outputs: Manifest['outputs'][number][] = []
  const add = async (file: string, render: () => string): Promise<void> => {
    // Each report of many hosts takes a while: Ctrl-C is heard between them.
    await turn()
    outputs.push(await folder.add(file, render()))
  }
  const addTable = async (file: string, render: (tally: CellTally) => string): Promise<void> => {
    await turn()
    const tally: CellTally = { guarded: 0, cut: 0 }
    const written = await folder.add(file, render(tally))
    outputs.push({ ...written, guardedCells: tally.guarded, cutCells: tally.cut })
  }
  const speak = (sentence: Parameters<typeof say>[0]): string => say(sentence, english)
  const { language } = circumstances
  await add('report.html', () => renderHtml(analysis, { language }))
  await add('report.json', () => renderJson(analysis, english))
  await add('report.md', () => renderMarkdown(analysis, { language }))
  await addTable('timeline.csv', (tally) => {
    return csvHeader({ bom: true }) + renderCsvRows(rowsOfAnalysis(analysis, speak), tally)
  })
  await addTable('findings.csv', (tally) => renderFindingsCsv(analysis, speak, { bom: true, tally }))
  const manifest: Manifest = {
    tool: analysis.tool,
    arguments: circumstances.args,
    startedAt: new Date(circumstances.startedMs).toISOString(),
    finishedAt: new Date(circumstances.now()).toISOString(),
    inputsFrom: circumstances.inputsFrom,
    inputs: [...analysis.inputs.map(asTold), ...circumstances.hives, ...circumstances.keyFiles].map((input) => {
      const sha256 = circumstances.hashes.get(input.file)
      return { ...input, ...(sha256 !== undefined && { sha256 }) }
    }),
    outputs,
  }
  await folder.add(MANIFEST, renderManifest(manifest))
  return [...outputs.map((output) => output.file), MANIFEST]
}

/** Without the count of what the report's list leaves out. */
function asTold({ unlistedDamage: _, ...input }: Input): Input {
  return input
}
