import { type Dirent, promises, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promptly } from './promptly.ts'
import type { Tree, TreeEntry } from './tree.ts'

/** Folders whose entries are remembered, and entries of one of them. */
const MOST_LISTED = 4_096
const MOST_ENTRIES = 256

/**
 * A folder of this file system as a tree, as it was when it was first asked for.
 *
 * @param real the same folder without links in its path
 */
export function folderTree(folder: string, real: string): Tree {
  const listed = new Map<string, Promise<readonly TreeEntry[]>>()
  return {
    folder,
    // A volume's folders are asked for again by whoever looks for logs, hives and keys in them.
    list: (relative) => {
      const known = listed.get(relative)
      if (known !== undefined) return known
      const entries = list(join(folder, relative))
      if (listed.size < MOST_LISTED) listed.set(relative, entries)
      entries.then(
        ({ length }) => length > MOST_ENTRIES && listed.delete(relative),
        // A drive may be back when it is asked again.
        () => listed.delete(relative),
      )
      return entries
    },
    file: (relative) => ({ source: { kind: 'file', path: join(folder, relative) } }),
    sizeOf: async (relative) => {
      const path = join(folder, relative)
      const { size } = await promptly(
        () => statSync(path),
        () => promises.stat(path),
      )
      return size
    },
    identity: (relative) => join(real, relative),
  }
}

async function list(path: string): Promise<readonly TreeEntry[]> {
  const entries = await promptly(
    () => readdirSync(path, { withFileTypes: true }),
    () => promises.readdir(path, { withFileTypes: true }),
  )
  return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
}

function kindOf(entry: Dirent): TreeEntry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}
