import { sep } from 'node:path'
import { compareText } from '../bytes/compare-text.ts'
import { listsBy } from '../bytes/lists-by.ts'
import { InputError } from '../errors.ts'
import { eachAtOnce } from './at-once.ts'
import type { EvidenceRoot, RefusedFile } from './collection.ts'
import { folderTree } from './folder-tree.ts'
import { findLooseMachine, findMachine, looseHive, type Machine } from './machine.ts'
import { isLogName, isZip } from './recognise.ts'
import { describeShape } from './shape.ts'
import type { Tree, TreeFile } from './tree.ts'
import { type Located, locate } from './typed-path.ts'
import type { Closed, VolumePlaces } from './volume.ts'
import { walkFolder } from './walk-folder.ts'
import { errorCode, reasonUnreadable, whyUnreadable } from './why-unreadable.ts'

/** How a search is stopped, and where it tells what it passed over. */
export interface SearchOptions {
  readonly signal?: AbortSignal
  /** Lines for `--verbose`: what was chosen and why. */
  readonly onNote?: (note: string) => void
  /** Called with the name of each link that was met in a folder; it is not followed. */
  readonly onLink?: (name: string) => void
  /** Hives are looked for, too, where no log lies beside them. */
  readonly hivesAlone?: boolean
  /** What reports call the path instead of what was typed. */
  readonly shownAs?: string
}

/** A root while it is being searched. */
export interface Search {
  readonly kind: EvidenceRoot['kind']
  readonly typed: string
  /** What names begin with. */
  readonly shown: string
  /** Without links: what tells that a file was met before. */
  readonly real: string
  readonly files: readonly Candidate[]
  readonly refused: readonly Omit<RefusedFile, 'root'>[]
  readonly machine?: Machine
}

/** A file that may be a log. */
interface Candidate {
  readonly file: TreeFile
  readonly real: string
  readonly name: string
  /** Named by the user: whatever it is, the report says what became of it. */
  readonly explicit: boolean
}

/** A tree that is searched, and how its places are called. */
interface Ground {
  readonly typed: string
  readonly shown: string
  readonly tree: Tree
}

/**
 * The roots that one typed path leads to: a volume, or a folder, zip or file of loose logs and the volumes met below
 * it.
 *
 * @throws {InputError} when nothing is there
 */
export async function searchPath(typed: string, options: SearchOptions): Promise<readonly Search[]> {
  let place: Located
  try {
    place = await locate(typed)
  } catch (error) {
    const code = error instanceof InputError ? errorCode(error.cause) : undefined
    if (code === undefined || code === 'ENOENT' || code === 'ENOTDIR') throw error
    const reason = reasonUnreadable(error instanceof InputError ? error.cause : error)
    return [refusedAlone(typed, typed, 'unreadable', reason)]
  }
  const shown = options.shownAs ?? place.shown
  const ground = { typed: options.shownAs ?? typed, shown }
  if (place.stats.isDirectory()) return search({ ...ground, tree: folderTree(place.path, place.real) }, options)
  // Opening a pipe would wait for its other end, and reading a device may never end.
  const noFile = 'No file: a device, a pipe or a socket (`-` reads standard input)'
  if (!place.stats.isFile()) return [refusedAlone(ground.typed, shown, 'not-evtx', noFile)]
  if (await isZip(place.path)) return searchZip(ground, place, options)
  const file: TreeFile = { source: { kind: 'file', path: place.path } }
  const only = { file, real: place.real, name: shown, explicit: true }
  return [{ kind: 'loose', ...ground, real: place.real, files: [only], refused: [] }]
}

function refusedAlone(typed: string, shown: string, state: RefusedFile['state'], reason: string): Search {
  return { kind: 'loose', typed, shown, real: typed, files: [], refused: [{ name: shown, size: 0, state, reason }] }
}

async function searchZip(
  { typed, shown }: Omit<Ground, 'tree'>,
  place: Located,
  options: SearchOptions,
): Promise<readonly Search[]> {
  // Loaded only where a zip is given: most runs have none.
  const [{ readZipDirectory }, { zipTree }] = await Promise.all([import('./zip-directory.ts'), import('./zip-tree.ts')])
  const unreadable = (reason: string, name = shown, size = place.stats.size) => {
    return { name, size, state: 'unreadable' as const, reason }
  }
  try {
    const { entries, misplaced, complaint } = await readZipDirectory(place.path, options.signal)
    options.onNote?.(`"${shown}" is a zip of ${entries.length} files, read where it is`)
    const found = await search({ typed, shown, tree: zipTree(entries, place.real) }, options)
    const refused = complaint === undefined ? [] : [unreadable(complaint)]
    for (const { name, size, reason } of misplaced) {
      if (isLogName(name)) refused.push(unreadable(reason, below(shown, name), size))
      else options.onNote?.(`Passed over: "${below(shown, name)}": ${reason}`)
    }
    if (refused.length === 0) return found
    const [only, ...more] = found
    if (only && more.length === 0) return [{ ...only, refused: [...only.refused, ...refused] }]
    return [{ ...refusedAlone(typed, shown, 'unreadable', ''), refused }, ...found]
  } catch (error) {
    options.signal?.throwIfAborted()
    const reason = `It is a zip file that cannot be read: ${whyUnreadable(error)}`
    return [{ ...refusedAlone(typed, shown, 'unreadable', ''), refused: [unreadable(reason)] }]
  }
}

