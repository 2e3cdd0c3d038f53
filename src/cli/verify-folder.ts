import { createHash } from 'node:crypto'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { compareText } from '../bytes/compare-text.ts'
import { UsageError } from '../errors.ts'
import { locate } from '../evidence/typed-path.ts'
import { errorCode, reasonUnreadable } from '../evidence/why-unreadable.ts'
import { hashFiles } from '../scan/hash.ts'
import { leadsToAnotherMachine } from './another-machine.ts'
import { type FoundInput, InputFinder } from './find-input.ts'
import { MANIFEST, parseManifest, type ReadManifest, type Vouched } from './manifest.ts'

/**
 * How a file is now. `unchecked`: there, and of the right size, but the manifest has no hash of it. `extra`: in the
 * result folder, and not in the manifest.
 */
export type FileState = 'holds' | 'changed' | 'missing' | 'unreadable' | 'unchecked' | 'extra'

/** One file of a manifest, or beside it. */
export interface VerifiedFile {
  readonly kind: 'output' | 'input'
  /** As the manifest has it. */
  readonly file: string
  readonly state: FileState
  /** Where it was found, when that is another name. */
  readonly foundAt?: string
  /** As the manifest says: bytes, and hash where it has one. */
  readonly expected?: { readonly size: number; readonly sha256?: string }
  /** As they are, as far as looked at: where the size differs nothing is hashed. */
  readonly observed?: { readonly size: number; readonly sha256?: string }
  /** Why it is `unreadable` or `unchecked`. */
  readonly reason?: string
}

/** What a result folder and its inputs are now. */
export interface Verification {
  /** As typed. */
  readonly folder: string
  /** Of the manifest itself, which vouches for all others and for which nothing vouches but a note of this. */
  readonly manifestSha256: string
  /** Undefined when the manifest is none. */
  readonly manifest: ReadManifest | undefined
  /** Where inputs were looked for that have no path from a root, in order. */
  readonly lookedIn: readonly string[]
  /** Outputs before inputs, each in the manifest's order; what is extra last. */
  readonly files: readonly VerifiedFile[]
}

/** A file that is there, and is to be hashed if its size is right. */
type Looked = VerifiedFile & { readonly found?: FoundInput }

/** More bytes than the manifest of a hundred thousand logs has. */
const LARGEST_MANIFEST = 256 * 1024 * 1024

/**
 * Holds a result folder and the inputs it was made from against its manifest. Reads regular files only, and a megabyte
 * of them at once.
 *
 * @param options.inputs a folder with the inputs, when they are not where they were
 * @throws {InputError} there is no such folder
 * @throws {UsageError} it holds no manifest
 * @throws the signal's reason when it is aborted
 */
export async function verifyFolder(
  typed: string,
  options: {
    readonly inputs?: string
    readonly threads: number
    readonly onBytes?: (done: number, all: number) => void
  },
  signal: AbortSignal,
): Promise<Verification> {
  const folder = (await locate(typed)).path
  const inputs = options.inputs === undefined ? undefined : (await locate(options.inputs)).path
  const bytes = await readManifest(folder, typed)
  const manifestSha256 = createHash('sha256').update(bytes).digest('hex')
  const manifest = parseManifest(bytes.toString('utf8'))
  if (!manifest) return { folder: typed, manifestSha256, manifest, lookedIn: [], files: [] }
  const looked: Looked[] = []
  const outputFinder = new InputFinder({ below: folder })
  for (const vouched of manifest.outputs) looked.push(await lookAtOutput(vouched, outputFinder))
  const from = folderOfInputs(manifest, await realpath(folder))
  const inputFinder = new InputFinder({ below: inputs, from })
  for (const vouched of manifest.inputs) {
    signal.throwIfAborted()
    looked.push(await lookAtInput(vouched, inputFinder))
  }
  const hashed = await hashLooked(looked, options, signal)
  const files = [...hashed, ...(await extraFiles(folder, manifest))]
  return { folder: typed, manifestSha256, manifest, lookedIn: placesOf(options.inputs, from), files }
}

/** Where inputs were named, as the manifest says. It sends nobody to another machine: anybody may have written it. */
function folderOfInputs({ inputsFrom }: ReadManifest, folder: string): string | undefined {
  if (inputsFrom === undefined || leadsToAnotherMachine(inputsFrom)) return undefined
  return resolve(folder, inputsFrom)
}

/** The current folder is asked last, and not where the inputs are said to be. */
function placesOf(inputs: string | undefined, from: string | undefined): readonly string[] {
  if (inputs !== undefined) return [inputs]
  return [...new Set([...(from === undefined ? [] : [from]), process.cwd()])]
}

