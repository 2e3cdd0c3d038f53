import { CRC_TABLES } from './memory'

const POLYNOMIAL: u32 = 0xedb88320
const TABLE_SIZE: usize = 1024

/** Fills eight tables: eight bytes are taken at once. */
export function prepareCrc(): void {
  for (let n: u32 = 0; n < 256; n++) {
    let crc = n
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? POLYNOMIAL ^ (crc >> 1) : crc >> 1
    store<u32>(CRC_TABLES + (n << 2), crc)
  }
  for (let n: u32 = 0; n < 256; n++) {
    let crc = load<u32>(CRC_TABLES + (n << 2))
    for (let table: usize = 1; table < 8; table++) {
      crc = load<u32>(CRC_TABLES + ((crc & 0xff) << 2)) ^ (crc >> 8)
      store<u32>(CRC_TABLES + table * TABLE_SIZE + (n << 2), crc)
    }
  }
}

// @ts-ignore: decorator
@inline
function entry(table: usize, byte: u32): u32 {
  return load<u32>(CRC_TABLES + table * TABLE_SIZE + ((byte & 0xff) << 2))
}

/**
 * CRC-32 of a multiple of eight bytes.
 *
 * @param crc of what stands before, inverted; begin with all ones, and invert the last
 */
export function crc32(crc: u32, from: usize, end: usize): u32 {
  for (; from < end; from += 8) {
    const low = load<u32>(from) ^ crc
    const high = load<u32>(from, 4)
    crc =
      entry(7, low) ^ entry(6, low >> 8) ^ entry(5, low >> 16) ^ entry(4, low >> 24) ^
      entry(3, high) ^ entry(2, high >> 8) ^ entry(1, high >> 16) ^ entry(0, high >> 24)
  }
  return crc
}

/** CRC-32 of any number of bytes. */
export function crc32Bytes(from: usize, size: u32): u32 {
  const whole = from + (size & ~7)
  let crc = crc32(0xffffffff, from, whole)
  for (let at = whole; at < from + size; at++) crc = entry(0, crc ^ <u32>load<u8>(at)) ^ (crc >> 8)
  return ~crc
}
