import { chunk, era, setBound } from './current'
import { emit, rolesOfElement } from './dialect'
import * as format from '../format'
import { characterCount, isPlaceBound, nodeCount, nodesEnd, parseFragment, referencesEnd } from './fragment'
import {
  aligned,
  BUCKETS,
  BUCKETS_END,
  placeOf,
  PLANS,
  PLANS_END,
  REFERENCES,
  TAKEN,
  TEMPLATE_MAP,
  TEMPLATE_MAP_END,
} from './memory'
import * as node from './node'
import * as plan from './plan'
import { isSame } from './same'

/**
 * Templates: definitions that were compiled, known again in other chunks.
 *
 *     offset  size  field of a template
 *          0     4  next in its bucket
 *          4     4  size of the definition
 *          8     4  address of a copy of the definition, without its first word
 *         12     4  address of the names outside of it that it refers to
 *         16     4  address behind them
 *         20     4  offset that the definition has to stand at, or ANYWHERE
 *         24     4  address of its plan; 0: it is left to the plain renderer
 *         28     4  flags of the plan
 *         32     4  nodes
 *         36     4  characters
 *         40     4  references to values
 *         44     4  uses of the value that is used most
 *         48     4  greatest slot that is used, plus one
 *
 * A definition is known when *all* its bytes but the link to the next are the same, and the names it refers to outside of
 * it: so no false match is possible, and a corrupt definition speaks for nobody but itself.
 *
 *     offset  size  field of a name
 *          0     4  its offset
 *          4     4  bytes that follow
 *          8        hash, count and characters, as in the chunk
 */
const SIZE: usize = 4
const COPY: usize = 8
const NAMES: usize = 12
const NAMES_END: usize = 16
const PLACE: usize = 20
const PLAN: usize = 24
const FLAGS: usize = 28
const NODES: usize = 32
const CHARACTERS: usize = 36
const REFERRED: usize = 40
const USES: usize = 44
const SLOTS: usize = 48
const TEMPLATE_SIZE: usize = 64

const ANYWHERE: u32 = 0xffffffff
const BUCKET_MASK: u32 = <u32>((BUCKETS_END - BUCKETS) >> 2) - 1
/**
 * The map of templates by the offset of their definition, as that of names: see `name.ts`.
 *
 *     offset  size  field of an entry
 *          0     4  offset
 *          4     4  era
 *          8     4  address of the template, or 0
 *         12     4  0
 */
const ENTRY_SIZE: u32 = 16
const ENTRIES: u32 = <u32>(TEMPLATE_MAP_END - TEMPLATE_MAP) / ENTRY_SIZE
/** Slots above this are left to the plain renderer. */
const MAX_SLOTS: u32 = 4_096
/** Room that is always left for a template of usual size; with less, all are forgotten before the next chunk. */
const ROOM: usize = 0x40000

/** Flag of a template: it may be the whole of a record. */
export const IS_ROOT: u32 = 1
/** Flag of a template: it may be the value of a slot. */
export const IS_CHILD: u32 = 2
/** Flag of a template: it may stand between the other elements of an event. */
export const IS_PAYLOAD: u32 = 4

let top: usize = PLANS

/** Forgets all templates. */
export function forgetTemplates(): void {
  memory.fill(BUCKETS, 0, BUCKETS_END - BUCKETS)
  top = PLANS
}

/** Makes room between two chunks. */
export function makeRoom(): void {
  if (top + ROOM > PLANS_END) forgetTemplates()
}

// @ts-ignore: decorator
@inline
export function planOf(template: usize): usize {
  return load<u32>(template, PLAN)
}

// @ts-ignore: decorator
@inline
export function flagsOf(template: usize): u32 {
  return load<u32>(template, FLAGS)
}

// @ts-ignore: decorator
@inline
export function sizeOf(template: usize): u32 {
  return load<u32>(template, SIZE)
}

// @ts-ignore: decorator
@inline
export function nodesOf(template: usize): u32 {
  return load<u32>(template, NODES)
}

// @ts-ignore: decorator
@inline
export function charactersOf(template: usize): u32 {
  return load<u32>(template, CHARACTERS)
}

// @ts-ignore: decorator
@inline
export function referencesOf(template: usize): u32 {
  return load<u32>(template, REFERRED)
}

// @ts-ignore: decorator
@inline
export function usesOf(template: usize): u32 {
  return load<u32>(template, USES)
}

// @ts-ignore: decorator
@inline
export function slotsOf(template: usize): u32 {
  return load<u32>(template, SLOTS)
}

/**
 * The template at an offset of the chunk.
 *
 * @param id as the instance has it
 * @returns 0 for one that is left to the plain renderer
 */
// @ts-ignore: decorator
@inline
export function templateAt(offset: u32, id: u32): usize {
  if (offset > format.CHUNK_SIZE - format.DEFINITION_HEADER_SIZE) return 0
  if (load<u32>(chunk + offset, format.DEFINITION_GUID) != id) return 0
  const entry = TEMPLATE_MAP + placeOf(offset, ENTRIES) * ENTRY_SIZE
  if (load<u64>(entry) == (<u64>era << 32 | offset)) return load<u32>(entry, 8)
  return take(offset, entry)
}

