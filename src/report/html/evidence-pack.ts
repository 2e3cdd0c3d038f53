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
  /** The event as Windows writes it, where the page shows it. */
  readonly xml: string | undefined
}

/** Rows of many tables for the script, as short as they can be. */
export interface EvidencePack {
  /** @param markOf the mark in the picture by number of the row */
  add(host: number, words: readonly RowWords[], markOf: ReadonlyMap<number, number> | undefined): void
  /**
   * What recurs stands once: `texts`; `kinds` of rows that differ in time and record only, as positions of texts
   * `[provider, eventId, says, log, [note…], [name, value, …]]`; and rows by host, `;` between them, of each `role,mark
   * or nothing,milliseconds since 1970 (of the first row) or since the row before,record,kind`, numbers to base 36. A
   * record that is more than a number is the place of its text, behind `~`. `xml` has that of some rows, by host and
   * number of the row. Undefined without a row.
   */
  data(): object | undefined
}

/** An empty pack. */
export function evidencePack(): EvidencePack {
  const texts = numbering<string>()
  const kinds = numbering<string>()
  const hosts: Record<number, string> = {}
  const xml: Record<number, Record<number, string>> = {}
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
      const rows = words.map((word) => {
        const { number, evidence } = word.row
        const now = toUnixMs(evidence.timeCreated)
        const since = now - before
        before = now
        const isNumber = word.record === String(evidence.recordId)
        const record = isNumber ? short(evidence.recordId) : `~${short(texts.place(word.record))}`
        const mark = markOf?.get(number)
        const role = ROLES.indexOf(evidence.role)
        return [role, mark === undefined ? '' : short(mark), short(since), record, short(kindOf(word))].join(',')
      })
      hosts[host] = rows.join(';')
      const shown = words.flatMap((word) => (word.xml === undefined ? [] : [[word.row.number, word.xml] as const]))
      if (shown.length > 0) xml[host] = Object.fromEntries(shown)
    },
    data() {
      if (Object.keys(hosts).length === 0) return undefined
      return { texts: texts.list(), kinds: kinds.list().map((kind) => JSON.parse(kind)), hosts, xml }
    },
  }
}

function short(number: number): string {
  return number.toString(36)
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
