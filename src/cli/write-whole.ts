import { setTimeout } from 'node:timers/promises'
import { errorCode } from '../evidence/why-unreadable.ts'

/** Milliseconds to wait for a reader that is slower than we are. */
const PATIENCE_MS = 5

/**
 * Writes all bytes through a function that may take only a part of them, or none now (`EAGAIN`).
 *
 * @param writePart returns how many bytes it took
 * @throws the signal's reason when it is aborted between two parts
 */
export async function writeWhole(
  writePart: (bytes: Uint8Array) => Promise<number>,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    signal?.throwIfAborted()
    try {
      done += await writePart(bytes.subarray(done))
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') throw error
      await waitFor(PATIENCE_MS, signal)
    }
  }
}

/**
 * Waits, at most until the signal is aborted.
 *
 * @param ms milliseconds
 * @throws the signal's reason when it is aborted; Node's own wait throws an error that only has it as its cause
 */
export async function waitFor(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal && { signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}
