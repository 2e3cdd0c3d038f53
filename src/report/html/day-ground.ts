import type { Boot, HostAnalysis } from '../../finding/analysis.ts'
import type { Voice } from '../language/voice.ts'
import { toSecond } from '../moment.ts'
import { renderCount } from '../quantity.ts'
import { shortChannel } from '../short-name.ts'
import type { Blank, DayLane } from './day-lanes.ts'
import type { DayView } from './day-view.ts'
import { html, type Markup } from './markup.ts'

/** Pixels: the ruler above the lanes, and one lane. The style sheet and the pattern of lines have the same figures. */
export const RULER = 26
export const LANE = 36

/** A band this narrow can still be seen; percent of the width. */
const NARROWEST_BAND = 0.6

/** What the parts of one picture share. */
export interface Drawing {
  readonly host: HostAnalysis
  /** Of the host in the page. */
  readonly index: number
  readonly view: DayView
  readonly voice: Voice
}

/**
 * What lies below the marks of a lane: Windows running, and what is not known, which interrupts it.
 *
 * @param top pixels
 */
export function laneGround(lane: DayLane, top: number, drawing: Drawing): Markup {
  const { host, voice } = drawing
  return html`${lane.id === 'system' && host.boots.map((boot, number) => drawBoot(boot, number, top, drawing))}${lane.blanks.map(
    (blank) => {
      const place = { start: blank.start, end: blank.end, y: top + 3, height: LANE - 7 }
      return drawBlank(place, blankText(blank, voice))
    },
  )}`
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
function drawBoot(boot: Boot, number: number, top: number, { host, view, voice }: Drawing): Markup | undefined {
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
  return html`<g class="boot"><title>${told}</title><rect class="${isSure ? 'ran' : 'ran unsure'}" x="${from}%" width="${percent(to - from)}%" y="${top + 24}" height="5"/>${
    boot.start >= view.range.start && html`<use href="#m-boot" x="${from}%" y="${top + 25}"/>`
  }</g>`
}

/**
 * Where the clock was set: times that it skipped, and times that it showed twice, are hatched over all lanes. Between two
 * moves it ran, so that one that was put right again leaves the rest of the day as it is.
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
  return html`<g><title>${told}</title><rect class="paper" x="${start}%" width="${width}%" y="${y}" height="${height}"/><rect class="blank" x="${start}%" width="${width}%" y="${y}" height="${height}"/></g>`
}

function percent(value: number): number {
  return Math.round(value * 100) / 100
}
