import * as zlib from 'node:zlib'

let table: Uint32Array | undefined

/** CRC-32 (IEEE 802.3, as in zlib) without `node:zlib`: for Node before 20.15, and the oracle of the native one. */
export function crc32Plain(bytes: Uint8Array, seed = 0): number {
  table ??= makeTable()
  let crc = ~seed
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8)
  return ~crc >>> 0
}

function makeTable(): Uint32Array {
  const made = new Uint32Array(256)
  for (let n = 0; n < 256; n++) {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    made[n] = c
  }
  return made
}

/**
 * CRC-32 as EVTX uses it.
 *
 * @param seed the checksum of the bytes before these, to go on from there
 */
export const crc32: (bytes: Uint8Array, seed?: number) => number =
  typeof zlib.crc32 === 'function' ? (bytes, seed = 0) => zlib.crc32(bytes, seed) : crc32Plain
