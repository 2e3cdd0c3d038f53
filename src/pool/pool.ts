import { setImmediate } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import type { Piscina } from 'piscina'
import { Board } from './board.ts'
import { LANE_ENDED, type LaneOrders, type LaneReport, type TaskFunction, taskFunction } from './lane.ts'
import { failed, type Outcome, Outcomes, outcomeOf } from './outcome.ts'
import { listening } from './turn.ts'

export type { Outcome } from './outcome.ts'

/** Which function to run, and where. */
export interface Job {
  /** Module that exports the function. With more than one thread it must be JavaScript on disk. */
  readonly module: URL
  /** Name of the exported function, a `TaskFunction`. */
  readonly name: string
  /** Threads that work; 1 stays in the process. */
  readonly threads: number
  /**
   * The calling thread is one of them: for work whose results leave it little to do. It begins at once, while a worker
   * takes a tenth of a second to start, and that is one worker less to start.
   */
  readonly helpHere?: boolean
  /** A result of the calling thread is borrowed: it is taken before that thread's next task begins. */
  readonly lendsHere?: boolean
  readonly signal: AbortSignal
}

/** Tasks begun for each thread: one that runs, and one whose result may wait. */
const AHEAD = 2

/**
 * What a worker loads, by the ending of this module: in the library, in the joined program, and where a test runner
 * loads the source.
 */
const LANES: Readonly<Record<string, string>> = {
  '.js': './lane.js',
  '.cjs': '../../bin/lane.js',
  '.ts': '../../dist/src/pool/lane.js',
}
const LANE = new URL(LANES[endingOf(import.meta.url)]!, import.meta.url)

/** Takes the outcomes, one after the other. */
type Take<Result> = (outcome: Outcome<Result>, index: number) => void | Promise<void>

/**
 * Runs one function over many tasks on worker threads and hands back the outcomes in the tasks' order, however they
 * finish. A slow taker holds the tasks back: at most a few results wait.
 *
 * @throws the signal's reason when it is aborted
 */
export async function runTasks<Task, Result>(job: Job, tasks: readonly Task[], take: Take<Result>): Promise<void> {
  job.signal.throwIfAborted()
  if (tasks.length === 0) return
  if (Math.min(job.threads, tasks.length) <= 1) await listening(job.signal, () => runHere(job, tasks, take))
  else await new Crew<Task, Result>(job, tasks).run(take)
}

async function runHere<Task, Result>(job: Job, tasks: readonly Task[], take: Take<Result>): Promise<void> {
  const run = await functionHere<Task, Result>(job)
  for (const [index, task] of tasks.entries()) {
    const outcome = await outcomeOf(() => run(task, 'here'))
    // The event loop turns between tasks, so that Ctrl-C is heard.
    await setImmediate()
    job.signal.throwIfAborted()
    await take(outcome, index)
  }
}

function functionHere<Task, Result>({ module, name }: Job): Promise<TaskFunction<Task, Result>> {
  return taskFunction(module.href, name)
}

/** Several threads at the tasks of one job. Each is a lane, and takes its next task from a board that they share. */
class Crew<Task, Result> {
  readonly #job: Job
  readonly #tasks: readonly Task[]
  readonly #workers: number
  readonly #board: Board
  readonly #outcomes: Outcomes<Result>
  /** Called when a result was taken: the lane of this thread waits so for room. */
  #wake: () => void = () => {}

  constructor(job: Job, tasks: readonly Task[]) {
    this.#job = job
    this.#tasks = tasks
    const lanes = Math.min(job.threads, tasks.length)
    this.#workers = job.helpHere ? lanes - 1 : lanes
    this.#board = new Board({ lanes, tasks: tasks.length, ahead: lanes * AHEAD })
    this.#outcomes = new Outcomes(tasks.length)
  }

