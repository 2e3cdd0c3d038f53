import { MINUTE, toUnixMs } from '../../bytes/filetime.ts'
import type { HostAnalysis } from '../../finding/analysis.ts'
import { ROLES } from '../../finding/finding.ts'
import type { Voice } from '../language/voice.ts'
import { toMillisecond, toMinute, toSecond } from '../moment.ts'
import { renderCount } from '../quantity.ts'
import { blankText, clockBands, type Drawing, LANE, laneGround, RULER } from './day-ground.ts'
import { type DayLane, type DayMark, dayLanes } from './day-lanes.ts'
import { dayView, ticksOf } from './day-view.ts'
import type { EvidenceRow } from './evidence-rows.ts'
import { attribute, html, type Markup } from './markup.ts'
import { idOf, markId, rowId } from './names.ts'
import type { PageContext } from './page-context.ts'

/** Pixels of the highest bar. */
const BAR = 20
/** Ticks of the ruler, at most. */
const MOST_TICKS = { alone: 9, amongMany: 5 }
/** Half hours are what `Lane` counts in. */
const BUCKET = 30n * MINUTE

/** The picture of a host's day, and the mark of each row of its evidence. */
export interface DayPicture {
  readonly figure: Markup
  /** By number of the row. */
  readonly markOf: ReadonlyMap<number, number>
}

/**
 * The window as a picture: boots, failures by what they are about, connections and healing, each in a lane of its own.
 * Positions are in percent and heights in pixels, so that it fits any width and its letters stay as they are.
 * Undefined when there is no time to show.
 *
 * @param index of the host in the page
 */
export function dayPicture(
  host: HostAnalysis,
  index: number,
  rows: readonly EvidenceRow[],
  { voice, options, alone }: PageContext,
): DayPicture | undefined {
  const view = dayView(host)
  if (!view) return undefined
  const drawing: Drawing = { host, index, view, voice }
  // Of one host among many what is context only stands in the table.
  const shown = alone ? rows : rows.filter(({ evidence }) => evidence.role !== 'context')
  const lanes = dayLanes(host, shown, view)
  const height = RULER + lanes.length * LANE
  const marks = numberedMarks(lanes)
  const markOf = new Map(marks.flatMap(({ number, mark }) => mark.rows.map((row) => [row.number, number] as const)))
  const { start, end } = view.range
  const label = voice.word('page.picture', {
    host: host.host,
    from: toMinute(start, voice),
    to: toMinute(end, voice),
  })
  const window = options.since === undefined && options.until === undefined ? options.window : ''
  const figure = html`<figure class="day">
<div class="chart"><ul class="names" aria-hidden="true">${lanes.map((lane) => laneName(lane, drawing))}</ul>
<svg class="plot" height="${height}" role="group" aria-label="${label}" data-from="${toUnixMs(bucketOf(start))}">
${windowShade(drawing, height, window)}${ticksOf(view, alone ? MOST_TICKS.alone : MOST_TICKS.amongMany).map((tick) => {
  const text = tick.isMidnight ? voice.time(tick.time, 'day') : clockOf(tick.time, voice)
  return html`<svg class="${tick.isMidnight ? 'midnight' : tick.isMajor ? 'tick' : 'minor'}" x="${tick.percent}%"><path d="M0 20V${height}"/><text y="13">${text}</text></svg>`
})}
<rect class="lanes" y="${RULER}" width="100%" height="${height - RULER}"/>
${lanes.map((lane, row) => laneGround(lane, RULER + row * LANE, drawing))}${clockBands(height, drawing)}${allBars(lanes, height, drawing)}
${lanes.map((lane, row) => {
  const own = marks.filter((mark) => mark.lane === lane)
  if (own.length === 0) return undefined
  // Above the bars, where there are some.
  const y = RULER + row * LANE + (lane.bars.length > 0 || lane.id === 'system' ? 9 : LANE / 2)
  return html`<g class="marks" role="group" aria-label="${laneTitle(lane, drawing)}" transform="translate(0 ${y})">${own.map((mark) => drawMark(mark, drawing))}</g>`
})}
</svg></div>
${legend(lanes, drawing)}
</figure>`
  return { figure, markOf }
}

interface NumberedMark {
  readonly number: number
  readonly lane: DayLane
  readonly mark: DayMark
  readonly isEarlier: boolean
}

/** All marks in the order of lanes; what lies before the picture is one mark at its left edge. */
function numberedMarks(lanes: readonly DayLane[]): readonly NumberedMark[] {
  return lanes
    .flatMap((lane) => {
      const first = lane.earlier[0]
      const earlier = first ? [{ role: first.evidence.role, percent: 0, rows: lane.earlier }] : []
      return [...earlier, ...lane.marks].map((mark) => ({ lane, mark, isEarlier: mark === earlier[0] }))
    })
    .map((each, number) => ({ ...each, number }))
}

/** The name of a lane, and what it adds up to. */
function laneName(lane: DayLane, drawing: Drawing): Markup {
  return html`<li><b>${laneTitle(lane, drawing)}</b><span>${laneSum(lane, drawing)}</span></li>`
}

function laneTitle({ id }: DayLane, { host, voice }: Drawing): string {
  const known = host.lanes.find((lane) => lane.id === id)
  return known ? voice.say(known.title) : voice.word(`page.lane.${id}`)
}

