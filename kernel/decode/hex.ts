/** Lower-case and upper-case digits, to be picked by a shuffle. */
// @ts-ignore: decorator
@inline
function lowerDigits(): v128 {
  return i8x16(0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66)
}

// @ts-ignore: decorator
@inline
function upperDigits(): v128 {
  return i8x16(0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46)
}

/** Digits of the lower eight bytes, in their order. */
// @ts-ignore: decorator
@inline
function lowDigits(bytes: v128, digits: v128): v128 {
  const high = i8x16.shr_u(bytes, 4)
  const low = v128.and(bytes, i8x16.splat(15))
  return i8x16.swizzle(digits, i8x16.shuffle(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
}

/** Digits of the upper eight bytes. */
// @ts-ignore: decorator
@inline
function highDigits(bytes: v128, digits: v128): v128 {
  const high = i8x16.shr_u(bytes, 4)
  const low = v128.and(bytes, i8x16.splat(15))
  return i8x16.swizzle(digits, i8x16.shuffle(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31))
}

/** `0x` and the digits of a number, as many as it has. */
export function writeHex(at: usize, n: u64): usize {
  store<u16>(at, 0x7830)
  const bytes = i8x16.swizzle(i64x2.splat(n), i8x16(7, 6, 5, 4, 3, 2, 1, 0, 16, 16, 16, 16, 16, 16, 16, 16))
  const digits = lowDigits(bytes, lowerDigits())
  const leading = min<u32>(<u32>clz<u64>(n) >> 2, 15)
  const places = i8x16.add(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>leading))
  v128.store(at, i8x16.swizzle(digits, places), 2)
  return at + 18 - leading
}

/** Bytes as upper-case digits, without blanks. May read and write past the end. */
export function writeBytes(at: usize, from: usize, size: u32): usize {
  const digits = upperDigits()
  for (let i: u32 = 0; i < size; i += 16) {
    const bytes = v128.load(from + i)
    v128.store(at + (i << 1), lowDigits(bytes, digits))
    v128.store(at + (i << 1), highDigits(bytes, digits), 16)
  }
  return at + (size << 1)
}

/** The 36 characters of a GUID: its first three fields are little-endian. */
// @ts-ignore: decorator
@inline
function writeGuidDigits(at: usize, from: usize, digits: v128): usize {
  const bytes = i8x16.swizzle(v128.load(from), i8x16(3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15))
  const first = lowDigits(bytes, digits)
  const second = highDigits(bytes, digits)
  store<u64>(at, i64x2.extract_lane(first, 0))
  store<u8>(at, 0x2d, 8)
  store<u32>(at, i32x4.extract_lane(first, 2), 9)
  store<u8>(at, 0x2d, 13)
  store<u32>(at, i32x4.extract_lane(first, 3), 14)
  store<u8>(at, 0x2d, 18)
  store<u32>(at, i32x4.extract_lane(second, 0), 19)
  store<u8>(at, 0x2d, 23)
  store<u32>(at, i32x4.extract_lane(second, 1), 24)
  store<u64>(at, i64x2.extract_lane(second, 1), 28)
  return at + 36
}

/** A GUID as Windows writes it: lower case, in braces. */
export function writeGuid(at: usize, from: usize): usize {
  store<u8>(at, 0x7b)
  const end = writeGuidDigits(at + 1, from, lowerDigits())
  store<u8>(end, 0x7d)
  return end + 1
}

/** A GUID in capitals without braces. */
export function writeBareGuid(at: usize, from: usize): usize {
  return writeGuidDigits(at, from, upperDigits())
}
