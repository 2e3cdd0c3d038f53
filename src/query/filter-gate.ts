import type { Gate } from '../evtx/gate.ts'
import type { Filter } from './filter.ts'
import { isNamed } from './short-names.ts'

/**
 * What a scan may skip when only events of a filter are asked for. Levels, computers and times are tested exactly
 * later.
 */
export function gateOf(filter: Filter): Gate {
  const ids = new Uint8Array(65_536)
  if (filter.eventIds.length === 0) ids.fill(1)
  for (const { first, last } of filter.eventIds) ids.fill(1, first, last + 1)
  const isWanted = (words: readonly string[], name: string) =>
    // Who lost the name with its definition may have had this one.
    words.length === 0 || name === '' || words.some((word) => isNamed(name, word))
  return {
    eventIds: (provider) => (isWanted(filter.providers, provider) ? ids : undefined),
    anyProvider: ids,
    mayHold: (channel) => isWanted(filter.channels, channel),
  }
}

/** True when the filter asks nothing: every record is wanted, even one that has no System fields to ask. */
export function asksNothing(filter: Filter): boolean {
  const { channels, providers, eventIds, levels, computers, since, until } = filter
  const lists = [channels, providers, eventIds, levels, computers]
  return lists.every((list) => list.length === 0) && since === undefined && until === undefined
}
