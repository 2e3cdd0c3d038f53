import { aligned } from './memory'

/**
 * A plan: the ops that write an instance of a template. The notion, the ops and their layout are those of `src/evtx/plan.ts`;
 * this file builds them. While nodes are rendered outside of a plan, what would be a literal is the output itself.
 *
 *     offset  size  field of an op
 *          0     1  kind
 *          1     1  flags
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

/* Flags of ops. */
export const NULL_IS_TEXT: u32 = 1
export const OBJECT: u32 = 8

export const NO_SLOT: u32 = 0xffff

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

/** Lets an op go on where the text goes on now. @returns where it does */
export function jumpHere(op: usize, at: usize): usize {
  at = closeOp(at, LITERAL, 0, 0, 0)
  store<u32>(op, at - OP_SIZE, 12)
  return at
}

/** Writes an op's literal; may read and write past its end. */
// @ts-ignore: decorator
@inline
export function copyText(at: usize, from: usize, length: u32): usize {
  v128.store(at, v128.load(from))
  for (let i: u32 = 16; i < length; i += 16) v128.store(at + i, v128.load(from + i))
  return at + length
}
