import type { Collection } from '../evidence/collection.ts'
import type { Analysis } from '../finding/analysis.ts'

/** A private key file that is not there: that is what a proof may rest on. */
export interface AbsentKeyFile {
  readonly kind: 'key-file'
  /** Where it was looked for. */
  readonly file: string
  readonly state: 'absent'
}

/** The key files that an analysis says are absent, in each folder that was looked at for them. */
export function absentKeyFiles(
  { roots }: Pick<Collection, 'roots'>,
  { hosts }: Pick<Analysis, 'hosts'>,
): AbsentKeyFile[] {
  const absent = hosts
    .flatMap(({ facts }) => facts)
    .filter(({ id, state }) => /^key-file\.[^.]+$/.test(id) && state === 'absent')
  const files = roots.flatMap(({ machine }) => {
    const folders = (machine?.keyFolders ?? []).map(({ name, state }) => ({ name, state }))
    const mine = absent.filter(({ source }) => folders.some(({ name }) => name === source.file))
    // A folder that is absent holds nothing either.
    const looked = folders.filter(({ state }) => state === 'present' || state === 'absent')
    return mine.flatMap(({ source }) => looked.map(({ name }) => `${name}/${source.value}`))
  })
  return [...new Set(files)].map((file) => ({ kind: 'key-file', file, state: 'absent' }))
}
