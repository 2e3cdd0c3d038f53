import { promises, realpathSync, type Stats, stat } from 'node:fs'
import { promisify } from 'node:util'
import { InputError } from '../errors.ts'
import { promptly } from './promptly.ts'
import { errorCode, whyUnreadable } from './why-unreadable.ts'

const statSoon = promisify(stat)

/** Where a path that somebody typed leads. */
export interface Located {
  /** As reports say it: what was typed, without a stray quote or slash at its end. */
  readonly shown: string
  /** To open it. */
  readonly path: string
  /** Without links; two paths to one place have one. */
  readonly real: string
  readonly stats: Stats
}

/**
 * How a typed path may be meant, best first. `F:`, `F:\` and `F:"` are one volume: the last is what a program gets
 * when `"F:\"` is typed, because the backslash keeps the quote from closing. On Windows `F:` alone would be the
 * drive's current folder.
 *
 * @param platform as `process.platform`
 */
export function readings(typed: string, platform: string): readonly string[] {
  const bare = typed.replace(/"+$/, '')
  const drive = /^[A-Za-z]:[\\/]*$/.test(bare) ? bare.slice(0, 2) : undefined
  if (drive !== undefined) return platform === 'win32' ? [`${drive}\\`] : [...new Set([typed, bare, drive])]
  const meant = [typed, bare].filter((path) => path !== '')
  return [...new Set(platform === 'win32' ? meant.reverse() : meant)]
}

/** A typed path as reports say it: `F:\`, `F:"` and `logs/` become `F:` and `logs`; `/` stays. */
export function shownPath(path: string, platform: string): string {
  const drive = /^([A-Za-z]:)[\\/]*"*$/.exec(path)
  if (drive) return drive[1]!
  const shown = path.replace(platform === 'win32' ? /[\\/]+$/ : /\/+$/, '')
  return shown === '' ? path : shown
}

/**
 * Finds out where a typed path leads.
 *
 * @throws {InputError} when nothing is there, or it cannot be reached
 */
export async function locate(typed: string, platform: string = process.platform): Promise<Located> {
  let failure: unknown
  for (const path of readings(typed, platform)) {
    try {
      // A drive that sleeps or is gone may take long to say so: whoever waits can still be interrupted.
      const stats = await statSoon(path)
      const real = await promptly(
        () => realpathSync.native(path),
        () => promises.realpath(path),
      )
      return { shown: shownPath(path, platform), path, real, stats }
    } catch (error) {
      failure ??= error
    }
  }
  throw new InputError(whyNotFound(typed, failure), typed, { cause: failure })
}

function whyNotFound(typed: string, failure: unknown): string {
  if (typed === '') return 'The path is empty: a file or a folder was expected'
  const code = errorCode(failure)
  const missing = code === 'ENOENT' || code === 'ENOTDIR'
  if (!missing) return `Could not reach "${typed}": ${whyUnreadable(failure)}`
  const swallowed = /^[A-Za-z]:"\s/.test(typed)
    ? '; the backslash before the quote took the rest of the line with it: write F: or "F:\\\\"'
    : ''
  return `There is no file or folder "${typed}"${swallowed}`
}
