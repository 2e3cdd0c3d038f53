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
