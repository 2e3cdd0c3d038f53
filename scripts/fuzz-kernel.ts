/**
 * Changes chunks of real logs at random and renders them by the kernel and by the plain renderer:
 * `npm run build && node dist/scripts/fuzz-kernel.js [FOLDER] [--chunks N] [--seed N] [--dialect NAME]`.
 *
 * Both must write the same bytes and tell the same damage, whatever a byte says. Without a folder the logs of
 * `../shared/corpus` are taken, or those of `samples/`. The same seed gives the same changes. Before it, every chunk is
 * compared as it is.
 *
 * Exit code 1 on a difference, which is told with its seed, log and offset.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CHUNK_SIZE } from '../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../src/evtx/file-header.ts'
import type { Dialect } from '../src/evtx/plan.ts'
import { KernelComparison } from './engines/compare-kernel.ts'
import { mutateChunk } from './engines/mutate-chunk.ts'
import { findLogs } from './fuzz/targets.ts'
import { random } from './samples/random.ts'

const DIALECTS: readonly Dialect[] = ['xml', 'json', 'evtx_dump']
/** Differences that are printed. */
const SHOWN = 20

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    chunks: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    dialect: { type: 'string' },
  },
})
const folder = positionals[0] ?? (existsSync('../shared/corpus') ? '../shared/corpus' : 'samples')
const wanted = Number(values.chunks)
const firstSeed = Number(values.seed)

const chunks = chunksOf(folder)
let failures = 0
for (const dialect of DIALECTS.filter((name) => values.dialect === undefined || name === values.dialect)) {
  const comparison = new KernelComparison(dialect)
  const tell = (place: string, difference: string | undefined) => {
    if (difference === undefined) return
    failures++
    if (failures <= SHOWN) process.stdout.write(`${dialect} ${place}: ${difference}\n`)
  }
  for (const { place, bytes } of chunks) {
    for (const recover of ['none', 'resync'] as const) {
      tell(place, comparison.compare(bytes, { recover, dirty: recover !== 'none' }))
    }
  }
  process.stdout.write(`${dialect}: ${chunks.length} chunks as they are, ${comparison.records} records\n`)
  const bytes = new Uint8Array(CHUNK_SIZE)
  const declined = comparison.declined
  for (let i = 0; i < wanted; i++) {
    const seed = String(firstSeed + i)
    const { integer } = random(`chunk ${seed}`)
    const chunk = chunks[integer(0, chunks.length - 1)]!
    bytes.set(chunk.bytes)
    mutateChunk(bytes, (bound) => integer(0, bound - 1))
    const recover = integer(0, 3) === 0 ? 'none' : 'resync'
    tell(`${chunk.place} seed ${seed}`, comparison.compare(bytes, { recover, dirty: integer(0, 1) === 0 }))
  }
  const left = comparison.declined - declined
  process.stdout.write(
    `${dialect}: ${wanted} changed chunks, of which the plain renderer did ${left}; ${comparison.records} records in all\n`,
  )
}
process.stdout.write(failures === 0 ? 'No difference\n' : `${failures} differences\n`)
process.exitCode = failures === 0 ? 0 : 1

/** The whole chunks of all logs of a folder that are in use. */
function chunksOf(folder: string) {
  return findLogs(folder).flatMap((path) => {
    const log = readFileSync(path)
    const found: { readonly place: string; readonly bytes: Uint8Array }[] = []
    for (let at = FILE_HEADER_SIZE; at + CHUNK_SIZE <= log.length; at += CHUNK_SIZE) {
      const bytes = log.subarray(at, at + CHUNK_SIZE)
      if (bytes.some((byte) => byte !== 0)) found.push({ place: `${path}@${at}`, bytes })
    }
    return found
  })
}
