/**
 * Flips bytes until the time is over, in a thread of its own: what hangs or eats all memory here can still be told by
 * the thread that watches.
 */
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import { type Failure, flip } from './flip.ts'
import { loneRecord } from './lone-record.ts'
import { FLIPS, MASKS, type Position, type Start, TARGET, type Told, WHERE } from './messages.ts'
import { stretchesOf, type Target } from './targets.ts'

// The thread that starts this one hands over just this.
const { logs, targets, seconds, shared } = workerData as Start
const position = new Int32Array(shared)
const until = performance.now() + seconds * 1_000

function tell(told: Told): void {
  parentPort?.postMessage(told)
}

/** A log that was read last: neighbours in the list are mostly of one file. */
let openFile = -1
let open: Uint8Array = new Uint8Array()

/** Flips all bytes of a target; false when the time was over before. */
function flipAll(target: Target, mask: number): boolean {
  if (target.file !== openFile) open = readFileSync(logs[target.file]!)
  openFile = target.file
  const { log, record } = loneRecord(open, target)
  for (const [start, end] of stretchesOf(target, record)) {
    for (let at = start; at < end; at++) {
      if (performance.now() > until) return false
      const offset = at < record.offset ? at : at - record.offset + target.offset
      Atomics.store(position, WHERE, offset)
      const failure = flip(log, at, mask)
      Atomics.add(position, FLIPS, 1)
      if (failure) fail(target, { ...failure, offset })
    }
  }
  return true
}

function fail({ file }: Target, failure: Failure): void {
  tell({ kind: 'failure', path: logs[file]!, failure })
}

function run(): Position {
  for (const [pass, mask] of MASKS.entries()) {
    for (const [i, target] of targets.entries()) {
      Atomics.store(position, TARGET, pass * targets.length + i)
      if (!flipAll(target, mask)) return { pass, target: i }
    }
  }
  return { pass: MASKS.length, target: 0 }
}

tell({ kind: 'end', position: run() })
