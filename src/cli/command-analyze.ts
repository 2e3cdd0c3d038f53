import { statSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Collection } from '../evidence/collection.ts'
import type { Analysis } from '../finding/analysis.ts'
import { VERDICTS } from '../finding/finding.ts'
import type { LanguageCode } from '../report/language/languages.ts'
import { plain } from '../report/plain.ts'
import { unreadHives } from './hive-inputs.ts'
import { unreadKeyFolders } from './key-file-inputs.ts'
import { languageOf } from './language.ts'
import { choiceOf, readingCommand, withoutFilters, withTimes } from './options.ts'
import type { PlaceOptions } from './output-place.ts'
import { isColored, painted } from './paint.ts'
import type { Reading } from './reading.ts'
import type { Run } from './run.ts'
import { goesToFile, standardOutput } from './standard-output.ts'
import type { Terminal } from './terminal.ts'
import { checkTimes, type TimeOptions, windowOf, zoneNotes } from './time-options.ts'

const FORMATS = ['text', 'json', 'markdown'] as const
const HASHES = ['sha256', 'none'] as const
/** Verdicts that say why nobody gets in, from least to surest. */
const FAIL_ON = ['possible', 'probable', 'confirmed'] as const
/** Where a terminal does not tell its width. */
const USUAL_WIDTH = 80

/** `evtxray analyze`. */
export function analyzeCommand(run: Run) {
  return withoutFilters(withTimes(readingCommand('analyze'), '24h'))
    .summary('why does RDP fail here? verdicts, evidence, how to fix it')
    .description(
      'Says why nobody can log on over RDP: verdicts, the records that prove them, and how to repair it.\n' +
        'With -o DIR: report.html, report.json, report.md, timeline.csv, findings.csv and manifest.json.',
    )
    .optionsGroup('Result:')
    .option(
      '--format <format>',
      'text, json or markdown on standard output (default: text)',
      choiceOf('--format', FORMATS),
    )
    .option(
      '--fail-on <verdict>',
      'exit code 1 for a finding at or above: possible, probable or confirmed',
      choiceOf('--fail-on', FAIL_ON),
    )
    .option(
      '--hash <kind>',
      'hash of each input in manifest.json: sha256 or none (default: sha256)',
      choiceOf('--hash', HASHES),
    )
    .action(async (paths, options) => {
      checkTimes(options)
      const { output, format, failOn } = options
      if (options.hash && !goesToFile(output)) {
        throw new UsageError('--hash says what manifest.json holds, which is written with -o DIR only')
      }
      if (goesToFile(output)) refuseFileName(output)
      const { readEvidence } = await import('./reading.ts')
      await readEvidence(paths, options, run, async (reading) => {
        const { workersOfShortScan } = await import('../scan/ranges.ts')
        const workers = workersOfShortScan(reading.collection.logs, options.threads)
        if (workers !== undefined) run.expectShortWork(workers)
        if (!goesToFile(output)) {
          const shown = format ?? 'text'
          const { analysis, stats, notes } = await analyzeReading(reading, options, shown === 'json')
          await printReport(analysis, shown, reading.terminal, options)
          return { stats, ...outcomeOf(analysis, failOn, reading.collection), notes }
        }
        const evidence = { paths, collection: reading.collection }
        const place = { output, force: options.force === true, evidence }
        const result = await analyzeToFolder(reading, options, place, options.hash !== 'none', run)
        const { analysis, stats } = result
        // A report on standard output too, for whoever asked for one by its format.
        if (format) await printReport(analysis, format, reading.terminal, options)
        const { verdictLines } = await import('./verdict-lines.ts')
        const notes = [
          ...result.notes,
          `Wrote ${result.files.join(', ')} to "${plain(output)}"`,
          ...verdictLines(analysis.hosts),
        ]
        return { stats, ...outcomeOf(analysis, failOn, reading.collection), notes }
      })
    })
}

/** Endings of reports that somebody may want for themselves, with the format that prints such a one. */
const FORMAT_OF_ENDING: ReadonlyMap<string, (typeof FORMATS)[number]> = new Map([
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['json', 'json'],
  ['txt', 'text'],
])
/** Endings of other files. */
const OTHER_ENDINGS: ReadonlySet<string> = new Set([
  ...['csv', 'evtx', 'htm', 'html', 'jsonl', 'log', 'ndjson', 'parquet', 'pdf', 'xls', 'xlsx', 'xml', 'zip'],
])

/**
 * A folder called `report.md` is what nobody wants. One that is there already was made on purpose, and `.md` is a name
 * like any other with a dot in front.
 */
