import { DIGITS } from './memory'

const TEN_THOUSAND: u32 = 10_000
const HUNDRED_MILLION: u32 = 100_000_000

/** Fills the table of four digits. */
export function prepareDigits(): void {
  for (let n: u32 = 0; n < TEN_THOUSAND; n++) {
    const digits = (n / 1000) | (((n / 100) % 10) << 8) | (((n / 10) % 10) << 16) | ((n % 10) << 24)
    store<u32>(DIGITS + (n << 2), digits + 0x30303030)
  }
}

/** Four digits of a number below 10,000. */
// @ts-ignore: decorator
@inline
export function fourDigits(n: u32): u32 {
  return load<u32>(DIGITS + (n << 2))
}

/** Digits of a number below 10,000, as many as it has. */
// @ts-ignore: decorator
@inline
function writeSmall(at: usize, n: u32): usize {
  const count = 1 + <u32>(n > 9) + <u32>(n > 99) + <u32>(n > 999)
  store<u32>(at, fourDigits(n) >> ((4 - count) << 3))
  return at + count
}

// @ts-ignore: decorator
@inline
function writeEight(at: usize, n: u32): usize {
  const high = n / TEN_THOUSAND
  store<u32>(at, fourDigits(high))
  store<u32>(at, fourDigits(n - high * TEN_THOUSAND), 4)
  return at + 8
}

/** A 32-bit number without sign. */
export function writeU32(at: usize, n: u32): usize {
  if (n < TEN_THOUSAND) return writeSmall(at, n)
  if (n < HUNDRED_MILLION) {
    const high = n / TEN_THOUSAND
    at = writeSmall(at, high)
    store<u32>(at, fourDigits(n - high * TEN_THOUSAND))
    return at + 4
  }
  const high = n / HUNDRED_MILLION
  return writeEight(writeSmall(at, high), n - high * HUNDRED_MILLION)
}

/** A 64-bit number without sign. */
export function writeU64(at: usize, n: u64): usize {
  if (n >> 32 == 0) return writeU32(at, <u32>n)
  const high = n / HUNDRED_MILLION
  return writeEight(writeU64(at, high), <u32>(n - high * HUNDRED_MILLION))
}

/** A 32-bit number. */
export function writeI32(at: usize, n: i32): usize {
  if (n >= 0) return writeU32(at, n)
  store<u8>(at, 0x2d)
  return writeU32(at + 1, <u32>(0 - n))
}

/** A 64-bit number. */
export function writeI64(at: usize, n: i64): usize {
  if (n >= 0) return writeU64(at, n)
  store<u8>(at, 0x2d)
  return writeU64(at + 1, <u64>(0 - n))
}

/** A number below 65,536 with so many digits at least, 2 to 4. */
export function writePadded(at: usize, n: u32, width: u32): usize {
  if (n >= TEN_THOUSAND) return writeU32(at, n)
  const count = max<u32>(width, 1 + <u32>(n > 9) + <u32>(n > 99) + <u32>(n > 999))
  store<u32>(at, fourDigits(n) >> ((4 - count) << 3))
  return at + count
}
