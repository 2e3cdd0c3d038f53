import { uint16At, uint32At } from '../bytes/little-endian.ts'
import { viewOf } from '../bytes/view.ts'
import { type Cells, placeOf } from './cells.ts'
import { decodeName } from './name.ts'
import { type HiveValue, typeNameOf } from './value.ts'

/** `vk`. */
const SIGNATURE = 0x6b76
/** `db`. */
const BIG_DATA = 0x6264
/** Bytes before a value's name. */
const HEAD_SIZE = 20
const FLAG_COMPRESSED_NAME = 1
/** Set in the size of data that stand in the value itself. */
const INLINE = 0x80000000
/** Bytes in each segment of big data but the last. */
export const SEGMENT_SIZE = 16_344
/** Data of a value that are read: far beyond what any Windows keeps there. */
const MOST_DATA = 64 * 1024 * 1024
/** Bytes of a name: twice the 16,383 characters that Windows allows. Source: Microsoft, "Registry element size limits". */
const LONGEST_NAME = 32_766
/** Bytes of names, and of what stands before each, that are read of one key. */
const MOST_NAME_BYTES = 4 * 1024 * 1024
/** Values of one key that are looked at. */
const MOST_VALUES = 1 << 20

/** A value without its data. */
export interface ValueCell {
  readonly at: number
  readonly name: string
  readonly type: number
  /** Bytes of data. */
  readonly size: number
  /** Up to four bytes of data stand in the value itself: `data` is they, little-endian. */
  readonly isInline: boolean
  /** Else the place of the data. */
  readonly data: number
}

/** The values of a key without their data, each place once; a broken one is left out, and damage. */
export function* walkValueCells(cells: Cells, listAt: number, count: number): Generator<ValueCell> {
  if (count === 0) return
  const cell = cells.find(listAt, 'A list of values')
  if (!cell) return
  const room = Math.min(Math.floor(cell.length / 4), MOST_VALUES)
  if (count > room) {
    cells.refuse(listAt, 0, `A key says that it has ${count} values, and the list at ${placeOf(listAt)} holds ${room}`)
  }
  const list = cells.readView(cell, 0, Math.min(count, room) * 4, 'The list of values')
  if (!list) return
  const places = viewOf(list)
  // Without this a list could tell one long name a million times.
  let left = Math.min(cells.binsSize, MOST_NAME_BYTES)
  const seen = new Set<number>()
  for (let i = 0; i < places.byteLength; i += 4) {
    const at = places.getUint32(i, true)
    const before = cells.bytesRead
    const value = seen.has(at)
      ? cells.refuse(at, 0, `The value at ${placeOf(at)} is listed twice in one key; it is given once`)
      : readValueCell(cells, at)
    seen.add(at)
    left -= cells.bytesRead - before
    if (left < 0) {
      cells.refuse(
        listAt,
        0,
        `The values listed at ${placeOf(listAt)} have more bytes of names than any key; the rest is not read`,
      )
      return
    }
    if (value) yield value
  }
}

/**
 * Reads one value without its data.
 *
 *     offset  size  field
 *          0     2  signature, "vk"
 *          2     2  length of the name, bytes; 0 for the default value
 *          4     4  size of the data, bytes; the highest bit says that they stand in the next field
 *          8     4  place of the data, or up to four bytes of data
 *         12     4  type
 *         16     2  flags: 1 the name has one byte a character
 *         20     …  name
 *
 * Source: msuhanov's regf specification, "Key value".
 */
function readValueCell(cells: Cells, at: number): ValueCell | undefined {
  const cell = cells.find(at, 'A value')
  if (!cell || !cells.seek(cell, 0, HEAD_SIZE, 'The value')) return undefined
  const { bytes, start } = cells
  if (uint16At(bytes, start) !== SIGNATURE) return cells.refuse(at, 0, `There is no value at ${placeOf(at)}`)
  const nameLength = uint16At(bytes, start + 2)
  if (!cells.seek(cell, HEAD_SIZE, nameLength, 'The value')) return undefined
  if (nameLength > LONGEST_NAME) {
    return cells.refuse(
      at,
      0,
      `The value at ${placeOf(at)} says that its name has ${nameLength} bytes, which is refused`,
    )
  }
  const stated = uint32At(bytes, start + 4)
  const size = stated % INLINE
  if (stated >= INLINE && size > 4) {
    return cells.refuse(at, 0, `The value at ${placeOf(at)} says that ${size} bytes stand in a field of four`)
  }
  return {
    at,
    name: decodeName(cells.bytes, cells.start, nameLength, (uint16At(bytes, start + 16) & FLAG_COMPRESSED_NAME) !== 0),
    type: uint32At(bytes, start + 12),
    size,
    isInline: stated >= INLINE,
    data: uint32At(bytes, start + 8),
  }
}

/** A value with its data; undefined, and damage, where they cannot be read to their end. */
export function readValue(cells: Cells, value: ValueCell): HiveValue | undefined {
  const bytes = readData(cells, value)
  return bytes && { name: value.name, type: value.type, typeName: typeNameOf(value.type), bytes }
}

function readData(cells: Cells, { at, size, isInline, data }: ValueCell): Uint8Array | undefined {
  if (isInline) return littleEndian(data, size)
  if (size === 0) return new Uint8Array(0)
  if (size > Math.min(MOST_DATA, cells.binsSize)) {
    return cells.refuse(at, 0, `The value at ${placeOf(at)} says that it has ${size} bytes of data, which is refused`)
  }
  const cell = cells.find(data, 'Data of a value')
  if (!cell) return undefined
  // Whether long data are cut into segments depends on the version that wrote them; a cell that holds them all is not
  // cut.
  if (size > SEGMENT_SIZE && cell.length < size && cells.startsWith(data, BIG_DATA)) {
    return readSegments(cells, data, size)
  }
  return cells.readView(cell, 0, size, 'The data')?.slice()
}

/** The first bytes of a number. */
function littleEndian(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  for (let i = 0; i < size; i++) bytes[i] = value >>> (8 * i)
  return bytes
}

/**
 * Reads big data.
 *
 *     offset  size  field
 *          0     2  signature, "db"
 *          2     2  count of segments
 *          4     4  place of their list: a place each
 *
 * Source: msuhanov's regf specification, "Big data": each segment but the last has 16,344 bytes.
 */
function readSegments(cells: Cells, at: number, size: number): Uint8Array | undefined {
  const needed = Math.ceil(size / SEGMENT_SIZE)
  const cell = cells.find(at, 'Data of a value')
  const head = cell && cells.readView(cell, 0, 8, 'The big data')
  if (!head) return undefined
  const count = viewOf(head).getUint16(2, true)
  if (count < needed) {
    return cells.refuse(at, 0, `The big data at ${placeOf(at)} have ${count} segments; ${size} bytes need ${needed}`)
  }
  const list = cells.find(viewOf(head).getUint32(4, true), 'A list of segments')
  const places = list && cells.readView(list, 0, needed * 4, 'The list of segments')
  if (!places) return undefined
  const data = new Uint8Array(size)
  for (let i = 0; i < needed; i++) {
    const segment = cells.find(viewOf(places).getUint32(i * 4, true), 'A segment of data')
    const length = Math.min(SEGMENT_SIZE, size - i * SEGMENT_SIZE)
    const bytes = segment && cells.readView(segment, 0, length, 'The segment of data')
    if (!bytes) return undefined
    data.set(bytes, i * SEGMENT_SIZE)
  }
  return data
}