async function readManifest(folder: string, typed: string): Promise<Buffer> {
  const path = join(folder, MANIFEST)
  try {
    const stats = await stat(path)
    if (!stats.isFile() || stats.size > LARGEST_MANIFEST) throw new UsageError(`"${typed}/${MANIFEST}" is no manifest`)
    return await readFile(path)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new UsageError(`"${typed}" holds no ${MANIFEST}: expected a folder that "evtxray analyze -o" wrote`)
    }
    throw new UsageError(`Could not read "${typed}/${MANIFEST}": ${reasonUnreadable(error)}`, { cause: error })
  }
}

/** An output stands in the folder itself: a name that leads out of it is none of ours. */
async function lookAtOutput(vouched: Vouched, finder: InputFinder): Promise<Looked> {
  const { file } = vouched
  const base = { kind: 'output' as const, file, expected: vouched }
  if (file !== basename(file) || file.includes('\\')) {
    return { ...base, state: 'unreadable', reason: 'The name leads out of the folder; it was not looked for' }
  }
  return looked(base, await finder.find(file, vouched.size))
}

/** Where an input was found, unless its name leads there from here. */
function elsewhere({ path }: FoundInput, file: string): Pick<Looked, 'foundAt'> {
  return path === file || path === resolve(file) ? {} : { foundAt: path }
}

async function lookAtInput(vouched: Vouched, finder: InputFinder): Promise<Looked> {
  const { file } = vouched
  const base = { kind: 'input' as const, file, expected: vouched }
  if (file === '-') return { ...base, state: 'unchecked', reason: 'It came from standard input' }
  if (finder.refuses(file)) {
    const state = vouched.absent ? 'unchecked' : 'unreadable'
    return { ...base, state, reason: 'The name may lead to another machine; it is looked for with --inputs DIR only' }
  }
  if (vouched.absent) return lookForAbsent(file, finder)
  return looked(base, await finder.find(file, vouched.size))
}

/** What was not there must still not be there; nobody can say so whose evidence is not where it was. */
async function lookForAbsent(file: string, finder: InputFinder): Promise<Looked> {
  const base = { kind: 'input' as const, file }
  const found = await finder.findAlike(file)
  if (found) {
    const reason = 'It was not there, which a finding may rest on, and is there now'
    return { ...base, ...elsewhere(found, file), observed: { size: found.size }, state: 'changed', reason }
  }
  const isLookedAt = await finder.hasFolder(file.slice(0, Math.max(file.lastIndexOf('/'), 0)))
  return isLookedAt
    ? { ...base, state: 'holds', reason: 'It is not there, as it was not' }
    : { ...base, state: 'unchecked', reason: 'It was not there; neither is its folder now' }
}

function looked(
  base: Pick<Looked, 'kind' | 'file'> & { readonly expected: Vouched },
  found: FoundInput | undefined,
): Looked {
  if (!found) return { ...base, state: 'missing' }
  const place = base.kind === 'input' ? elsewhere(found, base.file) : {}
  const seen = { ...base, ...place, observed: { size: found.size } }
  // A size of 0 may be one that could not be had.
  const isAnySize = base.expected.unread === true && base.expected.size === 0
  if (found.size !== base.expected.size && !isAnySize) return { ...seen, state: 'changed' }
  if (base.expected.unread)
    return { ...seen, state: 'unchecked', reason: 'It is there, in the size it had; nobody looks into a key' }
  if (base.expected.sha256 === undefined)
    return { ...seen, state: 'unchecked', reason: 'The manifest has no hash of it' }
  return { ...seen, state: 'holds', found }
}

async function hashLooked(
  files: readonly Looked[],
  options: { readonly threads: number; readonly onBytes?: (done: number, all: number) => void },
  signal: AbortSignal,
): Promise<readonly VerifiedFile[]> {
  const there = files.map(({ found }) => found).filter((found) => found !== undefined)
  const all = there.reduce((sum, { size }) => sum + size, 0)
  const onBytes = (done: number): void => options.onBytes?.(done, all)
  const hashes = await hashFiles(there, { threads: options.threads, onBytes }, signal)
  const answers = hashes.values()
  return files.map(({ found, ...file }) => {
    if (!found) return file
    const { sha256, failure } = answers.next().value!
    if (sha256 === undefined) return { ...file, state: 'unreadable', reason: failure }
    return {
      ...file,
      state: sha256 === file.expected?.sha256 ? 'holds' : 'changed',
      observed: { size: found.size, sha256 },
    }
  })
}

/**
 * What stands in the folder and was not written by the run: notes, results of another one, or what somebody slipped in.
 */
async function extraFiles(folder: string, { outputs }: ReadManifest): Promise<readonly VerifiedFile[]> {
  const known = new Set([MANIFEST, ...outputs.map(({ file }) => file)])
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => !known.has(name))
    .sort(compareText)
    .map((file) => ({ kind: 'output', file, state: 'extra' }))
}
