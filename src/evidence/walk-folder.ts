import { eachAtOnce } from './at-once.ts'
import { inside, type Tree } from './tree.ts'
import { type Closed, findVolumePlaces, listOrClose, type VolumePlaces } from './volume.ts'

/** What lies below a folder: files to look at, volumes that stand apart, and what could not be entered. */
export interface Walked {
  /** Regular files, below the tree's root with `/` between; in no particular order. */
  readonly files: readonly string[]
  readonly volumes: readonly { readonly relative: string; readonly places: VolumePlaces }[]
  readonly closed: readonly Closed[]
  /** Links: they are not followed. */
  readonly links: readonly string[]
}

/** Folders that are listed at the same time: enough to hide the latency of a network drive. */
const LISTED_AT_ONCE = 16

/**
 * Lists all files below a folder, level by level. Links are not followed, so a circle of them is harmless; devices,
 * pipes and sockets are never touched. A Windows volume met on the way is not entered but returned.
 *
 * @param start below the tree's root; empty for the root itself
 * @param volumes false inside a volume's own log folder: what is there belongs to it
 * @throws the signal's reason when it is aborted
 */
export async function walkFolder(
  tree: Tree,
  start: string,
  options: { readonly signal?: AbortSignal | undefined; readonly volumes: boolean },
): Promise<Walked> {
  const files: string[] = []
  const links: string[] = []
  const closed: Closed[] = []
  const found: { relative: string; places: VolumePlaces }[] = []

  const enter = async (relative: string): Promise<readonly string[]> => {
    options.signal?.throwIfAborted()
    const entries = await listOrClose(tree, relative, closed)
    const places = options.volumes ? await findVolumePlaces(tree, relative, entries) : undefined
    if (places) {
      found.push({ relative, places })
      return []
    }
    const folders: string[] = []
    for (const { name, kind } of entries) {
      const path = inside(relative, name)
      if (kind === 'file') files.push(path)
      else if (kind === 'folder') folders.push(path)
      else if (kind === 'link') links.push(path)
    }
    return folders
  }

  let level: readonly string[] = [start]
  while (level.length > 0) level = (await eachAtOnce(LISTED_AT_ONCE, level, enter)).flat()
  return { files, volumes: found, closed, links }
}
