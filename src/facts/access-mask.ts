/** Access rights to files and folders (MS-DTYP 2.4.3, winnt.h). */
export const FILE_RIGHT = {
  readData: 0x1,
  /** On a folder: create a file in it. */
  writeData: 0x2,
  genericRead: 0x120089,
  genericWrite: 0x120116,
  genericExecute: 0x1200a0,
  all: 0x1f01ff,
} as const

/** Generic rights, which a descriptor may hold unmapped. */
const GENERIC = { all: 0x10000000, execute: 0x20000000, write: 0x40000000, read: 0x80000000 } as const

/** Access rights to registry keys (MS-RRP 2.2.3, winnt.h). */
export const KEY_RIGHT = {
  queryValue: 0x1,
  setValue: 0x2,
  createSubkey: 0x4,
  enumerateSubkeys: 0x8,
  genericRead: 0x20019,
  genericWrite: 0x20006,
  genericExecute: 0x20019,
  all: 0xf003f,
} as const

/** What generic rights mean for a kind of object. */
interface GenericMapping {
  readonly genericRead: number
  readonly genericWrite: number
  readonly genericExecute: number
  readonly all: number
}

/** A mask with generic rights replaced by what they mean for files, or for `mapping`. */
export function mapRights(mask: number, mapping: GenericMapping = FILE_RIGHT): number {
  let mapped = mask & 0x0fffffff
  if ((mask & GENERIC.all) !== 0) mapped |= mapping.all
  if ((mask & GENERIC.execute) !== 0) mapped |= mapping.genericExecute
  if ((mask & GENERIC.write) !== 0) mapped |= mapping.genericWrite
  if ((mask & GENERIC.read) !== 0) mapped |= mapping.genericRead
  return mapped
}
