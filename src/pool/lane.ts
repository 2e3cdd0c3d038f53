import type { MessagePort } from 'node:worker_threads'
import { Board, type BoardSize } from './board.ts'
import { type Outcome, outcomeOf } from './outcome.ts'

/** What a worker is told once: all tasks, and where to take them from. */
export interface LaneOrders<Task> {
  /** Module that exports the function, and the function's name. */
  readonly module: string
  readonly name: string
  readonly tasks: readonly Task[]
  readonly lane: number
  readonly board: { readonly size: BoardSize; readonly memory: SharedArrayBuffer }
  /** Takes a `LaneReport` for each task that has ended, and `LANE_ENDED` at last. */
  readonly port: MessagePort
}

/** How one task ended. */
export interface LaneReport<Result> {
  readonly index: number
  readonly outcome: Outcome<Result>
}

/** Said aloud: a worker that waits for work closes no port. */
export const LANE_ENDED = 'ended'

/** A worker's part of a run: it takes task after task, until none is left or the run stops. */
export async function lane<Task, Result>(orders: LaneOrders<Task>): Promise<void> {
  const { tasks, port } = orders
  const board = new Board(orders.board.size, orders.board.memory)
  try {
    const run = await taskFunction<Task, Result>(orders.module, orders.name)
    for (let index = board.claim(orders.lane); index !== undefined; index = board.claim(orders.lane)) {
      if (!board.waitForRoom(index)) break
      const task = tasks[index]!
      const outcome = await outcomeOf(() => run(task, 'worker'))
      const report: LaneReport<Result> = { index, outcome }
      port.postMessage(report, outcome.ok ? movesOf(outcome.value) : [])
      board.clear(orders.lane)
    }
  } finally {
    port.postMessage(LANE_ENDED)
  }
}

/** A result with memory that changes its owner when it leaves a worker; without, it would be copied twice. */
export interface Moving {
  readonly moves: readonly ArrayBuffer[]
}

function movesOf(result: unknown): readonly ArrayBuffer[] {
  // Whoever has such a member means this one.
  return typeof result === 'object' && result !== null && 'moves' in result ? (result as Moving).moves : []
}

/** Takes one task, and is told whether it runs in the calling thread; gives one result or a promise of it. */
export type TaskFunction<Task, Result> = (task: Task, where: 'here' | 'worker') => Result | Promise<Result>

/** The function that a job names. */
export async function taskFunction<Task, Result>(module: string, name: string): Promise<TaskFunction<Task, Result>> {
  // The module decides what it exports; the job names a function of this shape.
  const exported = (await import(module)) as Record<string, TaskFunction<Task, Result>>
  return exported[name]!
}
