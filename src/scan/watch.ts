/** How a long run reports and is stopped. Nothing below `cli/` prints. */
export interface Watch {
  /** Aborted: stop soon, throw its reason. */
  readonly signal: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Lines for `--verbose`: what was chosen and why. */
  readonly onNote?: (note: string) => void
}

/** How far a run is. */
export interface Progress {
  readonly files: number
  readonly filesDone: number
  readonly bytes: number
  readonly bytesDone: number
  /** The log being read, as the report names it. */
  readonly current?: string
}

/** How many threads, and what to look at; the same for every command that reads logs. */
export interface ScanOptions {
  /** Worker threads; 1 stays in the process. Absent: as many as the work is worth. */
  readonly threads?: number
  readonly recover: 'none' | 'resync' | 'slack'
  /** Check the data checksum of every chunk. */
  readonly verify: boolean
  /**
   * Bytes of input that go to a thread at once; chosen by the size of the work when absent. Never shows in a result.
   */
  readonly batchBytes?: number
}

/** What a run did, for `--stats`. */
export interface RunStats {
  readonly files: number
  readonly bytes: number
  readonly records: number
  /** Records that were decoded whole. */
  readonly decoded: number
  readonly threads: number
  /**
   * Who read and rendered: the kernels, or TypeScript alone. Where threads differ, because one was refused the memory of
   * a kernel, that of the last task.
   */
  readonly engine?: 'kernel' | 'plain'
}
