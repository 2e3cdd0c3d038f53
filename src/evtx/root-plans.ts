import { FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import { readFragment } from './fragment.ts'
import type { Interner } from './interner.ts'
import { probesHold } from './probes.ts'
import { planRoot, type RootPlan } from './root-plan.ts'
import { RootSources } from './root-sources.ts'
import { RootWalk } from './root-walk.ts'
import { SLOW_PLAN } from './slow-plan.ts'
import { DEFINITION_HEADER_SIZE } from './template.ts'

/** Plans kept for later chunks; a real run has some hundreds, only hostile logs reach this. */
const MAX_PLANS = 16_384
/** Plans of one template id and size that are compared: a real template has a few, as its names stand inline or not. */
const MAX_ALIKE = 32
/** Position plus one of the plan for what cannot be planned. */
const SLOW = 1

/** The plans of a run's root templates: each definition is planned once, and known again in other chunks and logs. */
export class RootPlans {
  readonly #names: Interner
  /** Position in `#plans` plus one, by definition offset, for the chunk at hand. */
  readonly #at = new Int32Array(CHUNK_SIZE)
  readonly #touched: number[] = []
  readonly #plans: RootPlan[] = [SLOW_PLAN]
  readonly #byKey = new Map<number, number[]>()
  readonly #walk = new RootWalk()
  readonly #sources = new RootSources()
  #chunk!: Chunk

  constructor(names: Interner) {
    this.#names = names
  }

  /** Forgets what stood where in the chunk before. */
  startChunk(chunk: Chunk): void {
    for (const offset of this.#touched) this.#at[offset] = 0
    this.#touched.length = 0
    this.#walk.startChunk()
    if (this.#plans.length > MAX_PLANS) this.forget()
    this.#chunk = chunk
  }

  /** Forgets all plans; to be called between chunks. */
  forget(): void {
    this.#plans.length = SLOW
    this.#byKey.clear()
  }

  /**
   * The plan of the definition at an offset of the chunk, less than `CHUNK_SIZE`; a slow one where it cannot be
   * planned.
   */
  of(definition: number): RootPlan {
    return this.#plans[(this.#at[definition] || this.#find(definition)) - 1]!
  }

  #find(definition: number): number {
    const { view, bytes } = this.#chunk
    let index = 0
    if (definition + DEFINITION_HEADER_SIZE < CHUNK_SIZE) {
      const size = DEFINITION_HEADER_SIZE + view.getUint32(definition + 20, true)
      const key = view.getUint32(definition + 4, true) ^ Math.imul(view.getUint32(definition + 8, true), 31) ^ size
      const known = this.#byKey.get(key)
      const fits = definition + size <= CHUNK_SIZE
      index =
        known?.find((candidate) => {
          const plan = this.#plans[candidate - 1]!
          return fits && plan.size === size && probesHold(plan.probes, bytes, definition)
        }) ?? 0
      if (index === 0) {
        const plan = this.#make(definition, size)
        index = plan ? this.#plans.push(plan) : SLOW
        // What cannot be planned is remembered for this chunk only: hostile logs have a new one in each.
        if (plan && known) {
          if (known.push(index) > MAX_ALIKE) known.shift()
        } else if (plan) this.#byKey.set(key, [index])
      }
    } else index = SLOW
    this.#at[definition] = index
    this.#touched.push(definition)
    return index
  }

  #make(definition: number, size: number): RootPlan | undefined {
    if (definition + size > CHUNK_SIZE) return undefined
    const [from, end] = [definition + DEFINITION_HEADER_SIZE, definition + size]
    try {
      if (!this.#walk.walk(this.#chunk, from, end, this.#sources)) {
        this.#sources.read(readFragment(this.#chunk, from, end, true))
      }
      return planRoot(this.#chunk, definition, size, this.#sources, this.#names)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      return undefined
    }
  }
}
