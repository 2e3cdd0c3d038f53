import { OutputError } from '../errors.ts'
import { errorCode } from '../evidence/why-unreadable.ts'

/** The reader of our output has left, as `head` does. No error: there is nobody to tell. */
export class ClosedPipe extends Error {
  override name = 'ClosedPipe'
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than this disk allows',
  EIO: 'the disk could not write it (input/output error)',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long for this system',
  ENOENT: 'there is no such folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  EPERM: 'access is denied',
  EROFS: 'the disk is read-only',
}

/** What is thrown when an output could not be written: `ClosedPipe` when its reader has left. */
export function outputFailure(name: string, error: unknown): Error {
  const code = errorCode(error)
  if (code === 'EPIPE') return new ClosedPipe()
  if (code === undefined) return error instanceof Error ? error : new Error(String(error))
  const why = WORDS[code] ? `${WORDS[code]} (${code})` : `the system says ${code}`
  return new OutputError(`Could not write ${name}: ${why}`, name, { cause: error })
}
