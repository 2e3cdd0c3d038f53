import { ticksFrom } from '../bytes/filetime.ts'
import { uint16At, uint32At } from '../bytes/little-endian.ts'
import { decodeUtf16 } from '../bytes/utf16.ts'
import { type Cells, NO_CELL, placeOf } from './cells.ts'
import { decodeName } from './name.ts'

/** `nk`. */
const SIGNATURE = 0x6b6e
/** Bytes before a key's name. */
const HEAD_SIZE = 76
const FLAG_COMPRESSED_NAME = 0x20
/** The count of values is a handle: there are none. */
const FLAG_PREDEFINED_HANDLE = 0x40

/** A key as its cell has it; places count from the start of the bins. */
export interface KeyCell {
  readonly at: number
  readonly name: string
  /** FILETIME ticks. */
  readonly lastWrite: bigint
  readonly parent: number
  /** `NO_CELL` for a key without subkeys. */
  readonly subkeyList: number
  readonly valueCount: number
  readonly valueList: number
  readonly securityCell: number
  readonly classCell: number
  /** Bytes. */
  readonly classLength: number
}

/**
 * Reads one key node.
 *
 *     offset  size  field
 *          0     2  signature, "nk"
 *          2     2  flags: 0x20 the name has one byte a character, 0x40 predefined handle
 *          4     8  last write, FILETIME
 *         16     4  parent
 *         20     4  count of subkeys
 *         28     4  list of subkeys
 *         36     4  count of values
 *         40     4  list of values
 *         44     4  security
 *         48     4  class name
 *         72     2  length of the name, bytes
 *         74     2  length of the class name, bytes
 *         76     …  name
 *
 * Source: msuhanov's regf specification, "Key node". Subkeys that are volatile are not in a file.
 *
 * @returns undefined, and damage, for what is no key
 */
export function readKeyCell(cells: Cells, at: number): KeyCell | undefined {
  const cell = cells.find(at, 'A key')
  if (!cell || !cells.seek(cell, 0, HEAD_SIZE, 'The key')) return undefined
  const { bytes, start } = cells
  if (uint16At(bytes, start) !== SIGNATURE) return cells.refuse(at, 0, `There is no key at ${placeOf(at)}`)
  const flags = uint16At(bytes, start + 2)
  const nameLength = uint16At(bytes, start + 72)
  if (!cells.seek(cell, HEAD_SIZE, nameLength, 'The key')) return undefined
  const hasValues = (flags & FLAG_PREDEFINED_HANDLE) === 0
  return {
    at,
    name: decodeName(cells.bytes, cells.start, nameLength, (flags & FLAG_COMPRESSED_NAME) !== 0),
    lastWrite: ticksFrom(uint32At(bytes, start + 4), uint32At(bytes, start + 8)),
    parent: uint32At(bytes, start + 16),
    subkeyList: uint32At(bytes, start + 20) === 0 ? NO_CELL : uint32At(bytes, start + 28),
    valueCount: hasValues ? uint32At(bytes, start + 36) : 0,
    valueList: uint32At(bytes, start + 40),
    securityCell: uint32At(bytes, start + 44),
    classCell: uint32At(bytes, start + 48),
    classLength: uint16At(bytes, start + 74),
  }
}

/** Class name of a key; undefined for one without, and for a damaged one. */
export function readClassName(cells: Cells, { classCell, classLength }: KeyCell): string | undefined {
  if (classLength === 0 || classCell === NO_CELL) return undefined
  const cell = cells.find(classCell, 'A class name')
  const bytes = cell && cells.readView(cell, 0, classLength, 'The class name')
  return bytes && decodeUtf16(bytes, 0, bytes.length)
}

/** Whether a key stands at a place, without damage where none does. */
export function isKeyCell(cells: Cells, at: number): boolean {
  return cells.startsWith(at, SIGNATURE)
}
