import { closeSync, fstatSync } from 'node:fs'
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader, type ZipFile } from 'yauzl'
import { InputError } from '../errors.ts'
import { turn } from '../pool/turn.ts'
import { openDescriptor } from './open-read-only.ts'
import { readFully } from './open-source.ts'
import type { ZipSource } from './source.ts'
import { whyUnreadable } from './why-unreadable.ts'

/** One file of a zip. */
export interface ZipEntry {
  /** With `/` between, as the zip names it. */
  readonly name: string
  /** Bytes, as the directory says. */
  readonly size: number
  readonly isLink: boolean
  readonly source: ZipSource
  /** Why it must not be read, in a sentence without full stop. */
  readonly refusal?: string
}

/** An entry that has no place of its own below the zip: its name leads elsewhere, or is another's. */
export interface MisplacedEntry {
  readonly name: string
  readonly size: number
  /** One sentence without full stop. */
  readonly reason: string
}

/** What a zip says of itself, in the order of its directory. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[]
  readonly misplaced: readonly MisplacedEntry[]
  /** Why the directory could not be read to its end, in a sentence without full stop. */
  readonly complaint?: string
}

/** Entries that are looked at: more than the files of a Windows volume. */
const MOST_ENTRIES = 1_000_000
/** Folders below each other. A path on Windows has room for about a hundred. */
const DEEPEST = 128
/** Deflate packs at most so many bytes into one; a zip that promises more lies. */
const DENSEST = 1032
/** No log of that size is packed so densely: zeros are, and who makes a zip burst. */
const LARGE = 1024 * 1024 * 1024
const DENSEST_LARGE = 250

const STORED = 0
const DEFLATED = 8
const DEFLATE64 = 9
const ENCRYPTED = 1
/** Bytes of an entry's own header without name and extra field. */
const ENTRY_HEADER_SIZE = 30

/**
 * Reads the directory of a zip. Nothing of the entries themselves is read; what is wrong with one of them is said with
 * it.
 *
 * @throws what opening throws, and an error that says why when there is no directory to be read
 * @throws the signal's reason when it is aborted
 */
export async function readZipDirectory(path: string, signal?: AbortSignal): Promise<ZipDirectory> {
  const fd = await openDescriptor(path)
  try {
    const { size } = fstatSync(fd)
    const zip = await openZip(fd, size)
    const found: Entry[] = []
    let complaint: string | undefined
    try {
      for await (const entry of zip.eachEntry()) {
        if (found.length >= MOST_ENTRIES) {
          complaint = `It has more than ${MOST_ENTRIES} entries; the rest was not looked at`
          break
        }
        found.push(entry)
        const pause = breathe(signal)
        if (pause) await pause
      }
    } catch (error) {
      signal?.throwIfAborted()
      complaint = `Its directory could not be read to the end: ${whyUnreadable(error)}`
    }
    return { ...(await checked(found, { path, fd, size }, signal)), ...(complaint !== undefined && { complaint }) }
  } finally {
    closeSync(fd)
  }
}

/** As `turn`, between entries, of which there may be a million: most cost no promise. Ctrl-C is heard. */
function breathe(signal: AbortSignal | undefined): Promise<void> | undefined {
  signal?.throwIfAborted()
  return turn()
}

/** Names and sizes are checked below, entry by entry: the package would give up the whole zip for one that is wrong. */
async function openZip(fd: number, size: number): Promise<ZipFile> {
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false }
  try {
    return await fromRandomAccessReaderPromise(new Window(fd), size, options)
  } catch (error) {
    if (!/^End of central directory/.test(String(error instanceof Error && error.message))) throw error
    throw new InputError('its end is missing: the copy was cut, or it is one part of several', '', { cause: error })
  }
}

/** Bytes of the directory that are read at once; the package asks for them entry by entry. */
const WINDOW = 1024 * 1024

class Window extends RandomAccessReader {
  readonly #fd: number
  #bytes = Buffer.alloc(0)
  #at = 0

  constructor(fd: number) {
    super()
    this.#fd = fd
  }

  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    try {
      if (position < this.#at || position + length > this.#at + this.#bytes.length) this.#load(position, length)
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
      return
    }
    const from = position - this.#at
    const got = this.#bytes.copy(into, offset, from, from + length)
    done(got < length ? new Error('it points behind the end of the zip') : null)
  }

  #load(position: number, length: number): void {
    const bytes = Buffer.allocUnsafe(Math.max(WINDOW, length))
    this.#bytes = bytes.subarray(0, readFully(this.#fd, bytes, position))
    this.#at = position
  }
}

/** An open zip. */
interface OpenZip {
  readonly path: string
  readonly fd: number
  readonly size: number
}

