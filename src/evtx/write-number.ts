import type { PlanMemory } from './plan-memory.ts'

/** "00" to "99", the first digit in the low byte. */
const PAIRS = Uint16Array.from({ length: 100 }, (_, n) => (0x30 + ((n / 10) | 0)) | ((0x30 + (n % 10)) << 8))
const HEX = '0123456789abcdef'
/** "00" to "ff". */
const HEX_PAIRS = hexPairs(HEX)
const UPPER_HEX_PAIRS = hexPairs(HEX.toUpperCase())

/** The value has a form that a writer does not know: `renderValue` does. */
export const UNUSUAL = -1

const MAX_INT32 = 0x7fffffff

function digitsOf(value: number): number {
  if (value < 100_000) return value < 1_000 ? 3 : value < 10_000 ? 4 : 5
  if (value < 10_000_000) return value < 1_000_000 ? 6 : 7
  return value < 100_000_000 ? 8 : value < 1_000_000_000 ? 9 : 10
}

/** ASCII text; returns the position behind it. */
export function writeAscii({ bytes }: PlanMemory, text: string, to: number): number {
  for (let i = 0; i < text.length; i++) bytes[to + i] = text.charCodeAt(i)
  return to + text.length
}

function hexPairs(digits: string): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, n) => digits.charCodeAt(n >> 4) | (digits.charCodeAt(n & 15) << 8))
}

/** Writers of numbers and GUIDs into a memory; see `writersOf`. All return the position behind what they wrote. */
export function numberWriter(memory: PlanMemory) {
  const { bytes, view } = memory

  /** Two decimal digits. */
  function writePair(value: number, to: number): void {
    view.setUint16(to, PAIRS[value]!, true)
  }

  /** Decimal digits of a number below 2^32. Returns the position behind them. */
  function writeUint32(value: number, to: number): number {
    if (value < 10) {
      bytes[to] = 0x30 + value
      return to + 1
    }
    if (value < 100) {
      view.setUint16(to, PAIRS[value]!, true)
      return to + 2
    }
    const end = to + digitsOf(value)
    let rest = value | 0
    let at = end
    if (value > MAX_INT32) {
      // One step as a double, so that the rest are whole numbers to the compiler.
      const next = Math.floor(value / 100)
      at -= 2
      view.setUint16(at, PAIRS[value - next * 100]!, true)
      rest = next | 0
    }
    while (rest >= 100) {
      const next = (rest / 100) | 0
      at -= 2
      view.setUint16(at, PAIRS[rest - next * 100]!, true)
      rest = next
    }
    if (rest >= 10) view.setUint16(to, PAIRS[rest]!, true)
    else bytes[to] = 0x30 + rest
    return end
  }

  /** Decimal digits of a signed 32-bit number. */
  function writeInt32(value: number, to: number): number {
    if (value >= 0) return writeUint32(value, to)
    memory.bytes[to] = 0x2d
    return writeUint32(-value, to + 1)
  }

  /** Decimal digits of an unsigned 64-bit number in two halves. */
  function writeUint64(low: number, high: number, to: number): number {
    if (high === 0) return writeUint32(low, to)
    if (high < 0x200000) {
      // Exact in a double: nine digits are split off.
      const value = high * 4_294_967_296 + low
      const top = Math.floor(value / 1_000_000_000)
      const at = top < 4_294_967_296 ? writeUint32(top, to) : writeDigits(BigInt(top), to)
      return writePadded((value - top * 1_000_000_000) | 0, 9, at)
    }
    return writeDigits((BigInt(high) << 32n) | BigInt(low), to)
  }

  /** Decimal digits of a signed 64-bit number in two halves. */
  function writeInt64(low: number, high: number, to: number): number {
    if (high < 0x80000000) return writeUint64(low, high, to)
    return writeDigits(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)), to)
  }

  function writeDigits(value: bigint, to: number): number {
    return writeAscii(memory, String(value), to)
  }

  /** Decimal digits with zeros before them. */
  function writePadded(value: number, width: number, to: number): number {
    let rest = value
    let at = to + width
    while (at >= to + 2) {
      const next = Math.floor(rest / 100)
      at -= 2
      view.setUint16(at, PAIRS[rest - next * 100]!, true)
      rest = next
    }
    if (at > to) bytes[to] = 0x30 + rest
    return to + width
  }

  /** `0x` and the hex digits of a 64-bit number in two halves, none in front that are zero. */
  function writeHex(low: number, high: number, to: number): number {
    view.setUint16(to, 0x7830, true)
    const digits = high !== 0 ? 16 - (Math.clz32(high) >> 2) : low !== 0 ? 8 - (Math.clz32(low) >> 2) : 1
    let at = to + 2
    let left = digits
    if ((left & 1) !== 0) {
      left--
      const nibble = (left >= 8 ? high >>> (4 * left - 32) : low >>> (4 * left)) & 15
      bytes[at++] = nibble + (nibble < 10 ? 0x30 : 0x57)
    }
    for (; left > 8; left -= 2, at += 2) view.setUint16(at, HEX_PAIRS[(high >>> (4 * left - 40)) & 0xff]!, true)
    for (; left > 0; left -= 2, at += 2) view.setUint16(at, HEX_PAIRS[(low >>> (4 * left - 8)) & 0xff]!, true)
    return at
  }

  /** A byte as two digits. */
  function writeBytes(from: number, size: number, to: number): number {
    for (let i = 0; i < size; i++) view.setUint16(to + 2 * i, UPPER_HEX_PAIRS[bytes[from + i]!]!, true)
    return to + 2 * size
  }

  /** The 36 characters of a GUID, without braces; see `renderGuid` for the order of its bytes. */
  function writeGuid(from: number, to: number, upper: boolean): number {
    const hex = upper ? UPPER_HEX_PAIRS : HEX_PAIRS
    view.setInt32(to, hex[bytes[from + 3]!]! | (hex[bytes[from + 2]!]! << 16), true)
    view.setInt32(to + 4, hex[bytes[from + 1]!]! | (hex[bytes[from]!]! << 16), true)
    bytes[to + 8] = 0x2d
    view.setInt32(to + 9, hex[bytes[from + 5]!]! | (hex[bytes[from + 4]!]! << 16), true)
    bytes[to + 13] = 0x2d
    view.setInt32(to + 14, hex[bytes[from + 7]!]! | (hex[bytes[from + 6]!]! << 16), true)
    bytes[to + 18] = 0x2d
    view.setInt32(to + 19, hex[bytes[from + 8]!]! | (hex[bytes[from + 9]!]! << 16), true)
    bytes[to + 23] = 0x2d
    view.setInt32(to + 24, hex[bytes[from + 10]!]! | (hex[bytes[from + 11]!]! << 16), true)
    view.setInt32(to + 28, hex[bytes[from + 12]!]! | (hex[bytes[from + 13]!]! << 16), true)
    view.setInt32(to + 32, hex[bytes[from + 14]!]! | (hex[bytes[from + 15]!]! << 16), true)
    return to + 36
  }

  return { writePair, writeUint32, writeInt32, writeUint64, writeInt64, writePadded, writeHex, writeBytes, writeGuid }
}

/** What `numberWriter` makes. */
export type NumberWriter = ReturnType<typeof numberWriter>
