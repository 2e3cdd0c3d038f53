import {
  CHUNK_STAMP,
  COUNT_OF_ROWS,
  LAST_RECORD,
  MASKS,
  MOST_VALUES,
  NAME_MASK,
  PLAN_AT,
  PLAN_BITS,
  PLAN_CHANNEL,
  PLAN_DEFINITION_SIZE,
  PLAN_DEPENDENCY,
  PLAN_EVENT_ID,
  PLAN_LAST_SLOT,
  PLAN_NAME,
  PLAN_PROVIDER,
  PLAN_RECORD_ID,
  PLAN_TIME,
  PLANS,
  POSITIONS,
  ROW_EVENT_ID,
  ROW_GROUP,
  ROW_NAME,
  ROW_OFFSET,
  ROW_PLAN,
  ROW_RECORD_ID,
  ROW_RECORD_SIZE,
  ROW_SIZE,
  ROW_TIME,
  ROW_VALUE_COUNT,
  ROW_VALUES,
  ROWS,
} from '../../src/evtx/skim-map'
import {
  CHUNK_SIZE,
  DESCRIPTOR_MASK,
  FRAGMENT_START,
  MIN_RECORD_SIZE,
  NULL_TYPE,
  RECORD_SIGNATURE,
  STRING_TYPE,
} from '../format'
import { bit } from './bytes'
import { addToSum, makeSumTables } from './checksum'
import { countIn, groupByName, groupByNumber, nameOf } from './groups'
import { planOf } from './plans'
import { forgetComparisons, isRefused } from './refusals'

/** The first two bytes of a template instance. */
const INSTANCE_START: u32 = 0x010c
/** Between the values and the copy of the size: the fragment's end, and what aligns it. */
const MOST_PADDING: usize = 8

/** Size and type that these fields must have. */
const EVENT_ID_DESCRIPTOR: u32 = 0x060002
const TIME_DESCRIPTOR: u32 = 0x110008
const RECORD_ID_DESCRIPTOR: u32 = 0x0a0008

/** Fills what must be there before anything else is called. */
export function begin(): void {
  makeSumTables()
}

/** Forgets what stood where in the chunk before; true when the checksum of this one's header holds. */
export function startChunk(chunk: usize): bool {
  let stamp = load<u32>(CHUNK_STAMP) + (1 << PLAN_BITS)
  if (stamp === 0) {
    memory.fill(PLAN_AT, 0, PLANS - PLAN_AT)
    forgetComparisons()
    stamp = 1 << PLAN_BITS
  }
  store<u32>(CHUNK_STAMP, stamp)
  return addToSum(addToSum(0, chunk, 120), chunk + 128, 384) === load<u32>(chunk, 124)
}

/**
 * Passes over records of the healthy chain, counts them in their groups, and notes those that may be wanted in `ROWS`.
 *
 * @param chunk address of the chunk
 * @param from offset of the first record; `end` that of the first byte behind the last
 * @returns offset of the first record that is not as expected, or that the caller has not taught about; `end` or beyond when
 *   there is none. All before it are counted; that one is not.
 */
