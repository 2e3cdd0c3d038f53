import { createHash } from 'node:crypto'
import { openSource } from '../evidence/open-source.ts'
import type { Source } from '../evidence/source.ts'
import { reasonUnreadable } from '../evidence/why-unreadable.ts'
import { throwIfAborted } from '../pool/turn.ts'

/** Files to hash, one after the other. */
export interface HashTask {
  readonly sources: readonly Source[]
}

/** The hash of one file, or why there is none. */
export type FileHash =
  | { readonly sha256: string; readonly size: number; readonly failure?: undefined }
  | { readonly sha256?: undefined; readonly failure: string }

/** Bytes read at once: the hash of so many takes about a millisecond, and then others have their turn. */
const PIECE = 1024 * 1024

/** Hashes the files of a task. A file is never in memory as a whole. */
export async function hashTask(task: HashTask): Promise<FileHash[]> {
  const piece = Buffer.allocUnsafe(PIECE)
  const hashes: FileHash[] = []
  for (const source of task.sources) hashes.push(await hashOne(source, piece))
  return hashes
}

async function hashOne(source: Source, piece: Buffer): Promise<FileHash> {
  try {
    const file = await openSource(source)
    try {
      const hash = createHash('sha256')
      let size = 0
      for (;;) {
        throwIfAborted()
        const length = await file.readSoon(piece, size)
        if (length === 0) break
        hash.update(piece.subarray(0, length))
        size += length
      }
      return { sha256: hash.digest('hex'), size }
    } finally {
      file.close()
    }
  } catch (error) {
    throwIfAborted()
    return { failure: reasonUnreadable(error) }
  }
}
