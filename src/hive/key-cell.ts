import { ticksFrom } from '../bytes/filetime.ts'
import { decodeUtf16 } from '../bytes/utf16.ts'
import { viewOf } from '../bytes/view.ts'
import { type Cells, NO_CELL, placeOf } from './cells.ts'
import { decodeName } from './name.ts'

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
  const head = cell && cells.readView(cell, 0, HEAD_SIZE, 'The key')
  if (!head) return undefined
  const view = viewOf(head)
  if (view.getUint16(0) !== 0x6e6b) return cells.refuse(at, 0, `There is no key at ${placeOf(at)}`)
  const flags = view.getUint16(2, true)
  const name = cells.readView(cell, HEAD_SIZE, view.getUint16(72, true), 'The key')
  if (!name) return undefined
  const hasValues = (flags & FLAG_PREDEFINED_HANDLE) === 0
  return {
    at,
    name: decodeName(name, (flags & FLAG_COMPRESSED_NAME) !== 0),
    lastWrite: ticksFrom(view.getUint32(4, true), view.getUint32(8, true)),
    parent: view.getUint32(16, true),
    subkeyList: view.getUint32(20, true) === 0 ? NO_CELL : view.getUint32(28, true),
    valueCount: hasValues ? view.getUint32(36, true) : 0,
    valueList: view.getUint32(40, true),
    securityCell: view.getUint32(44, true),
    classCell: view.getUint32(48, true),
    classLength: view.getUint16(74, true),
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
  return cells.startsWith(at, 0x6e6b)
}