export function skim(chunk: usize, from: u32, end: u32): u32 {
  let offset = from
  let row: usize = ROWS
  let last: u32 = 0
  while (offset < end) {
    const record = chunk + offset
    const size = load<u32>(record, 4)
    if (load<u32>(record) !== RECORD_SIGNATURE || size < MIN_RECORD_SIZE || (size & 7) !== 0) break
    if (size > CHUNK_SIZE - offset) break
    const close = record + size - 4
    if (load<u32>(close) !== size) break
    if (load<u32>(record, 24) !== FRAGMENT_START || load<u16>(record, 28) !== INSTANCE_START) break
    const definition = load<u32>(record, 34)
    if (definition >= CHUNK_SIZE - 8) break
    const plan = planOf(chunk, definition)
    if (plan === 0 || load<u32>(record, 30) !== load<u32>(chunk + definition, 4)) break
    let values = record + 38
    if (chunk + definition === values) values += load<u32>(plan, PLAN_DEFINITION_SIZE)
    if (values + 4 > close) break
    const count = load<u32>(values)
    values += 4
    const lastSlot = load<u32>(plan, PLAN_LAST_SLOT)
    if (count <= lastSlot || count > <u32>MOST_VALUES) break
    const dependency = load<i32>(plan, PLAN_DEPENDENCY)
    if (dependency >= 0 && (<u32>dependency >= count || typeOf(values, dependency) === NULL_TYPE)) break
    let value = values + (count << 2)
    if (value > close) break
    for (let slot: u32 = 0; slot <= lastSlot; slot++) {
      store<u32>(POSITIONS + (slot << 2), <u32>value)
      value += load<u16>(values + (slot << 2))
    }
    if (value > close) break
    let content = value
    for (let slot = lastSlot + 1; slot < count; slot++) content += load<u16>(values + (slot << 2))
    // Another record may stand behind what this one holds.
    if (content + MOST_PADDING < close) break

    const idSlot = load<i32>(plan, PLAN_EVENT_ID)
    const timeSlot = load<i32>(plan, PLAN_TIME)
    const recordIdSlot = load<i32>(plan, PLAN_RECORD_ID)
    if ((descriptor(values, idSlot) & DESCRIPTOR_MASK) !== EVENT_ID_DESCRIPTOR) break
    if ((descriptor(values, timeSlot) & DESCRIPTOR_MASK) !== TIME_DESCRIPTOR) break
    if ((descriptor(values, recordIdSlot) & DESCRIPTOR_MASK) !== RECORD_ID_DESCRIPTOR) break
    const eventId: u32 = load<u16>(position(idSlot))
    const time = load<u64>(position(timeSlot))
    const recordId = load<u64>(position(recordIdSlot))

    const providerSlot = load<i32>(plan, PLAN_PROVIDER)
    if (providerSlot >= 0 && typeOf(values, providerSlot) !== STRING_TYPE) break
    let name: usize = 0
    let wanted: u32 = 0
    if (bit(MASKS, eventId)) {
      name =
        providerSlot < 0
          ? <usize>load<u32>(plan, PLAN_NAME)
          : nameOf(plan, position(providerSlot), descriptor(values, providerSlot) & 0xfffe)
      if (name === 0) break
      const mask: usize = load<u32>(name, NAME_MASK)
      wanted = mask === 0 ? 0 : bit(mask, eventId)
    }
    const channelSlot = load<i32>(plan, PLAN_CHANNEL)
    let group: usize
    if (channelSlot < 0) group = groupByNumber(plan)
    else {
      if (typeOf(values, channelSlot) !== STRING_TYPE) break
      group = groupByName(plan, position(channelSlot), descriptor(values, channelSlot) & 0xfffe)
    }
    if (group === 0) break
    countIn(group, time, recordId)
    if (wanted && !isRefused(chunk, plan, name, eventId, values, count, close)) {
      store<u32>(row, offset, ROW_OFFSET)
      store<u32>(row, size, ROW_RECORD_SIZE)
      store<u32>(row, <u32>plan, ROW_PLAN)
      store<u32>(row, <u32>name, ROW_NAME)
      store<u32>(row, <u32>group, ROW_GROUP)
      store<u32>(row, <u32>(values - chunk), ROW_VALUES)
      store<u32>(row, count, ROW_VALUE_COUNT)
      store<u32>(row, eventId, ROW_EVENT_ID)
      store<u64>(row, time, ROW_TIME)
      store<u64>(row, recordId, ROW_RECORD_ID)
      row += ROW_SIZE
    }
    last = offset
    offset += size
  }
  store<u32>(LAST_RECORD, last)
  store<u32>(COUNT_OF_ROWS, <u32>(row - ROWS) / ROW_SIZE)
  return offset
}

function descriptor(values: usize, slot: i32): u32 {
  return load<u32>(values + (slot << 2))
}

function typeOf(values: usize, slot: i32): u32 {
  return load<u8>(values + (slot << 2), 2)
}

function position(slot: i32): usize {
  return load<u32>(POSITIONS + (slot << 2))
}
