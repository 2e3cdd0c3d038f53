import type { Boot, HostAnalysis } from '../../finding/analysis.ts'
import type { Voice } from '../language/voice.ts'
import { toSecond } from '../moment.ts'
import { renderCount } from '../quantity.ts'
import { shortChannel } from '../short-name.ts'
import type { Blank, DayLane } from './day-lanes.ts'
import type { DayView } from './day-view.ts'
import { html, type Markup } from './markup.ts'

/**
 * Pixels: the ruler above the lanes, and one lane. The style sheet, which places what stands at the same height in
 * every picture, and the pattern of lines have the same figures.
 */
export const RULER = 26
export const LANE = 36

/** Pixels down to where the bars of a lane stand. */
export function groundOf(row: number): number {
  return RULER + (row + 1) * LANE - 1
}

/** A band this narrow can still be seen; percent of the width. */
const NARROWEST_BAND = 0.6

/** What the parts of one picture share. */
export interface Drawing {
  readonly host: HostAnalysis
  /** Of the host in the page. */
  readonly index: number
  readonly view: DayView
  readonly voice: Voice
  /** False for one host among many, of which less is said. */
  readonly alone: boolean
}

/**
 * What lies below the marks: Windows running, in the lane of the system, which is always the first (the style sheet
 * knows where); and what is not known, which interrupts it. Lanes below each other of which the same is not known share
 * its place.
 */
export function dayGround(lanes: readonly DayLane[], drawing: Drawing): Markup {
  const { host, voice } = drawing
  const places: { start: number; end: number; y: number; height: number; told: string }[] = []
  for (const [row, { blanks }] of lanes.entries()) {
    for (const blank of blanks) {
      const { start, end } = blank
      const told = blankText(blank, voice)
      const y = RULER + row * LANE + 3
      const above = places.find((place) => {
        return place.y + place.height + 7 === y && place.start === start && place.end === end && place.told === told
      })
      if (above) above.height += LANE
      else places.push({ start, end, y, height: LANE - 7, told })
    }
  }
  return html`${host.boots.map((boot, number) => drawBoot(boot, number, drawing))}${places.map((place) => drawBlank(place, place.told))}`
}

/** Why nothing is known of a stretch of a lane. */
export function blankText({ why, gap }: Blank, voice: Voice): string {
  if (why === 'log-begins') return voice.word('page.blank.log-begins')
  if (!gap) return voice.word(`state.${why}`)
  const count = gap.beforeRecordId - gap.afterRecordId - 1
  return voice.word('gap', {
    channel: shortChannel(gap.channel),
    n: renderCount(count, voice),
    count,
    after: String(gap.afterRecordId),
  })
}

/** A bar while Windows ran, and a triangle where it started; fainter where no record tells of its end. */
function drawBoot(boot: Boot, number: number, { host, view, voice }: Drawing): Markup | undefined {
  const next = host.boots[number + 1]?.start
  const end = boot.end ?? next ?? host.windows?.log.end ?? boot.start
  if (end < view.range.start || boot.start > view.range.end || end < boot.start) return undefined
  const from = Math.max(0, view.at(boot.start))
  const to = Math.min(100, view.at(end))
  const told = voice.word(`page.boot.${boot.how}`, {
    start: toSecond(boot.start, voice),
    end: boot.end === undefined ? '' : toSecond(boot.end, voice),
  })
  const isSure = boot.end !== undefined || next === undefined
  const title = html`<title>${told}</title>`
  const bar = (inside?: Markup) =>
    html`<rect class="${isSure ? 'ran' : 'ran unsure'}" x="${from}%" width="${percent(to - from)}%">${inside}</rect>`
  return boot.start < view.range.start ? bar(title) : html`<g>${title}${bar()}<use href="#boot" x="${from}%"/></g>`
}

/**
 * Where the clock was set: times that it skipped, and times that it showed twice, are hatched over all lanes. Between
 * two moves it ran, so that one that was put right again leaves the rest of the day as it is.
 */
export function clockBands(height: number, { host, view, voice }: Drawing): readonly (Markup | undefined)[] {
  const { clockJumps: jumps } = host
  // The stretches in which the clock ran on, in their order; the first and the last have no other end.
  const ran = [...jumps, undefined].map((jump, index) => ({
    start: jumps[index - 1]?.to ?? view.range.start,
    end: jump?.from ?? view.range.end,
  }))
  const edges = [...new Set([view.range.start, view.range.end, ...jumps.flatMap(({ from, to }) => [from, to])])]
    .filter((time) => time >= view.range.start && time <= view.range.end)
    .sort((a, b) => (a < b ? -1 : 1))
  return edges.slice(1).map((end, index) => {
    const start = edges[index]!
    const times = ran.filter((stretch) => stretch.start <= start && stretch.end >= end).length
    if (times === 1) return undefined
    const told = jumps.filter(({ from, to }) => [from, to].some((time) => time === start || time === end))
    const text = (told.length > 0 ? told : jumps).map(({ from, to, recordId }) =>
      voice.word('clock-jump', { from: toSecond(from, voice), to: toSecond(to, voice), record: String(recordId) }),
    )
    const place = { start: view.at(start), end: view.at(end), y: RULER - 6, height: height - RULER + 6 }
    return drawBlank(place, `${voice.word('colon', { label: voice.word('note.clock') })} ${text.join('\n')}`)
  })
}

/** A hatched place on bare paper: what is drawn below it is interrupted. */
function drawBlank(
  { start, end, y, height }: { start: number; end: number; y: number; height: number },
  told: string,
): Markup {
  const width = percent(Math.max(NARROWEST_BAND, end - start))
  return html`<rect class="blank" x="${start}%" width="${width}%" y="${y}" height="${height}"><title>${told}</title></rect>`
}

function percent(value: number): number {
  return Math.round(value * 10) / 10
}
