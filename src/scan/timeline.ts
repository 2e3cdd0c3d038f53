import type { Collection } from '../evidence/collection.ts'
import { runTasks, siblingModule } from '../pool/pool.ts'
import { turn } from '../pool/turn.ts'
import type { Filter } from '../query/filter.ts'
import type { CellTally } from '../timeline/cell-text.ts'
import type { ProfileName, RowEnding, RowWriter, TimelineFormat } from '../timeline/profile.ts'
import { writerOf } from '../timeline/profiles.ts'
import { CopyFinder, type FirstPlace, type MergedRow } from './copy-finder.ts'
import type { Engine } from './engine.ts'
import { batchRanges, worthwhileThreads } from './ranges.ts'
import { type ReadSummary, SummaryTally } from './read-summary.ts'
import { packRunLogs } from './run-elsewhere.ts'
import { RunStore } from './run-store.ts'
import { ScanProgress } from './scan-progress.ts'
import { ShownRows } from './shown-rows.ts'
import { HostNames, whoseIs } from './timeline-hosts.ts'
import type { HostRange, TimelineBlock, TimelineTask } from './timeline-task.ts'
import type { ScanOptions, Watch } from './watch.ts'

/** What to write, and of which events. */
export interface TimelineOptions extends ScanOptions {
  /** Whose columns and names; our own when absent. A profile that is not written in the format is refused. */
  readonly profile?: ProfileName
  readonly format: TimelineFormat
  /** A byte order mark in front, for a file that Excel opens; left out where it is not for people. */
  readonly bom: boolean
  readonly filter: Filter
}

/** Input bytes of one run. */
const MAX_BATCH = 2 * 1024 * 1024
/** Bytes of one write. */
const BLOCK_SIZE = 1024 * 1024

/** Runs of this process so far. */
let runs = 0

/** Takes bytes of the output, one block after the other. */
type Write = (bytes: Uint8Array) => Promise<void>

/**
 * Writes a row for each event that the filter lets through, in the one order: time, host, channel, record id, file,
 * offset. Hosts are named as `analyze` names them; in the order they stand by what their records say. Rows are sorted
 * in runs, on disk where they are too many for memory, and merged. A row that repeats another one of its host (an
 * archived, exported or shadow copy of the log) says so and stays.
 *
 * @param write takes one block after the other; each holds whole rows, but of a format that is not text
 * @throws {UsageError} the profile is not written in the format
 * @throws {OutputError} the rows cannot be kept while they are sorted
 */
export async function timeline(
  collection: Collection,
  options: TimelineOptions,
  write: Write,
  watch: Watch,
): Promise<ReadSummary> {
  const { logs } = collection
  const { profile = 'default', format, filter, recover, verify } = options
  const writer = writerOf(profile, format)
  const threads = worthwhileThreads(logs, options.threads)
  const batches = batchRanges(logs, threads, { maxBatch: MAX_BATCH, batchBytes: options.batchBytes })
  const run = ++runs
  const runLogs = packRunLogs(logs)
  const tasks = batches.map((batch): TimelineTask => {
    const ranges = batch.ranges.map(({ log, ...range }): HostRange => {
      return { ...range, name: logs[log]!.name, ...whoseIs(collection, log) }
    })
    return { run, ranges, logs: runLogs, profile, format, filter, recover, verify }
  })
  const progress = new ScanProgress(logs, batches, watch)
  const tally = new SummaryTally(collection)
  const job = {
    module: siblingModule('timeline-task', import.meta.url),
    name: 'timelineTask',
    threads,
    signal: watch.signal,
  }
  const store = new RunStore()
  const hosts = new HostNames(collection)
  const copies = new Map<string, number>()
  const cells: CellTally = { guarded: 0, cut: 0 }
  let engine: Engine['name'] = 'kernel'
  try {
    await runTasks<TimelineTask, TimelineBlock>(job, tasks, (outcome, index) => {
      for (const [position, range] of batches[index]!.ranges.entries()) {
        const reading = outcome.ok ? outcome.value.readings[position]! : outcome.error
        tally.add(range, reading)
        if (!(reading instanceof Error)) hosts.addNames(range.log, reading.names)
      }
      if (outcome.ok) {
        tally.rendered += outcome.value.rows
        engine = outcome.value.engine
        cells.guarded += outcome.value.cells.guarded
        cells.cut += outcome.value.cells.cut
        store.add(outcome.value.run)
        hosts.addRun(outcome.value.run)
      }
      progress.done(index)
    })
    const shownHost = await hosts.settle(options, watch)
    const names = store.names()
    const shown = shownHost && new ShownRows(names, shownHost, writer.hostCell)
    const rows = withCopies(store, names, copies)
    if (format === 'parquet') {
      const { writeParquet } = await import('./timeline-parquet.ts')
      await writeParquet(rows, { names, shown }, write, watch)
    } else {
      await write(Buffer.from(`${options.bom && writer.bom ? '\ufeff' : ''}${writer.header}`))
      await writeText(rows, { writer, names, shown }, write, watch)
    }
  } finally {
    store.close()
  }
  const summary = withDuplicates(tally.summary(threads), copies)
  const stats = { ...summary.stats, engine }
  return { ...summary, stats, notes: [...(summary.notes ?? []), ...copyNotes(copies), ...cellNotes(cells)] }
}

