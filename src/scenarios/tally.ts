import type { Episode } from '../correlate/episode.ts'
import type { Sighting } from '../event/win-event.ts'
import type { Exhibit } from '../finding/exhibit.ts'
import { ROLES, type Role } from '../finding/finding.ts'
import type { AtLatest, Count } from '../finding/sentence.ts'
import { KEPT_OLDEST, type Need } from '../query/need.ts'
import type { ScenarioContext, Sightings } from './scenario.ts'

/**
 * Counts records truly: those of their kind that the scan counted and did not keep are told with them where it is known
 * that they belong to them.
 */
export interface Tally {
  /** How many there are of the kind of these records, which are among those that were kept. */
  count(records: readonly Sighting[]): Count
  /** When an episode began; triggers that were not kept may be older. */
  since(episode: Pick<Episode<Sighting>, 'first' | 'triggers'>): bigint | AtLatest
  /** True where all of the kind of these records, of their time, were kept: else the others may be of another kind. */
  isWhole(records: readonly Sighting[]): boolean
  /** Matches that were not kept, by the part that they play in a finding. */
  unkept(exhibits: readonly Exhibit[]): Unkept
}

/** What was not kept of a finding's records. */
export interface Unkept {
  /** Of `context` are also those whose part nobody knows. */
  readonly byRole: Partial<Readonly<Record<Role, number>>>
  /** Roles that some of those may have. */
  readonly uncertain: ReadonlySet<Role>
}

/** A need with matches that were not kept. */
interface Gap {
  /** In order. What is missing lies behind the oldest of them (`KEPT_OLDEST`). */
  readonly kept: readonly Sighting[]
  readonly missing: number
  /** It is not time alone that tells its records apart. */
  readonly isAttributed: boolean
}

/** Of a host of which everything was kept, as it is of most. */
const ALL_KEPT: Tally = {
  count: ({ length }) => length,
  since: ({ first }) => first.timeCreated,
  isWhole: () => true,
  unkept: () => ({ byRole: {}, uncertain: new Set() }),
}

/**
 * The tally of the records of some needs.
 *
 * @param attributed those whose records are told apart by more than time: of what was not kept of them nobody knows
 *   whose it is
 */
export function tallyOf(
  needs: readonly Need[],
  sightings: Sightings,
  { count: countOf }: Pick<ScenarioContext, 'count'>,
  attributed: readonly Need[] = [],
): Tally {
  const gaps = needs
    // Of these the ends of each stretch are kept, wherever they lie.
    .filter(({ endsBetween }) => endsBetween === undefined)
    .map((need): Gap => {
      const kept = sightings.sightings(need.id)
      // Of a log and its copy nobody knows how many of what was not kept were copies.
      const isAttributed = attributed.includes(need) || kept.some(({ copies }) => copies !== undefined)
      return { kept, missing: countOf(need.id) - kept.length, isAttributed }
    })
    .filter(({ missing }) => missing > 0)
  if (gaps.length === 0) return ALL_KEPT
  const count = (records: readonly Sighting[]): Count => {
    const counted = new Set(records)
    const found = gaps.map((gap) => unkeptAmong(gap, (record) => counted.has(record)))
    const sum = found.reduce<number>((all, more = 0) => all + more, records.length)
    return found.includes(undefined) ? { atLeast: sum } : sum
  }
  return {
    count,
    since({ first, triggers }) {
      const counted = new Set(triggers)
      const isWanted = (record: Sighting): boolean => counted.has(record)
      // What was not kept lies behind the oldest that were.
      const isOldest = gaps.every(
        (gap) => unkeptAmong(gap, isWanted) !== undefined || gap.kept.findIndex(isWanted) < KEPT_OLDEST,
      )
      return isOldest ? first.timeCreated : { atLatest: first.timeCreated }
    },
    isWhole(records) {
      const counted = new Set(records)
      return gaps.every(({ kept }) => {
        const first = kept.findIndex((record) => counted.has(record))
        return first === -1 || first > KEPT_OLDEST
      })
    },
    unkept(exhibits) {
      const roleOf = new Map(exhibits.map(({ event, role }) => [event, role]))
      const byRole: Partial<Record<Role, number>> = {}
      const uncertain = new Set<Role>()
      for (const gap of gaps) {
        const roles = ROLES.map((role) => ({ role, more: unkeptAmong(gap, (record) => roleOf.get(record) === role) }))
        const open = roles.filter(({ more }) => more === undefined)
        const { role, more = 0 } = roles.find(({ more = 0 }) => more > 0) ?? {
          role: 'context' as const,
          more: open.length > 0 ? gap.missing : 0,
        }
        byRole[role] = (byRole[role] ?? 0) + more
        for (const each of open) uncertain.add(each.role)
      }
      return { byRole, uncertain }
    },
  }
}

/**
 * How many of a gap's missing records belong to those that are wanted, as what is kept on both sides of it tells;
 * undefined where that leaves it open.
 */
function unkeptAmong(
  { kept, missing, isAttributed }: Gap,
  isWanted: (record: Sighting) => boolean,
): number | undefined {
  const first = kept.findIndex(isWanted)
  const last = kept.findLastIndex(isWanted)
  if (first === -1 || first > KEPT_OLDEST || last < KEPT_OLDEST - 1) return 0
  // Where others lie between them, it is not time that parts them.
  if (isAttributed || !kept.slice(first, last + 1).every(isWanted)) return undefined
  const areAll = last - first + 1 === kept.length
  return areAll || (first < KEPT_OLDEST && last >= KEPT_OLDEST) ? missing : undefined
}
