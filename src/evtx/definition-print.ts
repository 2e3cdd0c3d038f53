import { int32At } from '../bytes/little-endian.ts'
import { CHUNK_SIZE, type Chunk } from './chunk.ts'
import { readFragment } from './fragment.ts'
import { NAME_OVERHEAD } from './name.ts'
import { DEFINITION_HEADER_SIZE, GUID_OFFSET } from './template.ts'

/**
 * What every copy of a template definition has in common, in whichever chunk it stands: all of its bytes but for where
 * names stand, and the names. A definition that has all of it reads the same as the one it was taken from, so that what
 * is known of that one holds of it, whoever read what before.
 *
 *     offset  size  field
 *          0     4  n: bytes of the definition from its GUID on
 *          4     4  count of names
 *          8     n  the bytes, filled up to a multiple of four
 *          …     n  mask: a one for each bit that must be the same, filled up likewise
 *          …        names, each:
 *          0     4  where its offset stands, bytes from the definition's start
 *          4     4  size of its characters in bytes; -1: it stands right there, as a part of the definition
 *          8     4  hash, and the count of characters in the upper half; 0 for one that stands right there
 *         12     …  characters in UTF-16, filled up to a multiple of four
 *
 * Little-endian. The skim kernel takes it as it is (`kernel/skim/prints.ts`).
 */
export type DefinitionPrint = Uint8Array

const HEAD = 8
const NAME_HEAD = 12
/** Where the GUID stands in a print. */
export const PRINTED_GUID = HEAD
/** Stands for the size of a name that is part of the definition. */
const INLINE = -1

/**
 * Takes the print of the definition at an offset of the chunk.
 *
 * @param size of the definition, header included
 * @throws {FormatError} the definition cannot be read
 */
export function printOf(chunk: Chunk, definition: number, size: number): DefinitionPrint {
  const nameFields: number[] = []
  readFragment(chunk, definition + DEFINITION_HEADER_SIZE, definition + size, true, nameFields)
  return takePrint(chunk, definition, size, nameFields)
}

/**
 * Takes the print of a definition that was read.
 *
 * @param size of the definition, header included
 * @param nameFields where the offsets of its names stand, bytes from the chunk's start
 */
export function takePrint(
  { bytes, view }: Chunk,
  definition: number,
  size: number,
  nameFields: readonly number[],
): DefinitionPrint {
  const length = size - GUID_OFFSET
  let whole = HEAD + 2 * padded(length)
  for (const field of nameFields) whole += NAME_HEAD + padded(unitsSize(view, field))
  const print = allocate(whole)
  const words = new Int32Array(print.buffer, print.byteOffset, whole >> 2)
  words[0] = length
  words[1] = nameFields.length
  const from = definition + GUID_OFFSET
  print.set(bytes.subarray(from, from + length), HEAD)
  const mask = HEAD + padded(length)
  print.fill(0xff, mask, mask + length)
  let at = mask + padded(length)
  for (const field of nameFields) {
    const target = view.getUint32(field, true)
    const isInline = target === field + 4
    // A name that stands right behind its offset begins with that of the next in its list.
    const free = mask + field - from
    print.fill(0, free, free + (isInline ? 8 : 4))
    const units = unitsSize(view, field)
    words[at >> 2] = field - definition
    words[(at >> 2) + 1] = isInline ? INLINE : units
    words[(at >> 2) + 2] = isInline ? 0 : view.getInt32(target + 4, true)
    at += NAME_HEAD
    for (let i = 0; i < units; i++) print[at + i] = bytes[target + 8 + i]!
    at += padded(units)
  }
  return print
}

/** Bytes of a name's characters; none of one that stands right behind its offset. */
function unitsSize(view: DataView, field: number): number {
  const target = view.getUint32(field, true)
  return target === field + 4 ? 0 : 2 * view.getUint16(target + 6, true)
}

/** Zeros out of one piece: a run over many computers takes thousands, and each of its own costs more than to fill it. */
let piece = new Uint8Array(0)
const PIECE_SIZE = 65_536

/** @param size a multiple of four */
function allocate(size: number): Uint8Array {
  if (size > piece.length) piece = new Uint8Array(Math.max(PIECE_SIZE, size))
  const taken = piece.subarray(0, size)
  piece = piece.subarray(size)
  return taken
}

/**
 * True when the definition at an offset of the chunk has all that the print holds; the same as `holds` of the kernel.
 *
 * @param definition as large as the one of the print, and wholly inside the chunk
 */
export function printHolds(print: DefinitionPrint, { bytes, view }: Chunk, definition: number): boolean {
  const length = int32At(print, 0)
  const from = definition + GUID_OFFSET
  const mask = HEAD + padded(length)
  // From the end: of two computers' definitions only the name of the computer differs, and it stands there.
  for (let i = length - 1; i >= 0; i--) {
    if (((print[HEAD + i]! ^ bytes[from + i]!) & print[mask + i]!) !== 0) return false
  }
  let at = mask + padded(length)
  for (let left = int32At(print, 4); left > 0; left--) {
    const field = definition + int32At(print, at)
    const units = int32At(print, at + 4)
    const target = view.getUint32(field, true)
    if ((target === field + 4) !== (units === INLINE)) return false
    if (units !== INLINE) {
      if (target > CHUNK_SIZE - NAME_OVERHEAD - units || view.getInt32(target + 4, true) !== int32At(print, at + 8)) {
        return false
      }
      for (let i = 0; i < units; i++) if (print[at + NAME_HEAD + i] !== bytes[target + 8 + i]) return false
      at += padded(units)
    }
    at += NAME_HEAD
  }
  return true
}

function padded(size: number): number {
  return (size + 3) & ~3
}
