import { performance } from 'node:perf_hooks'
import { readLog } from './read-log.ts'

/** Longest that reading one log of one chunk may take, in milliseconds: a thousand times what it does take. */
const MAX_MS = 2_000

/** What a flipped byte brought about that it must not. */
export interface Failure {
  /** Bytes from the start of the file, and what was flipped there. */
  readonly offset: number
  readonly mask: number
  readonly what: string
}

/** Reads a log with one byte flipped; the byte is put back. Nothing is what should come of it. */
export function flip(log: Uint8Array, offset: number, mask: number): Failure | undefined {
  const byte = log[offset]!
  log[offset] = byte ^ mask
  const start = performance.now()
  try {
    readLog(log)
    const took = performance.now() - start
    return took > MAX_MS ? { offset, mask, what: `reading took ${Math.round(took)} ms` } : undefined
  } catch (error) {
    return { offset, mask, what: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  } finally {
    log[offset] = byte
  }
}
