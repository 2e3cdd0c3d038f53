import {
  COUNT_OF_GROUPS,
  COUNT_OF_NAMES,
  GROUP_CHANNEL_NUMBER,
  GROUP_COMPUTER_NUMBER,
  GROUP_FIRST,
  GROUP_HIGHEST,
  GROUP_LAST,
  GROUP_LOWEST,
  GROUP_NAME,
  GROUP_NAME_SIZE,
  GROUP_OF_HIGHEST,
  GROUP_RECORDS,
  GROUP_SIZE,
  GROUPS,
  NAME_BYTES,
  NAME_SIZE,
  NAME_TEXT,
  NAMES,
  PLAN_CHANNEL_NUMBER,
  PLAN_COMPUTER_NUMBER,
  PLAN_GROUP,
  PLAN_NAME,
} from '../../src/evtx/skim-map'
import { same } from './bytes'

/** The group of a record whose channel stands in its values, 0 where the caller has not given one. */
export function groupByName(plan: usize, text: usize, size: u32): usize {
  const computer = load<u32>(plan, PLAN_COMPUTER_NUMBER)
  const last: usize = load<u32>(plan, PLAN_GROUP)
  if (last !== 0 && isNamed(last, computer, text, size)) return last
  const end: usize = GROUPS + load<u32>(COUNT_OF_GROUPS) * GROUP_SIZE
  for (let group: usize = GROUPS; group < end; group += GROUP_SIZE) {
    if (!isNamed(group, computer, text, size)) continue
    store<u32>(plan, <u32>group, PLAN_GROUP)
    return group
  }
  return 0
}

function isNamed(group: usize, computer: u32, text: usize, size: u32): bool {
  return (
    load<u32>(group, GROUP_NAME_SIZE) === size &&
    load<u32>(group, GROUP_COMPUTER_NUMBER) === computer &&
    same(text, group + GROUP_NAME, size)
  )
}

/** The group of a record whose channel its template says literally. */
export function groupByNumber(plan: usize): usize {
  const last: usize = load<u32>(plan, PLAN_GROUP)
  if (last !== 0 && isNumbered(last, plan)) return last
  const end: usize = GROUPS + load<u32>(COUNT_OF_GROUPS) * GROUP_SIZE
  for (let group: usize = GROUPS; group < end; group += GROUP_SIZE) {
    if (!isNumbered(group, plan)) continue
    store<u32>(plan, <u32>group, PLAN_GROUP)
    return group
  }
  return 0
}

function isNumbered(group: usize, plan: usize): bool {
  return (
    load<i32>(group, GROUP_NAME_SIZE) === -1 &&
    load<u32>(group, GROUP_CHANNEL_NUMBER) === load<u32>(plan, PLAN_CHANNEL_NUMBER) &&
    load<u32>(group, GROUP_COMPUTER_NUMBER) === load<u32>(plan, PLAN_COMPUTER_NUMBER)
  )
}

/** What is known of the provider that stands in a record's values, 0 for nothing. */
export function nameOf(plan: usize, text: usize, size: u32): usize {
  const last: usize = load<u32>(plan, PLAN_NAME)
  if (last !== 0 && isSpelled(last, text, size)) return last
  const end: usize = NAMES + load<u32>(COUNT_OF_NAMES) * NAME_SIZE
  for (let name: usize = NAMES; name < end; name += NAME_SIZE) {
    if (!isSpelled(name, text, size)) continue
    store<u32>(plan, <u32>name, PLAN_NAME)
    return name
  }
  return 0
}

function isSpelled(name: usize, text: usize, size: u32): bool {
  return load<u32>(name, NAME_BYTES) === size && same(text, name + NAME_TEXT, size)
}

/** Counts one record; the same as `GroupTable.add`. */
export function countIn(group: usize, time: u64, recordId: u64): void {
  const records = load<u32>(group, GROUP_RECORDS)
  store<u32>(group, records + 1, GROUP_RECORDS)
  if (records === 0) {
    store<u64>(group, time, GROUP_FIRST)
    store<u64>(group, time, GROUP_LAST)
    store<u64>(group, recordId, GROUP_LOWEST)
    store<u64>(group, recordId, GROUP_HIGHEST)
    store<u64>(group, time, GROUP_OF_HIGHEST)
    return
  }
  if (time > load<u64>(group, GROUP_LAST)) store<u64>(group, time, GROUP_LAST)
  else if (time < load<u64>(group, GROUP_FIRST)) store<u64>(group, time, GROUP_FIRST)
  const highest = load<u64>(group, GROUP_HIGHEST)
  if (recordId > highest || (recordId === highest && time > load<u64>(group, GROUP_OF_HIGHEST))) {
    store<u64>(group, recordId, GROUP_HIGHEST)
    store<u64>(group, time, GROUP_OF_HIGHEST)
  } else if (recordId < load<u64>(group, GROUP_LOWEST)) store<u64>(group, recordId, GROUP_LOWEST)
}
