import {
  CHUNK_STAMP,
  COUNT_OF_REFUSALS,
  MOST_REFUSALS,
  MOST_VALUES,
  PLAN_PAYLOAD,
  REFUSAL_AT,
  REFUSAL_DEFINITION_SIZE,
  REFUSAL_DEPENDENCY,
  REFUSAL_EVENT_ID,
  REFUSAL_NAME,
  REFUSAL_NUMBERS,
  REFUSAL_PAYLOAD,
  REFUSAL_PRINT,
  REFUSAL_SIZE,
  REFUSAL_SLOT,
  REFUSAL_STAMP,
  REFUSALS,
  REFUSED_BELOW,
} from '../../src/evtx/skim-map'
import {
  BIN_XML_TYPE,
  CHUNK_SIZE,
  DEFINITION_BODY_SIZE,
  DEFINITION_HEADER_SIZE,
  DESCRIPTOR_MASK,
  FRAGMENT_HEADER,
  FRAGMENT_HEADER_SIZE,
  INSTANCE_COUNT,
  INSTANCE_DEFINITION,
  INSTANCE_HEADER_SIZE,
  INSTANCE_TEMPLATE_ID,
  NULL_TYPE,
  TEMPLATE_INSTANCE,
} from '../format'
import { bit } from './bytes'
import { holds } from './prints'

/** Size and type of a UInt32. */
const NUMBER_DESCRIPTOR: u32 = 0x080004

/**
 * True when a field of the record's payload has a number that the caller refused before, in a record of the same kind. Where
 * anything is in doubt it is not refused: the caller looks.
 *
 * @param values address of the record's descriptors, of which there are `count`
 * @param close address of the first byte that its values may not touch
 */
export function isRefused(
  chunk: usize,
  plan: usize,
  name: usize,
  eventId: u32,
  values: usize,
  count: u32,
  close: usize,
): bool {
  const payload = load<u32>(plan, PLAN_PAYLOAD)
  const end: usize = REFUSALS + load<u32>(COUNT_OF_REFUSALS) * REFUSAL_SIZE
  for (let refusal: usize = REFUSALS; refusal < end; refusal += REFUSAL_SIZE) {
    if (
      load<u32>(refusal, REFUSAL_NAME) === <u32>name &&
      load<u32>(refusal, REFUSAL_EVENT_ID) === eventId &&
      load<u32>(refusal, REFUSAL_PAYLOAD) === payload &&
      speaksOf(refusal, chunk, payload, values, count, close)
    ) {
      return true
    }
  }
  return false
}

function speaksOf(refusal: usize, chunk: usize, payload: u32, values: usize, count: u32, close: usize): bool {
  if (payload >= count || load<u8>(values + (payload << 2), 2) !== BIN_XML_TYPE) return false
  let at = valueAt(values, count, payload)
  const end = at + load<u16>(values + (payload << 2))
  if (end > close || at + FRAGMENT_HEADER_SIZE + INSTANCE_HEADER_SIZE > end) return false
  if (load<u8>(at) === FRAGMENT_HEADER) at += FRAGMENT_HEADER_SIZE
  if (load<u8>(at) !== TEMPLATE_INSTANCE) return false
  const definition = load<u32>(at, INSTANCE_DEFINITION)
  if (definition >= CHUNK_SIZE - DEFINITION_HEADER_SIZE) return false
  if (load<u32>(at, INSTANCE_TEMPLATE_ID) !== load<u32>(chunk + definition, 4) || !isOf(refusal, chunk, definition)) return false

  let descriptors = at + INSTANCE_COUNT
  if (chunk + definition === descriptors) descriptors += load<u32>(refusal, REFUSAL_DEFINITION_SIZE)
  if (descriptors + 4 > end) return false
  const held = load<u32>(descriptors)
  descriptors += 4
  if (held > <u32>MOST_VALUES || descriptors + (held << 2) > end) return false
  const dependency = load<i32>(refusal, REFUSAL_DEPENDENCY)
  if (dependency >= 0) {
    if (<u32>dependency >= held || load<u8>(descriptors + (dependency << 2), 2) === NULL_TYPE) return false
  }
  const slot = load<u32>(refusal, REFUSAL_SLOT)
  if (slot >= held) return false
  if ((load<u32>(descriptors + (slot << 2)) & DESCRIPTOR_MASK) !== NUMBER_DESCRIPTOR) return false
  const value = valueAt(descriptors, held, slot)
  if (value + 4 > end) return false
  const number = load<u32>(value)
  return number < <u32>REFUSED_BELOW && bit(refusal + REFUSAL_NUMBERS, number) !== 0
}

/** Where the value of a slot stands. */
function valueAt(descriptors: usize, count: u32, slot: u32): usize {
  let at = descriptors + (count << 2)
  const end = descriptors + (slot << 2)
  for (let descriptor = descriptors; descriptor < end; descriptor += 4) at += load<u16>(descriptor)
  return at
}

/** The definition there is the one that the refusal is about; compared once in a chunk. */
function isOf(refusal: usize, chunk: usize, definition: u32): bool {
  const stamp = load<u32>(CHUNK_STAMP)
  if (load<u32>(refusal, REFUSAL_STAMP) === stamp && load<u32>(refusal, REFUSAL_AT) === definition) return true
  const at = chunk + definition
  const size = DEFINITION_HEADER_SIZE + load<u32>(at, DEFINITION_BODY_SIZE)
  if (size !== load<u32>(refusal, REFUSAL_DEFINITION_SIZE) || size > CHUNK_SIZE - definition) return false
  if (!holds(load<u32>(refusal, REFUSAL_PRINT), chunk, definition)) return false
  store<u32>(refusal, stamp, REFUSAL_STAMP)
  store<u32>(refusal, definition, REFUSAL_AT)
  return true
}

/** No definition was compared in any chunk: chunks are numbered from the start again. */
export function forgetComparisons(): void {
  const end: usize = REFUSALS + MOST_REFUSALS * REFUSAL_SIZE
  for (let refusal: usize = REFUSALS; refusal < end; refusal += REFUSAL_SIZE) store<u32>(refusal, 0, REFUSAL_STAMP)
}
