import { DAY, HOUR, MINUTE } from '../../bytes/filetime.ts'
import type { HostAnalysis, TimeRange } from '../../finding/analysis.ts'
import { isOpen } from '../../finding/finding.ts'

/** The stretch of time that a picture shows. */
export interface DayView {
  readonly range: TimeRange
  readonly window: TimeRange
  /** Where a time stands, in percent of the width; outside of 0 to 100 for one that is not in the picture. */
  at(time: bigint): number
}

/** A mark of the ruler. */
export interface Tick {
  readonly time: bigint
  readonly percent: number
  /** At midnight a date stands instead of the clock. */
  readonly isMidnight: boolean
  /** False where a narrow picture leaves it out. */
  readonly isMajor: boolean
}

/** So many windows are shown before the window, at most: further back the window itself would shrink to a line. */
const MOST_BEFORE = 3n

const STEPS = [
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((minutes) => minutes * MINUTE),
  ...[1n, 2n, 3n, 6n, 12n].map((hours) => hours * HOUR),
  ...[1n, 2n, 7n, 14n, 28n, 91n, 365n].map((days) => days * DAY),
]

/**
 * The window, longer to the left where the oldest open finding began before it (three windows at most), and to the
 * right where the log goes on behind it (one window at most). Undefined for a host without a window.
 */
export function dayView(host: HostAnalysis): DayView | undefined {
  if (!host.windows) return undefined
  const { window, log } = host.windows
  const span = window.end - window.start
  if (span <= 0n) return undefined
  const begins = host.findings.filter(isOpen).map(({ since }) => since)
  const first = [window.start, ...begins].reduce((a, b) => (b < a ? b : a))
  const earliest = window.start - MOST_BEFORE * span
  const air = span / 60n
  const start = (first < earliest ? earliest : first) - air
  const latest = window.end + span
  // A clock that was ahead wrote times at which nothing happened.
  const last = host.clockMoved || log.end < window.end ? window.end : log.end > latest ? latest : log.end
  const end = last + air
  const width = Number(end - start)
  return { range: { start, end }, window, at: (time) => round((Number(time - start) / width) * 100) }
}

/** Round times at equal distances, `most` and no more; of many every second one is major, and so is midnight. */
export function ticksOf(view: DayView, most: number): readonly Tick[] {
  const { start, end } = view.range
  const step = STEPS.find((each) => (end - start) / each <= BigInt(most)) ?? end - start
  const ticks: Tick[] = []
  for (let time = (start / step + 1n) * step; time < end; time += step) {
    const isMidnight = time % DAY === 0n
    ticks.push({
      time,
      percent: view.at(time),
      isMidnight,
      isMajor: isMidnight || most < 6 || time % (2n * step) === 0n,
    })
  }
  return ticks
}

/** One digit behind the point is about a pixel. */
function round(percent: number): number {
  return Math.round(percent * 10) / 10
}
