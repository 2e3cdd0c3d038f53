import { basename, dirname, sep } from 'node:path'
import { folderTree } from './folder-tree.ts'
import { filesNamed } from './tree.ts'
import type { Located } from './typed-path.ts'
import { type Closed, descend, listOrClose } from './volume.ts'

/** A Windows volume that a typed path leads into, so that what lies beside its logs is not looked at. */
export interface VolumeAbove {
  /** The typed path, as reports show it. */
  readonly given: string
  /** What to type instead. */
  readonly volume: string
  /** The volume, without links in its path. */
  readonly real: string
}

/** Folders above a path that are looked at. */
const MOST_LEVELS = 64

/**
 * The Windows volume whose `Windows` folder a place is, or lies in; only one that has a SYSTEM hive counts. What cannot
 * be looked at has none.
 */
export async function volumeAbove({ shown, real }: Pick<Located, 'shown' | 'real'>): Promise<VolumeAbove | undefined> {
  let windows = real
  for (let level = 0; level < MOST_LEVELS && dirname(windows) !== windows; level++) {
    const volume = dirname(windows)
    if (basename(windows).toLowerCase() === 'windows' && (await hasSystemHive(volume, basename(windows)))) {
      return { given: shown, volume: asTyped(shown, real, volume), real: volume }
    }
    windows = volume
  }
  return undefined
}

async function hasSystemHive(volume: string, windows: string): Promise<boolean> {
  const tree = folderTree(volume, volume)
  const closed: Closed[] = []
  for (const config of await descend(tree, [windows], ['system32', 'config'], closed)) {
    if (filesNamed(await listOrClose(tree, config, closed), 'SYSTEM').length > 0) return true
  }
  return false
}

/** The volume as the start of what was typed, where that names it; else as it is called without links. */
function asTyped(shown: string, real: string, volume: string): string {
  const tail = real.slice(volume.length).replace(/^[\\/]/, '')
  const typed = sep === '\\' ? shown.replaceAll('/', '\\') : shown
  if (typed === tail) return '.'
  if (!typed.endsWith(sep + tail)) return volume
  return shown.slice(0, shown.length - tail.length - sep.length) || sep
}
