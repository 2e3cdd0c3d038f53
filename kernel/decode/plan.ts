import { NO_DEPENDENCY } from '../format'
import { aligned } from './memory'

/**
 * A plan: the ops that write an instance of a template. The notion, the ops and their layout are those of `src/evtx/plan.ts`;
 * this file builds them. While nodes are rendered outside of a plan, what would be a literal is the output itself.
 *
 *     offset  size  field of an op
 *          0     1  kind
 *          1     1  flags; of `SKIP_IF_NULL`: bytes of the literal there that are skipped too
 *          2     2  slot
 *          4     4  length of the literal, bytes
 *          8     4  address of the next op
 *         12     4  argument
 *         16        the literal; what stands up to the next op may be copied with it
 */
export const OP_SIZE: usize = 16

/* Kinds: see `src/evtx/plan.ts`. */
export const END: u32 = 0
export const LITERAL: u32 = 1
export const SKIP_IF_NULL: u32 = 2
export const XML_VALUE: u32 = 3
export const XML_ATTRIBUTE: u32 = 4
export const JSON_VALUE: u32 = 5
export const JSON_MEMBER: u32 = 6
export const OPEN: u32 = 7
export const CLOSE_OBJECT: u32 = 8
export const CLOSE_ATTRIBUTES: u32 = 9
export const JSON_CHILDREN: u32 = 10
export const JSON_ITEM: u32 = 11
export const COUNT_ITEM: u32 = 12
export const CLOSE_ITEMS: u32 = 13

export const XML_OPTIONAL: u32 = 14
export const JSON_OPTIONAL: u32 = 15

/* Flags of ops. */
export const NULL_IS_TEXT: u32 = 1
export const NUMBER: u32 = 4
export const OBJECT: u32 = 8
export const REPEAT: u32 = 16
export const WRAPPED: u32 = 32
export const SINGLE_IS_BARE: u32 = 64
export const EMPTY_IS_OBJECT: u32 = 64
export const FIRST: u32 = 128

export const NO_SLOT: u32 = 0xffff

/** What fits into the flags of an op. */
const MOST_SKIPPED: u32 = 0xff

/** Nodes are being made into a plan. */
export let compiling: bool = false
/** Ops so far: tells whether a stretch of text is one literal. */
export let opCount: u32 = 0
/** Address of the op that was closed last. */
export let lastOp: usize = 0
let literal: usize = 0

/** Begins a plan. @returns where its first literal is to be written */
export function beginPlan(at: usize): usize {
  compiling = true
  opCount = 0
  literal = at + OP_SIZE
  return literal
}

/** No plan is being made. */
export function endPlan(): void {
  compiling = false
}

/** Makes what was written an op's literal. @returns where the next literal is to be written */
export function closeOp(at: usize, kind: u32, slot: u32, flags: u32, argument: u32): usize {
  const op = literal - OP_SIZE
  const next = aligned(at)
  store<u32>(op, kind | (flags << 8) | (slot << 16))
  store<u32>(op, at - literal, 4)
  store<u32>(op, next, 8)
  store<u32>(op, argument, 12)
  lastOp = op
  opCount++
  literal = next + OP_SIZE
  return literal
}

/**
 * Lets a `SKIP_IF_NULL` go on where the text goes on now: what is there of the literal that is being written is skipped too,
 * or, where that is much, the literal ends here.
 *
 * @returns where the text goes on
 */
export function jumpHere(op: usize, at: usize): usize {
  if (at - literal > MOST_SKIPPED) at = closeOp(at, LITERAL, 0, 0, 0)
  store<u8>(op, <u8>(at - literal), 1)
  store<u32>(op, literal - OP_SIZE, 12)
  return at
}

/** Of the `skipIfNull` that was last: its op, for `endSkip`; 0 where nothing is skipped. */
export let skipOp: usize = 0

/**
 * Begins what is left out where a slot is null.
 *
 * @param dependency the slot, or `NO_DEPENDENCY`
 * @returns where the text goes on
 */
export function skipIfNull(dependency: u32, at: usize): usize {
  skipOp = 0
  if (dependency == NO_DEPENDENCY) return at
  at = closeOp(at, SKIP_IF_NULL, dependency, 0, 0)
  skipOp = lastOp
  return at
}

/** Ends what `skipIfNull` began. @returns where the text goes on */
export function endSkip(op: usize, at: usize): usize {
  return op == 0 ? at : jumpHere(op, at)
}

/** Bytes at the begin of the literal there that a `SKIP_IF_NULL` skips too. */
// @ts-ignore: decorator
@inline
export function skippedOf(head: u32): u32 {
  return (head >> 8) & MOST_SKIPPED
}

/** Bytes of an op's literal. */
// @ts-ignore: decorator
@inline
export function lengthOf(op: usize): u32 {
  return load<u32>(op, 4)
}

/** Writes an op's literal; may read and write past its end. */
// @ts-ignore: decorator
@inline
export function copyText(at: usize, from: usize, length: u32): usize {
  v128.store(at, v128.load(from))
  v128.store(at, v128.load(from, 16), 16)
  for (let i: u32 = 32; i < length; i += 16) v128.store(at + i, v128.load(from + i))
  return at + length
}
