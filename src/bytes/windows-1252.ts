/**
 * Characters of the bytes 0x80–0x9f in Windows-1252; the five without one are the control characters that Windows makes
 * of them. By hand: `TextDecoder('windows-1252')` of Node 20 takes these bytes for Latin-1.
 */
const MIDDLE = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** Text of Windows-1252 bytes; each byte has a character. */
export function decodeAnsi(bytes: Uint8Array, offset: number, length: number): string {
  let text = ''
  for (let i = offset; i < offset + length; i++) {
    const byte = bytes[i]!
    text += byte >= 0x80 && byte < 0xa0 ? MIDDLE[byte - 0x80]! : String.fromCharCode(byte)
  }
  return text
}

/** Windows-1252 bytes of a text; undefined for one with a character that the code page does not have. */
export function encodeAnsi(text: string): Uint8Array | undefined {
  const bytes: number[] = []
  for (const character of text) {
    const middle = MIDDLE.indexOf(character)
    const unit = middle >= 0 ? 0x80 + middle : character.charCodeAt(0)
    if (unit > 0xff || (middle < 0 && unit >= 0x80 && unit < 0xa0)) return undefined
    bytes.push(unit)
  }
  return Uint8Array.from(bytes)
}
