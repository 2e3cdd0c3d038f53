import { toUnixMs } from '../../bytes/filetime.ts'
import { ROLES } from '../../finding/finding.ts'
import type { EvidenceRow } from './evidence-rows.ts'

/** One row in words: what the page shows, and what the script gets. */
export interface RowWords {
  readonly row: EvidenceRow
  readonly time: string
  readonly provider: string
  readonly record: string
  readonly says: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly log: string
  /** The scenario, where the host has more than one finding; the computer, where it had more than one name. */
  readonly notes: readonly string[]
}

/** Rows of many tables for the script, as short as they can be. */
export interface EvidencePack {
  /** @param markOf the mark in the picture by number of the row */
  add(host: number, words: readonly RowWords[], markOf: ReadonlyMap<number, number> | undefined): void
  /**
   * What recurs stands once: `texts`; `kinds` of rows that differ in time and record only, as positions of texts
   * `[provider, eventId, says, log, [note…], [name, value, …]]`; and rows by host, each
   * `[role, mark or -1, milliseconds since 1970 (of the first row) or since the row before, record, kind]`.
   * Undefined without a row.
   */
  data(): object | undefined
}

/** An empty pack. */
export function evidencePack(): EvidencePack {
  const texts = numbering<string>()
  const kinds = numbering<string>()
  const hosts: Record<number, readonly (readonly unknown[])[]> = {}
  const kindOf = ({ row, provider, says, log, notes, fields }: RowWords): number => {
    const kind = [
      texts.place(provider),
      row.evidence.eventId,
      texts.place(says),
      texts.place(log),
      notes.map(texts.place),
      fields.flat().map(texts.place),
    ]
    return kinds.place(JSON.stringify(kind))
  }
  return {
    add(host, words, markOf) {
      let before = 0
      hosts[host] = words.map((word) => {
        const { number, evidence } = word.row
        const now = toUnixMs(evidence.timeCreated)
        const since = now - before
        before = now
        return [ROLES.indexOf(evidence.role), markOf?.get(number) ?? -1, since, word.record, kindOf(word)]
      })
    },
    data() {
      if (Object.keys(hosts).length === 0) return undefined
      return { texts: texts.list(), kinds: kinds.list().map((kind) => JSON.parse(kind)), hosts }
    },
  }
}

/** Things by the order in which they were first met. */
function numbering<T>() {
  const places = new Map<T, number>()
  return {
    place(thing: T): number {
      const place = places.get(thing) ?? places.size
      places.set(thing, place)
      return place
    },
    list: (): T[] => [...places.keys()],
  }
}
