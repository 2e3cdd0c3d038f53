import { toUnixMs } from '../../bytes/filetime.ts'
import { HALF_HOUR, halfHourOf } from '../../finding/exhibit.ts'
import type { DayLane } from './day-lanes.ts'
import type { DayView } from './day-view.ts'
import { attribute, html, type Markup } from './markup.ts'

const BUCKET_MS = 30 * 60 * 1000

/** Pixels of the highest bar. */
const BAR = 20

/** The half hour of a time, counted from 1970. */
export function bucketNumber(time: bigint): number {
  return Math.floor(toUnixMs(time) / BUCKET_MS)
}

/** The bars of all lanes in one frame, whose units are half hours across and pixels down. */
export function dayBars(lanes: readonly DayLane[], height: number, view: DayView): Markup | undefined {
  if (lanes.every(({ bars }) => bars.length === 0)) return undefined
  const origin = halfHourOf(view.range.start)
  const buckets = bucketNumber(view.range.end) - bucketNumber(origin) + 1
  const x = view.at(origin)
  const width = Math.round((view.at(origin + BigInt(buckets) * HALF_HOUR) - x) * 10) / 10
  return html`<svg class="bars" x="${x}%" width="${width}%" viewBox="0 0 ${buckets} ${height}" preserveAspectRatio="none">${lanes.map((lane, row) => laneBars(lane, row, view))}</svg>`
}

/**
 * Bars as high as the lane's busiest half hour demands, on the lane's ground, where the style puts them. Their heights
 * tell how many each stands for where they are few (`data-most` for the highest, or one); else `data-counts` does.
 */
function laneBars({ bars }: DayLane, row: number, { range }: DayView): Markup | undefined {
  if (bars.length === 0) return undefined
  const most = Math.max(...bars.map(({ count }) => count))
  const path = bars.map(({ time, count }) => {
    const height = Math.max(2, Math.round((count / most) * BAR))
    return `M${bucketNumber(time) - bucketNumber(range.start)} 0v-${height}`
  })
  const counts =
    most > BAR / 2
      ? attribute('data-counts', bars.map(({ count }) => count).join(' '))
      : attribute('data-most', most > 1 ? most : undefined)
  return html`<path d="${path.join('')}" data-lane="${row}"${counts}/>`
}
