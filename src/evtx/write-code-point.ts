/** Writes one code point as UTF-8; returns the position behind it. */
export function writeCodePoint(bytes: Uint8Array, codePoint: number, to: number): number {
  if (codePoint < 0x80) {
    bytes[to] = codePoint
    return to + 1
  }
  if (codePoint < 0x800) {
    bytes[to] = 0xc0 | (codePoint >> 6)
    bytes[to + 1] = 0x80 | (codePoint & 0x3f)
    return to + 2
  }
  if (codePoint < 0x10000) {
    bytes[to] = 0xe0 | (codePoint >> 12)
    bytes[to + 1] = 0x80 | ((codePoint >> 6) & 0x3f)
    bytes[to + 2] = 0x80 | (codePoint & 0x3f)
    return to + 3
  }
  bytes[to] = 0xf0 | (codePoint >> 18)
  bytes[to + 1] = 0x80 | ((codePoint >> 12) & 0x3f)
  bytes[to + 2] = 0x80 | ((codePoint >> 6) & 0x3f)
  bytes[to + 3] = 0x80 | (codePoint & 0x3f)
  return to + 4
}
