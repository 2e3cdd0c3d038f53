import { join } from 'node:path'
import { compareText } from '../bytes/compare-text.ts'
import { eachAtOnce } from './at-once.ts'
import { openSource } from './open-source.ts'
import type { Source } from './source.ts'
import { filesNamed, foldersNamed, inside, type Tree, type TreeEntry } from './tree.ts'
import { type Closed, descend, listOrClose, type VolumePlaces } from './volume.ts'
import { reasonUnreadable } from './why-unreadable.ts'

/** What lies beside the logs of one root and tells of the same machine. Nothing of it has been read yet. */
export interface Machine {
  /** SYSTEM, then SOFTWARE. */
  readonly hives: readonly HiveFile[]
  readonly keyFolders: readonly KeyFolder[]
}

/**
 * `absent`: the volume is whole and does not have it. `not-collected`: whoever made the copy did not take it, or nobody
 * can know. The two are never mixed up.
 */
export type MachineState = 'present' | 'absent' | 'not-collected' | 'unreadable'

/** A registry hive. */
export interface HiveFile {
  /** As reports show it; where it would be, when it is not there. */
  readonly name: string
  readonly hive: 'SYSTEM' | 'SOFTWARE'
  readonly state: MachineState
  /** When present. */
  readonly source?: Source
  /** Bytes, when present. */
  readonly size?: number
  /** Its transaction logs that are there, `.LOG1` before `.LOG2`; each as reports show it, and its bytes. */
  readonly logs: readonly { readonly name: string; readonly source: Source; readonly size: number }[]
  /** Why it is not present, in a sentence without full stop. */
  readonly reason?: string
}

/** A folder of private key files. */
export interface KeyFolder {
  readonly id: 'machine-keys' | 'crypto-keys'
  /** As reports show it; where it would be, when it is not there. */
  readonly name: string
  /** On this file system; never in a zip. */
  readonly path?: string
  readonly state: MachineState
  /** By name, at most `MOST_KEY_FILES`; key files of the listener's container are always among them. */
  readonly files: readonly { readonly name: string; readonly size: number }[]
  /** Why it is not present, or what is wrong with the listing, in a sentence without full stop. */
  readonly reason?: string
}

/** Files of a key folder that are listed. */
const MOST_KEY_FILES = 20_000
/** What a key file of the listener's container begins with: MD5 of `tsseckeyset1` with its ending zero. */
const LISTENER_KEY = 'f686aace6942fb7f7ceb231212eef4a4_'
/** Files whose size is asked for at the same time. */
const SIZED_AT_ONCE = 16

const HIVES = ['SYSTEM', 'SOFTWARE'] as const
const KEY_FOLDERS = [
  { id: 'machine-keys', below: ['rsa', 'machinekeys'], spelled: 'RSA/MachineKeys' },
  { id: 'crypto-keys', below: ['keys'], spelled: 'Keys' },
] as const
/** Every Windows has them in System32, and no collector takes them. */
const OF_WHOLE_VOLUMES = new Set(['ntoskrnl.exe', 'ntdll.dll', 'kernel32.dll'])

const NOT_TAKEN = 'The copy does not hold it'
const LACKS = 'The volume is whole and does not hold it'

/**
 * Finds the hives and key folders of a volume.
 *
 * @param root the volume's root in the tree
 * @param shown names a place of the tree for reports
 */
export async function findMachine(
  tree: Tree,
  root: string,
  places: VolumePlaces,
  shown: (relative: string) => string,
): Promise<Machine> {
  const isWhole = await looksWhole(tree, places)
  const hives = await Promise.all(HIVES.map((hive) => volumeHive({ tree, isWhole, shown }, hive, places)))
  const keyFolders = await Promise.all(KEY_FOLDERS.map((folder) => keyFolder({ tree, isWhole, shown }, root, folder)))
  return { hives, keyFolders }
}

/**
 * The hives that lie beside loose logs: files called SYSTEM and SOFTWARE, with or without the ending that a tool gave
 * them.
 *
 * @returns undefined when there is none
 */
export async function findLooseMachine(
  tree: Tree,
  folder: string,
  files: readonly string[],
  shown: (relative: string) => string,
): Promise<Machine | undefined> {
  const entries = files.map((name): TreeEntry => ({ name, kind: 'file' }))
  const named = HIVES.map((hive) => {
    const name = files.filter((file) => looseHive(file) === hive).sort(compareText)[0]
    return { hive, found: name === undefined ? undefined : inside(folder, name) }
  })
  const hives = await Promise.all(
    named.map(async ({ hive, found }): Promise<HiveFile> => {
      if (found !== undefined) return openHive(tree, hive, found, { entries, folder, shown })
      return { name: shown(inside(folder, hive)), hive, state: 'not-collected', logs: [], reason: NOT_TAKEN }
    }),
  )
  if (!hives.some(({ state }) => state === 'present')) return undefined
  const keyFolders = KEY_FOLDERS.map(({ id, spelled }): KeyFolder => {
    const name = shown(inside(folder, `Crypto/${spelled}`))
    return { id, name, state: 'not-collected', files: [], reason: NOT_TAKEN }
  })
  return { hives, keyFolders }
}

/** Which hive a file is by its name, as registry tools and people save it: `SYSTEM`, `software.hiv`. */
export function looseHive(name: string): HiveFile['hive'] | undefined {
  const hive = /^(system|software)(\.(hive?|dat|save?))?$/i.exec(name)?.[1]?.toUpperCase()
  return HIVES.find((each) => each === hive)
}

async function looksWhole(tree: Tree, { system32 }: VolumePlaces): Promise<boolean> {
  for (const folder of system32) {
    const entries = await listOrClose(tree, folder, [])
    if (entries.some(({ name, kind }) => kind === 'file' && OF_WHOLE_VOLUMES.has(name.toLowerCase()))) return true
  }
  return false
}

