import { availableParallelism } from 'node:os'
import type { LogFile } from '../evidence/collection.ts'
import { flowsOnly } from '../evidence/source.ts'
import { CHUNK_SIZE } from '../evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../evtx/file-header.ts'
import type { Range } from './read-range.ts'

/** A range and the log it belongs to. */
export interface LogRange extends Range {
  /** Position of the log in the collection. */
  readonly log: number
}

/** One unit of work: some ranges, read one after the other by one thread. */
export interface RangeBatch {
  readonly ranges: readonly LogRange[]
  /** Bytes in all. */
  readonly bytes: number
}

/** Bounds of a batch: small enough to share out evenly and to hold in memory, large enough to be worth sending. */
const MIN_BATCH = 4 * 1024 * 1024
const MAX_BATCH = 64 * 1024 * 1024
/** Batches for each thread, so that one slow batch does not leave the others idle. */
const BATCHES_A_THREAD = 4
/** Ranges in one batch at most, of small logs: progress moves, and a lost batch is a small loss. */
const MAX_RANGES = 64

/**
 * Cuts logs into batches of about equal size: big logs into ranges of whole chunks, small ones bundled. Batches follow
 * the order of logs and offsets. How they are cut never shows in a result.
 *
 * @param limits `maxBatch`: bytes at most, for work whose results are large; `batchBytes`: just so many, as the caller
 *   of the scan wants it
 */
export function batchRanges(
  logs: readonly LogFile[],
  threads: number,
  limits: { readonly maxBatch?: number; readonly batchBytes?: number | undefined } = {},
): RangeBatch[] {
  const { maxBatch = MAX_BATCH, batchBytes } = limits
  const ideal = Math.min(maxBatch, Math.max(MIN_BATCH, sizeOf(logs) / (threads * BATCHES_A_THREAD)))
  const most = Math.ceil((batchBytes ?? ideal) / CHUNK_SIZE) * CHUNK_SIZE
  const isBounded = limits.maxBatch !== undefined || batchBytes !== undefined
  const batches: RangeBatch[] = []
  let ranges: LogRange[] = []
  let bytes = 0
  const close = () => {
    if (ranges.length > 0) batches.push({ ranges, bytes })
    ranges = []
    bytes = 0
  }
  logs.forEach((log, index) => {
    // A deflated log is cut only where a whole one would be too much to hold: each cut costs the way to it.
    const size = flowsOnly(log.source) && !isBounded ? Number.MAX_SAFE_INTEGER : most
    for (let start = FILE_HEADER_SIZE; ; start += size) {
      const last = start + size >= log.size
      const length = Math.min(size, Math.max(0, log.size - start))
      if (bytes + length > most || ranges.length >= MAX_RANGES) close()
      // A log may have grown since it was found: the last range reads to the end there is.
      const end = last ? { end: Number.MAX_SAFE_INTEGER, foundSize: log.size } : { end: start + size }
      ranges.push({ source: log.source, log: index, start, ...end })
      bytes += length
      if (last) break
    }
  })
  close()
  return batches
}

/** A worker that starts costs as much as decoding some tens of MiB. */
const BYTES_FOR_WORKERS = 96 * 1024 * 1024
/**
 * For each thread of a scan, which does not decode: reading so much takes one thread about as long as another one takes
 * to start and to warm up (`benchmarks/results/2026-11-24.md`).
 */
const SCANNED_BY_ONE = 640 * 1024 * 1024
/** How many times as long a scan takes where the bytes must be inflated first. */
const INFLATING = 10

/**
 * Threads that work is worth which decodes what it reads.
 *
 * @param wanted as the user said, if at all
 */
export function worthwhileThreads(logs: readonly LogFile[], wanted: number | undefined): number {
  return wanted ?? (sizeOf(logs) < BYTES_FOR_WORKERS ? 1 : availableParallelism())
}

/**
 * Threads that a selective scan is worth.
 *
 * @param wanted as the user said, if at all
 */
export function scanningThreads(logs: readonly LogFile[], wanted: number | undefined): number {
  if (wanted !== undefined) return wanted
  const work = logs.reduce((sum, { source, size }) => sum + (flowsOnly(source) ? INFLATING * size : size), 0)
  return Math.min(availableParallelism(), Math.max(1, Math.ceil(work / SCANNED_BY_ONE)))
}

/** Bytes for each thread whose scan ends before optimised code has earned what it costs, where all cores scan. */
const SHORT_ON_ALL_CORES = 1024 * 1024 * 1024

/**
 * Workers that scan where that is short for each thread; undefined where it is not. Where a core is free to optimise for
 * the others, that is worth it unless the work on the logs is too little for a worker of any kind.
 *
 * @param wanted threads, as the user said, if at all
 */
export function workersOfShortScan(logs: readonly LogFile[], wanted: number | undefined): number | undefined {
  const threads = scanningThreads(logs, wanted)
  if (threads === 1 && worthwhileThreads(logs, wanted) === 1 && sizeOf(logs) < BYTES_FOR_WORKERS) return 0
  const isShort = threads >= availableParallelism() && sizeOf(logs) / threads <= SHORT_ON_ALL_CORES
  return isShort ? threads - 1 : undefined
}

function sizeOf(logs: readonly LogFile[]): number {
  return logs.reduce((sum, { size }) => sum + size, 0)
}
