import { compareText } from '../bytes/compare-text.ts'
import type { Damage } from '../errors.ts'
import type { Collection } from '../evidence/collection.ts'
import type { Input } from '../finding/analysis.ts'
import { DamageTally } from './damage-tally.ts'
import type { LogRange } from './ranges.ts'
import type { RangeReading, SeenNames } from './read-matching.ts'
import type { RunStats } from './watch.ts'

/** A volume, and the computers that its own records name, in order. */
export interface SeenVolume {
  /** The host is called so in reports. */
  readonly label: string
  readonly computers: readonly string[]
}

/** What a command that reads logs whole tells at the end. */
export interface ReadSummary {
  readonly stats: RunStats
  readonly inputs: readonly Input[]
  /** In the order of logs and offsets; of each log the first `DAMAGE_KEPT`, and its input has the count of the others. */
  readonly damage: readonly (Damage & { readonly file: string })[]
  /** Names that records bear, in order, of which records as `SeenNames` says; absent where everything is wanted. */
  readonly seen?: SeenNames & { readonly volumes: readonly SeenVolume[] }
  /** Lines for people. */
  readonly notes?: readonly string[]
}

/** Names of one kind that are kept of a run; a hostile log has one a record. */
const NAMES_KEPT = 10_000

/** Why a log could not be read whose range a worker failed at. */
export function workerFailure(error: Error): string {
  return `A worker failed while reading it: ${error.message}`
}

/**
 * What became of a log. One without a record is empty only where nothing in it is damaged: else its chunks may be wiped.
 *
 * @param failure why it could not be read to its end
 * @param isHurt there is damage in it
 */
export function stateOf(
  { records, damaged }: Pick<Input, 'records' | 'damaged'>,
  failure: string | undefined,
  isHurt: boolean,
): Pick<Input, 'state' | 'reason'> {
  const reason = failure ?? (records === 0 && isHurt ? noneRead(damaged) : undefined)
  if (reason !== undefined) return { state: 'unreadable', reason }
  return { state: records === 0 ? 'empty' : 'read' }
}

function noneRead(damaged: number): string {
  if (damaged === 0) return 'No record could be read: what should hold them is damaged or cut off'
  return damaged === 1 ? 'Its one record could not be read' : `None of its ${damaged} records could be read`
}

/** Adds up what the ranges of each log came to. */
export class SummaryTally {
  readonly #collection: Collection
  readonly #inputs: {
    records: number
    damaged: number
    recovered: number
    copies: number
    reason: string | undefined
  }[]
  readonly #damage: readonly DamageTally[]
  readonly #seen = {
    channels: new Set<string>(),
    providers: new Set<string>(),
    computers: new Set<string>(),
  }
  readonly #volumes = new Map<string, Set<string>>()
  #areNamesTold = false
  #nameless = 0
  /** Records that were rendered. */
  rendered = 0

  constructor(collection: Collection) {
    this.#collection = collection
    this.#inputs = collection.logs.map(() => ({ records: 0, damaged: 0, recovered: 0, copies: 0, reason: undefined }))
    this.#damage = collection.logs.map(() => new DamageTally())
  }

  /** Takes in the reading of one range, or that it failed. */
  add(range: LogRange, reading: RangeReading | Error): void {
    const input = this.#inputs[range.log]!
    if (reading instanceof Error) {
      input.reason ??= workerFailure(reading)
      return
    }
    input.records += reading.records
    input.damaged += reading.damaged
    input.recovered += reading.recovered
    input.copies += reading.copies
    input.reason ??= reading.failure
    if (reading.names) this.#addNames(reading.names, range.log)
    this.#damage[range.log]!.addAll(reading)
  }

  #addNames(names: SeenNames, log: number): void {
    this.#areNamesTold = true
    this.#nameless += names.nameless
    for (const kind of ['channels', 'providers', 'computers'] as const) keep(names[kind], this.#seen[kind])
    const { roots, logs } = this.#collection
    const { root, forwarded } = logs[log]!
    const { kind, label } = roots[root]!
    if (kind !== 'volume' || forwarded) return
    const known = this.#volumes.get(label) ?? new Set()
    this.#volumes.set(label, known)
    keep(names.computers, known)
  }

  summary(threads: number): ReadSummary {
    const { logs, refused } = this.#collection
    const found = this.#damage.map((tally) => tally.found())
    const inputs = this.#inputs.map(({ reason, copies, ...read }, index): Input => {
      const { damage, unlisted } = found[index]!
      const counts = {
        ...read,
        ...(copies > 0 && { duplicates: copies }),
        ...(unlisted && { unlistedDamage: unlisted }),
      }
      const { name: file, size } = logs[index]!
      return { file, size, ...stateOf(read, reason, damage.length > 0), ...counts }
    })
    const unread = refused.map(({ name: file, size, state, reason }): Input => {
      return { file, size, state, reason, records: 0, damaged: 0, recovered: 0 }
    })
    return {
      stats: {
        files: logs.length,
        bytes: logs.reduce((sum, { size }) => sum + size, 0),
        records: inputs.reduce((sum, { records }) => sum + records, 0),
        decoded: this.rendered,
        threads,
      },
      inputs: [...inputs, ...unread],
      ...(this.#areNamesTold && {
        seen: {
          channels: [...this.#seen.channels].sort(compareText),
          providers: [...this.#seen.providers].sort(compareText),
          computers: [...this.#seen.computers].sort(compareText),
          nameless: this.#nameless,
          volumes: [...this.#volumes].map(([label, names]) => ({ label, computers: [...names].sort(compareText) })),
        },
      }),
      damage: found.flatMap(({ damage }, index) => {
        const { name: file } = logs[index]!
        return damage.map((each) => ({ file, ...each })).sort((a, b) => a.offset - b.offset)
      }),
    }
  }
}

function keep(names: readonly string[], known: Set<string>): void {
  for (const name of names) if (known.size < NAMES_KEPT) known.add(name)
}
