import { describe, expect, it } from 'vitest'
import { Marvin32 } from '../../src/hive/marvin32.ts'

/** Bytes of hex digits. */
function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

describe('Marvin32', () => {
  // The first test vectors of the .NET runtime, with its seed 0x004fb61a001bdbcc.
  it.each([
    ['', 0x30ed35c1, 0x00cd3c7d],
    ['af', 0x48e73fc7, 0x7d75ddc1],
    ['e70f', 0xb5f6e1fc, 0x485dbff8],
    ['37f495', 0xf0b07c78, 0x9b8cf7e8],
    ['8642dc59', 0x7008f2e8, 0x7e9cf556],
    ['153fb79826', 0xe6c08c6d, 0xa2afa997],
    ['0932e6246c47', 0x6f04bf1a, 0x5ea24060],
    ['ab427ea8d10fc7', 0xe11847e4, 0xf0678c41],
  ])('gives what .NET gives for "%s"', (hex, high, low) => {
    expect(new Marvin32(0x001bdbcc, 0x004fb61a).update(bytes(hex)).finish()).toEqual({ high, low })
  })

  it('gives the same in whatever pieces the bytes come', () => {
    const all = Uint8Array.from({ length: 1_000 }, (_, i) => (i * 37) & 0xff)
    const whole = new Marvin32().update(all).finish()
    for (const size of [1, 2, 3, 5, 7, 64, 999]) {
      const hash = new Marvin32()
      for (let i = 0; i < all.length; i += size) hash.update(all.subarray(i, i + size))
      expect(hash.finish()).toEqual(whole)
    }
  })

  it('gives something else for a zero more', () => {
    expect(new Marvin32().update(bytes('00')).finish()).not.toEqual(new Marvin32().update(bytes('0000')).finish())
  })
})