async function search(ground: Ground, options: SearchOptions): Promise<readonly Search[]> {
  const { typed, shown, tree } = ground
  const walked = await walkFolder(tree, '', { signal: options.signal, volumes: true })
  for (const link of walked.links) options.onLink?.(below(shown, link))
  const volumes = [...walked.volumes].sort((a, b) => compareText(a.relative, b.relative))
  const nested = await eachAtOnce(4, volumes, (volume) => searchVolume(ground, volume, options))
  const apart = await searchesBesideHives(ground, walked.files, options)
  const taken = new Set(apart.flatMap(({ folderFiles }) => folderFiles))
  const files = walked.files.filter((relative) => !taken.has(relative))
  const others = [...apart.map(({ search }) => search), ...nested]
  if (files.length === 0 && walked.closed.length === 0 && others.length > 0) return others
  const loose: Search = {
    kind: 'loose',
    typed,
    shown,
    real: tree.identity(''),
    files: files.map((relative) => candidate(ground, relative)),
    refused: walked.closed.map((closed) => refuseClosed(shown, closed)),
  }
  return [loose, ...others]
}

/** Loose logs whose folder also holds hives are a root of their own: hives and logs are taken to be of one machine. */
async function searchesBesideHives(
  ground: Ground,
  files: readonly string[],
  options: SearchOptions,
): Promise<{ readonly search: Search; readonly folderFiles: readonly string[] }[]> {
  const nameOf = (relative: string) => relative.slice(relative.lastIndexOf('/') + 1)
  const folderOf = (relative: string) => relative.slice(0, Math.max(0, relative.lastIndexOf('/')))
  // Looked through once, and not once for each folder: a zip may hold thousands of folders with hives.
  const byFolder = listsBy(files, folderOf)
  const found: { search: Search; folderFiles: readonly string[] }[] = []
  for (const [folder, folderFiles] of [...byFolder].sort(([a], [b]) => compareText(a, b))) {
    if (!folderFiles.some((file) => looseHive(nameOf(file)) !== undefined)) continue
    const hasLogs = folderFiles.some(isLogName)
    if (!hasLogs && !options.hivesAlone) continue
    const shownAs = (relative: string) => below(ground.shown, relative)
    const machine = await findLooseMachine(ground.tree, folder, folderFiles.map(nameOf), shownAs)
    if (machine === undefined) continue
    const shown = shownAs(folder)
    if (hasLogs) {
      options.onNote?.(`"${shown}" holds registry hives beside its logs: they are taken to be of one machine`)
    }
    const typed = folder === '' ? ground.typed : shown
    const candidates = folderFiles.map((relative) => candidate(ground, relative))
    const real = ground.tree.identity(folder)
    found.push({ search: { kind: 'loose', typed, shown, real, files: candidates, refused: [], machine }, folderFiles })
  }
  return found
}

async function searchVolume(
  ground: Ground,
  volume: { readonly relative: string; readonly places: VolumePlaces },
  options: SearchOptions,
): Promise<Search> {
  const { tree } = ground
  const { relative, places } = volume
  const files: Candidate[] = []
  const refused = places.closed.map((closed) => refuseClosed(ground.shown, closed))
  for (const folder of places.logFolders) {
    const walked = await walkFolder(tree, folder, { signal: options.signal, volumes: false })
    files.push(...walked.files.map((file) => candidate(ground, file)))
    refused.push(...walked.closed.map((closed) => refuseClosed(ground.shown, closed)))
    for (const link of walked.links) options.onLink?.(below(ground.shown, link))
  }
  const shown = below(ground.shown, relative)
  options.onNote?.(`"${shown}" is ${describeShape(shown)}`)
  if (files.length === 0) options.onNote?.(`"${shown}" is a Windows volume without a log in System32/winevt/Logs`)
  return {
    kind: 'volume',
    typed: relative === '' ? ground.typed : shown,
    shown,
    real: tree.identity(relative),
    files,
    refused,
    machine: await findMachine(tree, relative, places, (place) => below(ground.shown, place)),
  }
}

function candidate({ tree, shown }: Ground, relative: string): Candidate {
  return { file: tree.file(relative), real: tree.identity(relative), name: below(shown, relative), explicit: false }
}

/** A name under a shown path: one `/` between, whatever the path ends in. */
function below(shown: string, relative: string): string {
  if (relative === '') return shown
  return shown.endsWith('/') || (sep === '\\' && shown.endsWith('\\')) ? shown + relative : `${shown}/${relative}`
}

function refuseClosed(shown: string, closed: Closed): Omit<RefusedFile, 'root'> {
  return { name: below(shown, closed.relative), size: 0, state: 'unreadable', reason: closed.reason }
}
