import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareText } from '../bytes/compare-text.ts'
import { OutputError } from '../errors.ts'
import type { Run } from './row-run.ts'
import { comesBefore, RunCursor, type StoredRun } from './run-cursor.ts'

/** Runs stay in memory up to this many bytes in all; after that each goes to a temporary file. */
const MEMORY_BUDGET = 8 * 1024 * 1024
/** Bytes to read from all files together while merging, and from one at least. */
const READ_BUDGET = 16 * 1024 * 1024
const MIN_READ = 32 * 1024

/**
 * Keeps runs until they are merged, in a temporary file where they are too many for memory. The file lies in a folder
 * of its own under the system's temporary folder and is removed by `close`, or when the process ends.
 */
export class RunStore {
  readonly #runs: { readonly names: readonly string[]; readonly stored: StoredRun }[] = []
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
  add({ names, bytes }: Run): void {
    if (bytes.length === 0) return
    if (this.#inMemory + bytes.length <= this.#memoryBudget) {
      this.#inMemory += bytes.length
      this.#runs.push({ names, stored: { bytes } })
      return
    }
    const start = this.#end
    try {
      this.#fd ??= this.#open()
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at, undefined, start + at)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new OutputError(`Cannot keep the timeline while sorting it: ${why}`, tmpdir(), { cause })
    }
    this.#end = start + bytes.length
    this.#runs.push({ names, stored: { fd: this.#fd, start, end: this.#end } })
  }

  /** The names of all runs in order, each once: what the numbers in merged rows stand for. */
  names(): readonly string[] {
    return [...new Set(this.#runs.flatMap(({ names }) => names))].sort(compareText)
  }

  /**
   * All rows of all runs in the one order: time, host, channel, record id, file, offset. A row is good until the next
   * is asked for.
   *
   * @param names all of `names()`
   */
  *merged(names: readonly string[]): Generator<RunCursor> {
    const spilled = this.#runs.filter(({ stored }) => 'fd' in stored).length
    const size = Math.max(MIN_READ, Math.floor(READ_BUDGET / Math.max(1, spilled)))
    const ranks = new Map(names.map((name, rank) => [name, rank]))
    const heap = new RowHeap()
    for (const run of this.#runs) {
      const own = Uint32Array.from(run.names, (name) => ranks.get(name)!)
      heap.push(new RunCursor(run.stored, own, size))
    }
    for (let cursor = heap.least; cursor !== undefined; cursor = heap.least) {
      yield cursor
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

/** A binary heap of cursors, the least row on top. */
class RowHeap {
  readonly #cursors: RunCursor[] = []

  get least(): RunCursor | undefined {
    return this.#cursors[0]
  }

  push(cursor: RunCursor): void {
    if (cursor.ended) return
    const heap = this.#cursors
    let at = heap.push(cursor) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (comesBefore(heap[parent]!, heap[at]!)) break
      swap(heap, parent, at)
      at = parent
    }
  }

  /** Puts the top where it belongs after it moved on; takes it out at its end. */
  settle(): void {
    const heap = this.#cursors
    if (heap[0]!.ended) {
      const last = heap.pop()!
      if (heap.length === 0) return
      heap[0] = last
    }
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      if (left >= heap.length) return
      const right = left + 1
      const lesser = right < heap.length && comesBefore(heap[right]!, heap[left]!) ? right : left
      if (comesBefore(heap[at]!, heap[lesser]!)) return
      swap(heap, at, lesser)
      at = lesser
    }
  }
}

function swap(heap: RunCursor[], a: number, b: number): void {
  const held = heap[a]!
  heap[a] = heap[b]!
  heap[b] = held
}
