import { chunk, setBound } from './current'
import { emit, hasSequences, rolesOfElement, runPlan } from './dialect'
import * as format from '../format'
import { characterCount, nodeCount, nodesEnd, parseFragment } from './fragment'
import { charge, chargeNodes, MAX_DEPTH } from './limits'
import { MEMORY_END, SLOTS, SLOTS_END } from './memory'
import * as node from './node'
import { SLOT_SIZE } from './slot'
import * as templates from './template'

/** Behind the slots of the instances that are open. */
let slotsTop: usize = SLOTS

/** No instance is open. */
export function startSlots(): void {
  slotsTop = SLOTS
}

/**
 * Writes what stands in a record, or in a value of type BinXML: a template instance or bare elements.
 *
 * @param from offset of the first token
 * @param end first offset that does not belong to it
 * @param depth 0 in a record
 * @param role what it has to be good for: a flag of templates
 * @returns where the text ends; 0 when the plain renderer has to do it
 */
export function writeBinXml(from: u32, end: u32, at: usize, depth: i32, role: u32): usize {
  if (from + 1 > end) return 0
  let token: u32 = load<u8>(chunk + from)
  if (token == format.FRAGMENT_HEADER) {
    from += format.FRAGMENT_HEADER_SIZE
    if (from >= end) return 0
    token = load<u8>(chunk + from)
  }
  if (token == format.TEMPLATE_INSTANCE) return writeInstance(from, end, at, depth, role)
  if ((token & ~format.MORE) == format.OPEN_ELEMENT) return writeBare(from, end, at, depth, role)
  return 0
}

function writeInstance(from: u32, end: u32, at: usize, depth: i32, role: u32): usize {
  if (depth > MAX_DEPTH || from + format.INSTANCE_HEADER_SIZE > end) return 0
  const address = chunk + from
  const definition = load<u32>(address, format.INSTANCE_DEFINITION)
  const template = templates.templateAt(definition, load<u32>(address, format.INSTANCE_TEMPLATE_ID))
  if (template == 0) return 0
  if ((templates.flagsOf(template) & role) == 0) return 0
  let place = from + format.INSTANCE_COUNT
  if (definition == place) place += templates.sizeOf(template)
  if (place + 4 > end) return 0
  const count = load<u32>(chunk + place)
  place += 4
  const wanted = templates.slotsOf(template)
  if (count > format.MAX_SUBSTITUTIONS || count > (end - place) / format.DESCRIPTOR_SIZE) return 0
  const slots = slotsTop
  if (slots + (max(count, wanted) + 4) * SLOT_SIZE > SLOTS_END) return 0
  const values = place + count * format.DESCRIPTOR_SIZE
  const size = readSlots(slots, chunk + place, chunk + values)
  if (size > end - values) return 0
  // What the instance does not bring is null.
  for (let i = count; i < wanted; i++) store<u64>(slots + i * SLOT_SIZE, 0)
  const nodes = templates.nodesOf(template) + count
  const references = templates.referencesOf(template)
  if (!charge(nodes, templates.charactersOf(template), references, templates.usesOf(template), size)) return 0
  slotsTop = slots + max(count, wanted) * SLOT_SIZE
  at = runPlan(templates.planOf(template), slots, at, depth)
  slotsTop = slots
  return at
}

/**
 * Makes slots of descriptors, four at a time; the values stand behind them. Up to three slots more are written.
 *
 * @returns bytes of all values
 */
// @ts-ignore: decorator
@inline
function readSlots(slots: usize, descriptors: usize, values: usize): u32 {
  const none = i32x4.splat(0)
  let value = i32x4.splat(<i32>values)
  let left = <i32>((values - descriptors) / format.DESCRIPTOR_SIZE)
  for (let from = descriptors; left > 0; left -= 4) {
    const isThere = i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3))
    const descriptor = v128.and(v128.and(v128.load(from), isThere), i32x4.splat(0xffffff))
    // Each value begins behind those before it.
    const size = v128.and(descriptor, i32x4.splat(0xffff))
    const before = i8x16.shuffle(none, size, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27)
    const two = i32x4.add(size, before)
    const ends = i32x4.add(two, i8x16.shuffle(none, two, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23))
    const places = i32x4.add(value, i32x4.sub(ends, size))
    const low = i8x16.shuffle(places, descriptor, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23)
    const high = i8x16.shuffle(places, descriptor, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31)
    v128.store(slots, low)
    v128.store(slots, high, 16)
    value = i32x4.add(value, i8x16.shuffle(ends, ends, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15))
    slots += 4 * SLOT_SIZE
    from += 16
  }
  return <u32>i32x4.extract_lane(value, 0) - <u32>values
}

/** Elements without a template: parsed, and written at once. */
function writeBare(from: u32, end: u32, at: usize, depth: i32, role: u32): usize {
  if (!parseFragment(from, end, false)) return 0
  if (!chargeNodes(nodeCount(), characterCount())) return 0
  const first = node.FIRST_NODE
  if (first == nodesEnd()) return 0
  // Of several elements a record is the first; JSON has one name for them.
  if ((rolesOfElement(first) & role) == 0) return 0
  if ((depth == 0 || !hasSequences()) && node.endOf(first) != nodesEnd()) return 0
  setBound(MEMORY_END)
  return emit(first, nodesEnd(), at)
}