function laneSum({ id, marks, bars, blanks, earlier }: DayLane, { host, view, voice }: Drawing): string {
  const blank = blanks.find(({ start, end, why }) => start === 0 && end === 100 && why !== 'gap')
  if (bars.length > 0) return renderCount(total(bars), voice)
  if (marks.length + earlier.length > 0) {
    const kinds = new Map<number, number>()
    for (const { evidence } of [...earlier, ...marks.flatMap(({ rows }) => rows)]) {
      kinds.set(evidence.eventId, (kinds.get(evidence.eventId) ?? 0) + 1)
    }
    const [first, second, ...rest] = [...kinds].sort(([a, n], [b, m]) => m - n || a - b)
    const parts = [first, second].filter((kind) => kind !== undefined)
    return `${parts.map(([eventId, n]) => `${eventId} ×${renderCount(n, voice)}`).join(', ')}${rest.length > 0 ? ' …' : ''}`
  }
  if (blank) return blankText(blank, voice)
  if (id !== 'system') return voice.word('none')
  const count = host.boots.filter(({ start }) => start >= view.range.start && start <= view.range.end).length
  return voice.word('page.boots', { n: renderCount(count, voice), count })
}

function windowShade({ view, voice }: Drawing, height: number, window: string): Markup {
  const start = view.at(view.window.start)
  const end = view.at(view.window.end)
  const label = voice.word('page.window', {
    window,
    from: toSecond(view.window.start, voice),
    to: toSecond(view.window.end, voice),
  })
  return html`<rect class="window" x="${start}%" width="${percent(end - start)}%" y="${RULER - 6}" height="${height - RULER + 6}"><title>${label}</title></rect><line class="edge" x1="${end}%" x2="${end}%" y1="${RULER - 6}" y2="${height}"/>`
}

/** The bars of all lanes in one frame, whose units are half hours across and pixels down. */
function allBars(lanes: readonly DayLane[], height: number, drawing: Drawing): Markup | undefined {
  if (lanes.every(({ bars }) => bars.length === 0)) return undefined
  const { view } = drawing
  const origin = bucketOf(view.range.start)
  const buckets = Number((bucketOf(view.range.end) - origin) / BUCKET) + 1
  const x = view.at(origin)
  const width = view.at(origin + BigInt(buckets) * BUCKET) - x
  return html`<svg class="bars" x="${x}%" width="${percent(width)}%" height="${height}" viewBox="0 0 ${buckets} ${height}" preserveAspectRatio="none">${lanes.map((lane, row) => drawBars(lane, RULER + (row + 1) * LANE - 1, origin, drawing))}</svg>`
}

/** Bars as high as the lane's busiest half hour demands. */
function drawBars(lane: DayLane, bottom: number, origin: bigint, drawing: Drawing): Markup | undefined {
  if (lane.bars.length === 0) return undefined
  const most = Math.max(...lane.bars.map(({ count }) => count))
  const byBucket = lane.bars.map(({ time, count }) => [Number((time - origin) / BUCKET), count] as const)
  const path = byBucket.map(([bucket, count]) => {
    return `M${bucket + 0.5} ${bottom}v-${Math.max(2, Math.round((count / most) * BAR))}`
  })
  return html`<path d="${path.join('')}" data-bars="${byBucket.map((bar) => bar.join(':')).join(' ')}" data-lane="${laneTitle(lane, drawing)}"/>`
}

function drawMark({ number, mark, isEarlier }: NumberedMark, { index, voice }: Drawing): Markup {
  const { rows, role, percent: x } = mark
  const count = rows.length
  const first = rows[0]!
  const lines = [
    ...(isEarlier ? [voice.word('page.mark.earlier')] : []),
    markTitle(first, voice),
    ...(count > 1 ? [voice.word('page.mark.more', { n: renderCount(count - 1, voice), count: count - 1 })] : []),
  ]
  const shape = isEarlier
    ? html`<use href="#m-before"/><use href="#m-${role}" x="15"/>`
    : html`<use href="#m-${role}" x="${x}%"/>`
  const several = attribute('data-rows', count > 1 ? rangesOf(rows.map((row) => row.number)) : undefined)
  const size = count >= 10 ? ' many' : count > 1 ? ' some' : ''
  return html`<a href="#${rowId(index, first.number)}"${idOf(markId(index, number))} class="${role}${size}"${several}><title>${lines.join('\n')}</title>${shape}</a>`
}

/** What the record is; the lane tells what it is about, and its row what it says. */
function markTitle({ evidence }: EvidenceRow, voice: Voice): string {
  return [
    `${voice.word(`role.${evidence.role}`)} ${evidence.eventId}`,
    toMillisecond(evidence.timeCreated, voice),
    voice.word('record', { id: String(evidence.recordId) }),
  ].join(' · ')
}

/** `3 5-9`: the numbers in order, neighbours joined. */
function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(' ')
}

/** The shapes that this picture uses, in words. */
function legend(lanes: readonly DayLane[], { host, voice }: Drawing): Markup {
  const used = new Set(
    lanes
      .flatMap(({ marks, earlier }) => [...marks, ...earlier.map(({ evidence }) => evidence)])
      .map(({ role }) => role),
  )
  const hatched = host.clockJumps.length > 0 || lanes.some(({ blanks }) => blanks.length > 0)
  return html`<figcaption><span><i class="swatch window"></i>${voice.word('window')}</span>${ROLES.filter((role) =>
    used.has(role),
  ).map(
    (role) => html`<span class="${role}">${voice.word(`role.${role}`)}</span>`,
  )}${hatched && html`<span><svg class="swatch" aria-hidden="true"><rect class="blank" width="100%" height="100%"/></svg>${voice.word('page.legend.blank')}</span>`}<span class="zone">${voice.word('page.utc')}</span></figcaption>`
}

function clockOf(time: bigint, voice: Voice): string {
  return toMinute(time, voice).slice(-5)
}

function bucketOf(time: bigint): bigint {
  return time - (time % BUCKET)
}

function total(bars: DayLane['bars']): number {
  return bars.reduce((sum, { count }) => sum + count, 0)
}

function percent(value: number): number {
  return Math.round(value * 100) / 100
}
