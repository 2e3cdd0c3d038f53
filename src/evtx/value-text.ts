import { renderFiletime } from '../bytes/filetime.ts'
import { renderGuid } from '../bytes/guid.ts'
import { renderSid, sidSize } from '../bytes/sid.ts'
import { decodeUtf16 } from '../bytes/utf16.ts'
import { decodeAnsi } from '../bytes/windows-1252.ts'
import type { Chunk } from './chunk.ts'
import * as type from './value-type.ts'

const hexDigits = Array.from({ length: 256 }, (_, n) => n.toString(16).toUpperCase().padStart(2, '0'))

/**
 * Text of one value, as Windows writes it before any escaping. Trailing zeros of strings are dropped, zeros inside are
 * kept. A value whose size contradicts its type is shown as hex digits.
 *
 * Source: MS-EVEN6 2.2.12 for the types; the forms are those of Windows 11's own XML (verified on its exports).
 *
 * @param valueType without the array flag
 * @param offset bytes from the chunk's start; the value lies inside the chunk
 */
export function renderValue(chunk: Chunk, valueType: number, offset: number, size: number): string {
  const { view, bytes } = chunk
  const wanted = type.FIXED_SIZE[valueType]
  if (wanted !== undefined && wanted !== size) return renderMisfit(chunk, valueType, offset, size)
  switch (valueType) {
    case type.NULL_TYPE:
      return ''
    case type.STRING_TYPE:
    case type.EVT_XML_TYPE:
      return trimZeros(decodeUtf16(bytes, offset, size))
    case type.ANSI_STRING_TYPE:
      return trimZeros(decodeAnsi(bytes, offset, size))
    case type.INT8_TYPE:
      return String(view.getInt8(offset))
    case type.UINT8_TYPE:
      return String(view.getUint8(offset))
    case type.INT16_TYPE:
      return String(view.getInt16(offset, true))
    case type.UINT16_TYPE:
      return String(view.getUint16(offset, true))
    case type.INT32_TYPE:
      return String(view.getInt32(offset, true))
    case type.UINT32_TYPE:
      return String(view.getUint32(offset, true))
    case type.INT64_TYPE:
      return String(view.getBigInt64(offset, true))
    case type.UINT64_TYPE:
      return String(view.getBigUint64(offset, true))
    case type.REAL32_TYPE:
      return renderReal(view.getFloat32(offset, true), Math.fround)
    case type.REAL64_TYPE:
      return renderReal(view.getFloat64(offset, true), (value) => value)
    case type.BOOL_TYPE:
      return view.getUint32(offset, true) !== 0 ? 'true' : 'false'
    case type.GUID_TYPE:
      return renderGuid(bytes, offset)
    case type.FILETIME_TYPE:
      return renderFiletime(view.getUint32(offset, true), view.getUint32(offset + 4, true))
    case type.SYSTEMTIME_TYPE:
      return renderSystemtime(view, offset)
    case type.SID_TYPE:
      return renderSid(bytes, offset, size) ?? renderBytes(bytes, offset, size)
    case type.HEX_INT32_TYPE:
      return `0x${view.getUint32(offset, true).toString(16)}`
    case type.HEX_INT64_TYPE:
      return `0x${view.getBigUint64(offset, true).toString(16)}`
    case type.SIZE_T_TYPE:
    case type.EVT_HANDLE_TYPE:
      if (size === 4) return `0x${view.getUint32(offset, true).toString(16)}`
      if (size === 8) return `0x${view.getBigUint64(offset, true).toString(16)}`
      return renderBytes(bytes, offset, size)
    default:
      return renderBytes(bytes, offset, size)
  }
}

/**
 * Texts of the items of an array: strings end with a zero, SIDs know their size, the rest has a fixed one.
 *
 * @param itemType without the array flag
 */
export function renderItems(chunk: Chunk, itemType: number, offset: number, size: number): string[] {
  const end = offset + size
  if (itemType === type.STRING_TYPE) return splitStrings(decodeUtf16(chunk.bytes, offset, size))
  if (itemType === type.ANSI_STRING_TYPE) return splitStrings(decodeAnsi(chunk.bytes, offset, size))
  const items: string[] = []
  for (let at = offset; at < end; ) {
    const step =
      itemType === type.SID_TYPE ? sidSize(chunk.bytes, at) : (type.FIXED_SIZE[itemType] ?? itemSize(itemType, size))
    const length = Math.min(step, end - at)
    items.push(renderValue(chunk, itemType, at, length))
    at += length
  }
  return items
}

/** Items of size_t are 4 or 8 bytes; 8 wherever that divides the array. What has no size is one item. */
function itemSize(itemType: number, size: number): number {
  if (itemType === type.SIZE_T_TYPE || itemType === type.EVT_HANDLE_TYPE) return size % 8 === 0 ? 8 : 4
  return size
}

/** Each string ends with a zero; the last one's may be missing. */
function splitStrings(text: string): string[] {
  const items = text.split('\0')
  if (items.at(-1) === '') items.pop()
  return items
}

/** Type of a value's text: binary where it is hex digits because of its size, lest they are taken for a number. */
export function textType(valueType: number, size: number): number {
  const wanted = type.FIXED_SIZE[valueType]
  return wanted === undefined || wanted === size || isNarrowBool(valueType, size) ? valueType : type.BINARY_TYPE
}

/** Bools of one or two bytes occur in logs of other programs. */
function isNarrowBool(valueType: number, size: number): boolean {
  return valueType === type.BOOL_TYPE && (size === 1 || size === 2)
}

/** What is neither what it should be nor a narrow bool is shown as it is. */
function renderMisfit(chunk: Chunk, valueType: number, offset: number, size: number): string {
  if (!isNarrowBool(valueType, size)) return renderBytes(chunk.bytes, offset, size)
  return chunk.bytes.subarray(offset, offset + size).some((byte) => byte !== 0) ? 'true' : 'false'
}

/** Upper-case hex without blanks. */
export function renderBytes(bytes: Uint8Array, offset: number, size: number): string {
  let text = ''
  for (let i = offset; i < offset + size; i++) text += hexDigits[bytes[i]!]
  return text
}

function trimZeros(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--
  return end === text.length ? text : text.slice(0, end)
}

/** Shortest digits that read back as the same value; the names of the special ones are the C runtime's. */
export function renderReal(value: number, narrow: (value: number) => number): string {
  if (Number.isNaN(value)) return '-1.#IND'
  if (!Number.isFinite(value)) return value > 0 ? '1.#INF' : '-1.#INF'
  for (let digits = 6; digits < 17; digits++) {
    const text = Number(value.toPrecision(digits))
    if (narrow(text) === value) return String(text)
  }
  return String(value)
}

/**
 * `2026-03-14T09:41:00.123Z` of a SYSTEMTIME: eight u16: year, month, day of week, day, hour, minute, second, ms.
 * Fields are printed as they are, possible or not.
 */
function renderSystemtime(view: DataView, offset: number): string {
  const part = (index: number, width: number) => String(view.getUint16(offset + 2 * index, true)).padStart(width, '0')
  return `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}Z`
}