function refuseFileName(output: string): void {
  const [, ending = ''] = /[^\\/.][^\\/]*\.([a-z]+)$/i.exec(output) ?? []
  const format = FORMAT_OF_ENDING.get(ending.toLowerCase())
  if ((format === undefined && !OTHER_ENDINGS.has(ending.toLowerCase())) || isFolder(output)) return
  const folder = output.slice(0, -ending.length - 1)
  const alone = format === undefined ? '' : `, or --format ${format} > ${output} for this file alone`
  throw new UsageError(
    `-o names a folder for analyze, and "${output}" is named like a file: give -o ${folder} for a folder with all reports${alone}`,
  )
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

async function analyzeToFolder(
  reading: Reading,
  options: TimeOptions & { readonly lang?: LanguageCode | undefined; readonly format?: string | undefined },
  place: PlaceOptions & { readonly output: string },
  hashed: boolean,
  run: Run,
) {
  const startedMs = run.terminal.now()
  const { openResultFolder } = await import('./result-folder.ts')
  const { ANALYSIS_FILES, fillAnalysisFolder } = await import('./analysis-folder.ts')
  const { keyFileInputs } = await import('./key-file-inputs.ts')
  const { hiveInputs } = await import('./hive-inputs.ts')
  const { loadLanguage } = await import('../report/language/languages.ts')
  const language = await loadLanguage(languageOf(options.lang, run.terminal))
  const folder = await openResultFolder(place.output, { ...place, files: ANALYSIS_FILES })
  try {
    const work = (given: Reading) => analyzeReading(given, options, true)
    const { hashes, ...result } = hashed
      ? await (await import('./hash-beside.ts')).hashBeside(reading, work)
      : { ...(await work(reading)), hashes: new Map<string, string>() }
    const hives = hiveInputs(reading.collection, result.analysis)
    const keyFiles = keyFileInputs(reading.collection, result.analysis)
    const inputsFrom = relative(folder.path, process.cwd()).replaceAll(sep, '/') || '.'
    const circumstances = {
      args: run.args,
      startedMs,
      now: run.terminal.now,
      inputsFrom,
      hives,
      keyFiles,
      hashes,
      language,
    }
    const files = await fillAnalysisFolder(folder, result.analysis, circumstances)
    // Where a report is still to be printed, the run can be cut short until it is.
    if (options.format === undefined) run.settle()
    else run.signal.throwIfAborted()
    folder.publish()
    return { ...result, files }
  } catch (error) {
    folder.discard()
    throw error
  }
}

/**
 * Analyses, and refuses a window that holds no record of any host.
 *
 * @param whole see `AnalyzeOptions`
 */
async function analyzeReading(reading: Reading, times: TimeOptions, whole: boolean) {
  const { analyze } = await import('../analyze.ts')
  const window = windowOf(times, reading.terminal.now())
  const result = await analyze(reading.collection, { ...reading.scan, ...window, whole }, reading.watch)
  const { outsideNotes } = await import('./window-check.ts')
  return { ...result, notes: [...zoneNotes(times), ...outsideNotes(times, result.analysis.hosts)] }
}

async function printReport(
  analysis: Analysis,
  format: (typeof FORMATS)[number],
  terminal: Terminal,
  options: {
    readonly color?: Parameters<typeof isColored>[0] | undefined
    readonly lang?: LanguageCode | undefined
  },
): Promise<void> {
  const print = standardOutput(terminal)
  if (format === 'json') {
    const { renderJson } = await import('../report/json.ts')
    const { english } = await import('../report/language/en.ts')
    return print(Buffer.from(renderJson(analysis, english)))
  }
  const { loadLanguage } = await import('../report/language/languages.ts')
  const language = await loadLanguage(languageOf(options.lang, terminal))
  if (format === 'markdown') {
    const { renderMarkdown } = await import('../report/markdown.ts')
    return print(Buffer.from(renderMarkdown(analysis, { language })))
  }
  const { renderText } = await import('../report/text.ts')
  const { unpainted } = await import('../report/paint.ts')
  const paint = isColored(options.color ?? 'auto', terminal) ? painted : unpainted
  await print(Buffer.from(renderText(analysis, { width: terminal.stdout.columns ?? USUAL_WIDTH, paint, language })))
}

function outcomeOf(analysis: Analysis, failOn: (typeof FAIL_ON)[number] | undefined, collection: Collection) {
  const { inputs, damage } = analysis
  const unread = [...unreadHives(analysis.hosts.flatMap(({ facts }) => facts)), ...unreadKeyFolders(collection)]
  if (failOn === undefined) return { inputs, damage, unread }
  const bad = VERDICTS.slice(0, VERDICTS.indexOf(failOn) + 1)
  return {
    inputs,
    damage,
    unread,
    finding: analysis.hosts.some((host) => host.findings.some((each) => bad.includes(each.verdict))),
  }
}
