const digits = Array.from({ length: 256 }, (_, n) => n.toString(16).toUpperCase().padStart(2, '0'))

/** `0AFF`: bytes as upper-case hex without blanks. */
export function renderHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += digits[byte]!
  return text
}
