import { outputFailure } from './output-failure.ts'
import type { Terminal } from './terminal.ts'

/** Writes bytes to the one output of a command. */
export type Write = (bytes: Uint8Array) => Promise<void>

/** True when results go to a file that people will open: it may have a byte order mark. */
export function goesToFile(output: string | undefined): output is string {
  return output !== undefined && output !== '-'
}

/** Writes to standard output. Throws `ClosedPipe` when its reader has left, `OutputError` when it cannot be written. */
export function standardOutput(terminal: Pick<Terminal, 'stdout'>): Write {
  return async (bytes) => {
    try {
      await terminal.stdout.write(bytes)
    } catch (error) {
      throw outputFailure('to standard output', error)
    }
  }
}