  async run(take: Take<Result>): Promise<void> {
    const { signal } = this.#job
    const pool = await startWorkers(this.#workers)
    // Nobody waits for a task that is never brought.
    const giveUp = () => this.#outcomes.settleRest(failed(signal.reason))
    signal.addEventListener('abort', giveUp, { once: true })
    let isComplete = false
    try {
      this.#man(pool)
      for (let index = 0; index < this.#tasks.length; index++) {
        const outcome = await this.#outcomes.of(index)
        signal.throwIfAborted()
        await take(outcome, index)
        this.#outcomes.forget(index)
        this.#board.setTaken(index + 1)
        this.#wake()
      }
      isComplete = true
    } finally {
      signal.removeEventListener('abort', giveUp)
      this.#board.stop()
      this.#wake()
      // Who has all results need not wait for the workers to end; who stops early is to know that nothing is read any more.
      const end = pool.destroy()
      if (!isComplete) await end
    }
  }

  /** Sets every lane to work; when all have ended, what is left has failed. */
  #man(pool: Piscina): void {
    const deserted = new Desertion(pool)
    const lanes = Array.from({ length: this.#workers }, (_, lane) => this.#workerLane(pool, deserted, lane))
    if (this.#job.helpHere) lanes.push(listening(this.#job.signal, () => this.#laneHere(this.#workers)))
    void Promise.all(lanes).then((ends) => {
      const last = ends.find((end) => end !== undefined)
      this.#outcomes.settleRest(failed(last ?? new Error('No thread is left to do it')))
    })
  }

  /**
   * A lane on a worker. A task that the worker dies of has failed; another worker goes on with the next.
   *
   * @returns what ended the lane, if not the end of the tasks; it never throws
   */
  async #workerLane(pool: Piscina, deserted: Desertion, lane: number): Promise<unknown> {
    for (;;) {
      const { port1, port2 } = new MessageChannel()
      const heard = this.#hear(port1)
      const orders: LaneOrders<Task> = {
        module: this.#job.module.href,
        name: this.#job.name,
        tasks: this.#tasks,
        lane,
        board: { size: this.#board.size, memory: this.#board.memory },
        port: port2,
      }
      try {
        await deserted.guard(pool.run(orders, { transferList: [port2], signal: this.#job.signal }))
        await heard
        return undefined
      } catch (error) {
        // It may have ended tasks before the one that it died of.
        port2.close()
        await heard
        const index = this.#board.underWay(lane)
        if (index === undefined || this.#board.isStopped || this.#job.signal.aborted) return error
        this.#board.clear(lane)
        this.#outcomes.settle(index, failed(error))
      }
    }
  }

  /** Listens to a lane until it has ended, or its worker has. */
  #hear(port: MessageChannel['port1']): Promise<void> {
    return new Promise((resolve) => {
      port.once('close', resolve)
      port.on('message', (message: LaneReport<Result> | typeof LANE_ENDED) => {
        if (message === LANE_ENDED) port.close()
        else this.#outcomes.settle(message.index, message.outcome)
      })
    })
  }

  /** The lane of the calling thread; it never throws. */
  async #laneHere(lane: number): Promise<unknown> {
    const run = await outcomeOf(() => functionHere<Task, Result>(this.#job))
    if (!run.ok) return run.error
    const board = this.#board
    for (let index = board.claim(lane); index !== undefined; index = board.claim(lane)) {
      if (!(await this.#until(() => board.hasRoom(index)))) break
      const task = this.#tasks[index]!
      this.#outcomes.settle(index, await outcomeOf(() => run.value(task, 'here')))
      // The event loop turns: the other lanes are heard, and so is Ctrl-C.
      await setImmediate()
      if (this.#job.lendsHere && !(await this.#until(() => board.isTaken(index)))) break
    }
    return undefined
  }

  /** Waits for something that taking results brings about; false when the run has stopped before. */
  async #until(holds: () => boolean): Promise<boolean> {
    for (;;) {
      // Looked at first: a board that stops makes room, for whoever sleeps to wake up.
      if (this.#board.isStopped) return false
      if (holds()) return true
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

/** Loaded only here, so that work for one thread does not wait for it. */
async function startWorkers(count: number): Promise<Piscina> {
  const { Piscina } = await import('piscina')
  return new Piscina({
    filename: LANE.href,
    name: 'lane',
    minThreads: count,
    maxThreads: count,
    concurrentTasksPerWorker: 1,
    // A worker that runs out of memory is one lost task, not a lost run.
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
}

/** Notices when the last worker is gone: one that dies as it starts is not replaced, and lanes would wait for ever. */
class Desertion {
  readonly #pool: Piscina
  /** Fails what is under way. */
  readonly #underWay = new Set<(error: unknown) => void>()

  constructor(pool: Piscina) {
    this.#pool = pool
    // What a worker without a task dies of; unheard it would end the process.
    pool.on('error', (error) => this.#failIfDeserted(error))
  }

  /** Ends as the run does, unless nobody is left to do it. */
  async guard(running: Promise<unknown>): Promise<void> {
    let fail: (error: unknown) => void = () => {}
    try {
      await new Promise<unknown>((resolve, reject) => {
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
 * A module beside the caller's, as a job names it: JavaScript where the program is built, TypeScript where a test
 * runner loads the source (which does for one thread only).
 *
 * @param name without ending
 * @param from the caller's `import.meta.url`
 */
export function siblingModule(name: string, from: string): URL {
  return new URL(`./${name}${endingOf(from)}`, from)
}

function endingOf(url: string): string {
  return url.slice(url.lastIndexOf('.'))
}
