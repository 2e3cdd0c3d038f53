import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { outputFailure } from './output-failure.ts'
import { type Draft, draftFile } from './output-file.ts'
import { type OutputPlace, type PlaceOptions, placeFolder } from './output-place.ts'
import { publishTogether, refuseFolder } from './publish-together.ts'
import { beginUnfinished, finished, removeUnfinished } from './unfinished.ts'

/** One file of a result folder, written. */
export interface WrittenFile {
  readonly file: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
}

/** A folder of results that is being written: all of its files appear at the end, or none. */
export interface ResultFolder {
  /** Absolute, without links. */
  readonly path: string
  /** Writes one file under a temporary name. */
  add(file: string, content: string): Promise<WrittenFile>
  /** Gives all files their names, or none: what they replace is there again then. */
  publish(): void
  /** Leaves nothing behind: no file, and no folder that was made for them. */
  discard(): void
}

/**
 * Makes the folder and is ready to fill it.
 *
 * @param options.files what will be added, as far as known: a run need not be over to learn that one cannot be replaced
 * @throws {UsageError} the place is refused, or that of one of the files
 * @throws {OutputError} it cannot be made
 */
export async function openResultFolder(
  typed: string,
  options: PlaceOptions & { readonly files?: readonly string[] },
): Promise<ResultFolder> {
  const place = await placeFolder(typed, options)
  const placeOf = (file: string): OutputPlace => ({
    typed: `${typed}/${file}`,
    path: join(place.path, file),
    kind: 'new',
  })
  if (place.kind === 'folder') for (const file of options.files ?? []) refuseFolder(placeOf(file))
  const made = makeFolder(place)
  const drafts: Draft[] = []
  return {
    path: place.path,
    add: async (file, content) => {
      const draft = draftFile(placeOf(file))
      drafts.push(draft)
      await draft.write(Buffer.from(content))
      return { file, ...(await draft.close()) }
    },
    publish: () => {
      publishTogether(drafts)
      for (const folder of made) finished(folder)
    },
    discard: () => {
      for (const draft of drafts) draft.discard()
      for (const folder of made.toReversed()) removeUnfinished(folder)
    },
  }
}

/** Makes the folder and those above it; returns the ones that were not there, outermost first. */
function makeFolder(place: OutputPlace): readonly string[] {
  const missing: string[] = []
  for (let folder = place.path; !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder)) {
    missing.unshift(folder)
  }
  const made: string[] = []
  try {
    // One by one: asked for all in one go, Node tries for ever where a file system has no folder that it could make.
    for (const folder of missing) {
      if (!makeOne(folder)) continue
      beginUnfinished(folder, 'folder')
      made.push(folder)
    }
  } catch (error) {
    for (const folder of made.toReversed()) removeUnfinished(folder)
    throw outputFailure(`"${place.typed}"`, error)
  }
  return made
}

/** Makes a folder; false where another process was quicker. */
function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return false
    throw error
  }
}
