import { randomBytes } from 'node:crypto'
import { lstatSync, renameSync, type Stats } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { OutputError, UsageError } from '../errors.ts'
import { errorCode } from '../evidence/why-unreadable.ts'
import { outputFailure } from './output-failure.ts'
import type { Draft } from './output-file.ts'
import type { OutputPlace } from './output-place.ts'
import { beginUnfinished, removeUnfinished } from './unfinished.ts'

/** What an output takes the place of, under a name that it has until all outputs have theirs. */
interface Aside {
  readonly place: OutputPlace
  readonly path: string
}

/**
 * Gives all drafts their final names, or none: where one cannot have its own, all that was there before is there again.
 * In one step, so that no interruption comes between.
 *
 * @throws {UsageError} a folder is where a file is to be
 * @throws {OutputError} naming the file that could not have its name, and why
 */
export function publishTogether(drafts: readonly Draft[]): void {
  const [first] = drafts
  // One rename is all or nothing, and what it replaces is there until then.
  if (first && drafts.length === 1) {
    first.publish()
    return
  }
  const there = drafts.map(({ place }) => place).filter(isReplaced)
  const aside: Aside[] = []
  const published: Draft[] = []
  try {
    for (const place of there) aside.push(setAside(place))
    for (const draft of drafts) {
      draft.publish()
      published.push(draft)
    }
  } catch (error) {
    for (const { place } of published) removeUnfinished(place.path)
    throw withLost(error, aside.filter(isLost))
  }
  // Unfinished from here on, and not before: until all is well the old files are the only ones.
  for (const { path } of aside) beginUnfinished(path)
  for (const { path } of aside) removeUnfinished(path)
}

/**
 * Refuses a place that no file can take because a folder is there.
 *
 * @param entry what is there, where that was looked at
 * @throws {UsageError} a folder is there
 * @throws {OutputError} nobody can say
 */
export function refuseFolder(place: OutputPlace, entry = entryAt(place)): void {
  if (entry?.isDirectory()) throw new UsageError(`"${place.typed}" is a folder: a file was expected`)
}

/** Whether something is there that an output takes the place of; a folder is refused. */
function isReplaced(place: OutputPlace): boolean {
  const entry = entryAt(place)
  refuseFolder(place, entry)
  return entry !== undefined
}

/** What is there: of a link the link itself, and not what it leads to. */
function entryAt({ path, typed }: OutputPlace): Stats | undefined {
  try {
    return lstatSync(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw outputFailure(`"${typed}"`, error)
  }
}

function setAside(place: OutputPlace): Aside {
  const path = join(dirname(place.path), `.${basename(place.path)}.${randomBytes(6).toString('hex')}.previous`)
  try {
    renameSync(place.path, path)
  } catch (error) {
    throw outputFailure(`"${place.typed}"`, error)
  }
  return { place, path }
}

/** Puts it back; whether it could not be. */
function isLost({ place, path }: Aside): boolean {
  try {
    renameSync(path, place.path)
    return false
  } catch {
    return true
  }
}

/** The failure, and where what could not be put back is to be found. */
function withLost(error: unknown, lost: readonly Aside[]): unknown {
  if (lost.length === 0 || !(error instanceof OutputError)) return error
  const names = lost.map(({ place, path }) => `"${place.typed}" as "${join(dirname(place.typed), basename(path))}"`)
  return new OutputError(`${error.message}; what was there is kept: ${names.join(', ')}`, error.path, { cause: error })
}
