import { FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import { printHolds, takePrint } from './definition-print.ts'
import { readFragment } from './fragment.ts'
import type { Interner } from './interner.ts'
import { planRoot, type RootPlan } from './root-plan.ts'
import { RootSources } from './root-sources.ts'
import { RootWalk } from './root-walk.ts'
import { SLOW_PLAN } from './slow-plan.ts'
import { DEFINITION_HEADER_SIZE, headKey } from './template.ts'

/** Plans kept for later chunks; a real run has some hundreds, only hostile logs reach this. */
const MAX_PLANS = 16_384
/** Plans of one template id and size that are compared: a real template has a few, as its names stand inline or not. */
const MAX_ALIKE = 32
/** Position plus one of the plan for what cannot be planned. */
const SLOW = 1

/**
 * The plans of a run's root templates. A definition that is met again is known from then on in all chunks and logs: most
 * of those in a run over many computers are in one chunk only, and cost as little as they can.
 */
export class RootPlans {
  readonly #names: Interner
  /** By definition offset, for the chunk at hand: position in `#plans` plus one, or that in `#once`, negative. */
  readonly #at = new Int32Array(CHUNK_SIZE)
  readonly #touched: number[] = []
  readonly #plans: RootPlan[] = [SLOW_PLAN]
  readonly #byKey = new Map<number, number[]>()
  /** Plans that are good for the chunk at hand. */
  readonly #once: RootPlan[] = []
  /** Keys of definitions that were met. */
  readonly #met = new Set<number>()
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
    this.#once.length = 0
    this.#walk.startChunk()
    if (this.#plans.length > MAX_PLANS || this.#met.size > MAX_PLANS) this.forget()
    this.#chunk = chunk
  }

  /** Forgets all plans; to be called between chunks. */
  forget(): void {
    this.#plans.length = SLOW
    this.#byKey.clear()
    this.#met.clear()
  }

  /**
   * The plan of the definition at an offset of the chunk, less than `CHUNK_SIZE`; a slow one where it cannot be
   * planned.
   */
  of(definition: number): RootPlan {
    const index = this.#at[definition] || this.#find(definition)
    return index > 0 ? this.#plans[index - 1]! : this.#once[-index - 1]!
  }

  #find(definition: number): number {
    let index = SLOW
    const size = sizeAt(this.#chunk, definition)
    if (size !== 0) {
      const key = headKey(this.#chunk, definition, size)
      const known = this.#byKey.get(key) ?? []
      index = known.find((candidate) => this.#holds(this.#plans[candidate - 1]!, definition, size)) ?? 0
      if (index === 0) index = this.#make(definition, size, key, known)
    }
    this.#at[definition] = index
    this.#touched.push(definition)
    return index
  }

  #holds(plan: RootPlan, definition: number, size: number): boolean {
    return plan.size === size && plan.print !== undefined && printHolds(plan.print, this.#chunk, definition)
  }

  /** @param known plans of definitions with the same key; takes in a new one that is kept */
  #make(definition: number, size: number, key: number, known: number[]): number {
    const [from, end] = [definition + DEFINITION_HEADER_SIZE, definition + size]
    try {
      let { nameFields } = this.#walk
      if (!this.#walk.walk(this.#chunk, from, end, this.#sources)) {
        nameFields = []
        this.#sources.read(readFragment(this.#chunk, from, end, true, nameFields))
      }
      const plan = planRoot(this.#chunk, size, this.#sources, this.#names)
      const met = key ^ Math.imul(plan.computer, 65_599)
      if (!this.#met.has(met)) {
        this.#met.add(met)
        return -this.#once.push(plan)
      }
      plan.print = takePrint(this.#chunk, definition, size, nameFields)
      const index = this.#plans.push(plan)
      if (known.push(index) > MAX_ALIKE) known.shift()
      this.#byKey.set(key, known)
      return index
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      // What cannot be planned is remembered for this chunk only: hostile logs have a new one in each.
      return SLOW
    }
  }
}

/** Size of the definition at an offset of the chunk, header included; 0 where none fits in. */
function sizeAt({ view }: Chunk, definition: number): number {
  if (definition + DEFINITION_HEADER_SIZE >= CHUNK_SIZE) return 0
  const size = DEFINITION_HEADER_SIZE + view.getUint32(definition + 20, true)
  return definition + size > CHUNK_SIZE ? 0 : size
}
