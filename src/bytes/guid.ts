const hex = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

/** Where the bytes of a GUID stand in its text (MS-DTYP 2.3.4.2): three little-endian fields, then eight bytes. */
const ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15]

/**
 * `{0cd83c84-1b0c-4b5a-8f4b-7f8b1c2d3e4f}` of the 16 bytes at `offset`: lower case in braces, as Windows writes a GUID
 * value.
 */
export function renderGuid(bytes: Uint8Array, offset: number): string {
  let text = '{'
  for (const at of ORDER) text += at < 0 ? '-' : hex[bytes[offset + at]!]!
  return `${text}}`
}

/** The 16 bytes of a GUID in text, with or without braces, in any letter case; undefined if it is none. */
export function parseGuid(text: string): Uint8Array | undefined {
  const digits = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i.exec(text)
  if (!digits) return undefined
  const plain = digits.slice(1).join('')
  const bytes = new Uint8Array(16)
  let at = 0
  for (const from of ORDER) {
    if (from < 0) continue
    bytes[from] = Number.parseInt(plain.slice(at, at + 2), 16)
    at += 2
  }
  return bytes
}
