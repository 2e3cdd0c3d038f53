import { SUM_TABLES } from '../../src/evtx/skim-map'

/** CRC-32 as zip has it, reflected. */
const POLYNOMIAL: u32 = 0xedb88320
/** Tables for eight bytes at a time. */
const TABLES: usize = 8
const TABLE_SIZE: usize = 1024

/** Fills the tables; once, before the first sum. */
export function makeSumTables(): void {
  for (let i: u32 = 0; i < 256; i++) {
    let sum = i
    for (let step = 0; step < 8; step++) sum = (sum >>> 1) ^ (POLYNOMIAL & (0 - (sum & 1)))
    store<u32>(<usize>SUM_TABLES + (i << 2), sum)
  }
  for (let table: usize = 1; table < TABLES; table++) {
    for (let i: u32 = 0; i < 256; i++) {
      const before = load<u32>(<usize>SUM_TABLES + (table - 1) * TABLE_SIZE + (i << 2))
      store<u32>(<usize>SUM_TABLES + table * TABLE_SIZE + (i << 2), (before >>> 8) ^ entry(0, before))
    }
  }
}

function entry(table: usize, byte: u32): u32 {
  return load<u32>(<usize>SUM_TABLES + table * TABLE_SIZE + ((byte & 0xff) << 2))
}

/** Goes on with a CRC-32 over a multiple of eight bytes. */
export function addToSum(before: u32, from: usize, size: u32): u32 {
  let sum = ~before
  for (let at = from; at < from + size; at += 8) {
    const low = load<u32>(at) ^ sum
    const high = load<u32>(at, 4)
    sum =
      entry(7, low) ^
      entry(6, low >>> 8) ^
      entry(5, low >>> 16) ^
      entry(4, low >>> 24) ^
      entry(3, high) ^
      entry(2, high >>> 8) ^
      entry(1, high >>> 16) ^
      entry(0, high >>> 24)
  }
  return ~sum
}
