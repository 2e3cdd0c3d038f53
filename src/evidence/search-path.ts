import { join, sep } from 'node:path'
import { compareText } from '../bytes/compare-text.ts'
import { InputError } from '../errors.ts'
import { eachAtOnce } from './at-once.ts'
import type { EvidenceRoot, RefusedFile } from './collection.ts'
import { type Located, locate } from './typed-path.ts'
import type { Closed, LogFolders } from './volume.ts'
import { walkFolder } from './walk-folder.ts'
import { errorCode, reasonUnreadable } from './why-unreadable.ts'

/** How a search is stopped, and where it tells what it passed over. */
export interface SearchOptions {
  readonly signal?: AbortSignal
  /** Lines for `--verbose`: what was chosen and why. */
  readonly onNote?: (note: string) => void
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
}

/** A file that may be a log. */
interface Candidate {
  readonly path: string
  readonly real: string
  readonly name: string
  /** Named by the user: whatever it is, the report says what became of it. */
  readonly explicit: boolean
}

/**
 * The roots that one typed path leads to: a volume, or a folder or file of loose logs and the volumes met below it.
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
    const refused = [{ name: typed, size: 0, state: 'unreadable' as const, reason }]
    return [{ kind: 'loose', typed, shown: typed, real: typed, files: [], refused }]
  }
  if (place.stats.isDirectory()) return searchFolder(typed, place, options)
  const loose = { kind: 'loose' as const, typed, shown: place.shown, real: place.real }
  if (place.stats.isFile()) {
    const file = { path: place.path, real: place.real, name: place.shown, explicit: true }
    return [{ ...loose, files: [file], refused: [] }]
  }
  // Opening a pipe would wait for its other end, and reading a device may never end.
  const reason = 'No file: a device, a pipe or a socket (`-` reads standard input)'
  return [{ ...loose, files: [], refused: [{ name: place.shown, size: 0, state: 'not-evtx', reason }] }]
}

async function searchFolder(typed: string, place: Located, options: SearchOptions): Promise<readonly Search[]> {
  const walked = await walkFolder(place.path, '', { signal: options.signal, volumes: true })
  for (const link of walked.links) options.onNote?.(`Not followed, a link: "${below(place.shown, link)}"`)
  const volumes = [...walked.volumes].sort((a, b) => compareText(a.relative, b.relative))
  const nested = await eachAtOnce(4, volumes, (volume) => searchVolume(typed, place, volume, options))
  if (walked.files.length === 0 && walked.closed.length === 0 && nested.length > 0) return nested
  const loose: Search = {
    kind: 'loose',
    typed,
    shown: place.shown,
    real: place.real,
    files: walked.files.map((relative) => candidate(place, relative)),
    refused: walked.closed.map((closed) => refuseClosed(place.shown, closed)),
  }
  return [loose, ...nested]
}

async function searchVolume(
  typed: string,
  place: Located,
  volume: { readonly relative: string; readonly places: LogFolders },
  options: SearchOptions,
): Promise<Search> {
  const inside = (relative: string): string => (volume.relative === '' ? relative : `${volume.relative}/${relative}`)
  const files: Candidate[] = []
  const refused = volume.places.closed.map((closed) =>
    refuseClosed(place.shown, { ...closed, relative: inside(closed.relative) }),
  )
  for (const folder of volume.places.folders) {
    const walked = await walkFolder(place.path, inside(folder), { signal: options.signal, volumes: false })
    files.push(...walked.files.map((relative) => candidate(place, relative)))
    refused.push(...walked.closed.map((closed) => refuseClosed(place.shown, closed)))
    for (const link of walked.links) options.onNote?.(`Not followed, a link: "${below(place.shown, link)}"`)
  }
  const shown = volume.relative === '' ? place.shown : below(place.shown, volume.relative)
  if (files.length === 0) options.onNote?.(`"${shown}" is a Windows volume without a log in System32/winevt/Logs`)
  return {
    kind: 'volume',
    typed: volume.relative === '' ? typed : shown,
    shown,
    real: volume.relative === '' ? place.real : join(place.real, volume.relative),
    files,
    refused,
  }
}

function candidate(place: Located, relative: string): Candidate {
  return {
    path: join(place.path, relative),
    real: join(place.real, relative),
    name: below(place.shown, relative),
    explicit: false,
  }
}

/** A name under a shown path: one `/` between, whatever the path ends in. */
function below(shown: string, relative: string): string {
  if (relative === '') return shown
  return shown.endsWith('/') || (sep === '\\' && shown.endsWith('\\')) ? shown + relative : `${shown}/${relative}`
}

function refuseClosed(shown: string, closed: Closed): Omit<RefusedFile, 'root'> {
  return { name: below(shown, closed.relative), size: 0, state: 'unreadable', reason: closed.reason }
}
