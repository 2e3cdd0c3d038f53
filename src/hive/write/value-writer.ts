import { encodeUtf16 } from '../../bytes/utf16.ts'
import { FormatError } from '../../errors.ts'
import { NO_CELL } from '../cells.ts'
import { upcase } from '../name.ts'
import { SEGMENT_SIZE } from '../value-cell.ts'
import type { CellSpace } from './cell-space.ts'
import { type ByName, pairsOf, type ValueDescription } from './hive-description.ts'
import { valueData } from './value-data.ts'

/** Characters in the name of a value. Source: Microsoft, "Registry element size limits". */
const LONGEST_VALUE_NAME = 16_383

/** What a key has to know of its values. */
export interface WrittenValues {
  readonly count: number
  /** Place of their list. */
  readonly list: number
  /** Bytes, as UTF-16. */
  readonly longestName: number
  /** Bytes. */
  readonly longestData: number
}

/** Writes values and their data. */
export class ValueWriter {
  private readonly space: CellSpace
  private readonly hasBigData: boolean

  constructor(space: CellSpace, hasBigData: boolean) {
    this.space = space
    this.hasBigData = hasBigData
  }

  /** Writes the values of one key, and the list of them. */
  write(values: ByName<ValueDescription>): WrittenValues {
    const places: number[] = []
    let longestName = 0
    let longestData = 0
    const names = new Set<string>()
    for (const [name, value] of pairsOf(values)) {
      const upcased = upcase(name)
      if (names.has(upcased)) throw new FormatError('bad-name', 0, `A key cannot have two values called "${name}"`)
      names.add(upcased)
      const { type, data } = valueData(value)
      places.push(this.writeValue(name, type, data))
      longestName = Math.max(longestName, 2 * name.length)
      longestData = Math.max(longestData, data.length)
    }
    const count = places.length
    if (count === 0) return { count, list: NO_CELL, longestName, longestData }
    return { count, list: this.putPlaces(places), longestName, longestData }
  }

  /** Writes a value; see `walkValueCells` for the fields. */
  private writeValue(name: string, type: number, data: Uint8Array): number {
    if (name.length > LONGEST_VALUE_NAME) throw new FormatError('bad-name', 0, 'The name of a value is too long')
    const { space } = this
    const { bytes: nameBytes, compressed } = encodeName(name)
    const at = space.allocate(20 + nameBytes.length)
    const isInline = data.length <= 4
    const dataCell = isInline ? 0 : this.writeData(data)
    const start = space.contentOf(at)
    const { view } = space
    view.setUint16(start, 0x766b)
    view.setUint16(start + 2, nameBytes.length, true)
    view.setUint32(start + 4, isInline ? data.length + 0x80000000 : data.length, true)
    if (isInline) space.bytes.set(data, start + 8)
    else view.setUint32(start + 8, dataCell, true)
    view.setUint32(start + 12, type, true)
    view.setUint16(start + 16, compressed ? 1 : 0, true)
    space.bytes.set(nameBytes, start + 20)
    return at
  }

  private writeData(data: Uint8Array): number {
    const { space } = this
    if (data.length <= SEGMENT_SIZE || !this.hasBigData) return space.put(data)
    const segments: number[] = []
    for (let done = 0; done < data.length; done += SEGMENT_SIZE) {
      const part = data.subarray(done, done + SEGMENT_SIZE)
      // Four bytes more than it holds: hivex and reglookup take them for granted, and miss the end of a shorter cell.
      const segment = space.allocate(part.length + 4)
      space.bytes.set(part, space.contentOf(segment))
      segments.push(segment)
    }
    if (segments.length > 0xffff) throw new FormatError('bad-value', 0, 'A value has more data than a hive can hold')
    const list = this.putPlaces(segments)
    const at = space.allocate(8)
    const start = space.contentOf(at)
    space.view.setUint16(start, 0x6462)
    space.view.setUint16(start + 2, segments.length, true)
    space.view.setUint32(start + 4, list, true)
    return at
  }

  private putPlaces(places: readonly number[]): number {
    const { space } = this
    const at = space.allocate(4 * places.length)
    for (const [i, place] of places.entries()) space.view.setUint32(space.contentOf(at) + 4 * i, place, true)
    return at
  }
}

/** Name bytes: one a character where all have room in one. */
export function encodeName(name: string): { bytes: Uint8Array; compressed: boolean } {
  const wide = encodeUtf16(name)
  for (let i = 1; i < wide.length; i += 2) if (wide[i] !== 0) return { bytes: wide, compressed: false }
  return { bytes: wide.filter((_, i) => i % 2 === 0), compressed: true }
}
