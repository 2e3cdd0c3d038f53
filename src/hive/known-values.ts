import type { DamageList } from './damage-list.ts'
import { upcase } from './name.ts'
import type { ValueCell } from './value-cell.ts'

/** Values of one key that are remembered; beyond them, and where any was lost, the key is walked for each question. */
const MOST_VALUES = 4_096

/**
 * The values of one key by name, read no further than they are asked for, and each once: many facts lie in one key.
 */
export class KnownValues {
  private readonly damage: DamageList
  private readonly walk: () => Iterable<ValueCell>
  private readonly byName = new Map<string, ValueCell>()
  /** Where the walk stands; undefined before it began. */
  private rest: Iterator<ValueCell> | undefined
  private state: 'begun' | 'whole' | 'past-help' = 'begun'

  /** @param walk goes over all values of the key; damage it meets is in the list */
  constructor(damage: DamageList, walk: () => Iterable<ValueCell>) {
    this.damage = damage
    this.walk = walk
  }

  /** The first value of a name in upper case; see `upcase`. Damage on the way to what is not found is met each time. */
  find(wanted: string): ValueCell | undefined {
    const known = this.byName.get(wanted)
    if (known || this.state === 'whole') return known
    return (this.state === 'begun' ? this.readOn(wanted) : undefined) ?? this.searchAll(wanted)
  }

  private readOn(wanted: string): ValueCell | undefined {
    this.rest ??= this.walk()[Symbol.iterator]()
    const metBefore = this.damage.met
    for (let next = this.rest.next(); !next.done; next = this.rest.next()) {
      const name = upcase(next.value.name)
      if (!this.byName.has(name)) this.byName.set(name, next.value)
      if (this.damage.met > metBefore || this.byName.size > MOST_VALUES) this.state = 'past-help'
      if (name === wanted) return next.value
      if (this.state === 'past-help') return undefined
    }
    this.state = this.damage.met > metBefore ? 'past-help' : 'whole'
    return undefined
  }

  private searchAll(wanted: string): ValueCell | undefined {
    if (this.state === 'whole') return undefined
    for (const value of this.walk()) if (upcase(value.name) === wanted) return value
    return undefined
  }
}
