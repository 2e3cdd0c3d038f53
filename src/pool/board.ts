/** Cells of a board; behind them one for each lane. */
const NEXT = 0
const TAKEN = 1
const STOPPED = 2
const LANES = 3

const NO_TASK = -1

/** What is shared out on a board. */
export interface BoardSize {
  readonly lanes: number
  readonly tasks: number
  /** How many tasks may be begun before the results of those before are taken. */
  readonly ahead: number
}

/**
 * What the threads of a run know of each other, in memory that they share: which task is next, how far the results are
 * taken, and what each lane is at. A lane helps itself to its next task here; it asks no other thread, which may be
 * busy.
 */
export class Board {
  /** What a worker is sent, to see the same board. */
  readonly memory: SharedArrayBuffer
  readonly size: BoardSize
  readonly #cells: Int32Array

  /** @param memory of a board that is there already */
  constructor(size: BoardSize, memory?: SharedArrayBuffer) {
    this.size = size
    this.memory = memory ?? new SharedArrayBuffer((LANES + size.lanes) * Int32Array.BYTES_PER_ELEMENT)
    this.#cells = new Int32Array(this.memory)
    if (memory === undefined) this.#cells.fill(NO_TASK, LANES)
  }

  /** The next task for a lane, by its position; undefined when all are given out or the run has stopped. */
  claim(lane: number): number | undefined {
    const index = Atomics.load(this.#cells, STOPPED) === 0 ? Atomics.add(this.#cells, NEXT, 1) : this.size.tasks
    const isTask = index < this.size.tasks
    Atomics.store(this.#cells, LANES + lane, isTask ? index : NO_TASK)
    return isTask ? index : undefined
  }

  /** The task that a lane has claimed and not told the end of. */
  underWay(lane: number): number | undefined {
    const index = Atomics.load(this.#cells, LANES + lane)
    return index === NO_TASK ? undefined : index
  }

  /** The lane has told how its task ended. */
  clear(lane: number): void {
    Atomics.store(this.#cells, LANES + lane, NO_TASK)
  }

  /** True when a task may begin: the results before it do not pile up. */
  hasRoom(index: number): boolean {
    return index - Atomics.load(this.#cells, TAKEN) < this.size.ahead
  }

  /** True when the result of a task is taken. */
  isTaken(index: number): boolean {
    return index < Atomics.load(this.#cells, TAKEN)
  }

  /**
   * Blocks the thread until a task may begin; for workers.
   *
   * @returns false when the run has stopped
   */
  waitForRoom(index: number): boolean {
    for (;;) {
      const taken = Atomics.load(this.#cells, TAKEN)
      if (this.isStopped) return false
      if (index - taken < this.size.ahead) return true
      Atomics.wait(this.#cells, TAKEN, taken)
    }
  }

  /** The results of so many tasks are taken. */
  setTaken(count: number): void {
    Atomics.store(this.#cells, TAKEN, count)
    Atomics.notify(this.#cells, TAKEN)
  }

  get isStopped(): boolean {
    return Atomics.load(this.#cells, STOPPED) !== 0
  }

  /** No task begins any more. */
  stop(): void {
    Atomics.store(this.#cells, STOPPED, 1)
    // Who waits for room looks again only when the count has changed.
    Atomics.add(this.#cells, TAKEN, 1)
    Atomics.notify(this.#cells, TAKEN)
  }
}
