import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate } from 'node:timers/promises'

/**
 * The event loop turns at least this often: Ctrl-C is heard within 0.1 s with one thread too, and a worker that has finished
 * does not wait long for its next task where the main thread works as well.
 */
const TURN_MS = 8

let turned = 0
/** One process may have several runs under way, each with a signal of its own. */
const hearing = new AsyncLocalStorage<AbortSignal>()

/** Runs something whose every `turn` hears the signal. */
export function listening<Result>(signal: AbortSignal, run: () => Promise<Result>): Promise<Result> {
  return hearing.run(signal, run)
}

/** Throws the reason when the run that this belongs to was aborted. Never in a worker, which is ended from outside. */
export function throwIfAborted(): void {
  hearing.getStore()?.throwIfAborted()
}

/**
 * For loops of a task that run long: lets the event loop turn now and then.
 *
 * @returns undefined while it is too early, so that most calls cost a clock reading and no promise
 * @throws the reason when the run was aborted
 */
export function turn(): Promise<void> | undefined {
  const now = performance.now()
  if (now - turned < TURN_MS) return undefined
  return turnNow()
}

async function turnNow(): Promise<void> {
  await setImmediate()
  turned = performance.now()
  throwIfAborted()
}