/** The rows in order, each with what it is a copy of; counts the copies of each log. */
function* withCopies(store: RunStore, names: readonly string[], copies: Map<string, number>): Generator<MergedRow> {
  const finder = new CopyFinder()
  // Copies of one event come one behind the other.
  let last: FirstPlace | undefined
  let dupOf: string | undefined
  for (const row of store.merged(names)) {
    const first = finder.firstOf(row)
    if (first !== undefined) {
      const file = names[row.file]!
      copies.set(file, (copies.get(file) ?? 0) + 1)
      if (first !== last) dupOf = `${names[first.file]}@${first.offset}`
      last = first
    }
    yield { row, dupOf: first && dupOf }
  }
}

/** How rows become text. */
interface RowTexts {
  readonly writer: RowWriter
  /** What the numbers in rows stand for. */
  readonly names: readonly string[]
  /** Undefined: all hosts are shown as their rows name them. */
  readonly shown: ShownRows | undefined
}

async function writeText(rows: Iterable<MergedRow>, texts: RowTexts, write: Write, watch: Watch): Promise<void> {
  const { writer, names, shown } = texts
  const marked = markedEnd(writer.ending)
  const hostless = writer.hostlessEnding && markedEnd(writer.hostlessEnding)
  let block = Buffer.allocUnsafe(BLOCK_SIZE)
  let used = 0
  for (const { row, dupOf } of rows) {
    const patch = shown?.patchOf(row)
    const end = dupOf === undefined ? undefined : (names[row.host] === '' ? (hostless ?? marked) : marked)(dupOf)
    const length = row.textLength - (end?.replaced ?? 0)
    const size = length + (end?.tail.length ?? 0) + (patch === undefined ? 0 : patch.cell.length - patch.replaced)
    if (used + size > block.length && used > 0) {
      await write(block.subarray(0, used))
      used = 0
      const pause = turn()
      if (pause) await pause
      watch.signal.throwIfAborted()
    }
    if (size > block.length) block = Buffer.allocUnsafe(size)
    if (patch) {
      const { at, replaced, cell } = patch
      row.copyText(block, used, at)
      block.set(cell, used + at)
      block.set(row.text.subarray(at + replaced, length), used + at + cell.length)
    } else row.copyText(block, used, length)
    used += size
    if (end) block.set(end.tail, used - end.tail.length)
  }
  if (used > 0) await write(block.subarray(0, used))
}

/** The end of a copy: bytes of the usual end that it replaces, and what stands there instead. */
interface MarkedEnd {
  readonly replaced: number
  readonly tail: Uint8Array
}

/**
 * Makes the ends of copies; nothing where the profile has no place for them. Copies of one event come one behind the
 * other.
 */
function markedEnd({ end, copyEnd }: RowEnding): (dupOf: string) => MarkedEnd | undefined {
  if (copyEnd === undefined) return () => undefined
  const replaced = Buffer.byteLength(end)
  let last: string | undefined
  let made: MarkedEnd | undefined
  return (dupOf) => {
    if (dupOf !== last) made = { replaced, tail: Buffer.from(copyEnd(dupOf)) }
    last = dupOf
    return made
  }
}

function withDuplicates(summary: ReadSummary, copies: ReadonlyMap<string, number>): ReadSummary {
  const inputs = summary.inputs.map((input) => {
    const duplicates = (input.duplicates ?? 0) + (copies.get(input.file) ?? 0)
    return duplicates === 0 ? input : { ...input, duplicates }
  })
  return { ...summary, inputs }
}

function copyNotes(copies: ReadonlyMap<string, number>): string[] {
  const total = [...copies.values()].reduce((sum, count) => sum + count, 0)
  if (total === 0) return []
  return [
    total === 1
      ? '1 record repeats another one of its host; it is marked and stays'
      : `${total} records repeat others of their host; they are marked and stay`,
  ]
}

/** What was changed for a spreadsheet. */
function cellNotes({ guarded, cut }: CellTally): string[] {
  const counted = (count: number) => (count === 1 ? '1 cell' : `${count} cells`)
  return [
    ...(guarded > 0 ? [`${counted(guarded)} would be read as a formula: an apostrophe stands in front`] : []),
    ...(cut > 0
      ? [`${counted(cut)} longer than a sheet takes: cut, and marked with what is missing; JSONL has it whole`]
      : []),
  ]
}
