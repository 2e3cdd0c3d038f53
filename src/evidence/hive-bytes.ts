import { InputError } from '../errors.ts'
import { openSource } from './open-source.ts'
import { flowsOnly, type OpenSource, type Source } from './source.ts'

/** The bytes of a hive or of its log, read in place as the reader of hives asks for them. */
export interface HiveBytes {
  readonly size: number
  /**
   * Bytes from a place, fewer at the end; the caller's to keep.
   *
   * @throws what the disk says
   */
  read(offset: number, length: number): Uint8Array
  close(): void
}

/** A hive that has to be inflated is held in memory whole; Windows itself allows none of that size. */
const MOST_INFLATED = 512 * 1024 * 1024
/** Inflated bytes that are asked for at once. */
const PIECE = 1024 * 1024

/**
 * Opens a hive. Nothing of a file is loaded; a deflated entry of a zip is inflated once and costs its size.
 *
 * @throws {InputError} it is too large to be inflated, or does not come out whole
 * @throws whatever opening throws
 */
export async function hiveBytes(source: Source): Promise<HiveBytes> {
  const open = await openSource(source)
  if (!flowsOnly(source)) return inPlace(open)
  try {
    return inMemory(await inflated(open, source.path))
  } finally {
    open.close()
  }
}

function inPlace(open: OpenSource): HiveBytes {
  const read = (offset: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, open.size - offset)))
    return bytes.subarray(0, open.read(bytes, offset))
  }
  return { size: open.size, read, close: () => open.close() }
}

function inMemory(bytes: Uint8Array): HiveBytes {
  const read = (offset: number, length: number): Uint8Array => bytes.slice(offset, offset + Math.max(0, length))
  return { size: bytes.length, read, close: () => {} }
}

async function inflated(open: OpenSource, path: string): Promise<Uint8Array> {
  if (open.size > MOST_INFLATED) {
    throw new InputError(`it has ${open.size} bytes, too many to inflate a hive: unpack the zip`, path)
  }
  const bytes = new Uint8Array(open.size)
  for (let at = 0; at < bytes.length; ) {
    const got = await open.readSoon(bytes.subarray(at, at + PIECE), at)
    at += got
    if (got === 0) break
  }
  if (open.flaw) throw new InputError(open.flaw.reason, path)
  return bytes
}
