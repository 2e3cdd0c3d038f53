import { decodeUtf16 } from '../bytes/utf16.ts'

/** U+00B5, which Windows leaves as it is and Unicode makes a Greek capital of. */
const MICRO_SIGN = 0xb5

const ASCII = /^[\0-\x7f]*$/

/**
 * Name of a key or a value.
 *
 * @param compressed one byte a character, the low byte of its UTF-16 unit; UTF-16LE otherwise
 */
export function decodeName(bytes: Uint8Array, start: number, length: number, compressed: boolean): string {
  if (!compressed) return decodeUtf16(bytes, start, length)
  let text = ''
  for (let i = start; i < start + length; i++) text += String.fromCharCode(bytes[i]!)
  return text
}

/**
 * A name as Windows compares it: each UTF-16 unit in upper case by itself, so that no two names of different length are
 * the same. A letter beyond ASCII never becomes one of ASCII.
 */
export function upcase(name: string): string {
  if (ASCII.test(name)) return name.toUpperCase()
  let text = ''
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i)
    text += unit < 0x80 ? name[i]!.toUpperCase() : upcaseUnit(name[i]!, unit)
  }
  return text
}

function upcaseUnit(character: string, unit: number): string {
  const upper = character.toUpperCase()
  return upper.length !== 1 || upper.charCodeAt(0) < 0x80 || unit === MICRO_SIGN ? character : upper
}

/** What a hash leaf holds of a name. Source: msuhanov's regf specification, "Hash leaf". */
export function hashOfName(upcased: string): number {
  let hash = 0
  for (let i = 0; i < upcased.length; i++) hash = (Math.imul(hash, 37) + upcased.charCodeAt(i)) | 0
  return hash >>> 0
}

/** What a fast leaf holds of a name: its first four characters, zeros for those beyond one byte and behind the end. */
export function hintOfName(name: string): number {
  let hint = 0
  for (let i = 0; i < 4 && i < name.length; i++) {
    const unit = name.charCodeAt(i)
    hint |= (unit < 0x100 ? unit : 0) << (8 * i)
  }
  return hint >>> 0
}
