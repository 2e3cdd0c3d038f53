/** What became of one task. A worker that dies fails its task and no other. */
export type Outcome<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: Error }

/** Runs a task; what it throws is its outcome. */
export async function outcomeOf<Result>(run: () => Result | Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { ok: true, value: await run() }
  } catch (error) {
    return failed(error)
  }
}

/** The outcome of a task that ended so. */
export function failed(error: unknown): Outcome<never> {
  return { ok: false, error: error instanceof Error ? error : new Error(String(error)) }
}

interface Open<Result> {
  readonly outcome: Promise<Outcome<Result>>
  readonly settle: (outcome: Outcome<Result>) => void
}

/** Outcomes to come, waited for in the tasks' order. */
export class Outcomes<Result> {
  /** By position of the task; gone when taken. */
  readonly #open = new Map<number, Open<Result>>()

  constructor(tasks: number) {
    for (let index = 0; index < tasks; index++) this.#open.set(index, open())
  }

  of(index: number): Promise<Outcome<Result>> {
    return this.#open.get(index)!.outcome
  }

  /** Only what is said first of a task counts. */
  settle(index: number, outcome: Outcome<Result>): void {
    this.#open.get(index)?.settle(outcome)
  }

  /** What nobody will bring any more. */
  settleRest(outcome: Outcome<Result>): void {
    for (const { settle } of this.#open.values()) settle(outcome)
  }

  /** Results are large: what was taken is kept by nobody. */
  forget(index: number): void {
    this.#open.delete(index)
  }
}

function open<Result>(): Open<Result> {
  let settle: (outcome: Outcome<Result>) => void = () => {}
  const outcome = new Promise<Outcome<Result>>((resolve) => {
    settle = resolve
  })
  return { outcome, settle }
}
