import type { Source } from './source.ts'

/** What files are found in: a folder of this file system, or a zip. Names below its root have `/` between. */
export interface Tree {
  /** On this file system, when it is there. */
  readonly folder: string | undefined
  /**
   * What a folder holds, in no particular order.
   *
   * @param relative empty for the root
   * @throws what listing throws
   */
  list(relative: string): Promise<readonly TreeEntry[]>
  /** The file of that name, which a listing named, as it can be opened; or why it cannot. */
  file(relative: string): TreeFile
  /** Bytes of a file that a listing named. */
  sizeOf(relative: string): Promise<number>
  /** What tells that a file or folder was met before, on another way. */
  identity(relative: string): string
}

/** One name in a folder. Links are never followed; devices, pipes and sockets are `other`. */
export interface TreeEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
}

/** A file that can be opened, or one that must not be. */
export type TreeFile =
  | { readonly source: Source; readonly refusal?: undefined }
  | { readonly source?: undefined; readonly refusal: string }

/** Folders of that name in any letter case, in one order. */
export function foldersNamed(entries: readonly TreeEntry[], name: string): readonly string[] {
  return named(entries, 'folder', name)
}

/** Files of that name in any letter case, in one order. */
export function filesNamed(entries: readonly TreeEntry[], name: string): readonly string[] {
  return named(entries, 'file', name)
}

function named(entries: readonly TreeEntry[], kind: TreeEntry['kind'], name: string): readonly string[] {
  return entries
    .filter((entry) => entry.kind === kind && entry.name.toLowerCase() === name.toLowerCase())
    .map((entry) => entry.name)
    .sort()
}

/** A name below a folder of a tree. */
export function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
