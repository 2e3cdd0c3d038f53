import type { HostAnalysis, Lane } from '../../finding/analysis.ts'
import type { Voice } from '../language/voice.ts'
import { renderCount } from '../quantity.ts'
import { html, type Markup } from './markup.ts'

/** Units of the drawing: half hours of a day would be 48. */
const WIDTH = 96
/** One lane down; the style sheet draws the lines between lanes. */
const ROW = 9

/** The three lanes that tell a day at a glance: it failed, they tried, they got in. */
const LANES = ['triggers', 'attempts', 'logons'] as const

/** A host's window in three small lanes; nothing for a host without one. */
export function sparkline(host: HostAnalysis, voice: Voice): Markup | undefined {
  if (!host.windows) return undefined
  const { start, end } = host.windows.window
  if (end <= start) return undefined
  const lanes = LANES.map((id) => {
    const lane = host.lanes.find((each) => each.id === id)
    return { id, title: lane?.title, marks: (lane?.marks ?? []).filter(({ time }) => time >= start && time <= end) }
  })
  const said = lanes.map(({ title, marks }) => {
    const count = marks.reduce((sum, mark) => sum + mark.count, 0)
    return title && `${voice.word('colon', { label: voice.say(title) })} ${renderCount(count, voice)}`
  })
  const x = (time: bigint) => Math.floor((Number(time - start) / Number(end - start)) * (WIDTH - 2))
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${LANES.length * ROW}" preserveAspectRatio="none" role="img" aria-label="${said.filter((each) => each !== undefined).join(', ')}">${lanes.map(
    ({ id, marks }, row) => marks.length > 0 && html`<path class="${id}" d="${barsOf(marks, row, x)}"/>`,
  )}</svg>`
}

/** Failures are all of one height: one is as bad as ten. */
function barsOf(marks: Lane['marks'], row: number, x: (time: bigint) => number): string {
  const most = Math.max(...marks.map(({ count }) => count))
  const heights = new Map<number, number>()
  for (const { time, count } of marks) {
    const height = row === 0 ? ROW - 2 : Math.max(1, Math.round((count / most) * (ROW - 2)))
    heights.set(x(time), Math.max(heights.get(x(time)) ?? 0, height))
  }
  return [...heights]
    .sort(([a], [b]) => a - b)
    .map(([at, height]) => `M${at + 1} ${(row + 1) * ROW - 1}v-${height}`)
    .join('')
}
