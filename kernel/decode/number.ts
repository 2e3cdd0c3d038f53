const TEN_THOUSAND: u32 = 10_000
const HUNDRED_MILLION: u32 = 100_000_000

/**
 * Four digits of a number below 10,000, the first in the lowest byte. Reckoned: a table would push what is hot out of the
 * processor's cache.
 */
// @ts-ignore: decorator
@inline
export function fourDigits(n: u32): u32 {
  // n / 100, exact up to 43,698; then both halves by ten, exact up to 178.
  const high = (n * 5_243) >> 19
  const pairs = high | ((n - high * 100) << 16)
  const tens = ((pairs * 103) >> 10) & 0xf_000f
  return (tens | ((pairs - tens * 10) << 8)) + 0x30303030
}

/** Digits of a number below 10,000, as many as it has. */
// @ts-ignore: decorator
@inline
function writeSmall(at: usize, n: u32): usize {
  if (n < 10) {
    store<u8>(at, <u8>(0x30 + n))
    return at + 1
  }
  const count = 2 + <u32>(n > 99) + <u32>(n > 999)
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
// @ts-ignore: decorator
@inline
export function writeU32(at: usize, n: u32): usize {
  if (n >= 10) return writeDigits(at, n)
  store<u8>(at, <u8>(0x30 + n))
  return at + 1
}

function writeDigits(at: usize, n: u32): usize {
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
