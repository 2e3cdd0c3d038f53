import { MEMBERS, MEMBERS_END, MEMBERS_TEXT, MEMBERS_TEXT_END } from './memory'
import { isSame } from './same'

/**
 * Puts the values of a name that a row has several times into one list, where the first stands: `renderFields` in
 * `src/timeline/columns.ts` is what this is like. It reads the members as they were written, as which of them a record has is known
 * only then:
 *
 *     ,"name":"value",…      or  ,"name":["value","value"],…       and in CSV each quotation mark twice
 *
 *     offset  size  field of a member
 *          0     4  address of its name
 *          4     4  bytes of the name
 *          8     4  address of its value, or of the first in its list
 *         12     4  bytes of the value, or of all in its list with the commas between
 *         16     4  1: a list; 2: it stands with another one
 */
const MEMBER_SIZE: usize = 20
const IS_LIST: u32 = 1
const IS_PLACED: u32 = 2

const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c
const OPENING: u32 = 0x5b
const CLOSING: u32 = 0x5d

/**
 * Merges the members between two addresses.
 *
 * @param isCsv quotation marks are doubled
 * @returns where they end now; 0 where they are too many
 */
export function mergeMembers(from: usize, end: usize, isCsv: bool): usize {
  const size = end - from
  if (size > MEMBERS_TEXT_END - MEMBERS_TEXT) return 0
  memory.copy(MEMBERS_TEXT, from, size)
  const last = listMembers(MEMBERS_TEXT, MEMBERS_TEXT + size, <usize>isCsv)
  if (last == 0) return 0
  let at = from
  for (let one = MEMBERS; one < last; one += MEMBER_SIZE) {
    if (load<u32>(one, 16) & IS_PLACED) continue
    at = writeGroup(one, last, at, <usize>isCsv)
  }
  return at
}

/** Finds where each member stands. @returns the end of the list, or 0 where it is full */
function listMembers(from: usize, end: usize, doubled: usize): usize {
  let member = MEMBERS
  for (let at = from; at < end; member += MEMBER_SIZE) {
    if (member + MEMBER_SIZE > MEMBERS_END) return 0
    // Behind the comma and a quotation mark.
    const name = at + 2 + doubled
    const nameEnd = endOfText(name, doubled)
    // Behind another one, and the colon.
    let value = nameEnd + 2 + doubled
    const isList = load<u8>(value) == OPENING
    if (isList) value++
    let valueEnd = endOfValue(value, doubled)
    if (isList) while (load<u8>(valueEnd) != CLOSING) valueEnd = endOfValue(valueEnd + 1, doubled)
    store<u32>(member, <u32>name)
    store<u32>(member, <u32>(nameEnd - name), 4)
    store<u32>(member, <u32>value, 8)
    store<u32>(member, <u32>(valueEnd - value), 12)
    store<u32>(member, isList ? IS_LIST : 0, 16)
    at = isList ? valueEnd + 1 : valueEnd
  }
  return member
}

/** Where a text in quotation marks ends, behind them. */
function endOfValue(at: usize, doubled: usize): usize {
  return endOfText(at + 1 + doubled, doubled) + 1 + doubled
}

/** Where the quotation mark stands that ends a text. */
function endOfText(at: usize, doubled: usize): usize {
  while (load<u8>(at) != QUOTE) {
    // What a backslash stands before is one character, and a quotation mark may be two bytes.
    if (load<u8>(at) == BACKSLASH) at += load<u8>(at, 1) == QUOTE ? 2 + doubled : 2
    else at++
  }
  return at
}

/** Writes a member with the values of all that have its name. @returns where it ends */
function writeGroup(first: usize, last: usize, at: usize, doubled: usize): usize {
  const name = load<u32>(first)
  const length = load<u32>(first, 4)
  // From the comma to the colon.
  const head = name - 2 - <u32>doubled
  const headSize = length + 4 + 2 * <u32>doubled
  memory.copy(at, head, headSize)
  const values = at + headSize + 1
  at = copyValues(values, first)
  let isList = (load<u32>(first, 16) & IS_LIST) != 0
  for (let other = first + MEMBER_SIZE; other < last; other += MEMBER_SIZE) {
    if (load<u32>(other, 4) != length || !isSame(load<u32>(other), name, length)) continue
    store<u32>(other, IS_PLACED, 16)
    store<u8>(at++, 0x2c)
    at = copyValues(at, other)
    isList = true
  }
  if (isList) {
    store<u8>(values - 1, OPENING)
    store<u8>(at, CLOSING)
    return at + 1
  }
  memory.copy(values - 1, values, at - values)
  return at - 1
}

function copyValues(at: usize, member: usize): usize {
  const size = load<u32>(member, 12)
  memory.copy(at, load<u32>(member, 8), size)
  return at + size
}
