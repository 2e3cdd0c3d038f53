import { foldersNamed, inside, type Tree, type TreeEntry } from './tree.ts'
import { whyUnreadable } from './why-unreadable.ts'

/** A folder or file that could not be looked into. */
export interface Closed {
  /** Below the root, with `/`; empty for the root itself. */
  readonly relative: string
  /** One sentence without full stop. */
  readonly reason: string
}

/**
 * The known places of a Windows volume, each spelled as on the disk; more than one where the file system tells case
 * apart.
 */
export interface VolumePlaces {
  /** Below the tree's root, with `/`. */
  readonly system32: readonly string[]
  /** The folders of the event logs, archived ones included. */
  readonly logFolders: readonly string[]
  readonly closed: readonly Closed[]
}

/**
 * Finds the known places of a Windows volume, in any letter case.
 *
 * @param root a folder of the tree
 * @param entries what the folder holds
 * @returns undefined when the folder is no Windows volume: it has no `Windows/System32`
 */
export async function findVolumePlaces(
  tree: Tree,
  root: string,
  entries: readonly TreeEntry[],
): Promise<VolumePlaces | undefined> {
  const closed: Closed[] = []
  const windows = foldersNamed(entries, 'windows').map((name) => inside(root, name))
  if (windows.length === 0) return undefined
  const system32 = await descend(tree, windows, ['system32'], closed)
  // A Windows folder that may not be listed may well hold System32: told as closed, not passed over.
  if (system32.length === 0 && closed.length === 0) return undefined
  return { system32, logFolders: await descend(tree, system32, ['winevt', 'logs'], closed), closed }
}

/** Follows names of any letter case down from some folders; notes the folders that cannot be listed. */
export async function descend(
  tree: Tree,
  from: readonly string[],
  names: readonly string[],
  closed: Closed[],
): Promise<readonly string[]> {
  let reached = from
  for (const name of names) {
    const next: string[] = []
    for (const relative of reached) {
      const entries = await listOrClose(tree, relative, closed)
      next.push(...foldersNamed(entries, name).map((child) => inside(relative, child)))
    }
    reached = next
  }
  return reached
}

/** What a folder holds; nothing, and a note of it, where it cannot be listed. */
export async function listOrClose(tree: Tree, relative: string, closed: Closed[]): Promise<readonly TreeEntry[]> {
  try {
    return await tree.list(relative)
  } catch (error) {
    closed.push({ relative, reason: `The folder could not be listed: ${whyUnreadable(error)}` })
    return []
  }
}
