import { decodeUtf16 } from '../bytes/utf16.ts'

/** U+00B5, which Windows leaves as it is and Unicode makes a Greek capital of. */
const MICRO_SIGN = 0xb5

/** Characters of a name that is decoded one by one: most are. */
const SHORT = 64

const ASCII = /^[\0-\x7f]*$/

/**
 * Name of a key or a value.
 *
 * @param compressed one byte a character, the low byte of its UTF-16 unit; UTF-16LE otherwise
 */
export function decodeName(bytes: Uint8Array, start: number, length: number, compressed: boolean): string {
  if (!compressed) return decodeUtf16(bytes, start, length)
  if (length > SHORT) return textOf(Uint16Array.from(bytes.subarray(start, start + length)))
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
  uppers ??= new Uint16Array(0x10000)
  const units = new Uint16Array(name.length)
  for (let i = 0; i < units.length; i++) {
    const unit = name.charCodeAt(i)
    // No upper case is 0 but that of 0.
    units[i] = uppers[unit] ||= upcaseUnit(unit)
  }
  return textOf(units)
}

/** What each unit becomes, as far as it was asked for. */
let uppers: Uint16Array | undefined

function upcaseUnit(unit: number): number {
  const upper = String.fromCharCode(unit).toUpperCase()
  if (unit < 0x80) return upper.charCodeAt(0)
  return upper.length !== 1 || upper.charCodeAt(0) < 0x80 || unit === MICRO_SIGN ? unit : upper.charCodeAt(0)
}

/** The text of UTF-16 units. Joined one by one, a long name would be as many objects as it has characters. */
function textOf(units: Uint16Array): string {
  return decodeUtf16(new Uint8Array(units.buffer), 0, units.byteLength)
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
