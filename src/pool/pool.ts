import { setImmediate } from 'node:timers/promises'
import type { Piscina } from 'piscina'
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
  /** Threads that work; 1 stays in the process. */
  readonly threads: number
  /**
   * The calling thread is one of them: for work whose results leave it little to do. It begins at once, while a worker takes
   * a tenth of a second to start, and that is one worker less to start.
   */
  readonly helpHere?: boolean
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
  if (Math.min(job.threads, tasks.length) <= 1) await listening(job.signal, () => runHere(job, tasks, take))
  else await runOnWorkers(job, tasks, take)
}

async function runHere<Task, Result>(
  job: Job,
  tasks: readonly Task[],
  take: (outcome: Outcome<Result>, index: number) => void | Promise<void>,
): Promise<void> {
  const run = await localFunction<Task, Result>(job)
  for (const [index, task] of tasks.entries()) {
    const outcome = await outcomeOf(() => run(task))
    // The event loop turns between tasks, so that Ctrl-C is heard.
    await setImmediate()
    job.signal.throwIfAborted()
    await take(outcome, index)
  }
}

async function localFunction<Task, Result>(job: Job): Promise<(task: Task) => Result | Promise<Result>> {
  // The module decides what it exports; the caller names a function of this shape.
  const module = (await import(job.module.href)) as Record<string, (task: Task) => Result | Promise<Result>>
  return module[job.name]!
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
  const here = job.helpHere ? 1 : 0
  const threads = Math.min(job.threads, tasks.length) - here
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
  const crew = new Crew(pool)
  // The function gives results of this shape.
  const onWorker = (task: Task) => crew.guard(pool.run(task, { name: job.name, signal: job.signal }) as Promise<Result>)
  const queue = new Queue<Task, Result>(tasks, (threads + here) * AHEAD)
  try {
    // A failure of a lane is an outcome; what is thrown here is the taker's.
    for (let lane = 0; lane < threads * AHEAD; lane++) void queue.work(onWorker)
    const onThisThread = async (task: Task) => (await localFunction<Task, Result>(job))(task)
    if (here) void listening(job.signal, () => queue.work(onThisThread))
    for (const [index] of tasks.entries()) {
      const outcome = await queue.outcome(index)
      job.signal.throwIfAborted()
      await take(outcome, index)
      queue.taken(index)
    }
  } finally {
    queue.stop()
    await pool.destroy()
  }
}

/** An outcome that is to come. */
interface Open<Result> {
  readonly outcome: Promise<Outcome<Result>>
  readonly settle: (outcome: Outcome<Result>) => void
}

function open<Result>(): Open<Result> {
  let settle: (outcome: Outcome<Result>) => void = () => {}
  const outcome = new Promise<Outcome<Result>>((resolve) => {
    settle = resolve
  })
  return { outcome, settle }
}

/** Tasks that several lanes take from, and outcomes in their order. */
class Queue<Task, Result> {
  readonly #tasks: readonly Task[]
  /** Outcomes that may wait to be taken. */
  readonly #ahead: number
  /** By position of the task; gone when taken. */
  readonly #open = new Map<number, Open<Result>>()
  #next = 0
  #taken = 0
  #stopped = false
  #waiting: (() => void)[] = []

  constructor(tasks: readonly Task[], ahead: number) {
    this.#tasks = tasks
    this.#ahead = ahead
    for (let index = 0; index < tasks.length; index++) this.#open.set(index, open())
  }

  /** One lane: runs task after task, as long as the taker keeps up. */
  async work(run: (task: Task) => Result | Promise<Result>): Promise<void> {
    while (!this.#stopped && this.#next < this.#tasks.length) {
      const index = this.#next++
      while (!this.#stopped && index - this.#taken >= this.#ahead) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve))
      }
      if (this.#stopped) return
      this.#open.get(index)!.settle(await outcomeOf(() => run(this.#tasks[index]!)))
    }
  }

  outcome(index: number): Promise<Outcome<Result>> {
    return this.#open.get(index)!.outcome
  }

  /** An outcome is done with: those who waited for room look again. */
  taken(index: number): void {
    // Results are large: what was taken is kept by nobody.
    this.#open.delete(index)
    this.#taken = index + 1
    this.#wake()
  }

  stop(): void {
    this.#stopped = true
    this.#wake()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

/** Notices when the last worker is gone: one that dies as it starts is not replaced, and tasks would wait for ever. */
class Crew {
  readonly #pool: Piscina
  /** Fails a task that is under way. */
  readonly #underWay = new Set<(error: unknown) => void>()

  constructor(pool: Piscina) {
    this.#pool = pool
    // What a worker without a task dies of; unheard it would end the process.
    pool.on('error', (error) => this.#failIfDeserted(error))
  }

  /** The result of a task, unless nobody is left to bring it. */
  async guard<Result>(running: Promise<Result>): Promise<Result> {
    let fail: (error: unknown) => void = () => {}
    try {
      return await new Promise<Result>((resolve, reject) => {
        fail = reject
        this.#underWay.add(fail)
        running.then(resolve, reject)
      })
    } catch (error) {
      this.#failIfDeserted(error)
      throw error
    } finally {
      this.#underWay.delete(fail)
    }
  }

  #failIfDeserted(error: unknown): void {
    if (this.#pool.threads.length > 0) return
    for (const fail of this.#underWay) fail(error)
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
