import { writeU32, writeU64 } from './number'

/** Bytes of a SID before its sub-authorities: revision, count, 6 bytes of authority, the highest first. */
export const SID_HEADER_SIZE: u32 = 8

/** `S-1-5-18` of a SID of at least 8 bytes; of sub-authorities those that fit. */
export function writeSid(at: usize, from: usize, size: u32): usize {
  const count = min<u32>(load<u8>(from, 1), (size - SID_HEADER_SIZE) >> 2)
  const authority = (<u64>bswap<u16>(load<u16>(from, 2)) << 32) | bswap<u32>(load<u32>(from, 4))
  store<u16>(at, 0x2d53)
  at = writeU32(at + 2, load<u8>(from))
  store<u8>(at, 0x2d)
  at = writeU64(at + 1, authority)
  const end = from + SID_HEADER_SIZE + (count << 2)
  for (let sub = from + SID_HEADER_SIZE; sub < end; sub += 4) {
    store<u8>(at, 0x2d)
    at = writeU32(at + 1, load<u32>(sub))
  }
  return at
}
