import {
  CHUNK_STAMP,
  PLAN_AT,
  PLAN_BITS,
  PLAN_DEFINITION_SIZE,
  PLAN_KEY,
  PLAN_LISTS,
  PLAN_NEXT,
  PLAN_PRINT,
  PLAN_SIZE,
  PLANS,
} from '../../src/evtx/skim-map'
import { CHUNK_SIZE, DEFINITION_BODY_SIZE, DEFINITION_HEADER_SIZE } from '../format'
import { holds } from './prints'

const NUMBER_MASK: u32 = (1 << PLAN_BITS) - 1

/** Address of the plan for the definition at an offset of the chunk, 0 where the caller has not given one. */
export function planOf(chunk: usize, definition: u32): usize {
  const stamp = load<u32>(CHUNK_STAMP)
  const entry = load<u32>(PLAN_AT + (definition << 2))
  if ((entry & ~NUMBER_MASK) === stamp) {
    const number = entry & NUMBER_MASK
    if (number !== 0) return PLANS + number * PLAN_SIZE
  }
  const plan = find(chunk, definition)
  if (plan !== 0) store<u32>(PLAN_AT + (definition << 2), stamp | <u32>((plan - PLANS) / PLAN_SIZE))
  return plan
}

/** The hash by which a definition is found: of GUID and size; any mix would do. */
function keyOf(at: usize, size: u32): u32 {
  return load<u32>(at, 4) ^ (load<u32>(at, 8) * 31) ^ size
}

function find(chunk: usize, definition: u32): usize {
  if (definition + DEFINITION_HEADER_SIZE >= CHUNK_SIZE) return 0
  const at = chunk + definition
  const size = DEFINITION_HEADER_SIZE + load<u32>(at, DEFINITION_BODY_SIZE)
  if (size > CHUNK_SIZE - definition) return 0
  const key = keyOf(at, size)
  let number: u32 = load<u16>(PLAN_LISTS + ((key & NUMBER_MASK) << 1))
  while (number !== 0) {
    const plan: usize = PLANS + number * PLAN_SIZE
    const isAlike = load<u32>(plan, PLAN_KEY) === key && load<u32>(plan, PLAN_DEFINITION_SIZE) === size
    if (isAlike && holds(load<u32>(plan, PLAN_PRINT), chunk, definition)) return plan
    number = load<u32>(plan, PLAN_NEXT)
  }
  return 0
}
