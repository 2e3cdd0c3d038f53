import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { eachAtOnce } from './at-once.ts'
import { type Closed, findLogFolders, type LogFolders } from './volume.ts'
import { whyUnreadable } from './why-unreadable.ts'

/** What lies below a folder: files to look at, volumes that stand apart, and what could not be entered. */
export interface Walked {
  /** Regular files, below the folder with `/` between; in no particular order. */
  readonly files: readonly string[]
  readonly volumes: readonly { readonly relative: string; readonly places: LogFolders }[]
  readonly closed: readonly Closed[]
  /** Links, below the folder with `/` between: they are not followed. */
  readonly links: readonly string[]
}

/** Folders that are listed at the same time: enough to hide the latency of a network drive. */
const LISTED_AT_ONCE = 16

/**
 * Lists all files below a folder, level by level. Links are not followed, so a circle of them is harmless; devices,
 * pipes and sockets are never touched. A Windows volume met on the way is not entered but returned.
 *
 * @param start below `root` with `/` between; empty for `root` itself
 * @param volumes false inside a volume's own log folder: what is there belongs to it
 * @throws the signal's reason when it is aborted
 */
export async function walkFolder(
  root: string,
  start: string,
  options: { readonly signal?: AbortSignal | undefined; readonly volumes: boolean },
): Promise<Walked> {
  const files: string[] = []
  const links: string[] = []
  const closed: Closed[] = []
  const found: { relative: string; places: LogFolders }[] = []

  const enter = async (relative: string): Promise<readonly string[]> => {
    options.signal?.throwIfAborted()
    let entries: Dirent[]
    try {
      entries = await readdir(join(root, relative), { withFileTypes: true })
    } catch (error) {
      closed.push({ relative, reason: `The folder could not be listed: ${whyUnreadable(error)}` })
      return []
    }
    const places = options.volumes ? await findLogFolders(join(root, relative), entries) : undefined
    if (places) {
      found.push({ relative, places })
      return []
    }
    const named = (entry: Dirent): string => (relative === '' ? entry.name : `${relative}/${entry.name}`)
    for (const entry of entries) {
      if (entry.isFile()) files.push(named(entry))
      else if (entry.isSymbolicLink()) links.push(named(entry))
    }
    return entries.filter((entry) => entry.isDirectory()).map(named)
  }

  let level: readonly string[] = [start]
  while (level.length > 0) level = (await eachAtOnce(LISTED_AT_ONCE, level, enter)).flat()
  return { files, volumes: found, closed, links }
}
