// Tasks of test/pool/: plain JavaScript, because a worker thread loads them as they stand.
import { setTimeout } from 'node:timers/promises'
import { isMainThread, threadId } from 'node:worker_threads'

/** Takes longer the less it is, so that later tasks are done first. */
export async function slowSquare(number) {
  await setTimeout(Math.max(0, 40 - 10 * number))
  return number * number
}

/** Does what its task says. */
export function obey(task) {
  if (task === 'throw') throw new RangeError('this one is bad')
  if (task === 'throw-text') throw 'a text'
  if (task === 'exit') process.exit(3)
  if (task === 'grow') for (const all = []; ; ) all.push(new Array(1_000_000).fill(0.5))
  if (task === 'spin') for (;;);
  return task
}

/** Where a task runs. */
export function where() {
  return { isMainThread, threadId }
}

/** Counts the tasks that were begun. */
export function countStart(counter) {
  return Atomics.add(new Int32Array(counter), 0, 1)
}

/** A result of some size. */
export function bytes(size) {
  return new Uint8Array(size)
}

/** Memory that changes its owner, and how much of it the task before still has. */
let moved
export function move(size) {
  const left = moved?.byteLength
  moved = new ArrayBuffer(size)
  return { left, moves: [moved] }
}

/** What the thread is told of where it runs. */
export function place(_task, where) {
  return where
}

/** A result that stands in memory of the thread's own until its next task. */
const shelf = new Uint8Array(1)
export function lend(value) {
  shelf[0] = value
  return { value: shelf, wanted: value }
}
