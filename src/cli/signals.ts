import { EXIT } from './exit-codes.ts'

/** Somebody pressed Ctrl-C, or the system asked us to end. */
export class Interrupted extends Error {
  override name = 'Interrupted'
}

/** What a run hears of Ctrl-C. */
export interface Interruption {
  /** Aborted with `Interrupted` by the first signal. */
  readonly signal: AbortSignal
  stop(): void
}

/** What is needed of `process`. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown
  off(signal: NodeJS.Signals, listener: () => void): unknown
  exit(code: number): void
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Milliseconds that a run has to unwind after a signal. The main thread is busy for 50 ms at most before it hears of
 * it, and the answer must come within 100.
 */
const GRACE_MS = 40

/**
 * Turns Ctrl-C into an abort. Whoever does not heed it in time is ended, and a second one ends the process at once;
 * temporary files go either way.
 *
 * @param onInterrupt called once, when those who listen to the abort have heard of it
 */
export function listenForInterrupts(onInterrupt: () => void, source: SignalSource = process): Interruption {
  const abort = new AbortController()
  const listener = (): void => {
    if (abort.signal.aborted) {
      source.exit(EXIT.interrupted)
      return
    }
    // Left standing when the run is over: something may keep the process alive, such as a pipe that says nothing.
    setTimeout(() => source.exit(EXIT.interrupted), GRACE_MS).unref()
    abort.abort(new Interrupted('Interrupted'))
    onInterrupt()
  }
  for (const signal of SIGNALS) source.on(signal, listener)
  return {
    signal: abort.signal,
    stop: () => {
      for (const signal of SIGNALS) source.off(signal, listener)
    },
  }
}
