/** True where two stretches hold the same bytes. The last look of each kind may overlap the one before it. */
export function same(a: usize, b: usize, size: u32): bool {
  if (size >= 16) {
    const last: usize = size - 16
    for (let i: usize = 0; i < last; i += 16) if (!same16(a + i, b + i)) return false
    return same16(a + last, b + last)
  }
  if (size >= 8) {
    const last: usize = size - 8
    return load<u64>(a) === load<u64>(b) && load<u64>(a + last) === load<u64>(b + last)
  }
  if (size >= 4) {
    const last: usize = size - 4
    return load<u32>(a) === load<u32>(b) && load<u32>(a + last) === load<u32>(b + last)
  }
  for (let i: usize = 0; i < size; i++) if (load<u8>(a + i) !== load<u8>(b + i)) return false
  return true
}

// @ts-ignore: decorator
@inline
function same16(a: usize, b: usize): bool {
  return i8x16.all_true(i8x16.eq(v128.load(a), v128.load(b)))
}

/** The bit of a number in a set, 0 or 1. */
export function bit(set: usize, number: u32): u32 {
  return (load<u8>(set + (number >> 3)) >> (number & 7)) & 1
}
