import { viewOf } from '../bytes/view.ts'

/** Halves of the seed of registry logs, 0x82EF4D887A4E55C5. */
const SEED_LOW = 0x7a4e55c5
const SEED_HIGH = 0x82ef4d88

/** A hash of 64 bits, as two unsigned halves. */
export interface Marvin {
  readonly low: number
  readonly high: number
}

/**
 * Marvin32 over stretches of bytes that follow each other, with the seed of registry logs. Checked against the hashes
 * that Windows wrote; algorithm: US patent application 20130262421.
 */
export class Marvin32 {
  private low: number
  private high: number
  /** Bytes of the last word that is not whole yet. */
  private pending = 0
  private pendingCount = 0

  constructor(seedLow = SEED_LOW, seedHigh = SEED_HIGH) {
    this.low = seedLow | 0
    this.high = seedHigh | 0
  }

  update(bytes: Uint8Array): this {
    let i = 0
    while (this.pendingCount > 0 && i < bytes.length) this.addByte(bytes[i++]!)
    const view = viewOf(bytes)
    const words = i + ((bytes.length - i) & ~3)
    for (; i < words; i += 4) this.mix(view.getInt32(i, true))
    while (i < bytes.length) this.addByte(bytes[i++]!)
    return this
  }

  /** The hash of all that was added; nothing may be added after it. */
  finish(): Marvin {
    this.mix(this.pending | (0x80 << (8 * this.pendingCount)))
    this.mix(0)
    return { low: this.low >>> 0, high: this.high >>> 0 }
  }

  private addByte(byte: number): void {
    this.pending |= byte << (8 * this.pendingCount)
    if (++this.pendingCount < 4) return
    this.mix(this.pending)
    this.pending = 0
    this.pendingCount = 0
  }

  private mix(word: number): void {
    let low = (this.low + word) | 0
    let high = this.high ^ low
    low = (((low << 20) | (low >>> 12)) + high) | 0
    high = ((high << 9) | (high >>> 23)) ^ low
    low = (((low << 27) | (low >>> 5)) + high) | 0
    this.low = low
    this.high = (high << 19) | (high >>> 13)
  }
}
