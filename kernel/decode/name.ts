import { chunk, era } from './current'
import {
  CHUNK_SIZE,
  MAX_NAME_LENGTH,
  NAME_HASH,
  NAME_HASH_FACTOR,
  NAME_LENGTH,
  NAME_OVERHEAD,
  NAME_TEXT,
} from './format'
import { aligned, NAME_MAP, NAMES, NAMES_END } from './memory'
import { writeJson } from './text'

/** Bytes of an entry of the map: the era, and the address of the name. */
const ENTRY_SIZE: u32 = 8
/** A name in UTF-8: its bytes, its UTF-16 units, and the text. */
const LENGTH: usize = 0
const UNITS: usize = 2
const TEXT: usize = 4

let top: usize = NAMES

/** Forgets the names of the chunk before. */
export function startNames(): void {
  top = NAMES
}

/** Bytes of a name in UTF-8. */
// @ts-ignore: decorator
@inline
export function nameLength(name: usize): u32 {
  return load<u16>(name, LENGTH)
}

/** UTF-16 units of a name. */
// @ts-ignore: decorator
@inline
export function nameUnits(name: usize): u32 {
  return load<u16>(name, UNITS)
}

/** Address of a name's text. */
// @ts-ignore: decorator
@inline
export function nameText(name: usize): usize {
  return name + TEXT
}

/**
 * The name at an offset of the chunk, checked once: its bounds, its hash and its characters (see `src/evtx/name.ts`).
 *
 * @returns 0 where no name stands
 */
export function nameAt(offset: u32): usize {
  if (offset + NAME_OVERHEAD > CHUNK_SIZE || offset > CHUNK_SIZE) return 0
  const entry = NAME_MAP + offset * ENTRY_SIZE
  if (load<u32>(entry) == era) return load<u32>(entry, 4)
  const name = readName(offset)
  store<u32>(entry, era)
  store<u32>(entry, name, 4)
  return name
}

function readName(offset: u32): usize {
  const from = chunk + offset
  const units: u32 = load<u16>(from, NAME_LENGTH)
  if (units == 0 || units > MAX_NAME_LENGTH || offset + NAME_OVERHEAD + 2 * units > CHUNK_SIZE) return 0
  let hash: u32 = 0
  for (let i: u32 = 0; i < units; i++) {
    const unit: u32 = load<u16>(from + NAME_TEXT + 2 * i)
    if (!isNameUnit(unit)) return 0
    hash = hash * NAME_HASH_FACTOR + unit
  }
  if ((hash & 0xffff) != <u32>load<u16>(from, NAME_HASH)) return 0
  // Three bytes a unit at most, and what is copied beyond.
  if (top + 4 * units + 64 > NAMES_END) return 0
  const end = writeJson(top + TEXT, from + NAME_TEXT, units)
  const name = top
  store<u16>(name, <u16>(end - name - TEXT), LENGTH)
  store<u16>(name, <u16>units, UNITS)
  top = aligned(end + 16)
  return name
}

/** What XML allows in a name. None of it is escaped in JSON. */
// @ts-ignore: decorator
@inline
function isNameUnit(unit: u32): bool {
  if (unit < 0x80) {
    if (unit >= 0x61) return unit <= 0x7a
    if (unit >= 0x41) return unit <= 0x5a || unit == 0x5f
    return unit >= 0x30 ? unit <= 0x3a : unit == 0x2d || unit == 0x2e
  }
  return unit >= 0xb7 && unit >> 11 != 0x1b && unit < 0xfffe
}
