/**
 * A slot: one value of an instance, in 8 bytes.
 *
 *     bits   field
 *     0–31   address of its first byte
 *     32–47  size, bytes
 *     48–55  type
 */
export const SLOT_SIZE: u32 = 8

// @ts-ignore: decorator
@inline
export function addressOf(slot: u64): usize {
  return <usize>(<u32>slot)
}

// @ts-ignore: decorator
@inline
export function sizeOf(slot: u64): u32 {
  return <u32>(slot >> 32) & 0xffff
}

// @ts-ignore: decorator
@inline
export function typeOf(slot: u64): u32 {
  return <u32>(slot >> 48)
}
