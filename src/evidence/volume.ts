import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { whyUnreadable } from './why-unreadable.ts'

/** A folder or file that could not be looked into. */
export interface Closed {
  /** Below the root, with `/`; empty for the root itself. */
  readonly relative: string
  /** One sentence without full stop. */
  readonly reason: string
}

/** The folders of a Windows volume that hold its event logs, archived ones included. */
export interface LogFolders {
  /** Below the volume's root, with `/`, spelled as on the disk. More than one where the file system tells case apart. */
  readonly folders: readonly string[]
  readonly closed: readonly Closed[]
}

const SYSTEM32 = ['windows', 'system32']
const LOGS = ['winevt', 'logs']

/**
 * Finds the event logs' known place, `Windows/System32/winevt/Logs` in any letter case, below a folder.
 *
 * @param root a folder
 * @param entries what the folder holds
 * @returns undefined when the folder is no Windows volume: it has no `Windows/System32`
 */
export async function findLogFolders(root: string, entries: readonly Dirent[]): Promise<LogFolders | undefined> {
  const closed: Closed[] = []
  const windows = namesakes(entries, SYSTEM32[0]!)
  if (windows.length === 0) return undefined
  const system32 = await descend(root, windows, SYSTEM32.slice(1), closed)
  // A Windows folder that may not be listed may well hold System32: told as closed, not passed over.
  if (system32.length === 0 && closed.length === 0) return undefined
  return { folders: await descend(root, system32, LOGS, closed), closed }
}

/** Follows names of any letter case down from some folders; notes the folders that cannot be listed. */
async function descend(
  root: string,
  from: readonly string[],
  names: readonly string[],
  closed: Closed[],
): Promise<readonly string[]> {
  let reached = from
  for (const name of names) {
    const next: string[] = []
    for (const relative of reached) {
      try {
        const entries = await readdir(join(root, relative), { withFileTypes: true })
        next.push(...namesakes(entries, name).map((child) => `${relative}/${child}`))
      } catch (error) {
        closed.push({ relative, reason: `The folder could not be listed: ${whyUnreadable(error)}` })
      }
    }
    reached = next
  }
  return reached
}

/** Folders of that name in any letter case, in one order. Links are not followed. */
function namesakes(entries: readonly Dirent[], name: string): readonly string[] {
  return entries
    .filter((entry) => entry.isDirectory() && entry.name.toLowerCase() === name)
    .map((entry) => entry.name)
    .sort()
}
