import { isText } from './json-text'
import { TAKEN, TAKEN_END } from './memory'
import { isSame } from './same'
import { writeU32 } from './number'
import * as plan from './plan'

/**
 * The JSON object that is being written: whether it has a member yet, and which names are taken. An object whose first member
 * may be missing begins with nothing but an op `OPEN`; each member brings a comma, and the end makes the first the brace.
 *
 *     offset  size  field of a name that is taken
 *          0     4  address of its text, as it was written
 *          4     4  bytes; the highest bit says that the member may be missing
 */
const TAKEN_SIZE: usize = 8
const CONDITIONAL: u32 = 0x80000000

/* What an object has for certain. */
export const EMPTY: u32 = 0
/** Perhaps a member. */
export const MAYBE: u32 = 1
export const SOME: u32 = 2

/** What the object that is open has: `EMPTY` at first. */
export let state: u32 = 0
/** Where its names begin. */
export let names: usize = TAKEN
let top: usize = TAKEN

/** Begins an object. Whoever does keeps `state` and `names` of the one around it. */
export function openObject(): void {
  state = EMPTY
  names = top
}

/** Goes back to the object around the one that has ended. */
export function resume(outerState: u32, outerNames: usize): void {
  top = names
  state = outerState
  names = outerNames
}

/** No object is open. */
export function startMembers(): void {
  state = EMPTY
  names = top = TAKEN
}

/** Writes what stands before a member that is always there: a brace or a comma. */
export function begin(at: usize): usize {
  store<u8>(at, state == EMPTY ? 0x7b : 0x2c)
  // An object that was opened by an op is ended by one.
  if (state == EMPTY) state = SOME
  return at + 1
}

/** To be called before a member that may be missing, and before the op that skips it. */
export function expect(at: usize): usize {
  if (state != EMPTY) return at
  state = MAYBE
  return plan.closeOp(at, plan.OPEN, 0, 0, 0)
}

/**
 * Ends an object.
 *
 * @param flags of `CLOSE_OBJECT`
 */
export function end(at: usize, flags: u32): usize {
  if (state == MAYBE) return plan.closeOp(at, plan.CLOSE_OBJECT, 0, flags, 0)
  if (state == EMPTY) {
    if (flags & plan.EMPTY_IS_OBJECT) {
      store<u16>(at, 0x7d7b)
      return at + 2
    }
    if (flags & plan.NULL_IS_TEXT) {
      store<u16>(at, 0x2222)
      return at + 2
    }
    store<u32>(at, 0x6c6c756e)
    return at + 4
  }
  store<u8>(at, 0x7d)
  return at + 1
}

/**
 * Makes the name free whose text was just written: one that is taken gets the next suffix, `_1`, `_2`.
 *
 * @param at behind its text
 * @returns where it ends now; 0 where that depends on whether other members are there
 */
export function free(from: usize, at: usize, isConditional: bool): usize {
  const plain = at
  for (let n: u32 = 1; ; n++) {
    const found = find(from, <u32>(at - from))
    if (found == 0) break
    if (load<u32>(found, 4) & CONDITIONAL) return 0
    store<u8>(plain, 0x5f)
    at = writeU32(plain + 1, n)
  }
  if (top >= TAKEN_END) return 0
  store<u32>(top, from)
  store<u32>(top, <u32>(at - from) | (isConditional ? CONDITIONAL : 0), 4)
  top += TAKEN_SIZE
  return at
}

/** The object that is open has a member for certain, whatever comes. */
export function assumeSome(): void {
  state = SOME
}

/**
 * Takes the name whose text was just written.
 *
 * @returns false where it is taken, or where a program would sort it before the others, or has other plans for it
 */
export function take(from: usize, length: u32): bool {
  if (top >= TAKEN_END || find(from, length) != 0) return false
  if (isDigits(from, length) || (length == 9 && load<u64>(from) == PROTO)) return false
  store<u32>(top, from)
  store<u32>(top, length, 4)
  top += TAKEN_SIZE
  return true
}

/** The first characters of `__proto__`. */
const PROTO: u64 = 0x5f_6f_74_6f_72_70_5f_5f

function isDigits(from: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) if (<u32>load<u8>(from + i) - 0x30 > 9) return false
  return true
}

/** True when the object has a member of this name. */
export function has(name: string): bool {
  for (let one = names; one < top; one += TAKEN_SIZE) {
    if (isText(load<u32>(one), load<u32>(one, 4) & ~CONDITIONAL, name)) return true
  }
  return false
}

/** True when the object has one name, and it is this, of up to eight bytes. */
export function isOnly(text: u64, length: u32): bool {
  if (top != names + TAKEN_SIZE || load<u32>(names, 4) != length) return false
  return (load<u64>(load<u32>(names)) & ((<u64>1 << (8 * length)) - 1)) == text
}

function find(from: usize, length: u32): usize {
  for (let name = names; name < top; name += TAKEN_SIZE) {
    if ((load<u32>(name, 4) & ~CONDITIONAL) != length) continue
    if (isSame(load<u32>(name), from, length)) return name
  }
  return 0
}
