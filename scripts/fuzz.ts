/**
 * Flips every byte of records of real logs in turn and reads the result by every way there is:
 * `npm run fuzz [-- FOLDER] [--seconds N]`.
 *
 * Nothing may hang, crash, escape the reader or eat memory, whatever a byte says. Without a folder the logs of
 * `../shared/corpus` are taken, or those of `samples/` where that is not there. The order is always the same: one record
 * of each kind of event, the headers of each log, all other records; then again with other bits. How far the time
 * reached is told at the end.
 *
 * Exit code 1 on a failure, which is told with its file, offset and bits.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { FLIPS, MASKS, type Position, SHARED_WORDS, type Start, TARGET, type Told, WHERE } from './fuzz/messages.ts'
import { findLogs, sizeOf, type Target, targetsOf } from './fuzz/targets.ts'

/** How long one flip may take before it is held for endless, in milliseconds. */
const HANG_MS = 10_000
/** What the thread that flips may keep, in MiB: a real chunk needs a hundredth. */
const MEMORY_MB = 256
/** Failures that are printed in full. */
const SHOWN = 20

/** How a run ended. */
interface Outcome {
  readonly flips: number
  readonly position: Position
  readonly failures: readonly string[]
}

/** Runs the flipping thread and watches it. */
function watch(start: Omit<Start, 'shared'>): Promise<Outcome> {
  const shared = new SharedArrayBuffer(4 * SHARED_WORDS)
  const words = new Int32Array(shared)
  const failures: string[] = []
  const worker = new Worker(new URL('./fuzz/flip-worker.js', import.meta.url), {
    workerData: { ...start, shared } satisfies Start,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  return new Promise((resolve) => {
    let flips = -1
    let since = Date.now()
    const end = (position: Position) => {
      clearInterval(timer)
      void worker.terminate()
      resolve({ flips: Atomics.load(words, FLIPS), position, failures })
    }
    const stop = (what: string) => {
      const target = Atomics.load(words, TARGET)
      const { length } = start.targets
      const position = { pass: Math.floor(target / length), target: target % length }
      const path = start.logs[start.targets[position.target]!.file]!
      failures.push(place(path, Atomics.load(words, WHERE), MASKS[position.pass]!, what))
      end(position)
    }
    const timer = setInterval(() => {
      const now = Atomics.load(words, FLIPS)
      if (now !== flips) since = Date.now()
      else if (Date.now() - since > HANG_MS) stop(`no end after ${HANG_MS} ms`)
      flips = now
    }, 500)
    worker.on('message', (told: Told) => {
      if (told.kind === 'end') end(told.position)
      else failures.push(place(told.path, told.failure.offset, told.failure.mask, told.failure.what))
    })
    // Out of memory arrives here too.
    worker.on('error', (error) => stop(String(error)))
  })
}

function place(path: string, offset: number, mask: number, what: string): string {
  return `${path}, offset 0x${offset.toString(16)}, bits 0x${mask.toString(16)}: ${what}`
}

function summary({ flips, position, failures }: Outcome, targets: readonly Target[], kinds: number): string {
  const bytes = targets.map(sizeOf)
  const sum = (end: number) => bytes.slice(0, end).reduce((total, size) => total + size, 0)
  const of = (done: number, all: number) => `${Math.min(done, all).toLocaleString('en')} of ${all.toLocaleString('en')}`
  const done = position.pass > 0 ? targets.length : position.target
  const share = ((100 * sum(done)) / sum(targets.length)).toFixed(1)
  return [
    `${flips.toLocaleString('en')} bytes flipped, ${failures.length} failures`,
    `reached: ${of(done, kinds)} kinds of event, ${of(done, targets.length)} records and headers, ${share} % of their bytes`,
    ...(position.pass > 0 ? [`and again with other bits: ${position.pass} of ${MASKS.length} passes done`] : []),
  ].join('\n')
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '60' } },
  })
  const seconds = Number(values.seconds)
  if (!(seconds > 0)) throw new Error(`--seconds needs a number above 0, not "${values.seconds}"`)
  const folder = positionals[0] ?? (existsSync('../shared/corpus') ? '../shared/corpus' : 'samples')
  const logs = findLogs(folder)
  const { targets, kinds } = targetsOf(logs)
  console.log(`${logs.length} logs below ${folder}, ${kinds} kinds of event, ${seconds} s`)
  if (targets.length === 0) return 0
  const outcome = await watch({ logs, targets, seconds })
  for (const failure of outcome.failures.slice(0, SHOWN)) console.log(`FAILURE ${failure}`)
  console.log(summary(outcome, targets, kinds))
  return outcome.failures.length === 0 ? 0 : 1
}

process.exitCode = await main()
