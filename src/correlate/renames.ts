import { EVENT_LOG, SYSTEM, sameName } from '../event/source.ts'
import { unnamedValues, type WinEvent } from '../event/win-event.ts'
import type { Need } from '../query/need.ts'

/** The computer got another name, by its own System log. */
export interface Rename {
  readonly from: string
  readonly to: string
  /** Record that tells; it was written at the first start under the new name. */
  readonly event: WinEvent
}

/** The computer got another name (6011). */
export const COMPUTER_RENAMED: Need = {
  id: 'computer-renamed',
  provider: EVENT_LOG,
  eventIds: [6011],
  channels: [SYSTEM],
  as: 'event',
}

/** Reads 6011 (old name, new name); a record that names only one, as setup writes it, tells no rename. */
export function renamesOf(events: readonly WinEvent[]): readonly Rename[] {
  const renames: Rename[] = []
  for (const event of events) {
    const [from = '', to = ''] = unnamedValues(event).map((name) => name.trim())
    if (from !== '' && to !== '' && !sameName(from, to)) renames.push({ from, to, event })
  }
  return renames
}

/**
 * Renames that came after a role was there. Every Windows is renamed during setup, from the image's name to a made-up
 * one to its real one: those say nothing about what was installed later.
 *
 * @param roleSeen earliest proof of the role, FILETIME ticks; undefined: none, so no rename counts
 */
export function renamesAfter(renames: readonly Rename[], roleSeen: bigint | undefined): readonly Rename[] {
  if (roleSeen === undefined) return []
  return renames.filter((rename) => rename.event.timeCreated > roleSeen)
}

/** True when two names mean one computer: equal, or one is the other's first label. */
export function sameComputer(a: string, b: string): boolean {
  if (sameName(a, b)) return true
  if (a.includes('.') && b.includes('.')) return false
  return sameLabel(a, b)
}

/** True when two names begin with one label, whatever their domains. */
export function sameLabel(a: string, b: string): boolean {
  return sameName(firstLabel(a), firstLabel(b))
}

/** `RDS01` of `RDS01.contoso.local`. */
export function firstLabel(name: string): string {
  return name.split('.', 1)[0] ?? name
}
