import type { Damage } from '../errors.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { LogFile } from '../evidence/collection.ts'
import { flowsOnly } from '../evidence/source.ts'
import type { Need } from '../query/need.ts'
import type { SightingRow } from '../query/sighting-rows.ts'
import { decodeRows } from './decode-rows.ts'
import { type Decode, type Wanted, wantedOf } from './sightings.ts'
import type { SurveyedLog } from './survey.ts'

/** Records that are decoded before their hosts' turn, beyond those of one host: they wait in memory. */
const MOST_AHEAD = 20_000

/**
 * Decodes what is kept of one host after the other. A log in a zip can only be read from its start on, so where it
 * holds several hosts (`ForwardedEvents`), what is kept of many of them is decoded on one way through it.
 */
export class HostDecoder {
  readonly #hosts: readonly (readonly SurveyedLog[])[]
  readonly #needs: readonly Need[]
  readonly #onDamage: (file: string, damage: Damage) => void
  /** Logs that are far and that several hosts stand in. */
  readonly #shared: ReadonlySet<LogFile>
  /** Events of shared logs by offset, of the hosts up to a position. */
  readonly #ahead = new Map<LogFile, ReadonlyMap<number, WinEvent>>()
  #until = 0

  /**
   * @param hosts what each has of each log, in the order that they are asked for
   * @param onDamage called with what could not be decoded, and the log's name
   */
  constructor(
    hosts: readonly (readonly SurveyedLog[])[],
    needs: readonly Need[],
    onDamage: (file: string, damage: Damage) => void,
  ) {
    this.#hosts = hosts
    this.#needs = needs
    this.#onDamage = onDamage
    const met = new Set<LogFile>()
    const shared = new Set<LogFile>()
    for (const { log } of hosts.flat()) {
      if (met.has(log) && flowsOnly(log.source)) shared.add(log)
      met.add(log)
    }
    this.#shared = shared
  }

  /** What decodes for the host at a position. */
  of(position: number): Decode {
    return async (wanted) => {
      const { log } = wanted.log
      if (!this.#shared.has(log)) return this.#decode(wanted)
      if (position >= this.#until) await this.#lookAhead(position)
      return this.#ahead.get(log) ?? new Map()
    }
  }

  async #lookAhead(from: number): Promise<void> {
    this.#ahead.clear()
    const coming = new Map<LogFile, { log: SurveyedLog; rows: SightingRow[]; besides: Sighting[] }>()
    let rows = 0
    let position = from
    for (; position < this.#hosts.length && rows < MOST_AHEAD; position++) {
      const logs = this.#hosts[position]!
      if (!logs.some(({ log }) => this.#shared.has(log))) continue
      for (const wanted of wantedOf(logs, this.#needs)) {
        const { log } = wanted.log
        if (!this.#shared.has(log)) continue
        const all = coming.get(log) ?? { log: wanted.log, rows: [], besides: [] }
        for (const row of wanted.rows) all.rows.push(row)
        for (const sighting of wanted.besides) all.besides.push(sighting)
        coming.set(log, all)
        rows += wanted.rows.length
      }
    }
    this.#until = position
    for (const [log, wanted] of coming) this.#ahead.set(log, await this.#decode(wanted))
  }

  async #decode({ log, rows, besides }: Wanted): Promise<ReadonlyMap<number, WinEvent>> {
    const { events, damage } = await decodeRows(log, rows, besides)
    for (const each of damage) this.#onDamage(log.log.name, each)
    return events
  }
}
