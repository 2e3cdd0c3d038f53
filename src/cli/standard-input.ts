import { closeSync, mkdtempSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Collection } from '../evidence/collection.ts'
import { findEvidence } from '../evidence/find-logs.ts'
import { outputFailure } from './output-failure.ts'
import { writePart } from './output-file.ts'
import type { Terminal } from './terminal.ts'
import { beginUnfinished, removeUnfinished } from './unfinished.ts'
import { writeWhole } from './write-whole.ts'

/** A log, or a zip of logs, from standard input. */
export interface Received {
  readonly collection: Collection
  /** Removes the copy; to be called when the log has been read. */
  remove(): void
}

/**
 * Keeps what comes in from standard input as a temporary file, because a log is read in many places at once.
 *
 * @throws {UsageError} standard input is a terminal
 * @throws {OutputError} there is no room for it
 * @throws the signal's reason when it is aborted
 */
export async function receiveStandardInput(terminal: Pick<Terminal, 'stdin'>, signal: AbortSignal): Promise<Received> {
  const stdin = terminal.stdin()
  if (stdin.isTTY) throw new UsageError('Standard input is a terminal: a log was expected, as in "cat x.evtx | …"')
  const folder = makeFolder()
  const path = join(folder, 'standard-input.evtx')
  beginUnfinished(path)
  const remove = (): void => {
    removeUnfinished(path)
    removeUnfinished(folder)
  }
  try {
    await copyTo(path, stdin, signal)
    return { collection: await findEvidence([path], { signal, shownAs: '-' }), remove }
  } catch (error) {
    remove()
    throw error
  }
}

function makeFolder(): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'evtxray-'))
    beginUnfinished(folder, 'folder')
    return folder
  } catch (error) {
    throw outputFailure('a temporary folder', error)
  }
}

async function copyTo(path: string, input: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  const fd = openSync(path, 'wx')
  try {
    for await (const bytes of untilAborted(input, signal)) {
      await writeWhole((part) => writePart(fd, part), bytes, signal)
    }
  } catch (error) {
    throw outputFailure('the copy of standard input', error)
  } finally {
    closeSync(fd)
  }
}

/** A pipe that says nothing must not keep an interruption waiting. */
async function* untilAborted(input: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = input[Symbol.asyncIterator]()
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // The promise is raced below; without a race under way nobody would handle its rejection.
  aborted.catch(() => {})
  for (;;) {
    signal.throwIfAborted()
    const next = await Promise.race([iterator.next(), aborted])
    if (next.done) return
    yield next.value
  }
}
