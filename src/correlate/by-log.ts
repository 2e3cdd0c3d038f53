import type { Sighting } from '../event/win-event.ts'

/**
 * Records of each log and channel, in order of their first. Records of one log mostly follow each other, and there may be ten
 * thousands: the list of the one before is looked at first.
 */
export function listsByLog<T extends Pick<Sighting, 'file' | 'channel'>>(records: readonly T[]): readonly T[][] {
  const lists = new Map<string, T[]>()
  let last: T | undefined
  let list: T[] = []
  for (const record of records) {
    if (record.file !== last?.file || record.channel !== last.channel) {
      const key = `${record.file}\0${record.channel.toLowerCase()}`
      list = lists.get(key) ?? []
      lists.set(key, list)
    }
    list.push(record)
    last = record
  }
  return [...lists.values()]
}
