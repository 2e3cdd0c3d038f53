import { setImmediate } from 'node:timers/promises'

/**
 * The event loop turns at least this often: Ctrl-C is heard within 0.1 s with one thread too, and a worker that has
 * finished does not wait long for its next task where the main thread works as well.
 */
const TURN_MS = 8

let turned = 0
/** Signals of the runs that go on in this thread: nearly always one, at times twice. */
const heard: AbortSignal[] = []

/**
 * Runs something whose every `turn` hears the signal. While runs with different signals go on in one process, none is
 * heard there, as nobody could say whose turn it is; each run still looks at its own between tasks.
 * (`AsyncLocalStorage` could say, but slows every promise.)
 */
export async function listening<Result>(signal: AbortSignal, run: () => Promise<Result>): Promise<Result> {
  heard.push(signal)
  try {
    return await run()
  } finally {
    heard.splice(heard.lastIndexOf(signal), 1)
  }
}

/** Throws the reason when the run that this belongs to was aborted. Never in a worker, which is ended from outside. */
export function throwIfAborted(): void {
  const [signal] = heard
  if (heard.every((each) => each === signal)) signal?.throwIfAborted()
}

/**
 * For loops of a task that run long: lets the event loop turn now and then.
 *
 * @returns undefined while it is too early, so that most calls cost a clock reading and no promise
 * @throws the reason when the run was aborted
 */
export function turn(): Promise<void> | undefined {
  const now = milliseconds()
  if (now - turned < TURN_MS) return undefined
  return turnNow()
}

async function turnNow(): Promise<void> {
  await setImmediate()
  turned = milliseconds()
  throwIfAborted()
}

/** Since the process began. `performance` would say the same, and takes milliseconds to load. */
function milliseconds(): number {
  return 1000 * process.uptime()
}
