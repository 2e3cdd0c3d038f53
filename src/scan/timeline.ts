import type { Collection } from '../evidence/collection.ts'
import { runTasks, siblingModule } from '../pool/pool.ts'
import { turn } from '../pool/turn.ts'
import type { Filter } from '../query/filter.ts'
import { csvHeader } from '../timeline/csv.ts'
import { batchRanges, worthwhileThreads } from './ranges.ts'
import { type ReadSummary, SummaryTally } from './read-summary.ts'
import { RunStore } from './run-store.ts'
import { ScanProgress } from './scan-progress.ts'
import type { HostRange, TimelineBlock, TimelineFormat, TimelineTask } from './timeline-task.ts'
import type { ScanOptions, Watch } from './watch.ts'

/** What to write, and of which events. */
export interface TimelineOptions extends ScanOptions {
  readonly format: TimelineFormat
  /** A byte order mark in front, for a file that Excel opens. */
  readonly bom: boolean
  readonly filter: Filter
}

/** Input bytes of one run. */
const MAX_BATCH = 8 * 1024 * 1024
/** Bytes of one write. */
const BLOCK_SIZE = 1024 * 1024

/**
 * Writes a row for each event that the filter lets through, in the one order: time, host, channel, record id, file, offset.
 * Rows are sorted in runs, on disk where they are too many for memory, and merged.
 *
 * @param write takes one block after the other; each holds whole rows
 */
export async function timeline(
  collection: Collection,
  options: TimelineOptions,
  write: (bytes: Uint8Array) => Promise<void>,
  watch: Watch,
): Promise<ReadSummary> {
  const { logs, roots } = collection
  const threads = worthwhileThreads(logs, options.threads)
  const batches = batchRanges(logs, threads, { maxBatch: MAX_BATCH, batchBytes: options.batchBytes })
  const { format, filter, recover, verify } = options
  const tasks = batches.map((batch): TimelineTask => {
    const ranges = batch.ranges.map(({ log, ...range }): HostRange => {
      const { name, root, forwarded } = logs[log]!
      const { kind, label } = roots[root]!
      return { ...range, name, forwarded, label: kind === 'volume' ? label : '' }
    })
    return { ranges, format, filter, recover, verify }
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
  try {
    await runTasks<TimelineTask, TimelineBlock>(job, tasks, (outcome, index) => {
      for (const [position, range] of batches[index]!.ranges.entries()) {
        tally.add(range, outcome.ok ? outcome.value.readings[position]! : outcome.error)
      }
      if (outcome.ok) {
        tally.rendered += outcome.value.rows
        store.add(outcome.value.run)
      }
      progress.done(index)
    })
    if (format === 'csv') await write(Buffer.from(csvHeader({ bom: options.bom })))
    await writeMerged(store, write, watch)
  } finally {
    store.close()
  }
  return tally.summary(threads)
}

async function writeMerged(store: RunStore, write: (bytes: Uint8Array) => Promise<void>, watch: Watch): Promise<void> {
  let block = Buffer.allocUnsafe(BLOCK_SIZE)
  let used = 0
  for (const { text } of store.merged()) {
    if (used + text.length > block.length && used > 0) {
      await write(block.subarray(0, used))
      used = 0
      const pause = turn()
      if (pause) await pause
      watch.signal.throwIfAborted()
    }
    if (text.length > block.length) block = Buffer.allocUnsafe(text.length)
    block.set(text, used)
    used += text.length
  }
  if (used > 0) await write(block.subarray(0, used))
}
