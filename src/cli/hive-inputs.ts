import type { Collection } from '../evidence/collection.ts'
import type { Source } from '../evidence/source.ts'
import type { Analysis } from '../finding/analysis.ts'

/** A registry hive, or a transaction log of one, that an analysis rests on. */
export interface HiveInput {
  readonly kind: 'hive'
  readonly file: string
  /** Bytes. */
  readonly size: number
  readonly state: 'read' | 'unreadable'
  /** Why, when not read. */
  readonly reason?: string
}

/** The hives beside the logs that are there, each followed by its transaction logs; one that two roots share is there once. */
export function hiveFiles({
  roots,
}: Pick<Collection, 'roots'>): readonly { readonly name: string; readonly source: Source; readonly size: number }[] {
  const files = roots
    .flatMap(({ machine }) => machine?.hives ?? [])
    .flatMap(({ name, source, size = 0, logs }) => (source ? [{ name, source, size }, ...logs] : []))
  return [...new Map(files.map((file) => [file.name, file])).values()]
}

/** What became of the hives in an analysis, for its manifest. */
export function hiveInputs(collection: Pick<Collection, 'roots'>, { hosts }: Pick<Analysis, 'hosts'>): HiveInput[] {
  const unread = new Map<string, string | undefined>()
  for (const { id, state, source, reason } of hosts.flatMap(({ facts }) => facts)) {
    if (id.startsWith('hive.') && state === 'unreadable') unread.set(source.file, reason)
  }
  return hiveFiles(collection).map(({ name: file, size }) => {
    if (!unread.has(file)) return { kind: 'hive', file, size, state: 'read' }
    const reason = unread.get(file)
    return { kind: 'hive', file, size, state: 'unreadable', ...(reason !== undefined && { reason }) }
  })
}
