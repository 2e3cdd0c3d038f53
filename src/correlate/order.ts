import { compareText } from '../bytes/compare-text.ts'
import type { Sighting } from '../event/win-event.ts'

/** The one order of events of a host: time, channel, record id, file, offset. Never 0 for different records. */
export function compareSightings(a: Sighting, b: Sighting): number {
  if (a.timeCreated !== b.timeCreated) return a.timeCreated < b.timeCreated ? -1 : 1
  return (
    compareText(a.channel, b.channel) ||
    a.recordId - b.recordId ||
    compareText(a.file, b.file) ||
    a.offset - b.offset ||
    a.eventId - b.eventId
  )
}

/** Records in that order; the same list where it is in order already, as what comes from one log mostly is. */
export function inOrder<T extends Sighting>(records: readonly T[]): readonly T[] {
  for (let i = 1; i < records.length; i++) {
    if (compareSightings(records[i - 1]!, records[i]!) > 0) return [...records].sort(compareSightings)
  }
  return records
}
