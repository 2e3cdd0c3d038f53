import type { Collection } from '../evidence/collection.ts'
import type { Analysis, HostAnalysis } from '../finding/analysis.ts'

/**
 * A private key file that was looked for. Whether it is there is what a proof may rest on; what it holds is secret, is
 * not read, and has no hash.
 */
export type KeyFileInput = { readonly kind: 'key-file'; readonly file: string } & (
  | { readonly state: 'absent' }
  | { readonly state: 'present'; readonly size: number }
)

/** The key files that an analysis says are there, and those that are absent, in each folder that was looked at for them. */
export function keyFileInputs(
  { roots }: Pick<Collection, 'roots'>,
  { hosts }: Pick<Analysis, 'hosts'>,
): readonly KeyFileInput[] {
  const found = hosts.flatMap(presentIn)
  const absent = hosts.flatMap(({ facts }) => facts).filter(({ id, state }) => isKeyFile(id) && state === 'absent')
  const lost = roots.flatMap(({ machine }) => {
    const folders = (machine?.keyFolders ?? []).map(({ name, state }) => ({ name, state }))
    const mine = absent.filter(({ source }) => folders.some(({ name }) => name === source.file))
    // A folder that is absent holds nothing either.
    const looked = folders.filter(({ state }) => state === 'present' || state === 'absent')
    return mine.flatMap(({ source }) => looked.map(({ name }) => `${name}/${source.value}`))
  })
  const inputs = [...found, ...lost.map((file): KeyFileInput => ({ kind: 'key-file', file, state: 'absent' }))]
  return [...new Map(inputs.map((input) => [input.file, input])).values()]
}

/** The folders of private keys that are there and could not be listed, or may be behind one that could not. */
export function unreadKeyFolders({
  roots,
}: Pick<Collection, 'roots'>): readonly { readonly name: string; readonly reason: string }[] {
  const unread = roots
    .flatMap(({ machine }) => machine?.keyFolders ?? [])
    .filter(({ state }) => state === 'unreadable')
    .map(({ name, reason = 'It could not be listed' }) => ({ name, reason }))
  return [...new Map(unread.map((folder) => [folder.name, folder])).values()]
}

function isKeyFile(id: string): boolean {
  return /^key-file\.[^.]+$/.test(id)
}

function presentIn({ facts }: Pick<HostAnalysis, 'facts'>): readonly KeyFileInput[] {
  const sizes = new Map(facts.map(({ id, value }) => [id, value]))
  return facts
    .filter(({ id, state }) => isKeyFile(id) && state === 'present')
    .map(({ id, source }) => {
      const size = sizes.get(`${id}.size`)
      const file = `${source.file}/${source.value}`
      return { kind: 'key-file', file, state: 'present', size: typeof size === 'number' ? size : 0 }
    })
}
