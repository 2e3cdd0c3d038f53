import { hashFiles } from '../scan/hash.ts'
import { worthwhileThreads } from '../scan/ranges.ts'
import type { Progress } from '../scan/watch.ts'
import { hiveFiles } from './hive-inputs.ts'
import type { Reading } from './reading.ts'

/**
 * Hashes the logs, and the hives beside them, while something is done with them; whichever fails stops the other.
 * Hashing is slower than a scan: when the work is done, the progress shown is the hashing's.
 *
 * @param work is given the reading with a signal that is aborted when the hashing fails, too
 * @returns what the work came to, and the hashes by the files' names; a file that cannot be read has none
 */
export async function hashBeside<Result extends object>(
  reading: Reading,
  work: (reading: Reading) => Promise<Result>,
): Promise<Result & { readonly hashes: ReadonlyMap<string, string> }> {
  const { logs } = reading.collection
  const { signal, onProgress } = reading.watch
  const files = [...logs, ...hiveFiles(reading.collection)]
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const stop = new AbortController()
  let worked = false
  let done = 0
  const tell = (): void => {
    const progress: Progress = {
      files: files.length,
      filesDone: files.length,
      bytes,
      bytesDone: done,
      current: 'SHA-256',
    }
    if (worked && done < bytes) onProgress?.(progress)
  }
  const onBytes = (now: number): void => {
    done = now
    tell()
  }
  const together = AbortSignal.any([signal, stop.signal])
  try {
    const threads = worthwhileThreads(logs, reading.scan.threads)
    const hashing = hashFiles(files, { threads, onBytes }, together)
    const working = work({ ...reading, watch: { ...reading.watch, signal: together } }).then((result) => {
      worked = true
      tell()
      return result
    })
    const [result, answers] = await Promise.all([working, hashing])
    const hashes = new Map<string, string>()
    for (const [index, { sha256 }] of answers.entries())
      if (sha256 !== undefined) hashes.set(files[index]!.name, sha256)
    return { ...result, hashes }
  } catch (error) {
    stop.abort(error)
    throw error
  }
}
