import type { DamageList } from './damage-list.ts'
import { upcase } from './name.ts'
import type { ValueCell } from './value-cell.ts'

/** Values of one key that are remembered; beyond them, and where any was lost, the key is walked for each question. */
const MOST_VALUES = 4_096
/** Characters of their names, all together: of real values a few ten thousand. */
const MOST_CHARACTERS = 1 << 20
/** No key that is asked for has as many: what has, would have every question take as long. */
const MOST_LONG_WALKS = 4

/**
 * The values of one key by name, read no further than they are asked for, and each once: many facts lie in one key.
 */
export class KnownValues {
  private readonly damage: DamageList
  private readonly walk: () => Iterable<ValueCell>
  private readonly byName = new Map<string, ValueCell>()
  private characters = 0
  /** Where the walk stands; undefined before it began. */
  private rest: Iterator<ValueCell> | undefined
  /**
   * `lossy`: damage was met, so that what is not known may be there; `long`: more than is remembered; else what is not
   * known stands behind where the walk is (`begun`), or nowhere (`whole`).
   */
  private state: 'begun' | 'whole' | 'lossy' | 'long' = 'begun'
  /** Times that values too many to remember were walked. */
  private longWalks = 0
  private readonly refuse: () => undefined

  /**
   * @param walk goes over all values of the key; damage it meets is in the list
   * @param refuse says that the values are too many to be looked through again
   */
  constructor(damage: DamageList, walk: () => Iterable<ValueCell>, refuse: () => undefined) {
    this.damage = damage
    this.walk = walk
    this.refuse = refuse
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
      this.characters += name.length
      if (this.byName.size > MOST_VALUES || this.characters > MOST_CHARACTERS) this.forget()
      else if (this.damage.met > metBefore) this.state = 'lossy'
      if (name === wanted) return next.value
      if (this.state !== 'begun') return undefined
    }
    this.state = this.damage.met > metBefore ? 'lossy' : 'whole'
    return undefined
  }

  private forget(): void {
    this.byName.clear()
    this.rest = undefined
    this.state = 'long'
  }

  private searchAll(wanted: string): ValueCell | undefined {
    if (this.state === 'whole') return undefined
    if (this.state === 'long' && ++this.longWalks > MOST_LONG_WALKS) return this.refuse()
    for (const value of this.walk()) if (upcase(value.name) === wanted) return value
    return undefined
  }
}
