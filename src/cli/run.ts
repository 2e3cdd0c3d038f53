import type { Terminal } from './terminal.ts'

/** One call of the program, as its commands see it. */
export interface Run {
  readonly terminal: Terminal
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** See `Interruption`. */
  readonly settle: () => void
  /** Told before work that ends soon, and how many workers will share it: the process may prepare for it. */
  readonly expectShortWork: (workers: number) => void
  /** As typed, without node and script. */
  readonly args: readonly string[]
  /** What the process ends with; set by the command. */
  exitCode: number
}
