import { inside, type Tree, type TreeEntry } from './tree.ts'
import type { ZipEntry } from './zip-directory.ts'

/** A folder of a zip. A hostile zip may have a file and a folder of one name: both are kept. */
interface Folder {
  readonly folders: Map<string, Folder>
  readonly files: Map<string, ZipEntry>
}

/**
 * The files of a zip as a tree.
 *
 * @param entries each of another name
 * @param real the zip, without links in its path
 */
export function zipTree(entries: readonly ZipEntry[], real: string): Tree {
  const root = emptyFolder()
  for (const entry of entries) plant(root, entry)
  const fileAt = (relative: string): ZipEntry => {
    const cut = relative.lastIndexOf('/')
    return folderAt(root, cut < 0 ? '' : relative.slice(0, cut))!.files.get(relative.slice(cut + 1))!
  }
  return {
    folder: undefined,
    list: async (relative) => {
      const folder = folderAt(root, relative)
      return folder ? listed(folder) : []
    },
    file: (relative) => {
      const { refusal, source } = fileAt(relative)
      return refusal === undefined ? { source } : { refusal }
    },
    sizeOf: async (relative) => fileAt(relative).size,
    identity: (relative) => inside(`${real}\0`, relative),
  }
}

function emptyFolder(): Folder {
  return { folders: new Map(), files: new Map() }
}

function plant(root: Folder, entry: ZipEntry): void {
  const parts = entry.name.split('/')
  const name = parts.pop()!
  let folder = root
  for (const part of parts) {
    const next = folder.folders.get(part) ?? emptyFolder()
    folder.folders.set(part, next)
    folder = next
  }
  folder.files.set(name, entry)
}

function folderAt(root: Folder, relative: string): Folder | undefined {
  let folder: Folder | undefined = root
  for (const part of relative === '' ? [] : relative.split('/')) folder = folder?.folders.get(part)
  return folder
}

function listed(folder: Folder): readonly TreeEntry[] {
  const entries: TreeEntry[] = [...folder.folders.keys()].map((name) => ({ name, kind: 'folder' }))
  for (const [name, { isLink }] of folder.files) entries.push({ name, kind: isLink ? 'link' : 'file' })
  return entries
}
