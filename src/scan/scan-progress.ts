import type { LogFile } from '../evidence/collection.ts'
import type { RangeBatch } from './ranges.ts'
import type { Watch } from './watch.ts'

/** Counts finished batches up to files and bytes, for whoever watches. */
export class ScanProgress {
  readonly #logs: readonly LogFile[]
  readonly #batches: readonly RangeBatch[]
  readonly #watch: Watch
  readonly #bytes: number
  /** Ranges still to come, by log. */
  readonly #open = new Map<number, number>()
  #bytesDone = 0
  #filesDone = 0

  constructor(logs: readonly LogFile[], batches: readonly RangeBatch[], watch: Watch) {
    this.#logs = logs
    this.#batches = batches
    this.#watch = watch
    this.#bytes = batches.reduce((sum, batch) => sum + batch.bytes, 0)
    for (const { ranges } of batches) {
      for (const { log } of ranges) this.#open.set(log, (this.#open.get(log) ?? 0) + 1)
    }
    this.#report(undefined)
  }

  /** A batch is finished. */
  done(index: number): void {
    const batch = this.#batches[index]!
    this.#bytesDone += batch.bytes
    for (const { log } of batch.ranges) {
      const left = this.#open.get(log)! - 1
      this.#open.set(log, left)
      if (left === 0) this.#filesDone++
    }
    const next = this.#batches[index + 1]?.ranges[0]
    this.#report(next && this.#logs[next.log]?.name)
  }

  #report(current: string | undefined): void {
    this.#watch.onProgress?.({
      files: this.#logs.length,
      filesDone: this.#filesDone,
      bytes: this.#bytes,
      bytesDone: this.#bytesDone,
      ...(current !== undefined && { current }),
    })
  }
}
