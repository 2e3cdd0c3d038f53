import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OutputError } from '../errors.ts'
import { compareRowKeys, type Row, type Run, readRow } from './row-run.ts'

/** Runs stay in memory up to this many bytes in all; after that each goes to a temporary file. */
const MEMORY_BUDGET = 48 * 1024 * 1024
/** Bytes to read from all files together while merging, and from one at least. */
const READ_BUDGET = 48 * 1024 * 1024
const MIN_READ = 64 * 1024

/** A run that waits: in memory, or a stretch of the temporary file. */
type Waiting =
  | { readonly names: readonly string[]; readonly bytes: Uint8Array }
  | { readonly names: readonly string[]; readonly start: number; readonly end: number }

/**
 * Keeps runs until they are merged, in a temporary file where they are too many for memory. The file lies in a folder of
 * its own under the system's temporary folder and is removed by `close`, or when the process ends.
 */
export class RunStore {
  readonly #runs: Waiting[] = []
  #inMemory = 0
  #folder: string | undefined
  #fd: number | undefined
  #end = 0
  readonly #memoryBudget: number
  /** Nothing else is asked when the process is ended while a slow reader is waited for. */
  readonly #atExit = () => this.close()

  /** @param memoryBudget bytes of runs that stay in memory */
  constructor(memoryBudget = MEMORY_BUDGET) {
    this.#memoryBudget = memoryBudget
  }

  /**
   * Takes in one run.
   *
   * @throws {OutputError} the temporary file cannot be written
   */
  add(run: Run): void {
    if (run.bytes.length === 0) return
    if (this.#inMemory + run.bytes.length <= this.#memoryBudget) {
      this.#inMemory += run.bytes.length
      this.#runs.push(run)
      return
    }
    const start = this.#end
    try {
      this.#fd ??= this.#open()
      for (let at = 0; at < run.bytes.length; ) at += writeSync(this.#fd, run.bytes, at, undefined, start + at)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new OutputError(`Cannot keep the timeline while sorting it: ${why}`, tmpdir(), { cause })
    }
    this.#end = start + run.bytes.length
    this.#runs.push({ names: run.names, start, end: this.#end })
  }

  /** All rows of all runs in order. A row is good until the next is asked for. */
  *merged(): Generator<Row> {
    const spilled = this.#runs.filter((run) => 'start' in run).length
    const size = Math.max(MIN_READ, Math.floor(READ_BUDGET / Math.max(1, spilled)))
    const heap = new RowHeap()
    for (const run of this.#runs) heap.push(new RunCursor(run, this.#fd, size))
    for (let cursor = heap.least; cursor !== undefined; cursor = heap.least) {
      yield cursor.row!
      cursor.next()
      heap.settle()
    }
  }

  /** Removes the temporary file. */
  close(): void {
    process.off('exit', this.#atExit)
    if (this.#fd !== undefined) closeSync(this.#fd)
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
    this.#fd = undefined
    this.#folder = undefined
  }

  #open(): number {
    this.#folder = mkdtempSync(join(tmpdir(), 'evtxray-'))
    process.on('exit', this.#atExit)
    return openSync(join(this.#folder, 'runs'), 'wx+', 0o600)
  }
}

/** Goes through one run. */
class RunCursor {
  /** The row at hand; undefined at the end. */
  row: Row | undefined
  readonly #names: readonly string[]
  readonly #fd: number | undefined
  readonly #size: number
  #bytes: Uint8Array
  #at = 0
  /** What is still to be read of the file. */
  #start: number
  readonly #end: number

  /** @param size bytes to read at once */
  constructor(run: Waiting, fd: number | undefined, size: number) {
    this.#names = run.names
    this.#fd = fd
    this.#size = size
    if ('bytes' in run) {
      this.#bytes = run.bytes
      this.#start = this.#end = 0
    } else {
      this.#bytes = new Uint8Array(0)
      this.#start = run.start
      this.#end = run.end
    }
    this.next()
  }

  next(): void {
    let found = readRow(this.#bytes, this.#at, this.#names)
    while (found === undefined && this.#start < this.#end) {
      this.#fill(Math.max(this.#size, (this.#bytes.length - this.#at) * 2))
      found = readRow(this.#bytes, this.#at, this.#names)
    }
    this.row = found?.row
    this.#at = found?.end ?? this.#at
  }

  /** Keeps what is unread and reads on behind it. */
  #fill(size: number): void {
    const rest = this.#bytes.subarray(this.#at)
    const wanted = Math.min(size, this.#end - this.#start)
    const joined = new Uint8Array(rest.length + wanted)
    joined.set(rest)
    const got = readSync(this.#fd!, joined, rest.length, wanted, this.#start)
    if (got === 0) throw new OutputError('The temporary file of the timeline was cut while it was read', tmpdir())
    this.#start += got
    this.#bytes = joined.subarray(0, rest.length + got)
    this.#at = 0
  }
}

/** A binary heap of cursors, the least row on top. */
class RowHeap {
  readonly #cursors: RunCursor[] = []

  get least(): RunCursor | undefined {
    return this.#cursors[0]
  }

  push(cursor: RunCursor): void {
    if (cursor.row === undefined) return
    const heap = this.#cursors
    let at = heap.push(cursor) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (isBefore(heap[parent]!, heap[at]!)) break
      swap(heap, parent, at)
      at = parent
    }
  }

  /** Puts the top where it belongs after it moved on; takes it out at its end. */
  settle(): void {
    const heap = this.#cursors
    if (heap[0]!.row === undefined) {
      const last = heap.pop()!
      if (heap.length === 0) return
      heap[0] = last
    }
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      if (left >= heap.length) return
      const right = left + 1
      const lesser = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left
      if (isBefore(heap[at]!, heap[lesser]!)) return
      swap(heap, at, lesser)
      at = lesser
    }
  }
}

function isBefore(a: RunCursor, b: RunCursor): boolean {
  return compareRowKeys(a.row!, b.row!) <= 0
}

function swap(heap: RunCursor[], a: number, b: number): void {
  const held = heap[a]!
  heap[a] = heap[b]!
  heap[b] = held
}
