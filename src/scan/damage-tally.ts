import type { Damage } from '../errors.ts'
import type { UnlistedDamage } from '../finding/analysis.ts'

/** Places of damage that are named one by one in each log; all are counted. */
export const DAMAGE_KEPT = 1_000

/** The damage of a log, or of a part of it. */
export interface DamageFound {
  /** The first `DAMAGE_KEPT`. */
  readonly damage: readonly Damage[]
  /** What there is beyond them; absent where they are all. */
  readonly unlisted?: UnlistedDamage
}

/** Takes damage as it is met: lists the first places, and counts the others. */
export class DamageTally {
  /** Records that could not be read. */
  records = 0
  readonly #listed: Damage[] = []
  #places = 0
  #hidden = 0

  add(damage: Damage): void {
    if (damage.kind === 'record-framing' || damage.kind === 'record-content') this.records++
    if (this.#listed.length < DAMAGE_KEPT) {
      this.#listed.push(damage)
      return
    }
    this.#places++
    if (damage.kind === 'hidden-record') this.#hidden++
  }

  /** Takes what was found in a further part of the log. */
  addAll({ damage, unlisted }: DamageFound): void {
    for (const each of damage) this.add(each)
    this.#places += unlisted?.places ?? 0
    this.#hidden += unlisted?.hidden ?? 0
  }

  /** What was taken, in the order it came. */
  found(): DamageFound {
    const damage = this.#listed
    return this.#places === 0 ? { damage } : { damage, unlisted: { places: this.#places, hidden: this.#hidden } }
  }
}
