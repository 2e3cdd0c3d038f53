/**
 * Changes chunks of real logs at random and renders them by plans and by the tree, in each dialect:
 * `npm run build && node dist/scripts/fuzz-plans.js [FOLDER] [--chunks N] [--seed N]`.
 *
 * What a plan does not refuse must be what the tree says, to the byte. Without a folder the logs of `../shared/corpus` are
 * taken, or those of `samples/`. The same seed gives the same changes. Before it, every chunk is compared as it is.
 *
 * Exit code 1 on a difference, which is told with its log, offset and seed.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CHUNK_SIZE, chunkAt } from '../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../src/evtx/file-header.ts'
import { EngineComparison } from './engines/compare-chunk.ts'
import { fromSeed } from './engines/from-seed.ts'
import { mutateChunk } from './engines/mutate-chunk.ts'
import { findLogs } from './fuzz/targets.ts'

/** Differences that are printed. */
const SHOWN = 20

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { chunks: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const folder = positionals[0] ?? (existsSync('../shared/corpus') ? '../shared/corpus' : 'samples')
const chunks = findLogs(folder).flatMap((path) => {
  const log = readFileSync(path)
  const places: { readonly place: string; readonly bytes: Uint8Array }[] = []
  for (let at = FILE_HEADER_SIZE; at < log.length; at += CHUNK_SIZE) {
    places.push({ place: `${path}@${at}`, bytes: log.subarray(at, at + CHUNK_SIZE) })
  }
  return places
})
const comparison = new EngineComparison()
const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
let failures = 0

for (const { place, bytes } of chunks) compare(place, bytes)
report(`${chunks.length} chunks as they are`)
const firstSeed = Number(values.seed)
for (let seed = firstSeed; seed < firstSeed + Number(values.chunks); seed++) {
  const random = fromSeed(seed)
  // The first numbers of neighbouring seeds are alike.
  for (let skip = 0; skip < 4; skip++) random(2)
  const { place, bytes } = chunks[random(chunks.length)]!
  compare(`${place} seed ${seed}`, bytes, random)
}
report(`and ${values.chunks} changed ones`)
process.stdout.write(failures === 0 ? 'No difference\n' : `${failures} differences\n`)
process.exitCode = failures === 0 ? 0 : 1

function compare(place: string, bytes: Uint8Array, random?: (bound: number) => number): void {
  chunk.bytes.fill(0)
  chunk.bytes.set(bytes)
  if (random) mutateChunk(chunk.bytes, random)
  const difference = comparison.compare(chunk)
  if (difference === undefined) return
  failures++
  if (failures <= SHOWN) process.stdout.write(`${place}: ${difference}\n`)
}

function report(what: string): void {
  process.stdout.write(`${what}\n`)
  for (const [dialect, { records, refused, damaged }] of comparison.tallies) {
    process.stdout.write(`  ${dialect}: ${records} records, ${damaged} damaged, ${refused} left to the tree\n`)
  }
}
