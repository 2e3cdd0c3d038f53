import { closeSync, fstatSync, readSync } from 'node:fs'
import { InputError } from '../errors.ts'
import { InflatingSource } from './inflating-source.ts'
import { openDescriptorNow, readAt } from './open-read-only.ts'
import { promptly } from './promptly.ts'
import type { OpenSource, Source, ZipSource } from './source.ts'

/** Bytes of the header in front of an entry, without name and extra field; the signature it begins with. */
const ENTRY_HEADER_SIZE = 30
const ENTRY_SIGNATURE = 0x04034b50
/** Bytes; who reads more wants to do other things meanwhile. */
const SMALL = 8_192

/**
 * Opens a source, read-only.
 *
 * @throws {InputError} it is a device or a pipe, or the zip has no such entry; whatever opening throws
 */
export async function openSource(source: Source): Promise<OpenSource> {
  const fd = openDescriptorNow(source.path)
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile()) throw new InputError('it is a device, a pipe or a socket', source.path)
    if (source.kind === 'file') return new PlacedSource(fd, 0, stats.size)
    const start = entryStart(fd, source)
    if (start + source.packedSize > stats.size) {
      throw new InputError('the zip ends before the end of this entry', source.path)
    }
    return source.kind === 'stored' ? new PlacedSource(fd, start, source.size) : new InflatingSource(fd, start, source)
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

/**
 * Where the bytes of an entry begin: behind its own header, whose name and extra field may be longer or shorter than
 * the directory's.
 *
 *     offset  size  field
 *          0     4  signature, 50 4B 03 04
 *         26     2  bytes of the name
 *         28     2  bytes of the extra field
 *
 * Little-endian. Source: PKWARE APPNOTE, 4.3.7.
 */
function entryStart(fd: number, { path, headerOffset }: ZipSource): number {
  const header = Buffer.alloc(ENTRY_HEADER_SIZE)
  const got = readFully(fd, header, headerOffset)
  if (got < header.length || header.readUInt32LE(0) !== ENTRY_SIGNATURE) {
    throw new InputError('the zip has no entry where its directory says', path)
  }
  return headerOffset + ENTRY_HEADER_SIZE + header.readUInt16LE(26) + header.readUInt16LE(28)
}

/** Bytes that stand in a file as they are. */
class PlacedSource implements OpenSource {
  readonly size: number
  readonly flaw = undefined
  readonly #fd: number
  readonly #start: number

  constructor(fd: number, start: number, size: number) {
    this.#fd = fd
    this.#start = start
    this.size = size
  }

  prepare(): undefined {
    return undefined
  }

  read(into: Uint8Array, at: number): number {
    return readFully(this.#fd, this.#within(into, at), this.#start + at)
  }

  readSoon(into: Uint8Array, at: number): Promise<number> {
    const part = this.#within(into, at)
    const place = this.#start + at
    const soon = () => readAt(this.#fd, part, place)
    return part.length > SMALL ? soon() : promptly(() => readFully(this.#fd, part, place), soon)
  }

  close(): void {
    closeSync(this.#fd)
  }

  /** Behind the end of an entry other entries follow. A file may have grown, and is read to where it ends. */
  #within(into: Uint8Array, at: number): Uint8Array {
    const left = Math.max(0, this.size - at)
    return this.#start === 0 || into.length <= left ? into : into.subarray(0, left)
  }
}

/**
 * Fills the buffer from a place in a file, as far as the file goes; returns how many bytes there were.
 *
 * @throws what reading throws
 */
export function readFully(fd: number, into: Uint8Array, at: number): number {
  let got = 0
  while (got < into.length) {
    const count = readSync(fd, into, got, into.length - got, at + got)
    if (count === 0) break
    got += count
  }
  return got
}
