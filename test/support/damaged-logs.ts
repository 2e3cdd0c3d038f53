import { random } from '../../scripts/samples/random.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'

/** Most chunks of a log that is damaged: enough for one to speak for another. */
const CHUNKS = 2

/**
 * Logs with a few bytes changed, most of them among the first records, whose definitions the others use.
 *
 * @param logs sound ones; the first chunks of each are taken in turn
 * @param count of damaged ones
 */
export function damagedLogs(logs: readonly Uint8Array[], count: number): Uint8Array[] {
  const { integer } = random('damaged logs')
  return Array.from({ length: count }, (_, i) => {
    const log = Uint8Array.from(logs[i % logs.length]!.subarray(0, FILE_HEADER_SIZE + CHUNKS * CHUNK_SIZE))
    for (let changes = integer(1, 12); changes > 0; changes--) {
      const chunk =
        FILE_HEADER_SIZE + integer(0, Math.floor((log.length - FILE_HEADER_SIZE) / CHUNK_SIZE) - 1) * CHUNK_SIZE
      const at = chunk + CHUNK_HEADER_SIZE + integer(0, integer(0, 2) === 0 ? 60_000 : 2_000)
      if (integer(0, 3) === 0) log.copyWithin(at, at + 2 * integer(1, 200), at + 2 * integer(200, 300))
      else log[at] = integer(0, 2) === 0 ? integer(0, 15) : log[at]! ^ (1 << integer(0, 7))
    }
    return log
  })
}