function take(offset: u32, entry: usize): usize {
  const body = load<u32>(chunk + offset, format.DEFINITION_BODY_SIZE)
  let template: usize = 0
  if (body <= format.CHUNK_SIZE - format.DEFINITION_HEADER_SIZE - offset) {
    const size = format.DEFINITION_HEADER_SIZE + body
    const bucket = BUCKETS + ((hashOf(offset, size) & BUCKET_MASK) << 2)
    template = known(offset, size, bucket)
    if (template == 0) template = compile(offset, size, bucket)
    if (template != 0 && planOf(template) == 0) template = 0
  }
  store<u64>(entry, <u64>era << 32 | offset)
  store<u32>(entry, template, 8)
  return template
}

/** Mixes the GUID, the size, and the offset by way of the first inline name. */
function hashOf(offset: u32, size: u32): u32 {
  const from = chunk + offset
  const guid = load<u64>(from, 4) ^ load<u64>(from, 12)
  const first = size >= 40 ? load<u32>(from, 36) : 0
  const mixed = (guid ^ (<u64>first << 20) ^ size) * 0x9e3779b97f4a7c15
  return <u32>(mixed >> 40)
}

function known(offset: u32, size: u32, bucket: usize): usize {
  for (let template: usize = load<u32>(bucket); template != 0; template = load<u32>(template)) {
    if (load<u32>(template, SIZE) != size) continue
    const place = load<u32>(template, PLACE)
    if (place != ANYWHERE && place != offset) continue
    if (!isSame(chunk + offset + 4, load<u32>(template, COPY), size - 4)) continue
    if (areNamesSame(template)) return template
  }
  return 0
}

function areNamesSame(template: usize): bool {
  const end = load<u32>(template, NAMES_END)
  for (let name: usize = load<u32>(template, NAMES); name < end; ) {
    const size = load<u32>(name, 4)
    if (!isSame(chunk + load<u32>(name) + format.NAME_HASH, name + 8, size)) return false
    name = aligned(name + 8 + size)
  }
  return true
}

/** @returns 0 when the definition makes no sense to this parser, or there is no room for it */
function compile(offset: u32, size: u32, bucket: usize): usize {
  const from = offset + format.DEFINITION_HEADER_SIZE
  if (!parseFragment(from, offset + size, true)) return 0
  const template = top
  let at = template + TEMPLATE_SIZE
  if (at + size + 64 > PLANS_END) return giveUp()
  store<u32>(template, size, SIZE)
  store<u32>(template, at, COPY)
  memory.copy(at, chunk + offset + 4, size)
  at = aligned(at + size + 16)
  store<u32>(template, at, NAMES)
  for (let reference = REFERENCES; reference < referencesEnd(); reference += 4) {
    const place = load<u32>(reference)
    const bytes = 4 + 2 * <u32>load<u16>(chunk + place, format.NAME_LENGTH)
    if (at + bytes + 64 > PLANS_END) return giveUp()
    store<u32>(at, place)
    store<u32>(at, bytes, 4)
    memory.copy(at + 8, chunk + place + format.NAME_HASH, bytes)
    at = aligned(at + 8 + bytes)
  }
  store<u32>(template, at, NAMES_END)
  store<u32>(template, isPlaceBound() ? offset : ANYWHERE, PLACE)
  store<u32>(template, nodeCount(), NODES)
  store<u32>(template, characterCount(), CHARACTERS)
  const isCounted = countSlots(template)
  setBound(PLANS_END)
  const flags = isCounted ? rolesOf() : 0
  let end: usize = 0
  if (flags != 0 && at + 256 < PLANS_END) {
    const begun = plan.beginPlan(at)
    end = emit(node.FIRST_NODE, nodesEnd(), begun)
    if (end != 0) end = plan.closeOp(end, plan.END, 0, 0, 0)
    plan.endPlan()
  }
  store<u32>(template, end == 0 ? 0 : <u32>at, PLAN)
  store<u32>(template, flags, FLAGS)
  top = aligned(end == 0 ? at : end) + 16
  store<u32>(template, load<u32>(bucket))
  store<u32>(bucket, template)
  return template
}

/** There is no room: all templates are forgotten before the next chunk. */
function giveUp(): usize {
  top = PLANS_END
  return 0
}

/** What a template may be. Roots hold one element that holds elements, so that no array repeats it. */
function rolesOf(): u32 {
  const first = node.FIRST_NODE
  if (first == nodesEnd() || node.endOf(first) != nodesEnd()) return 0
  const roles = rolesOfElement(first)
  return node.flagsOf(first) & node.HAS_ELEMENTS ? roles : roles & ~IS_ROOT
}

/** Counts how slots are used. The memory of `TAKEN` is free now. */
function countSlots(template: usize): bool {
  memory.fill(TAKEN, 0, 2 * MAX_SLOTS)
  let references: u32 = 0
  let uses: u32 = 1
  let slots: u32 = 0
  for (let one = node.FIRST_NODE; one < nodesEnd(); one += node.NODE_SIZE) {
    const kind = node.kindOf(one)
    let slot = node.slotOf(one)
    if (kind == node.ELEMENT && slot != format.NO_DEPENDENCY) slots = max(slots, slot + 1)
    if (kind == node.SLOT_NODE) {
      slots = max(slots, slot + 1)
      if (slot >= MAX_SLOTS) return false
      references++
      const used = <u32>load<u16>(TAKEN + 2 * slot) + 1
      store<u16>(TAKEN + 2 * slot, <u16>used)
      uses = max(uses, used)
    }
  }
  store<u32>(template, references, REFERRED)
  store<u32>(template, uses, USES)
  store<u32>(template, slots, SLOTS)
  return slots <= MAX_SLOTS
}
