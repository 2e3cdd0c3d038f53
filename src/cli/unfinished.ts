import { rmdirSync, unlinkSync } from 'node:fs'

/** Temporary files of this process, and folders made for them. They are gone when it ends, however it ends. */
const unfinished = new Map<string, 'file' | 'folder'>()
let watching = false

/**
 * Removes a file, or a folder if it is empty then, at the end of the process, unless `finished` is told before. Whoever
 * begins one makes it at once, without waiting: what is made after the end has come stays.
 */
export function beginUnfinished(path: string, kind: 'file' | 'folder' = 'file'): void {
  unfinished.set(path, kind)
  if (watching) return
  watching = true
  process.on('exit', removeAllUnfinished)
}

/** Removes all that was begun and is not finished, as the end of the process does. */
export function removeAllUnfinished(): void {
  // What was made last goes first: a folder is empty only then.
  for (const [each, what] of [...unfinished].reverse()) remove(each, what)
}

/** The path has its final name, or is gone. */
export function finished(path: string): void {
  unfinished.delete(path)
}

/** Removes what was begun, now; no error when it cannot be: a folder may hold what somebody else has put there. */
export function removeUnfinished(path: string): void {
  remove(path, unfinished.get(path) ?? 'file')
  finished(path)
}

function remove(path: string, kind: 'file' | 'folder'): void {
  try {
    if (kind === 'file') unlinkSync(path)
    else rmdirSync(path)
  } catch {
    // Gone already, or not ours any more.
  }
}
