import { EXIT } from './exit-codes.ts'

/** Somebody pressed Ctrl-C, or the system asked us to end. */
export class Interrupted extends Error {
  override name = 'Interrupted'
}

/** What a run hears of Ctrl-C. */
export interface Interruption {
  /** Aborted with `Interrupted` by the first signal. */
  readonly signal: AbortSignal
  /**
   * To be called when the results are about to be in place, in the same step: a run that has them has succeeded. From
   * here on one signal is overheard, for nothing is left but to tell what was done.
   *
   * @throws the signal's reason when it was aborted before
   */
  settle(): void
  /** The run is over: what keeps the process alive all the same is ended by a signal, with the run's own exit code. */
  end(exitCode: number): void
}

/** What is needed of `process`. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown
  exit(code: number): void
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Milliseconds that a run has to unwind after a signal: the answer must come within 100. While logs are read the main
 * thread is busy for 50 ms at most before it hears of one; judging a host, or making a report of many, is one stretch.
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
  let heard = false
  let isSettled = false
  let endedWith: number | undefined
  const listener = (): void => {
    if (heard || endedWith !== undefined) {
      source.exit(endedWith ?? EXIT.interrupted)
      return
    }
    heard = true
    if (isSettled) return
    // Left standing when the run is over: something may keep the process alive, such as a pipe that says nothing.
    setTimeout(() => source.exit(EXIT.interrupted), GRACE_MS).unref()
    abort.abort(new Interrupted('Interrupted'))
    onInterrupt()
  }
  for (const signal of SIGNALS) source.on(signal, listener)
  return {
    signal: abort.signal,
    settle: () => {
      abort.signal.throwIfAborted()
      isSettled = true
    },
    end: (exitCode) => {
      endedWith = exitCode
    },
  }
}
