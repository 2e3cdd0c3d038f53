import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tree, TreeEntry } from './tree.ts'

/**
 * A folder of this file system as a tree.
 *
 * @param real the same folder without links in its path
 */
export function folderTree(folder: string, real: string): Tree {
  return {
    folder,
    list: async (relative) => {
      const entries = await readdir(join(folder, relative), { withFileTypes: true })
      return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
    },
    file: (relative) => ({ source: { kind: 'file', path: join(folder, relative) } }),
    sizeOf: async (relative) => (await stat(join(folder, relative))).size,
    identity: (relative) => join(real, relative),
  }
}

function kindOf(entry: Dirent): TreeEntry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}
