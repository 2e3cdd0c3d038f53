import type { Collection } from '../evidence/collection.ts'
import { runTasks, siblingModule } from '../pool/pool.ts'
import { giveBack } from '../pool/shared-block.ts'
import type { Filter } from '../query/filter.ts'
import type { DumpBlock, DumpFormat, DumpTask, JsonShape } from './dump-task.ts'
import type { Engine } from './engine.ts'
import { batchRanges, worthwhileThreads } from './ranges.ts'
import { type ReadSummary, SummaryTally } from './read-summary.ts'
import { packRunLogs } from './run-elsewhere.ts'
import { ScanProgress } from './scan-progress.ts'
import type { ScanOptions, Watch } from './watch.ts'

/** What to write, and of which records. */
export interface DumpOptions extends ScanOptions {
  readonly format: DumpFormat
  readonly jsonShape: JsonShape
  readonly filter: Filter
  /** False: recovered records are counted and left out, as readers of the shape `evtx_dump` expect. Default true. */
  readonly withRecovered?: boolean
}

/** Input bytes of one block: its text is a little more, and a few blocks wait at most. */
const MAX_BATCH = 2 * 1024 * 1024

const PLAIN_NOTE = 'The plain renderer did what is written, as WebAssembly is refused here: the same text, more slowly'

/** Runs of this process so far. */
let runs = 0

const XML_START = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<Events>'
const XML_END = '</Events>\n'

/**
 * Writes every record that the filter lets through, decoded whole, in the order of logs and offsets.
 *
 * @param write takes one block after the other; a slow one holds the workers back
 */
export async function dump(
  collection: Collection,
  options: DumpOptions,
  write: (bytes: Uint8Array) => Promise<void>,
  watch: Watch,
): Promise<ReadSummary> {
  const { logs } = collection
  const threads = worthwhileThreads(logs, options.threads)
  const batches = batchRanges(logs, threads, { maxBatch: MAX_BATCH, batchBytes: options.batchBytes })
  const { format, jsonShape, filter, recover, verify, withRecovered = true } = options
  const run = ++runs
  const runLogs = packRunLogs(logs)
  const tasks = batches.map((batch): DumpTask => {
    const ranges = batch.ranges.map(({ log, ...range }) => ({ ...range, name: logs[log]!.name }))
    return {
      run,
      ranges,
      logs: runLogs,
      format,
      jsonShape,
      filter,
      recover,
      verify,
      withRecovered,
    }
  })
  const progress = new ScanProgress(logs, batches, watch)
  const tally = new SummaryTally(collection)
  let leftOut = 0
  let [engine, refused]: [Engine['name'], boolean] = ['kernel', false]
  const job = {
    module: siblingModule('dump-task', import.meta.url),
    name: 'dumpTask',
    threads,
    helpHere: true,
    lendsHere: true,
    signal: watch.signal,
  }
  if (format === 'xml') await write(Buffer.from(XML_START))
  await runTasks<DumpTask, DumpBlock>(job, tasks, async (outcome, index) => {
    const { ranges } = batches[index]!
    for (const [position, range] of ranges.entries()) {
      tally.add(range, outcome.ok ? outcome.value.readings[position]! : outcome.error)
    }
    if (outcome.ok) {
      tally.rendered += outcome.value.rendered
      leftOut += outcome.value.leftOut
      engine = outcome.value.engine
      refused ||= outcome.value.refused
      for (const part of outcome.value.parts) {
        await write(part)
        giveBack(part)
      }
    }
    progress.done(index)
  })
  if (format === 'xml') await write(Buffer.from(XML_END))
  const which = leftOut === 1 ? '1 recovered record is' : `${leftOut} recovered records are`
  const note = `${which} left out of this shape; --recover resync puts them in`
  if (refused) watch.onNote?.(PLAIN_NOTE)
  const summary = tally.summary(threads)
  return { ...summary, stats: { ...summary.stats, engine }, ...(leftOut > 0 && { notes: [note] }) }
}
