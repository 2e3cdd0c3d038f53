/** True where two stretches hold the same bytes. */
export function same(a: usize, b: usize, size: u32): bool {
  let i: u32 = 0
  for (; i + 16 <= size; i += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(a + i), v128.load(b + i)))) return false
  }
  for (; i + 4 <= size; i += 4) if (load<u32>(a + i) !== load<u32>(b + i)) return false
  for (; i < size; i++) if (load<u8>(a + i) !== load<u8>(b + i)) return false
  return true
}

/** The bit of a number in a set, 0 or 1. */
export function bit(set: usize, number: u32): u32 {
  return (load<u8>(set + (number >> 3)) >> (number & 7)) & 1
}
