import type { Interner } from './interner.ts'

/** What a scan counts. Times and ids are two halves of 64 bits. */
export interface GroupCounts {
  records: number
  /** Least and greatest TimeCreated. */
  firstLow: number
  firstHigh: number
  lastLow: number
  lastHigh: number
  /** Least and greatest EventRecordID. */
  lowestLow: number
  lowestHigh: number
  highestLow: number
  highestHigh: number
  /** TimeCreated of the record with the greatest EventRecordID. */
  ofHighestLow: number
  ofHighestHigh: number
}

/** What a scan counts of one channel of one computer in one log. */
export interface Group extends GroupCounts {
  readonly computer: string
  readonly channel: string
  /** Whether the gate wants anything of the channel, once it was asked. */
  wanted: boolean | undefined
}

/** The fields of a record that a group counts. */
interface Counted {
  readonly timeLow: number
  readonly timeHigh: number
  readonly recordIdLow: number
  readonly recordIdHigh: number
}

/** Names beyond this many stand for one combination each; a real log has a handful. */
const COMPUTER_FACTOR = 0x100000

/** The groups of one log, in the order in which their first records stand. */
export class GroupTable {
  readonly #names: Interner
  readonly #byKey = new Map<number, Group>()
  #lastKey = -1
  #last!: Group

  constructor(names: Interner) {
    this.#names = names
  }

  /** The group of a computer and a channel, by their numbers. */
  of(computer: number, channel: number): Group {
    const key = computer * COMPUTER_FACTOR + channel
    if (key === this.#lastKey) return this.#last
    let group = this.#byKey.get(key)
    if (!group) {
      group = emptyGroup(this.#names.texts[computer]!, this.#names.texts[channel]!)
      this.#byKey.set(key, group)
    }
    this.#lastKey = key
    this.#last = group
    return group
  }

  /** Counts one record. Hot. */
  add(group: Group, record: Counted): void {
    const { timeLow, timeHigh, recordIdLow, recordIdHigh } = record
    if (group.records++ === 0) {
      group.firstLow = group.lastLow = group.ofHighestLow = timeLow
      group.firstHigh = group.lastHigh = group.ofHighestHigh = timeHigh
      group.lowestLow = group.highestLow = recordIdLow
      group.lowestHigh = group.highestHigh = recordIdHigh
      return
    }
    if (isLess(group.lastLow, group.lastHigh, timeLow, timeHigh)) {
      group.lastLow = timeLow
      group.lastHigh = timeHigh
    } else if (isLess(timeLow, timeHigh, group.firstLow, group.firstHigh)) {
      group.firstLow = timeLow
      group.firstHigh = timeHigh
    }
    if (isLess(group.highestLow, group.highestHigh, recordIdLow, recordIdHigh)) {
      group.highestLow = recordIdLow
      group.highestHigh = recordIdHigh
      group.ofHighestLow = timeLow
      group.ofHighestHigh = timeHigh
    } else if (isLess(recordIdLow, recordIdHigh, group.lowestLow, group.lowestHigh)) {
      group.lowestLow = recordIdLow
      group.lowestHigh = recordIdHigh
    } else if (recordIdLow === group.highestLow && recordIdHigh === group.highestHigh) {
      // Copies of one record id: the later time wins, so that the order of reading does not matter.
      if (isLess(group.ofHighestLow, group.ofHighestHigh, timeLow, timeHigh)) {
        group.ofHighestLow = timeLow
        group.ofHighestHigh = timeHigh
      }
    }
  }

  /** All groups that were met. One met only in unused space counts no record, and its bounds say nothing. */
  all(): Group[] {
    return [...this.#byKey.values()]
  }
}

/** Adds what another range counted of the same channel and computer. */
export function joinGroup(into: Group, from: GroupCounts): void {
  if (from.records === 0) return
  if (into.records === 0) {
    Object.assign(into, from)
    return
  }
  into.records += from.records
  if (isLess(from.firstLow, from.firstHigh, into.firstLow, into.firstHigh)) {
    into.firstLow = from.firstLow
    into.firstHigh = from.firstHigh
  }
  if (isLess(into.lastLow, into.lastHigh, from.lastLow, from.lastHigh)) {
    into.lastLow = from.lastLow
    into.lastHigh = from.lastHigh
  }
  if (isLess(from.lowestLow, from.lowestHigh, into.lowestLow, into.lowestHigh)) {
    into.lowestLow = from.lowestLow
    into.lowestHigh = from.lowestHigh
  }
  const same = from.highestLow === into.highestLow && from.highestHigh === into.highestHigh
  const later = isLess(into.ofHighestLow, into.ofHighestHigh, from.ofHighestLow, from.ofHighestHigh)
  if (isLess(into.highestLow, into.highestHigh, from.highestLow, from.highestHigh) || (same && later)) {
    into.highestLow = from.highestLow
    into.highestHigh = from.highestHigh
    into.ofHighestLow = from.ofHighestLow
    into.ofHighestHigh = from.ofHighestHigh
  }
}

/** Unsigned 64-bit comparison of two halves each. */
export function isLess(aLow: number, aHigh: number, bLow: number, bHigh: number): boolean {
  return aHigh < bHigh || (aHigh === bHigh && aLow < bLow)
}

function emptyGroup(computer: string, channel: string): Group {
  return {
    computer,
    channel,
    records: 0,
    firstLow: 0,
    firstHigh: 0,
    lastLow: 0,
    lastHigh: 0,
    lowestLow: 0,
    lowestHigh: 0,
    highestLow: 0,
    highestHigh: 0,
    ofHighestLow: 0,
    ofHighestHigh: 0,
    wanted: undefined,
  }
}
