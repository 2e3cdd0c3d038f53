import type { HostAnalysis } from '../../finding/analysis.ts'
import { ROLES, type Role } from '../../finding/finding.ts'
import type { Voice } from '../language/voice.ts'
import { toMillisecond, toMinute, toSecond } from '../moment.ts'
import { renderCount } from '../quantity.ts'
import { bucketNumber, dayBars } from './day-bars.ts'
import { blankText, clockBands, type Drawing, dayGround, LANE, RULER } from './day-ground.ts'
import { type DayLane, type DayMark, dayLanes } from './day-lanes.ts'
import { dayView, type Tick, ticksOf } from './day-view.ts'
import type { EvidenceRow } from './evidence-rows.ts'
import { attribute, html, type Markup } from './markup.ts'
import { idOf, markId, rowId } from './names.ts'
import type { PageContext } from './page-context.ts'

/** Ticks of the ruler, at most. */
const MOST_TICKS = { alone: 9, amongMany: 4 }

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
  const drawing: Drawing = { host, index, view, voice, alone }
  // Of one host among many what is context only stands in the table.
  const shown = alone ? rows : rows.filter(({ evidence }) => evidence.role !== 'context')
  const lanes = dayLanes(host, shown, view, alone)
  const height = RULER + lanes.length * LANE
  const marks = numberedMarks(lanes)
  const markOf = new Map(marks.flatMap(({ number, mark }) => mark.rows.map((row) => [row.number, number] as const)))
  const { start, end } = view.range
  const span = { host: host.host, from: toMinute(start, voice), to: toMinute(end, voice) }
  const label = alone ? voice.word('page.picture', span) : voice.word('page.picture.short', span)
  const window = options.since === undefined && options.until === undefined ? options.window : ''
  const figure = html`<figure class="day">
<div class="chart"><ul class="names" aria-hidden="true">${lanes.map((lane) => laneName(lane, drawing))}</ul>
<svg class="plot" height="${height}" role="group" aria-label="${label}" data-from="${bucketNumber(start)}">
${windowShade(drawing, window, alone)}${ticksOf(view, alone ? MOST_TICKS.alone : MOST_TICKS.amongMany).map((tick) => drawTick(tick, voice))}
<rect class="lanes"/>
${dayGround(lanes, drawing)}${clockBands(height, drawing)}${dayBars(lanes, height, view)}
${lanes.map((lane, row) => {
  const own = marks.filter((mark) => mark.lane === lane)
  if (own.length === 0) return undefined
  // Above the bars, where there are some.
  const y = RULER + row * LANE + (lane.bars.length > 0 || lane.id === 'system' ? 9 : LANE / 2)
  return html`<svg class="marks" y="${y}" role="group" aria-label="${laneTitle(lane, drawing)}">${own.map((mark) => drawMark(mark, drawing))}</svg>`
})}
</svg></div>
${alone && html`<figcaption class="legend">${legendOf(lanes, drawing)}</figcaption>`}
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
  return html`<li><b>${laneTitle(lane, drawing)}</b>${laneSum(lane, drawing)}</li>`
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

/** The window on its ground, with an edge at its end. Of one host among many its times stand in the numbers above. */
function windowShade({ view, voice }: Drawing, window: string, alone: boolean): Markup {
  const start = view.at(view.window.start)
  const end = view.at(view.window.end)
  const from = toSecond(view.window.start, voice)
  const to = toSecond(view.window.end, voice)
  return html`<rect class="window" x="${start}%" width="${percent(end - start)}%">${
    alone && html`<title>${voice.word('page.window', { window, from, to })}</title>`
  }</rect><use href="#edge" x="${end}%"/>`
}

function drawTick({ time, percent: x, isMidnight, isMajor }: Tick, voice: Voice): Markup {
  const text = isMidnight ? voice.time(time, 'day') : clockOf(time, voice)
  if (isMidnight) return html`<use href="#midnight" x="${x}%"/><text class="midnight" x="${x}%">${text}</text>`
  const drawn = html`<use href="#tick" x="${x}%"/><text x="${x}%">${text}</text>`
  return isMajor ? drawn : html`<g class="minor">${drawn}</g>`
}

function drawMark({ number, mark, isEarlier }: NumberedMark, drawing: Drawing): Markup {
  const { index, voice } = drawing
  const { rows, role, percent: x } = mark
  const count = rows.length
  const first = rows[0]!
  const lines = [
    ...(isEarlier ? [voice.word('page.mark.earlier')] : []),
    markTitle(first, drawing),
    ...(count > 1 ? [voice.word('more', { n: renderCount(count - 1, voice) })] : []),
  ]
  const shape = isEarlier
    ? html`<use href="#before"/><use href="#${role}" x="15"/>`
    : html`<use href="#${role}" x="${x}%"/>`
  const size = attribute('class', count >= 10 ? 'many' : count > 1 ? 'some' : undefined)
  return html`<a href="#${rowId(index, first.number)}"${idOf(markId(index, number))}${size}><title>${lines.join('\n')}</title>${shape}</a>`
}

/** What the record is; the lane tells what it is about, and its row what it says. */
function markTitle({ evidence }: EvidenceRow, { voice, alone }: Drawing): string {
  return [
    `${voice.word(`role.${evidence.role}`)} ${evidence.eventId}`,
    alone ? toMillisecond(evidence.timeCreated, voice) : toSecond(evidence.timeCreated, voice),
    voice.word('record', { id: String(evidence.recordId) }),
  ].join(' · ')
}

/** The shapes that this picture uses, in words. */
function legendOf(lanes: readonly DayLane[], { host, voice }: Drawing): Markup {
  const used = new Set(
    lanes
      .flatMap(({ marks, earlier }) => [...marks, ...earlier.map(({ evidence }) => evidence)])
      .map(({ role }) => role),
  )
  const isHatched = host.clockJumps.length > 0 || lanes.some(({ blanks }) => blanks.length > 0)
  return legend(
    ROLES.filter((role) => used.has(role)),
    isHatched,
    voice,
  )
}

/** Shapes in words: once below the picture of one host, once for the pictures of many. */
export function legend(roles: readonly Role[], isHatched: boolean, voice: Voice): Markup {
  return html`<span><i class="swatch window"></i>${voice.word('window')}</span>${roles.map(
    (role) => html`<span class="${role}">${voice.word(`role.${role}`)}</span>`,
  )}${isHatched && html`<span><svg class="swatch" aria-hidden="true"><rect class="blank" width="100%" height="100%"/></svg>${voice.word('page.legend.blank')}</span>`}<span class="zone">${voice.word('page.utc')}</span>`
}

function clockOf(time: bigint, voice: Voice): string {
  return toMinute(time, voice).slice(-5)
}

function total(bars: DayLane['bars']): number {
  return bars.reduce((sum, { count }) => sum + count, 0)
}

function percent(value: number): number {
  return Math.round(value * 10) / 10
}
