import type { Source } from '../evidence/source.ts'
import { runTasks, siblingModule } from '../pool/pool.ts'
import type { FileHash, HashTask } from './hash-task.ts'
import { workerFailure } from './read-summary.ts'

/** A file to hash. */
export interface Hashable {
  readonly source: Source
  /** Bytes, as far as known: the work is shared out by it. */
  readonly size: number
}

/** Small files that go to a thread together, by their number and bytes. */
const FILES_AT_ONCE = 64
const BYTES_AT_ONCE = 16 * 1024 * 1024

/**
 * SHA-256 of each file, in the order given, on as many threads as told; 1 stays in the process. Memory is a megabyte a
 * thread, whatever the files.
 *
 * @param options.onBytes called with the bytes done so far
 * @throws the signal's reason when it is aborted; a file that cannot be read is an answer
 */
export async function hashFiles(
  files: readonly Hashable[],
  options: { readonly threads: number; readonly onBytes?: (done: number) => void },
  signal: AbortSignal,
): Promise<readonly FileHash[]> {
  const batches = batchesOf(files)
  const hashes: FileHash[] = []
  const job = {
    module: siblingModule('hash-task', import.meta.url),
    name: 'hashTask',
    threads: options.threads,
    signal,
  }
  const tasks = batches.map((batch): HashTask => ({ sources: batch.map((index) => files[index]!.source) }))
  let done = 0
  await runTasks<HashTask, FileHash[]>(job, tasks, (outcome, task) => {
    for (const [position, index] of batches[task]!.entries()) {
      hashes[index] = outcome.ok ? outcome.value[position]! : { failure: workerFailure(outcome.error) }
      done += files[index]!.size
    }
    options.onBytes?.(done)
  })
  return hashes
}

/** Positions of the files, the largest alone and first, so that no thread is left with one at the end. */
function batchesOf(files: readonly Hashable[]): readonly (readonly number[])[] {
  const order = [...files.keys()].sort((a, b) => files[b]!.size - files[a]!.size || a - b)
  const batches: number[][] = []
  let room = 0
  for (const index of order) {
    const { size } = files[index]!
    const last = batches.at(-1)
    if (last && size <= room && last.length < FILES_AT_ONCE) last.push(index)
    else {
      batches.push([index])
      room = BYTES_AT_ONCE
    }
    room -= size
  }
  return batches
}
