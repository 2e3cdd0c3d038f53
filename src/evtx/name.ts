import { decodeUtf16 } from '../bytes/utf16.ts'
import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'

/** Bytes around a name's characters: next-in-list, hash, count, terminating zero. */
export const NAME_OVERHEAD = 10
/** Longest name accepted: far above any element or attribute name. */
const MAX_NAME_LENGTH = 512

/** What XML allows in a name, told by what it excludes. */
const NAME = /^[^\x00-,/;-@[-^`{-\xb6\ud800-\udfff\ufffe\uffff]+$/

/** An element or attribute name. */
export interface Name {
  readonly text: string
  /** Bytes it takes where it stands. */
  readonly size: number
}

/**
 * Names that were read before, by hash and count of characters: a few hundred are in every log, over and over, and to
 * compare one costs less than to decode and check it again. Bounded; only hostile logs have more.
 */
const KNOWN = new Map<number, Name>()
const MOST_KNOWN = 4_096

/** Hash that stands beside a name: h·65599 + c over its UTF-16 units, low 16 bits. */
export function nameHash(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 65_599) + text.charCodeAt(i)) | 0
  return hash & 0xffff
}

/**
 * Reads the name at an offset of the chunk.
 *
 *     offset  size  field
 *          0     4  next name of the same list
 *          4     2  hash
 *          6     2  count of characters
 *          8   2×n  characters, UTF-16
 *      8+2×n     2  terminating zero
 *
 * Little-endian. Source: libyal/libevtx format document, "Name". The hash is a cheap check that a name stands here at
 * all.
 *
 * @throws {FormatError} `bad-name`
 */
export function readName(chunk: Chunk, offset: number): Name {
  const { view, bytes } = chunk
  if (offset + NAME_OVERHEAD > bytes.length) throw new FormatError('bad-name', offset, 'A name lies outside its chunk')
  const length = view.getUint16(offset + 6, true)
  if (length > MAX_NAME_LENGTH || offset + NAME_OVERHEAD + 2 * length > bytes.length) {
    throw new FormatError('bad-name', offset, `A name claims ${length} characters`)
  }
  const key = view.getUint32(offset + 4, true)
  const known = KNOWN.get(key)
  if (known !== undefined && isSpelled(known.text, bytes, offset + 8)) return known
  const text = decodeUtf16(bytes, offset + 8, 2 * length)
  if (nameHash(text) !== view.getUint16(offset + 4, true)) {
    throw new FormatError('bad-name', offset, 'A name does not match its hash')
  }
  // Names are written to XML as they are, so none may be markup.
  if (!NAME.test(text)) throw new FormatError('bad-name', offset, 'A name has characters that no XML name can have')
  const name = { text, size: NAME_OVERHEAD + 2 * length }
  if (KNOWN.size < MOST_KNOWN) KNOWN.set(key, name)
  return name
}

/** True when the name at an offset of the chunk is this one, and a sound one. */
export function isNameAt({ view, bytes }: Chunk, offset: number, text: string): boolean {
  if (offset + NAME_OVERHEAD + 2 * text.length > bytes.length) return false
  // Hash and count stand side by side: with both right, the hash of a name that was read before is not made again.
  if (KNOWN.get(view.getUint32(offset + 4, true))?.text === text) return isSpelled(text, bytes, offset + 8)
  const isAlike = view.getUint16(offset + 6, true) === text.length && isSpelled(text, bytes, offset + 8)
  return isAlike && view.getUint16(offset + 4, true) === nameHash(text)
}

/** True when the UTF-16 units from an offset on are those of the text. */
function isSpelled(text: string, bytes: Uint8Array, offset: number): boolean {
  for (let i = 0, at = offset; i < text.length; i++, at += 2) {
    if (text.charCodeAt(i) !== (bytes[at]! | (bytes[at + 1]! << 8))) return false
  }
  return true
}
