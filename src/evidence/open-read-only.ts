import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { errorCode } from './why-unreadable.ts'

/** Never waits for the other end of a pipe, should one have taken the file's place. Windows knows neither flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
/** Linux only; granted to the file's owner and to root. */
const QUIETLY = constants.O_NOATIME ?? 0

/** Opens evidence: read-only, and without touching its access time where the system allows that. */
export async function openReadOnly(path: string): Promise<FileHandle> {
  if (QUIETLY === 0) return open(path, READ)
  try {
    return await open(path, READ | QUIETLY)
  } catch (error) {
    // EPERM is the answer to the wish for quiet; a file that may not be read at all is EACCES.
    if (errorCode(error) !== 'EPERM' && errorCode(error) !== 'EINVAL') throw error
    return open(path, READ)
  }
}
