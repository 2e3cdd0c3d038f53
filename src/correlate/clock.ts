import { parseIso } from '../bytes/filetime.ts'
import { KERNEL_GENERAL, SECURITY, SECURITY_AUDITING, SYSTEM } from '../event/source.ts'
import { field, type WinEvent } from '../event/win-event.ts'
import type { Need } from '../query/need.ts'
import type { KeptRecords } from './matches.ts'
import { isWitness } from './matches.ts'

/** The clock was moved by more than a minute. */
export interface ClockJump {
  /** EventRecordID of the record that tells; records of its channel below it were written by the old clock. */
  readonly recordId: number
  readonly from: bigint
  readonly to: bigint
  /**
   * The machine slept: the clock stood still while time went on, so that what it wrote before was right. Absent where
   * the record does not say so, and the clock may as well have been wrong.
   */
  readonly slept?: true
  /** The channel whose record ids these are; System when absent. */
  readonly channel?: string
}

/** Seconds. Smaller moves are the time service at work: hundreds in a healthy log. */
const WORTH_TELLING = 60

/**
 * Kernel-General 1, `Reason`, from version 1 on: the kernel took over the time of the hardware clock, which ran on while
 * the machine slept. A program that sets the clock (1) may put it right or, as the tools of a guest that was resumed do,
 * make up for the time it slept; the corpus has thousands of seconds of both kinds under 1.
 */
const FROM_HARDWARE_CLOCK = '2'

const CLOCK_CHANGED: Need = {
  id: 'clock-changed',
  provider: KERNEL_GENERAL,
  eventIds: [1],
  channels: [SYSTEM],
  where: [{ name: 'NewTime', other: 'OldTime', secondsApart: WORTH_TELLING }],
  as: 'event',
}

const CLOCK_CHANGE_AUDITED: Need = {
  id: 'clock-change-audited',
  provider: SECURITY_AUDITING,
  eventIds: [4616],
  channels: [SECURITY],
  where: [{ name: 'NewTime', other: 'PreviousTime', secondsApart: WORTH_TELLING }],
  as: 'event',
}

/** All that shows the clock being moved. */
export const CLOCK_NEEDS: readonly Need[] = [CLOCK_CHANGED, CLOCK_CHANGE_AUDITED]

/**
 * How the clock was moved, in the order of the records that tell. System knows every move; Security is asked only
 * when System holds none, because a move is in both and their record numbers cannot be compared.
 */
export function clockJumps(kept: KeptRecords): readonly ClockJump[] {
  const bySystem = jumpsIn(kept.events(CLOCK_CHANGED.id), 'OldTime')
  if (bySystem.length > 0) return bySystem
  return jumpsIn(kept.events(CLOCK_CHANGE_AUDITED.id), 'PreviousTime').map((jump) => ({ ...jump, channel: SECURITY }))
}

function jumpsIn(events: readonly WinEvent[], nameOfOld: string): readonly ClockJump[] {
  const jumps: ClockJump[] = []
  for (const event of events) {
    const from = parseIso(field(event, nameOfOld) ?? '')?.ticks
    const to = parseIso(field(event, 'NewTime') ?? '')?.ticks
    if (from === undefined || to === undefined || !isWitness(event)) continue
    const slept = to > from && field(event, 'Reason') === FROM_HARDWARE_CLOCK
    jumps.push({ recordId: event.recordId, from, to, ...(slept && { slept }) })
  }
  return jumps.sort((a, b) => a.recordId - b.recordId)
}
