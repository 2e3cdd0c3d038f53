import type { Damage } from '../errors.ts'
import type { UnlistedDamage } from '../finding/analysis.ts'
import { type DamageFound, DamageTally } from './damage-tally.ts'
import type { SurveyedLog } from './survey.ts'

/**
 * The damage of scanned logs, and what shows only later, where their records are decoded and their chunks verified.
 * What is met twice is told once.
 */
export class LateDamage {
  readonly #logs: ReadonlyMap<
    string,
    { readonly early: DamageFound; readonly met: Set<string>; readonly late: DamageTally }
  >

  constructor(logs: readonly SurveyedLog[]) {
    const made = (early: DamageFound) => ({ early, met: new Set(early.damage.map(placeOf)), late: new DamageTally() })
    this.#logs = new Map(logs.map((log) => [log.log.name, made(log)]))
  }

  /** Takes damage. @param file the log's name */
  readonly add = (file: string, damage: Damage): void => {
    const log = this.#logs.get(file)
    if (!log || log.met.has(placeOf(damage))) return
    log.met.add(placeOf(damage))
    log.late.add(damage)
  }

  /** In the order of logs and offsets; of each log as much as is listed. */
  all(): (Damage & { readonly file: string })[] {
    return [...this.#logs].flatMap(([file, { early, late }]) => {
      const told = new Set<string>()
      return [...early.damage, ...late.found().damage]
        .map((each) => ({ ...each, file }))
        .filter((each) => !told.has(placeOf(each)) && told.add(placeOf(each)))
        .sort((a, b) => a.offset - b.offset)
    })
  }

  /** What there is of a log beyond what is listed; undefined where that is all. */
  unlisted(file: string): UnlistedDamage | undefined {
    const log = this.#logs.get(file)
    const parts = [log?.early.unlisted, log?.late.found().unlisted].filter((part) => part !== undefined)
    if (parts.length === 0) return undefined
    const sum = (of: (part: UnlistedDamage) => number) => parts.reduce((all, part) => all + of(part), 0)
    return { places: sum(({ places }) => places), hidden: sum(({ hidden }) => hidden) }
  }
}

function placeOf({ kind, offset }: Damage): string {
  return `${kind}@${offset}`
}
