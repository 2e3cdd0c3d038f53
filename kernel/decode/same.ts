/** Compares bytes, of which some behind the end may be read. Hot: every definition of every chunk comes here. */
export function isSame(a: usize, b: usize, size: u32): bool {
  let i: u32 = 0
  for (; i + 16 <= size; i += 16) {
    if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false
  }
  const different = <u32>i8x16.bitmask(i8x16.ne(v128.load(a + i), v128.load(b + i)))
  return (different & ((1 << (size - i)) - 1)) == 0
}
