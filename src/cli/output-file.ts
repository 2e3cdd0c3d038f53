import { createHash, randomBytes } from 'node:crypto'
import { close, closeSync, constants, open, openSync, renameSync, write } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { errorCode } from '../evidence/why-unreadable.ts'
import { outputFailure } from './output-failure.ts'
import type { OutputPlace } from './output-place.ts'
import { beginUnfinished, finished, removeUnfinished } from './unfinished.ts'
import { waitFor, writeWhole } from './write-whole.ts'

/** A file that is being written. It has its final name only after `publish`. */
export interface Draft {
  /** Where it will be. */
  readonly place: OutputPlace
  write(bytes: Uint8Array): Promise<void>
  /** All is written and on its way to the disk; nothing can fail after it but the rename. */
  close(): Promise<{ readonly size: number; readonly sha256: string }>
  /** Gives the file its final name; in one step, so that no interruption comes between. */
  publish(): void
  /** Leaves nothing behind. */
  discard(): void
}

/** How the bytes reach the disk; a test brings a disk that fills up. Returns how many it took. */
export type WritePart = (fd: number, bytes: Uint8Array) => Promise<number>

/** Milliseconds between two looks whether somebody reads a pipe. */
const PIPE_POLL_MS = 20

// Descriptors, not file handles: what is unfinished must be closed and removed in one go, without waiting.
const openFile = promisify(open)
const closeFile = promisify(close)
const writeFile = promisify(write)
/** To the disk that is there. */
export const writePart: WritePart = async (fd, bytes) => (await writeFile(fd, bytes)).bytesWritten

/**
 * Begins a file under a temporary name beside its final one. It is made before anything else can happen: one that a
 * thread is asked to make may come after the end of the process has looked for what to remove.
 *
 * @throws {OutputError} when it cannot be made
 */
export function draftFile(place: OutputPlace, toDisk: WritePart = writePart): Draft {
  const name = `"${place.typed}"`
  const temporary = join(dirname(place.path), `.${basename(place.path)}.${randomBytes(6).toString('hex')}.partial`)
  beginUnfinished(temporary)
  const fd = makeFile(temporary, name)
  const hash = createHash('sha256')
  let size = 0
  let isOpen = true
  return {
    place,
    write: async (bytes) => {
      try {
        await writeWhole((part) => toDisk(fd, part), bytes)
      } catch (error) {
        throw outputFailure(name, error)
      }
      hash.update(bytes)
      size += bytes.length
    },
    close: async () => {
      try {
        isOpen = false
        await closeFile(fd)
      } catch (error) {
        throw outputFailure(name, error)
      }
      return { size, sha256: hash.digest('hex') }
    },
    publish: () => {
      try {
        renameSync(temporary, place.path)
      } catch (error) {
        throw outputFailure(name, error)
      }
      finished(temporary)
    },
    discard: () => {
      // Windows removes no file that is open.
      if (isOpen) closeSync(fd)
      isOpen = false
      removeUnfinished(temporary)
    },
  }
}

function makeFile(path: string, name: string): number {
  try {
    return openSync(path, 'wx')
  } catch (error) {
    finished(path)
    throw outputFailure(name, error)
  }
}

/**
 * Opens a device or pipe to be written straight. A pipe that nobody reads yet is waited for without blocking a thread.
 *
 * @throws {OutputError} when it cannot be opened; later, when it cannot be written or closed
 * @throws the signal's reason when it is aborted while waiting
 */
export async function openDevice(
  place: OutputPlace,
  signal: AbortSignal,
): Promise<{ write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }> {
  const name = `"${place.typed}"`
  const fd = await orFailure(openForWriting(place.path, signal), name, signal)
  return {
    write: (bytes) =>
      orFailure(
        writeWhole((part) => writePart(fd, part), bytes, signal),
        name,
        signal,
      ),
    close: () => orFailure(closeFile(fd), name, signal),
  }
}

/** What the system says becomes an `OutputError`; the reason why a wait was cut short stays what it is. */
async function orFailure<Result>(work: Promise<Result>, name: string, signal: AbortSignal): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw signal.aborted && error === signal.reason ? error : outputFailure(name, error)
  }
}

async function openForWriting(path: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    try {
      return await openFile(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0))
    } catch (error) {
      if (errorCode(error) !== 'ENXIO') throw error
    }
    await waitFor(PIPE_POLL_MS, signal)
  }
}
