import { encodeUtf16 } from '../../bytes/utf16.ts'
import { REG } from '../value.ts'
import type { ValueDescription } from './hive-description.ts'

/** Type and data of a described value. Texts end with a NUL, but for REG_LINK, as Windows writes them. */
export function valueData(description: ValueDescription): { type: number; data: Uint8Array } {
  if (typeof description === 'string') return { type: REG.sz, data: encodeUtf16(`${description}\0`) }
  if (typeof description === 'number') return { type: REG.dword, data: dwordBytes(description, true) }
  if (typeof description === 'bigint') return { type: REG.qword, data: qwordBytes(description) }
  if (description instanceof Uint8Array) return { type: REG.binary, data: description }
  if (isList(description)) return { type: REG.multiSz, data: textsBytes(description) }
  const type = typeof description.type === 'number' ? description.type : REG[description.type]
  return { type, data: dataOf(type, description.value) }
}

function dataOf(type: number, value: string | number | bigint | readonly string[] | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return encodeUtf16(type === REG.link ? value : `${value}\0`)
  if (typeof value === 'number') return dwordBytes(value, type === REG.dword)
  return typeof value === 'bigint' ? qwordBytes(value) : textsBytes(value)
}

// `Array.isArray` does not tell a readonly array from the rest of a union.
function isList(description: ValueDescription): description is readonly string[] {
  return Array.isArray(description)
}

function dwordBytes(value: number, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, littleEndian)
  return bytes
}

function qwordBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  return bytes
}

function textsBytes(texts: readonly string[]): Uint8Array {
  return encodeUtf16(`${texts.map((text) => `${text}\0`).join('')}\0`)
}
