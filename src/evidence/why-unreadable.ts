const WORDS: Readonly<Record<string, string>> = {
  EBUSY: 'another program holds it open',
  EIO: 'the disk could not read it (input/output error)',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its path is too long for this system',
  ENOENT: 'it was gone when it was opened, or its name is no valid text',
  ENOTDIR: 'a part of its path is no folder',
  ESTALE: 'the network drive has lost it',
}

/** The system's code of an error, such as `EACCES`; undefined for an error that is not the system's. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Why a path could not be read, as a sentence of its own without full stop. */
export function reasonUnreadable(error: unknown, platform?: string): string {
  const why = whyUnreadable(error, platform)
  return why[0]!.toUpperCase() + why.slice(1)
}

/**
 * Why a path could not be read, in words that follow a colon.
 *
 * @param platform as `process.platform`: who may read everything has another name on Windows
 */
export function whyUnreadable(error: unknown, platform: string = process.platform): string {
  const code = errorCode(error)
  if (code === 'EACCES' || code === 'EPERM') {
    return `access is denied; run again as ${platform === 'win32' ? 'administrator' : 'root'}`
  }
  if (code === undefined) return error instanceof Error ? error.message : String(error)
  const words = WORDS[code]
  return words ? `${words} (${code})` : `the system says ${code}`
}
