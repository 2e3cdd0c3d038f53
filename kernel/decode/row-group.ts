import * as map from '../../src/evtx/decode-map'
import * as format from '../format'
import { learnGroup } from './host'
import { aligned, GROUPS, GROUPS_END, KEY } from './memory'
import { writeU32 } from './number'
import * as field from './row-field'
import { isSame } from './same'
import { addressOf, sizeOf, typeOf } from './slot'
import { trimmedUnits, writeJson } from './text'

/**
 * Groups of rows that have provider, level, channel and computer in common. A group is known by these as JSON strings, one behind
 * the other with commas between; JavaScript makes its text.
 *
 *     offset  size  field
 *          0     4  next in its bucket
 *          4     4  bytes of the key
 *          8     4  position of the host's name
 *         12     4  position of the channel's name
 *         16     4  bytes of the text
 *         20     4  address of the text
 *         24     8  0
 *         32        the key, then the text
 */
const KEY_LENGTH: usize = 4
const HOST: usize = 8
const CHANNEL: usize = 12
const TEXT_LENGTH: usize = 16
const TEXT: usize = 20
const KEY_TEXT: usize = 32

const BUCKETS: u32 = 1_024
const FIRST: usize = GROUPS + 4 * <usize>BUCKETS
/** UTF-16 units of all that a group is known by; each may take six bytes. */
const MOST_UNITS: u32 = 600

let top: usize = FIRST

/** Forgets all groups: their texts are of another log, or of a run that is over. */
export function forgetGroups(): void {
  memory.fill(GROUPS, 0, FIRST - GROUPS)
  top = FIRST
}

// @ts-ignore: decorator
@inline
export function hostOf(group: usize): u32 {
  return load<u32>(group, HOST)
}

// @ts-ignore: decorator
@inline
export function channelOf(group: usize): u32 {
  return load<u32>(group, CHANNEL)
}

// @ts-ignore: decorator
@inline
export function groupText(group: usize): usize {
  return load<u32>(group, TEXT)
}

// @ts-ignore: decorator
@inline
export function groupTextLength(group: usize): u32 {
  return load<u32>(group, TEXT_LENGTH)
}

/** The group of a record. @returns 0 when the plain renderer has to do it */
export function groupOf(fields: usize): usize {
  let units: u32 = 0
  let at = KEY
  for (let one = field.PROVIDER; one <= field.COMPUTER; one++) {
    const slot = field.fieldAt(fields, one)
    store<u8>(at++, one == field.PROVIDER ? 0x5b : 0x2c)
    store<u8>(at++, 0x22)
    const type = typeOf(slot)
    const size = sizeOf(slot)
    if (type == format.STRING_TYPE) {
      const count = trimmedUnits(addressOf(slot), size)
      units += count
      if (units > MOST_UNITS) return 0
      at = writeJson(at, addressOf(slot), count)
    } else if (type == format.UINT8_TYPE && size == 1) at = writeU32(at, load<u8>(addressOf(slot)))
    else if (type != format.NULL_TYPE) return 0
    store<u8>(at++, 0x22)
  }
  store<u8>(at++, 0x5d)
  const length = <u32>(at - KEY)
  // What stands behind is no part of it.
  v128.store(at, v128.splat<u8>(0))
  const bucket = GROUPS + ((hashOf(length) & (BUCKETS - 1)) << 2)
  for (let group: usize = load<u32>(bucket); group != 0; group = load<u32>(group)) {
    if (load<u32>(group, KEY_LENGTH) == length && isSame(KEY, group + KEY_TEXT, length)) return group
  }
  return learn(bucket, length)
}

function hashOf(length: u32): u32 {
  let hash: u64 = length
  for (let i: u32 = 0; i < length; i += 8) hash = (hash ^ load<u64>(KEY + i)) * 0x9e3779b97f4a7c15 ^ (hash >> 29)
  return <u32>(hash >> 40)
}

function learn(bucket: usize, length: u32): usize {
  if (top + KEY_TEXT + length + map.MAX_GROUP_TEXT + 64 > GROUPS_END) {
    forgetGroups()
  }
  const group = top
  memory.copy(group + KEY_TEXT, KEY, length)
  const text = aligned(group + KEY_TEXT + length)
  const size = learnGroup(group + KEY_TEXT, length, group + HOST, text)
  if (size > <u32>map.MAX_GROUP_TEXT) return 0
  store<u32>(group, length, KEY_LENGTH)
  store<u32>(group, size, TEXT_LENGTH)
  store<u32>(group, text, TEXT)
  store<u32>(group, load<u32>(bucket))
  store<u32>(bucket, group)
  top = aligned(text + size + 16)
  return group
}