/** The files among the entries, each with what is wrong with it. */
async function checked(
  found: readonly Entry[],
  { path, fd, size: zipSize }: OpenZip,
  signal: AbortSignal | undefined,
): Promise<Omit<ZipDirectory, 'complaint'>> {
  const refusals = new Map(found.map((entry) => [entry, whyUnread(entry, zipSize)]))
  const readable = found.filter((entry) => refusals.get(entry) === undefined)
  for (const entry of await overlaps(readable, (each) => hasOwnHeader(fd, each), signal)) {
    refusals.set(entry, 'Its bytes in the zip are those of another entry too')
  }
  const names = new Set<string>()
  const entries: ZipEntry[] = []
  const misplaced: MisplacedEntry[] = []
  for (const [index, entry] of found.entries()) {
    const pause = breathe(signal)
    if (pause) await pause
    const { uncompressedSize: size } = entry
    const said = nameOf(entry)
    if (said.endsWith('/')) continue
    const { name, flaw } = settled(said)
    if (flaw !== undefined) {
      misplaced.push({ name, size, reason: flaw })
      continue
    }
    if (names.has(name)) {
      const reason = 'The zip holds another entry of the same name; the first was taken'
      misplaced.push({ name: `${name} (entry ${index + 1})`, size, reason })
      continue
    }
    names.add(name)
    const refusal = refusals.get(entry)
    const source = sourceOf(entry, path)
    entries.push({ name, size, isLink: isLink(entry), source, ...(refusal !== undefined && { refusal }) })
  }
  return { entries, misplaced }
}

function sourceOf(entry: Entry, path: string): ZipSource {
  return {
    kind: entry.compressionMethod === STORED ? 'stored' : 'deflated',
    path,
    headerOffset: entry.relativeOffsetOfLocalHeader,
    packedSize: entry.compressedSize,
    size: entry.uncompressedSize,
    crc32: entry.crc32,
  }
}

/** Old PowerShell writes backslashes: they come out as `/`. */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
}

/** A name without what leads nowhere, and what is wrong with it as a name of something below the zip. */
function settled(said: string): { readonly name: string; readonly flaw?: string } {
  const parts = said.split('/').filter((part) => part !== '' && part !== '.')
  const name = parts.join('/')
  if (name === '' || said.includes('\0')) return { name: said, flaw: 'Its name in the zip is no name of a file' }
  if (said.startsWith('/') || /^[A-Za-z]:/.test(said)) return { name, flaw: 'Its name in the zip is an absolute path' }
  if (parts.includes('..')) return { name, flaw: 'Its name in the zip leads out of the zip' }
  if (parts.length > DEEPEST) return { name, flaw: `Its name in the zip is ${parts.length} folders deep` }
  return { name }
}

function whyUnread(entry: Entry, zipSize: number): string | undefined {
  const { compressionMethod: method, compressedSize: packed, uncompressedSize: size } = entry
  if (entry.generalPurposeBitFlag & ENCRYPTED) return 'It is encrypted in the zip: unpack it with its password'
  if (method === DEFLATE64) return 'It is packed with Deflate64, as Explorer does with large files: unpack it first'
  if (method !== STORED && method !== DEFLATED) return `It is packed with method ${method}: unpack it first`
  if (entry.relativeOffsetOfLocalHeader + ENTRY_HEADER_SIZE + packed > zipSize) {
    return 'The zip ends before the end of this entry: the copy was cut, or its directory lies'
  }
  if (method === STORED && packed !== size) {
    return `The zip stores it as it is and says that it has ${size} bytes, and ${packed} in the zip`
  }
  if (method === DEFLATED && (size > packed * DENSEST + DENSEST || (size > LARGE && size > packed * DENSEST_LARGE))) {
    return `The zip promises ${size} bytes from ${packed}: no event log is packed so densely, it is made to burst`
  }
  return undefined
}

/**
 * Entries that use bytes of others, as far as the directory shows it: that is how small zips are made to burst. Of two
 * the one is kept that is proved by a header of its own where it begins, so that an entry that lies costs no other.
 */
async function overlaps(
  found: readonly Entry[],
  hasHeader: (entry: Entry) => boolean,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<Entry>> {
  const overlapping = new Set<Entry>()
  const inOrder = [...found].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let before: Entry | undefined
  for (const entry of inOrder) {
    const pause = breathe(signal)
    if (pause) await pause
    const start = entry.relativeOffsetOfLocalHeader
    if (before && start < leastEnd(before)) {
      if (start === before.relativeOffsetOfLocalHeader || !hasHeader(entry)) {
        overlapping.add(entry)
        continue
      }
      overlapping.add(before)
    }
    before = entry
  }
  return overlapping
}

function leastEnd({ relativeOffsetOfLocalHeader, fileNameLength, compressedSize }: Entry): number {
  return relativeOffsetOfLocalHeader + ENTRY_HEADER_SIZE + fileNameLength + compressedSize
}

/** True where an entry's own header stands in the zip, with the name that the directory gives it. */
function hasOwnHeader(fd: number, { relativeOffsetOfLocalHeader, fileNameRaw }: Entry): boolean {
  const header = Buffer.alloc(ENTRY_HEADER_SIZE + fileNameRaw.length)
  readFully(fd, header, relativeOffsetOfLocalHeader)
  return header.readUInt32BE(0) === 0x504b0304 && header.subarray(ENTRY_HEADER_SIZE).equals(fileNameRaw)
}

/** Links are kept by zips of Unix: the upper half of the attributes is the mode, as `stat` gives it. */
function isLink({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const UNIX = 3
  return versionMadeBy >>> 8 === UNIX && ((externalFileAttributes >>> 16) & 0o170000) === 0o120000
}
