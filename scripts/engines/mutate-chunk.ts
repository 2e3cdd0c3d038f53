import { crc32 } from '../../src/bytes/crc32.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../../src/evtx/chunk.ts'

/** Most changes to one chunk. */
const MAX_CHANGES = 24
/** Values that formats trip over. */
const EDGES = [0, 1, 2, 0x0f, 0x21, 0x41, 0x7f, 0x80, 0x81, 0xa1, 0xd8, 0xdc, 0xfe, 0xff]

/** Numbers below a bound. */
export type Random = (bound: number) => number

/**
 * Changes some bytes of a chunk in its place: single bits, bytes, words, runs that are copied to elsewhere, zeros. Half of the time
 * changes keep together, as damage does. The header's checksum is made to hold in most, so that what is behind it is read.
 *
 * @param random gives the same numbers for the same seed
 */
export function mutateChunk(bytes: Uint8Array, random: Random): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, CHUNK_SIZE)
  const end = Math.min(CHUNK_SIZE, Math.max(CHUNK_HEADER_SIZE + 64, view.getUint32(48, true)))
  const changes = 1 + random(MAX_CHANGES)
  const isNear = random(2) === 0
  const center = CHUNK_HEADER_SIZE + random(end - CHUNK_HEADER_SIZE)
  for (let i = 0; i < changes; i++) {
    const near = Math.min(end - 1, Math.max(0, center + random(512) - 256))
    const at = isNear
      ? near
      : random(20) === 0
        ? random(CHUNK_HEADER_SIZE)
        : CHUNK_HEADER_SIZE + random(end - CHUNK_HEADER_SIZE)
    change(bytes, view, at, end, random)
  }
  if (random(10) === 0) return
  const sum = crc32(bytes.subarray(128, CHUNK_HEADER_SIZE), crc32(bytes.subarray(0, 120)))
  view.setUint32(124, sum, true)
}

function change(bytes: Uint8Array, view: DataView, at: number, end: number, random: Random): void {
  switch (random(8)) {
    case 0:
      bytes[at]! ^= 1 << random(8)
      break
    case 1:
      bytes[at] = random(256)
      break
    case 2:
    case 3:
      bytes[at] = EDGES[random(EDGES.length)]!
      break
    case 4:
      view.setUint16(Math.min(at, CHUNK_SIZE - 2), random(8) === 0 ? 0xffff : random(512), true)
      break
    case 5:
      view.setUint32(Math.min(at & ~3, CHUNK_SIZE - 4), random(4) === 0 ? 0xffffffff : random(CHUNK_SIZE), true)
      break
    case 6: {
      const length = 1 + random(64)
      const from = CHUNK_HEADER_SIZE + random(end - CHUNK_HEADER_SIZE)
      bytes.copyWithin(at, from, Math.min(from + length, CHUNK_SIZE))
      break
    }
    default:
      bytes.fill(0, at, Math.min(CHUNK_SIZE, at + 1 + random(8)))
  }
}
