import { chunk, era } from './current'
import {
  CHUNK_SIZE,
  MAX_NAME_LENGTH,
  NAME_HASH,
  NAME_HASH_FACTOR,
  NAME_LENGTH,
  NAME_OVERHEAD,
  NAME_TEXT,
} from '../format'
import { aligned, NAME_MAP, NAME_MAP_END, NAMES, NAMES_END, placeOf } from './memory'
import { writeJson } from './text'

/**
 * The map of names by their offset: each in the one place that its offset has there, so that the map is small and stays
 * close to the processor. A name that another has pushed out is read again.
 *
 *     bits   field of an entry
 *     0–15   place in `NAMES`, in units of 16 bytes
 *     16–31  offset
 *     32–63  era
 */
const ENTRY_SIZE: u32 = 8
const PLACE_MASK: u64 = 0xffff
const ENTRIES: u32 = <u32>(NAME_MAP_END - NAME_MAP) / ENTRY_SIZE
/** A name in UTF-8: its bytes, its UTF-16 units, and the text. */
const LENGTH: usize = 0
const UNITS: usize = 2
const TEXT: usize = 4

/** No name has the place 0. */
const FIRST_NAME: usize = NAMES + 16

let top: usize = FIRST_NAME

/** Forgets the names of the chunk before. */
export function startNames(): void {
  top = FIRST_NAME
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
  const place = NAME_MAP + placeOf(offset, ENTRIES) * ENTRY_SIZE
  const wanted = (<u64>era << 32) | (<u64>offset << 16)
  const entry = load<u64>(place)
  if ((entry & ~PLACE_MASK) == wanted) return nameOf(entry)
  const found = wanted | readName(offset)
  store<u64>(place, found)
  return nameOf(found)
}

// @ts-ignore: decorator
@inline
function nameOf(entry: u64): usize {
  const place = <usize>(entry & PLACE_MASK)
  return place == 0 ? 0 : NAMES + (place << 4)
}

/** @returns its place in `NAMES`, in units of 16 bytes; 0 where no name stands */
function readName(offset: u32): u64 {
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
  return <u64>(name - NAMES) >> 4
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
