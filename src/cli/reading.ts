import type { Damage } from '../errors.ts'
import { UsageError } from '../errors.ts'
import type { Collection } from '../evidence/collection.ts'
import { isLogName } from '../evidence/recognise.ts'
import type { Input } from '../finding/analysis.ts'
import type { RunStats, ScanOptions, Watch } from '../scan/watch.ts'
import { EXIT } from './exit-codes.ts'
import type { ReadingOptions } from './options.ts'
import { type ProgressBar, showProgress } from './progress.ts'
import type { Run } from './run.ts'
import { passedLines, statsLine, summaryLine, unreadLines } from './summary.ts'
import { type Talk, talkTo } from './talk.ts'
import type { Terminal } from './terminal.ts'

/** What came of a command's work, for the exit code and for stderr. */
export interface Outcome {
  readonly stats: RunStats
  readonly inputs: readonly Pick<Input, 'file' | 'state' | 'reason'>[]
  readonly damage: readonly Damage[]
  /** What could not be read besides logs. */
  readonly unread?: readonly { readonly name: string; readonly reason: string }[]
  /** A finding at or above `--fail-on`. */
  readonly finding?: boolean
  /** Lines for people, when the work is done. */
  readonly notes?: readonly string[]
}

/** What a command's work is given. */
export interface Reading {
  readonly collection: Collection
  readonly scan: ScanOptions
  readonly watch: Watch
  /** The run's, where progress gives way to results. */
  readonly terminal: Terminal
}

/**
 * Everything around the work of a command that reads logs: finds the evidence, shows progress, and tells at the end
 * what could not be read, how long it took, and the exit code.
 */
export async function readEvidence(
  paths: readonly string[],
  options: ReadingOptions,
  run: Run,
  work: (reading: Reading) => Promise<Outcome>,
): Promise<void> {
  const { signal } = run
  const started = process.uptime()
  const { tell, note: onNote } = talkTo(run.terminal, options)
  const bar = showProgress(run.terminal, options.progress && !options.quiet && !options.verbose)
  // Before the process is ended: a terminal is given back as it was.
  signal.addEventListener('abort', bar.stop, { once: true })
  let remove = (): void => {}
  try {
    const gathered = await gather(paths, run, onNote)
    const { collection } = gathered
    remove = gathered.remove
    if (collection.logs.length === 0) {
      bar.stop()
      tell(`evtxray: no event log found in ${paths.map((path) => `"${path}"`).join(', ')}`)
      for (const line of passedLines(collection)) tell(line)
      for (const line of unreadLines(unreadOf(collection, []))) tell(line)
      // What could not even be looked at may well be a log.
      run.exitCode = collection.refused.some((file) => file.state === 'unreadable') ? EXIT.unread : EXIT.nothing
      return
    }
    onNote(`${counted(collection.logs.length, 'log')} in ${counted(collection.roots.length, 'place')}`)
    const watch: Watch = { signal, onProgress: bar.update, onNote }
    const terminal = givingWay(run.terminal, bar)
    const outcome = await work({ collection, scan: scanOptions(options), watch, terminal })
    bar.stop()
    run.settle()
    const unread = [...unreadOf(collection, outcome.inputs), ...(outcome.unread ?? [])]
    for (const note of outcome.notes ?? []) if (!options.quiet) tell(note)
    const seconds = process.uptime() - started
    const logs = logsOf(collection, unread)
    if (!options.quiet) tell(summaryLine({ ...outcome.stats, files: logs.all }, seconds, logs.unread))
    if (options.stats) tell(statsLine(outcome.stats, seconds))
    if (!options.quiet) for (const line of passedLines(collection)) tell(line)
    for (const line of unreadLines(unread)) tell(line)
    const failed = unread.length > 0 || (options.strict && outcome.damage.length > 0)
    run.exitCode = failed ? EXIT.unread : outcome.finding ? EXIT.finding : EXIT.done
  } finally {
    bar.stop()
    remove()
  }
}

/** The bar is gone before the first result: both may be shown on one screen, unless results go to a file. */
function givingWay(terminal: Terminal, bar: ProgressBar): Terminal {
  const { stdout } = terminal
  if (stdout.isFile) return terminal
  const write = (bytes: Uint8Array): Promise<void> => {
    bar.stop()
    return stdout.write(bytes)
  }
  return { ...terminal, stdout: { ...stdout, write } }
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

async function gather(
  paths: readonly string[],
  run: Run,
  onNote: Talk['note'],
): Promise<{ collection: Collection; remove(): void }> {
  if (paths.includes('-')) {
    if (paths.length > 1) throw new UsageError('Standard input (-) is one log: no other path can be given beside it')
    const { receiveStandardInput } = await import('./standard-input.ts')
    return receiveStandardInput(run.terminal, run.signal)
  }
  const { findEvidence } = await import('../evidence/find-logs.ts')
  return { collection: await findEvidence(paths, { signal: run.signal, onNote }), remove: () => {} }
}

function scanOptions(options: ReadingOptions): ScanOptions {
  const { threads, recover = 'resync', verify = false } = options
  return { ...(threads !== undefined && { threads }), recover, verify }
}

/** How many logs were given, the refused ones among them, and how many of those could not be read. */
function logsOf(collection: Collection, unread: readonly { readonly name: string }[]) {
  const refused = collection.refused.filter(({ name }) => isLogName(name)).map(({ name }) => name)
  const names = new Set([...collection.logs.map(({ name }) => name), ...refused])
  return { all: names.size, unread: unread.filter(({ name }) => names.has(name)).length }
}

/** An empty log is read; a log of 0 bytes, and anything else that was refused, is not. */
function unreadOf(collection: Collection, inputs: Outcome['inputs']): readonly { name: string; reason: string }[] {
  const unread = new Map(collection.refused.map((file) => [file.name, file.reason]))
  for (const input of inputs) {
    if (input.state !== 'unreadable' && input.state !== 'not-evtx') continue
    if (!unread.has(input.file)) unread.set(input.file, input.reason ?? 'It could not be read')
  }
  return [...unread].map(([name, reason]) => ({ name, reason }))
}
