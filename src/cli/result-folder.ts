import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { outputFailure } from './output-failure.ts'
import { type Draft, draftFile } from './output-file.ts'
import { type OutputPlace, type PlaceOptions, placeFolder } from './output-place.ts'
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
  /** Gives all files their names, in the order they were added. */
  publish(): void
  /** Leaves nothing behind: no file, and no folder that was made for them. */
  discard(): void
}

/**
 * Makes the folder and is ready to fill it.
 *
 * @throws {UsageError} the place is refused
 * @throws {OutputError} it cannot be made
 */
export async function openResultFolder(typed: string, options: PlaceOptions): Promise<ResultFolder> {
  const place = await placeFolder(typed, options)
  const made = makeFolder(place)
  const drafts: Draft[] = []
  return {
    path: place.path,
    add: async (file, content) => {
      const draft = draftFile({ typed: `${typed}/${file}`, path: join(place.path, file), kind: 'new' })
      drafts.push(draft)
      await draft.write(Buffer.from(content))
      return { file, ...(await draft.close()) }
    },
    publish: () => {
      for (const draft of drafts) draft.publish()
      for (const folder of made) finished(folder)
    },
    discard: () => {
      for (const draft of drafts) draft.discard()
      for (const folder of made.toReversed()) removeUnfinished(folder)
    },
  }
}

/** Makes the folder and those above it, in one go; returns the ones that were not there, outermost first. */
function makeFolder(place: OutputPlace): readonly string[] {
  let first: string | undefined
  try {
    first = mkdirSync(place.path, { recursive: true })
  } catch (error) {
    throw outputFailure(`"${place.typed}"`, error)
  }
  const made: string[] = []
  if (first === undefined) return made
  for (let folder = place.path; folder.length >= first.length; folder = dirname(folder)) made.unshift(folder)
  for (const folder of made) beginUnfinished(folder, 'folder')
  return made
}
