import { setImmediate } from 'node:timers/promises'
import { listening } from './turn.ts'

/** What became of one task. A worker that dies fails its task and no other. */
export type Outcome<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: Error }

/** Which function to run, and where. */
export interface Job {
  /** Module that exports the function. With more than one thread it must be JavaScript on disk. */
  readonly module: URL
  /** Name of the exported function: takes one task, gives one result or a promise of it. */
  readonly name: string
  /** Worker threads; 1 stays in the process. */
  readonly threads: number
  readonly signal: AbortSignal
}

/** Tasks under way for each thread: one running, one ready. */
const AHEAD = 2

/**
 * Runs one function over many tasks on worker threads and hands back the outcomes in the tasks' order, however they
 * finish. A slow taker holds the tasks back: at most a few results wait.
 *
 * @throws the signal's reason when it is aborted
 */
export async function runTasks<Task, Result>(
  job: Job,
  tasks: readonly Task[],
  take: (outcome: Outcome<Result>, index: number) => void | Promise<void>,
): Promise<void> {
  job.signal.throwIfAborted()
  if (tasks.length === 0) return
  if (job.threads <= 1) await listening(job.signal, () => runHere(job, tasks, take))
  else await runOnWorkers(job, tasks, take)
}

async function runHere<Task, Result>(
  job: Job,
  tasks: readonly Task[],
  take: (outcome: Outcome<Result>, index: number) => void | Promise<void>,
): Promise<void> {
  // The module decides what it exports; the caller names a function of this shape.
  const module = (await import(job.module.href)) as Record<string, (task: Task) => Result | Promise<Result>>
  const run = module[job.name]!
  for (const [index, task] of tasks.entries()) {
    const outcome = await outcomeOf(() => run(task))
    // The event loop turns between tasks, so that Ctrl-C is heard.
    await setImmediate()
    job.signal.throwIfAborted()
    await take(outcome, index)
  }
}

async function outcomeOf<Result>(run: () => Result | Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { ok: true, value: await run() }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error : new Error(String(error)) }
  }
}

async function runOnWorkers<Task, Result>(
  job: Job,
  tasks: readonly Task[],
  take: (outcome: Outcome<Result>, index: number) => void | Promise<void>,
): Promise<void> {
  const threads = Math.min(job.threads, tasks.length)
  // Loaded here, so that work for one thread does not wait for it.
  const { Piscina } = await import('piscina')
  const pool = new Piscina({
    filename: job.module.href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    // A worker that runs out of memory is one lost task, not a lost run.
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  const running: Promise<Outcome<Result>>[] = []
  const start = (task: Task) =>
    outcomeOf(() => pool.run(task, { name: job.name, signal: job.signal }) as Promise<Result>)
  try {
    for (const [index] of tasks.entries()) {
      while (running.length < threads * AHEAD && index + running.length < tasks.length) {
        running.push(start(tasks[index + running.length]!))
      }
      const outcome = await running.shift()!
      job.signal.throwIfAborted()
      await take(outcome, index)
    }
  } finally {
    await pool.destroy()
  }
}

/**
 * A module beside the caller's, as a job names it: JavaScript where the program is built, TypeScript where a test runner
 * loads the source (which does for one thread only).
 *
 * @param name without ending
 * @param from the caller's `import.meta.url`
 */
export function siblingModule(name: string, from: string): URL {
  return new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from)
}
