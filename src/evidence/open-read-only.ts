import { constants, open, openSync, read } from 'node:fs'
import { promisify } from 'node:util'
import { errorCode } from './why-unreadable.ts'

/** Never waits for the other end of a pipe, should one have taken the file's place. Windows knows neither flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
/** Linux only; granted to the file's owner and to root. */
const QUIETLY = constants.O_NOATIME ?? 0

const openFile = promisify(open)
const readFile = promisify(read)

/**
 * Opens evidence, read-only and without touching its access time where the system allows that. A bare descriptor:
 * thousands of small logs are opened twice as fast as with file handles.
 */
export async function openDescriptor(path: string): Promise<number> {
  if (QUIETLY === 0) return openFile(path, READ)
  try {
    return await openFile(path, READ | QUIETLY)
  } catch (error) {
    if (!refusesQuiet(error)) throw error
    return openFile(path, READ)
  }
}

/**
 * The same at once, for a log that is read at once as well: waiting for the answer of another thread took longer than
 * scanning a small log.
 */
export function openDescriptorNow(path: string): number {
  if (QUIETLY === 0) return openSync(path, READ)
  try {
    return openSync(path, READ | QUIETLY)
  } catch (error) {
    if (!refusesQuiet(error)) throw error
    return openSync(path, READ)
  }
}

/** EPERM is the answer to the wish for quiet; a file that may not be read at all is EACCES. */
function refusesQuiet(error: unknown): boolean {
  return errorCode(error) === 'EPERM' || errorCode(error) === 'EINVAL'
}

/**
 * Fills a buffer from a place in a file; returns how many bytes there were.
 *
 * @param offset bytes from the start of the file
 */
export async function readAt(fd: number, into: Uint8Array, offset: number): Promise<number> {
  return (await readFile(fd, into, 0, into.length, offset)).bytesRead
}
