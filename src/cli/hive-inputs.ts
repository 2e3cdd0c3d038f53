import type { Collection } from '../evidence/collection.ts'
import type { Source } from '../evidence/source.ts'
import type { Fact } from '../facts/fact.ts'
import type { Analysis } from '../finding/analysis.ts'

/** A registry hive, or a transaction log of one, that an analysis rests on. */
export interface HiveInput {
  readonly kind: 'hive'
  readonly file: string
  /** Bytes. */
  readonly size: number
  readonly state: 'read' | 'unreadable'
  /** Why, when not read; what it lacks, when not read whole. */
  readonly reason?: string
}

/**
 * The hives beside the logs that are there, each followed by its transaction logs; one that two roots share is there
 * once.
 */
export function hiveFiles({
  roots,
}: Pick<Collection, 'roots'>): readonly { readonly name: string; readonly source: Source; readonly size: number }[] {
  const files = roots
    .flatMap(({ machine }) => machine?.hives ?? [])
    .flatMap(({ name, source, size = 0, logs }) => (source ? [{ name, source, size }, ...logs] : []))
  return [...new Map(files.map((file) => [file.name, file])).values()]
}

/** The hives that could not be read, or not whole, by the facts that say so. */
export function unreadHives(facts: readonly Fact[]): readonly {
  readonly name: string
  readonly state: Fact['state']
  readonly reason: string
}[] {
  return facts.flatMap(({ id, state, value, source, reason = 'It could not be read' }) =>
    id.startsWith('hive.') && (state === 'unreadable' || value === 'truncated')
      ? [{ name: source.file, state, reason }]
      : [],
  )
}

/** What became of the hives in an analysis, for its manifest. */
export function hiveInputs(collection: Pick<Collection, 'roots'>, { hosts }: Pick<Analysis, 'hosts'>): HiveInput[] {
  const unread = new Map(unreadHives(hosts.flatMap(({ facts }) => facts)).map((each) => [each.name, each]))
  return hiveFiles(collection).map(({ name: file, size }) => {
    const { state, reason } = unread.get(file) ?? {}
    const base = { kind: 'hive', file, size, state: state === 'unreadable' ? 'unreadable' : 'read' } as const
    return reason === undefined ? base : { ...base, reason }
  })
}
