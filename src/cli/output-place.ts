import type { BigIntStats } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Collection } from '../evidence/collection.ts'
import { locate } from '../evidence/typed-path.ts'

/** Where an output goes. */
export interface OutputPlace {
  /** As typed. */
  readonly typed: string
  /** Absolute, links resolved: what a rename replaces is the file, not a link to it. */
  readonly path: string
  /** Nothing yet, a file or folder that is replaced, or a device or pipe that is written straight. */
  readonly kind: 'new' | 'file' | 'folder' | 'device'
}

/** What an output must respect. */
export interface PlaceOptions {
  readonly force: boolean
  /** Paths as typed, and the logs found under them. */
  readonly evidence: { readonly paths: readonly string[]; readonly collection: Collection }
}

/**
 * The place for an output file.
 *
 * @throws {UsageError} it lies inside the evidence, exists and is not forced, is a folder or named like one, or has no
 *   folder to be in
 */
export async function placeFile(typed: string, options: PlaceOptions): Promise<OutputPlace> {
  const path = await settle(typed)
  const there = await statOf(path)
  await refuseInside(typed, path, there, options)
  if (isFolderName(typed) && !there?.isDirectory()) {
    throw new UsageError(`"${typed}" is the name of a folder: a file was expected, as in "${join(typed, 'out')}"`)
  }
  if (there === undefined) {
    const folder = await statOf(dirname(path))
    if (!folder?.isDirectory()) throw new UsageError(`There is no folder "${dirname(typed)}" to write "${typed}" in`)
    return { typed, path, kind: 'new' }
  }
  if (there.isDirectory()) throw new UsageError(`"${typed}" is a folder: a file was expected`)
  if (!there.isFile()) return { typed, path, kind: 'device' }
  if (!options.force) throw new UsageError(`"${typed}" exists: give another name, or --force to replace it`)
  return { typed, path, kind: 'file' }
}

/**
 * The place for a folder of results. One that exists must be empty unless it is forced.
 *
 * @throws {UsageError} it lies inside the evidence, is no folder, or holds something and is not forced
 */
export async function placeFolder(typed: string, options: PlaceOptions): Promise<OutputPlace> {
  const path = await settle(typed)
  const there = await statOf(path)
  await refuseInside(typed, path, there, options)
  if (there === undefined) return { typed, path, kind: 'new' }
  if (!there.isDirectory()) throw new UsageError(`"${typed}" is no folder: analyze writes a folder of results`)
  if (!options.force && (await readdir(path)).length > 0) {
    throw new UsageError(`The folder "${typed}" is not empty: give another name, or --force to replace results in it`)
  }
  return { typed, path, kind: 'folder' }
}

/** True when what stands last in it can be no file: `out/`, `out/.`. */
function isFolderName(typed: string): boolean {
  const last = typed.split(sep).at(-1)?.split('/').at(-1) ?? ''
  return ['', '.', '..'].includes(last)
}

/** The absolute path without links, of what is there or of what would be. */
async function settle(typed: string): Promise<string> {
  if (typed === '') throw new UsageError('The output has an empty name: a path was expected')
  const path = resolve(typed)
  try {
    return await realpath(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(await settle(parent), basename(path))
  }
}

async function statOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true })
  } catch {
    // A link that leads nowhere is there all the same.
    return lstat(path, { bigint: true }).catch(() => undefined)
  }
}

/**
 * Compares by device and inode on the way up, so that letter case, links and mounts do not matter. Evidence is never
 * written to, forced or not.
 */
async function refuseInside(
  typed: string,
  path: string,
  there: BigIntStats | undefined,
  options: PlaceOptions,
): Promise<void> {
  const isDevice = there !== undefined && !there.isFile() && !there.isDirectory()
  if (isDevice) return
  const folders: BigIntStats[] = []
  for (const given of options.evidence.paths) {
    if (given === '-') continue
    const place = await locate(given).catch(() => undefined)
    const stats = place && (await statOf(place.real))
    if (stats?.isDirectory()) folders.push(stats)
    else if (there && stats && isSame(there, stats)) refuse(typed)
  }
  let above = path
  for (;;) {
    const stats = await statOf(above)
    if (stats && folders.some((folder) => isSame(folder, stats))) refuse(typed)
    const next = dirname(above)
    if (next === above) break
    above = next
  }
  // A hard link to a log lies outside, and is the log.
  if (!there?.isFile() || there.nlink === 1n) return
  for (const log of options.evidence.collection.logs) {
    const stats = await statOf(log.source.path)
    if (stats && isSame(there, stats)) refuse(typed)
  }
}

function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.ino === b.ino && a.dev === b.dev
}

function refuse(typed: string): never {
  throw new UsageError(`"${typed}" lies inside the evidence, which is never written to: give a path outside of it`)
}