/** A volume that is looked at. */
interface Looked {
  readonly tree: Tree
  readonly isWhole: boolean
  readonly shown: (relative: string) => string
}

async function volumeHive(
  looked: Looked,
  hive: HiveFile['hive'],
  { system32, closed }: VolumePlaces,
): Promise<HiveFile> {
  const { tree, shown } = looked
  // Where System32 was reached, what is closed is another place.
  const failures = system32.length > 0 ? [] : [...closed]
  for (const folder of await descend(tree, system32, ['config'], failures)) {
    const entries = await listOrClose(tree, folder, failures)
    const [file] = filesNamed(entries, hive)
    if (file !== undefined) return openHive(tree, hive, inside(folder, file), { entries, folder, shown })
  }
  const name = shown(inside(system32[0] ?? 'Windows/System32', `config/${hive}`))
  return { name, hive, logs: [], ...missing(looked, failures) }
}

/** What it means that a place was not found. */
function missing({ isWhole, shown }: Looked, failures: readonly Closed[]): { state: MachineState; reason: string } {
  const [failure] = failures
  if (failure) return { state: 'unreadable', reason: `"${shown(failure.relative)}": ${failure.reason}` }
  return isWhole ? { state: 'absent', reason: LACKS } : { state: 'not-collected', reason: NOT_TAKEN }
}

/** Looks at the beginning of a hive: only what begins as one is present. */
async function openHive(
  tree: Tree,
  hive: HiveFile['hive'],
  relative: string,
  beside: {
    readonly entries: readonly TreeEntry[]
    readonly folder: string
    readonly shown: (relative: string) => string
  },
): Promise<HiveFile> {
  const { entries, folder, shown } = beside
  const base = { name: shown(relative), hive }
  const { source, refusal } = tree.file(relative)
  if (source === undefined) return { ...base, state: 'unreadable', logs: [], reason: refusal }
  const { size, why } = await lookAtHive(source)
  if (why !== undefined) return { ...base, state: 'unreadable', logs: [], reason: why }
  const file = relative.slice(relative.lastIndexOf('/') + 1)
  const logs: HiveFile['logs'][number][] = []
  for (const ending of ['LOG1', 'LOG2']) {
    const [name] = filesNamed(entries, `${file}.${ending}`)
    if (name === undefined) continue
    const place = inside(folder, name)
    const log = tree.file(place).source
    // One that may not be looked at is told when it is read.
    if (log) logs.push({ name: shown(place), source: log, size: await tree.sizeOf(place).catch(() => 0) })
  }
  return { ...base, state: 'present', source, size, logs }
}

/** How large a file is, and why it is no hive, when it is none. */
async function lookAtHive(source: Source): Promise<{ readonly size: number; readonly why?: string }> {
  try {
    const open = await openSource(source)
    try {
      const { size } = open
      if (size === 0) return { size, why: '0 bytes: the copy of a hive that failed' }
      const head = Buffer.alloc(4)
      await open.readSoon(head, 0)
      if (head.toString('latin1') === 'regf') return { size }
      return { size, why: 'It is no registry hive: it does not begin with "regf"' }
    } finally {
      open.close()
    }
  } catch (error) {
    return { size: 0, why: reasonUnreadable(error) }
  }
}

async function keyFolder(looked: Looked, root: string, wanted: (typeof KEY_FOLDERS)[number]): Promise<KeyFolder> {
  const { tree, shown } = looked
  const { id, below, spelled } = wanted
  const failures: Closed[] = []
  const top = (await listOrClose(tree, root, failures)).filter(({ kind }) => kind === 'folder')
  const data = foldersNamed(top, 'ProgramData').map((name) => inside(root, name))
  const found = await descend(tree, data, ['microsoft', 'crypto', ...below], failures)
  const [folder] = found
  if (folder === undefined) {
    const name = shown(inside(root, `ProgramData/Microsoft/Crypto/${spelled}`))
    return { id, name, files: [], ...missing(looked, failures) }
  }
  const place = { id, name: shown(folder), ...(tree.folder !== undefined && { path: join(tree.folder, folder) }) }
  const entries = await listOrClose(tree, folder, failures)
  if (failures.length > 0) return { ...place, files: [], ...missing(looked, failures) }
  const names = entries.filter(({ kind }) => kind === 'file').map(({ name }) => name)
  const kept = keptNames(names)
  const files = await eachAtOnce(SIZED_AT_ONCE, kept, async (name) => {
    // One that is gone meanwhile, or may not be looked at, is there all the same.
    const size = await tree.sizeOf(inside(folder, name)).catch(() => 0)
    return { name, size }
  })
  // A copy made file by file leaves out what it may not read: nothing at all is no listing.
  if (names.length === 0 && !looked.isWhole) return { ...place, files: [], state: 'not-collected', reason: NOT_TAKEN }
  const reason = `It holds ${names.length} files; the first ${MOST_KEY_FILES} by name are listed`
  return { ...place, state: 'present', files, ...(names.length > kept.length && { reason }) }
}

/** The first by name, and the listener's own, of which there is one for each machine that the disk was copied from. */
function keptNames(names: readonly string[]): readonly string[] {
  const sorted = [...names].sort(compareText)
  if (sorted.length <= MOST_KEY_FILES) return sorted
  const own = sorted.filter((name) => name.toLowerCase().startsWith(LISTENER_KEY)).slice(0, MOST_KEY_FILES)
  const others = sorted.filter((name) => !name.toLowerCase().startsWith(LISTENER_KEY))
  return [...own, ...others.slice(0, MOST_KEY_FILES - own.length)].sort(compareText)
}
