import type { Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { isZip } from '../evidence/recognise.ts'
import type { Source } from '../evidence/source.ts'
import { readings } from '../evidence/typed-path.ts'
import { readZipDirectory, type ZipEntry } from '../evidence/zip-directory.ts'
import { leadsToAnotherMachine } from './another-machine.ts'

/** Where an input of a manifest is now. */
export interface FoundInput {
  /** As it is told. */
  readonly path: string
  readonly source: Source
  /** Bytes. */
  readonly size: number
}

/** Deeper names than any file system has: a manifest may say anything. */
const MOST_PARTS = 256

/** Where to look. */
export interface InputPlaces {
  /** A folder that holds a copy of the evidence; nowhere else is looked then. */
  readonly below?: string | undefined
  /** The folder in which the names were typed; the current one is asked after it. */
  readonly from?: string | undefined
}

/**
 * Looks for inputs by the names that a manifest has, which are as somebody typed them: from the folder where that was,
 * then from the current one; or below another one that holds a copy of the evidence. There the whole name is tried,
 * then the name without its first part, and so on: the copy may begin anywhere on the way to the file. A name may lead
 * into a zip.
 */
export class InputFinder {
  readonly #places: InputPlaces
  /** Entries of the zips that were met, by name; a zip holds hundreds of inputs. */
  readonly #zips = new Map<string, ReadonlyMap<string, ZipEntry> | undefined>()

  constructor(places: InputPlaces) {
    this.#places = places
  }

  /** True of a name that may lead to another machine: it is not looked for but below a folder that somebody typed. */
  refuses(name: string): boolean {
    return this.#places.below === undefined && leadsToAnotherMachine(name)
  }

  /**
   * The file of that name; undefined when there is none. Of the two folders the first counts that has one of this size,
   * and the first that has any where neither has.
   *
   * @param size bytes, as the manifest tells
   */
  async find(name: string, size: number): Promise<FoundInput | undefined> {
    let other: FoundInput | undefined
    for (const path of this.#paths(name)) {
      const found = await this.#findAt(path)
      if (found?.size === size || (found && this.#places.below !== undefined)) return found
      other ??= found
    }
    return other
  }

  /** As `find`, of a file whose last name is the same in any letter case, as Windows compares names. */
  async findAlike(name: string): Promise<FoundInput | undefined> {
    for (const path of this.#paths(name)) {
      const alike = (await this.#findAt(path)) ?? (await this.#findBeside(path))
      if (alike) return alike
    }
    return undefined
  }

  /** True where a folder of that name is there, so that a file that is not found in it is not there. */
  async hasFolder(name: string): Promise<boolean> {
    for (const path of this.#paths(name)) {
      if ((await statOf(path))?.isDirectory() || (await this.#packed(path, hasBelow))) return true
    }
    return false
  }

  async #findAt(path: string): Promise<FoundInput | undefined> {
    const stats = await statOf(path)
    if (stats?.isFile()) return { path, source: { kind: 'file', path }, size: stats.size }
    if (stats) return undefined
    const entry = await this.#packed(path, (entries, name) => entries.get(name))
    return entry && foundIn(entry, path)
  }

  async #findBeside(path: string): Promise<FoundInput | undefined> {
    const wanted = basename(path).toLowerCase()
    const names = await readdir(dirname(path)).catch(() => [])
    const name = names.find((each) => each.toLowerCase() === wanted)
    if (name !== undefined) return this.#findAt(join(dirname(path), name))
    const entry = await this.#packed(path, (entries, inner) =>
      [...entries.values()].find((each) => each.name.toLowerCase() === inner.toLowerCase()),
    )
    return entry && foundIn(entry, path)
  }

  #paths(name: string): readonly string[] {
    const { below: copy, from } = this.#places
    if (copy !== undefined) return below(name, copy)
    if (this.refuses(name)) return []
    const typed = readings(name, process.platform)
    const there = from === undefined ? [] : typed.filter((path) => !isAbsolute(path)).map((path) => join(from, path))
    return [...there, ...typed]
  }

  /** What the zip on the way to a path has of the rest of it; undefined where there is no zip on the way. */
  async #packed<Answer>(
    path: string,
    ask: (entries: ReadonlyMap<string, ZipEntry>, name: string) => Answer,
  ): Promise<Answer | undefined> {
    const parts = path.split(/[\\/]/).slice(0, MOST_PARTS)
    for (let end = parts.length - 1; end > 0; end--) {
      const zip = parts.slice(0, end).join('/')
      const stats = await statOf(zip)
      if (!stats) continue
      const entries = stats.isFile() ? await this.#entriesOf(zip) : undefined
      return entries && ask(entries, parts.slice(end).join('/'))
    }
    return undefined
  }

  async #entriesOf(zip: string): Promise<ReadonlyMap<string, ZipEntry> | undefined> {
    if (!this.#zips.has(zip)) this.#zips.set(zip, await readEntries(zip))
    return this.#zips.get(zip)
  }
}

/** Undefined for an entry that must not be opened. */
function foundIn(entry: ZipEntry, path: string): FoundInput | undefined {
  return entry.refusal === undefined ? { path, source: entry.source, size: entry.size } : undefined
}

function hasBelow(entries: ReadonlyMap<string, ZipEntry>, folder: string): boolean {
  return [...entries.keys()].some((name) => name.startsWith(`${folder}/`))
}

async function readEntries(zip: string): Promise<ReadonlyMap<string, ZipEntry> | undefined> {
  const directory = (await isZip(zip)) ? await readZipDirectory(zip).catch(() => undefined) : undefined
  return directory && new Map(directory.entries.map((entry) => [entry.name, entry]))
}

function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined)
}

/** Longest first: two hosts have files of one name. */
function below(name: string, folder: string): readonly string[] {
  const parts = name
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part))
  const tail = parts.slice(-MOST_PARTS)
  return tail.map((_, start) => join(folder, ...tail.slice(start)))
}
