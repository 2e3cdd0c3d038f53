import { decodeUtf16 } from '../bytes/utf16.ts'
import { viewOf } from '../bytes/view.ts'

/** One value of a key. */
export interface HiveValue {
  /** '' is the key's default value. */
  readonly name: string
  /** One of `REG`, or what a program made up. */
  readonly type: number
  /** `REG_SZ` …; hex digits for a type without a name. */
  readonly typeName: string
  /** Its data, a copy. */
  readonly bytes: Uint8Array
}

/** Value types by name. Source: MS-RRP 3.1.1.5. */
export const REG = {
  none: 0,
  sz: 1,
  expandSz: 2,
  binary: 3,
  dword: 4,
  dwordBigEndian: 5,
  link: 6,
  multiSz: 7,
  resourceList: 8,
  fullResourceDescriptor: 9,
  resourceRequirementsList: 10,
  qword: 11,
} as const

const TYPE_NAMES = [
  ...['REG_NONE', 'REG_SZ', 'REG_EXPAND_SZ', 'REG_BINARY', 'REG_DWORD', 'REG_DWORD_BIG_ENDIAN', 'REG_LINK'],
  ...['REG_MULTI_SZ', 'REG_RESOURCE_LIST', 'REG_FULL_RESOURCE_DESCRIPTOR', 'REG_RESOURCE_REQUIREMENTS_LIST'],
  'REG_QWORD',
]

/** `REG_SZ` …; `0x10007` for a type without a name. */
export function typeNameOf(type: number): string {
  return TYPE_NAMES[type] ?? `0x${type.toString(16)}`
}

/** Text of REG_SZ, REG_EXPAND_SZ or REG_LINK, up to its NUL or its end; undefined for another type. */
export function textOf({ type, bytes }: HiveValue): string | undefined {
  if (type !== REG.sz && type !== REG.expandSz && type !== REG.link) return undefined
  return untilNul(decodeUtf16(bytes, 0, bytes.length))
}

/** Texts of REG_MULTI_SZ, up to the empty one that ends them; undefined for another type. */
export function textsOf({ type, bytes }: HiveValue): readonly string[] | undefined {
  if (type !== REG.multiSz) return undefined
  const texts = decodeUtf16(bytes, 0, bytes.length).split('\0')
  const end = texts.indexOf('')
  return end < 0 ? texts : texts.slice(0, end)
}

/** Number of REG_DWORD, of either byte order; undefined for another type or fewer than four bytes. */
export function dwordOf({ type, bytes }: HiveValue): number | undefined {
  if ((type !== REG.dword && type !== REG.dwordBigEndian) || bytes.length < 4) return undefined
  return viewOf(bytes).getUint32(0, type === REG.dword)
}

/** Number of REG_QWORD; undefined for another type or fewer than eight bytes. */
export function qwordOf({ type, bytes }: HiveValue): bigint | undefined {
  if (type !== REG.qword || bytes.length < 8) return undefined
  return viewOf(bytes).getBigUint64(0, true)
}

function untilNul(text: string): string {
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}
