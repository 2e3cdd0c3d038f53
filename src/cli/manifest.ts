import { createHash } from 'node:crypto'
import { closeSync } from 'node:fs'
import type { LogFile } from '../evidence/collection.ts'
import { openDescriptor, readAt } from '../evidence/open-read-only.ts'
import type { Analysis, Input } from '../finding/analysis.ts'
import type { WrittenFile } from './result-folder.ts'

/** What `manifest.json` says: all that changes between two runs on the same input stands here and nowhere else. */
export interface Manifest {
  readonly tool: Analysis['tool']
  /** As typed, without node and script. */
  readonly arguments: readonly string[]
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly finishedAt: string
  readonly inputs: readonly (Omit<Input, 'reason'> & { readonly reason?: string; readonly sha256?: string })[]
  readonly outputs: readonly (WrittenFile & { readonly guardedCells?: number; readonly cutCells?: number })[]
}

/** Bytes read at once: the hash of so many takes about a millisecond, and then others have their turn. */
const PIECE = 1024 * 1024

/**
 * SHA-256 of each log, as hex by its name. A log that cannot be read has none: its state says why.
 *
 * @throws the signal's reason when it is aborted
 */
export async function hashLogs(logs: readonly LogFile[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>()
  const piece = Buffer.allocUnsafe(PIECE)
  for (const log of logs) {
    const hash = await hashFile(log.path, piece, signal).catch(() => undefined)
    signal.throwIfAborted()
    if (hash !== undefined) hashes.set(log.name, hash)
  }
  return hashes
}

async function hashFile(path: string, piece: Buffer, signal: AbortSignal): Promise<string> {
  const file = await openDescriptor(path)
  try {
    const hash = createHash('sha256')
    let offset = 0
    for (;;) {
      signal.throwIfAborted()
      const length = await readAt(file, piece, offset)
      if (length === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, length))
      offset += length
    }
  } finally {
    closeSync(file)
  }
}

/** The manifest as it is written: two blanks a level, a newline at the end. */
export function renderManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}
