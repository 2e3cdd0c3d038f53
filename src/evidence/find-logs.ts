import { sep } from 'node:path'
import { compareText } from '../bytes/compare-text.ts'
import { eachAtOnce } from './at-once.ts'
import type { Collection, LogFile, RefusedFile } from './collection.ts'
import { uniqueTails } from './label.ts'
import { isLogName, type Recognised, recogniseFile } from './recognise.ts'
import { type Search, type SearchOptions, searchPath } from './search-path.ts'
import { decodedName } from './shape.ts'
import { locate } from './typed-path.ts'
import { type VolumeAbove, volumeAbove } from './volume-above.ts'

/** Files that are opened at the same time to see what they are. */
const OPENED_AT_ONCE = 16

/**
 * Finds every event log under the paths a user typed. A Windows volume (a folder with `Windows/System32`), given or
 * met on the way, is a root of its own and read in its known place only; any other folder is searched all the way
 * down. A zip that was given is searched like a folder; one that lies in a folder is not opened. Logs are recognised by
 * content. A log that is reached twice is listed once.
 *
 * @throws {InputError} a path does not exist
 * @throws the signal's reason when it is aborted
 */
export async function findEvidence(paths: readonly string[], options: SearchOptions = {}): Promise<Collection> {
  const links = new Set<string>()
  const searches: Search[] = []
  const above: VolumeAbove[] = []
  for (const typed of paths) {
    const found = await searchPath(typed, { ...options, onLink: (name) => links.add(name) })
    searches.push(...found)
    // Hives alone, in their folder of a volume, are less than the volume tells.
    const isEnough = ({ machine, kind }: Search) => machine !== undefined && (kind === 'volume' || !options.hivesAlone)
    if (found.some(isEnough)) continue
    const volume = await locate(typed).then(volumeAbove, () => undefined)
    if (volume && !above.some(({ real }) => real === volume.real)) above.push(volume)
  }
  const given = new Set(searches.filter(({ kind }) => kind === 'volume').map(({ real }) => real))
  const volumesAbove = above.filter(({ real }) => !given.has(real))
  const collection = await collect(dropRepeated(searches, options), options)
  return {
    ...collection,
    ...(links.size > 0 && { links: [...links].sort(compareText) }),
    ...(volumesAbove.length > 0 && { volumesAbove }),
  }
}

/** Two arguments may lead to one place: its first mention counts, for a volume as for a file. */
function dropRepeated(searches: readonly Search[], options: SearchOptions): readonly Search[] {
  const volumes = new Set<string>()
  const files = new Set<string>()
  const fresh: Search[] = []
  for (const search of searches) {
    if (search.kind === 'volume') {
      if (volumes.has(identity(search.real))) {
        options.onNote?.(`"${search.typed}" was given twice and is read once`)
        continue
      }
      volumes.add(identity(search.real))
    }
    const kept = search.files.filter((file) => {
      const known = files.has(identity(file.real))
      files.add(identity(file.real))
      if (known) options.onNote?.(`"${file.name}" was given twice and is read once`)
      return !known
    })
    fresh.push({ ...search, files: kept })
  }
  return fresh
}

/** Windows spells one path in many ways. */
function identity(real: string): string {
  return sep === '\\' ? real.toLowerCase() : real
}

async function collect(searches: readonly Search[], options: SearchOptions): Promise<Collection> {
  const volumes = searches.filter((search) => search.kind === 'volume')
  const tails = uniqueTails(volumes.map((search) => decodedName(search.shown)))
  const roots = searches.map((search) => {
    const label = search.kind === 'volume' ? tails[volumes.indexOf(search)]! : ''
    const { kind, typed: path, machine } = search
    return { kind, path, label, ...(machine && { machine }) }
  })
  const logs: LogFile[] = []
  const refused: RefusedFile[] = []
  const unopened: string[] = []
  for (const [root, search] of searches.entries()) {
    refused.push(...search.refused.map((file) => ({ ...file, root })))
    const files = [...search.files].sort((a, b) => compareText(a.name, b.name))
    const recognised = await eachAtOnce(OPENED_AT_ONCE, files, ({ file, name, explicit }): Promise<Recognised> => {
      options.signal?.throwIfAborted()
      const { source, refusal } = file
      if (source === undefined) return Promise.resolve({ state: 'unreadable', size: 0, reason: refusal })
      return recogniseFile(source, { thorough: explicit || isLogName(name) })
    })
    for (const [i, { file, name, explicit }] of files.entries()) {
      const what = recognised[i]!
      if (what.state === 'log') {
        if (file.source) logs.push({ source: file.source, name, size: what.size, root, forwarded: isForwarded(name) })
      } else if (explicit || isLogName(name)) {
        refused.push({ name, size: what.size, root, state: what.state, reason: what.reason })
      } else if (what.state === 'unreadable') {
        options.onNote?.(`Passed over, not named like a log: "${name}": ${what.reason}`)
      } else if (what.isZip) {
        // Documents and programs of many kinds are zips as well: only one that calls itself a zip may well hold logs.
        if (/\.zip$/i.test(name)) unopened.push(name)
        else options.onNote?.(`Not opened, a zip file: "${name}": give it as an argument of its own`)
      }
    }
  }
  refused.sort((a, b) => a.root - b.root || compareText(a.name, b.name))
  unopened.sort(compareText)
  return { roots, logs, refused, ...(unopened.length > 0 && { unopened }) }
}

/** `ForwardedEvents.evtx` and `Archive-ForwardedEvents-2026-03-14-09-41-00-123.evtx` hold other computers' records. */
function isForwarded(name: string): boolean {
  return /^(archive-)?forwardedevents\b/i.test(name.replace(/^.*[\\/]/, ''))
}
