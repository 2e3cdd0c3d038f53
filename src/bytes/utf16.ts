/** Below this many bytes a loop beats a decoder's fixed cost (measured: 95–235 ns a call). */
const LOOP_LIMIT = 64

const decoder = new TextDecoder('utf-16le')

/**
 * Text of UTF-16LE bytes. Lone surrogates are kept as they are: the escaping of an output decides on them.
 *
 * @param length bytes; an odd last byte is left out
 */
export function decodeUtf16(bytes: Uint8Array, offset: number, length: number): string {
  const end = offset + (length & ~1)
  if (end - offset <= LOOP_LIMIT) return decodeByLoop(bytes, offset, end)
  const text = decoder.decode(bytes.subarray(offset, end))
  // The decoder drops a byte-order mark and replaces lone surrogates: both are rare and told apart by what it gave
  // back.
  if (text.length !== (end - offset) >> 1 || text.includes('\ufffd')) return decodeByLoop(bytes, offset, end)
  return text
}

function decodeByLoop(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i += 2) text += String.fromCharCode(bytes[i]! | (bytes[i + 1]! << 8))
  return text
}

/** UTF-16LE bytes of a text, without a byte-order mark or a terminating zero. */
export function encodeUtf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    bytes[2 * i] = unit & 0xff
    bytes[2 * i + 1] = unit >> 8
  }
  return bytes
}
