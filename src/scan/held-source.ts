import { openSource } from '../evidence/open-source.ts'
import { flowsOnly, type OpenSource, type Source } from '../evidence/source.ts'

/**
 * What this thread has open between two ranges of one log that can only be read forward: the next range goes on where
 * the last one ended, so that a log costs each thread one way through it, however it is cut.
 */
let held: { readonly key: string; readonly open: OpenSource } | undefined

/**
 * Opens a source, or goes on with it. Two runs may go on in one process: none finds the other's while it is in use.
 *
 * @throws whatever opening throws
 */
export async function takeOpen(source: Source): Promise<OpenSource> {
  const mine = held
  if (mine === undefined || !flowsOnly(source)) return openSource(source)
  held = undefined
  if (mine.key === keyOf(source)) return mine.open
  mine.open.close()
  return openSource(source)
}

/**
 * Closes a source, or holds it for the next range.
 *
 * @param use `goesOn`: ranges of it are still to come
 */
export function giveBack(source: Source, open: OpenSource, use: { readonly goesOn: boolean }): void {
  if (!use.goesOn || !flowsOnly(source)) {
    open.close()
    return
  }
  held?.open.close()
  held = { key: keyOf(source), open }
}

function keyOf(source: Source): string {
  return JSON.stringify(source)
}
