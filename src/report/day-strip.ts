import { DAY, HOUR, MINUTE } from '../bytes/filetime.ts'
import type { HostAnalysis, Lane, TimeRange } from '../finding/analysis.ts'
import { isOpen } from '../finding/finding.ts'
import { cut, pad, widthOf } from './cell-width.ts'
import type { Voice } from './language/voice.ts'
import { toMinute } from './moment.ts'
import type { Page } from './page.ts'
import { renderCount } from './quantity.ts'

/** Cells between two marks of the ruler, at least: a label of five and air around it. */
const TICK_CELLS = 8
const MOST_CELLS = 96
const LONGEST_TITLE = 18
const LONGEST_TAIL = 20

const STEPS = [
  5n * MINUTE,
  15n * MINUTE,
  30n * MINUTE,
  HOUR,
  2n * HOUR,
  4n * HOUR,
  6n * HOUR,
  12n * HOUR,
  DAY,
  2n * DAY,
  7n * DAY,
  28n * DAY,
  112n * DAY,
]

/** How a lane is drawn: one glyph for "something happened", or bars for "how much". */
const GLYPHS: Readonly<Record<Lane['id'], string>> = {
  boots: '▲',
  triggers: '█',
  support: '▓',
  heals: '●',
  attempts: '▁▂▃▄▅▆▇█',
  authenticated: '▁▂▃▄▅▆▇█',
  logons: '▁▂▃▄▅▆▇█',
}

/** Lanes that say something also when they are empty. */
const ALWAYS_DRAWN: readonly Lane['id'][] = ['triggers', 'attempts', 'logons']

/** The step of a connection that a lane shows. Where no log would show it, the lane is unknown, not empty. */
const STEP_OF_LANE: Partial<Record<Lane['id'], keyof HostAnalysis['connections']>> = {
  attempts: 'attempted',
  authenticated: 'authenticated',
  logons: 'loggedOn',
}

/** Marks stand at the start of their half hour. */
const MARK_SPAN = 30n * MINUTE

/**
 * The window, or the time since the oldest open finding began where that is longer, as a ruler and a row for each lane;
 * no lines when there is nothing to draw.
 */
export function dayStrip(host: HostAnalysis, page: Page): string[] {
  const range = rangeOf(host)
  if (!range || range.end <= range.start) return []
  const rows = host.lanes.map((lane) => rowOf(lane, range, host, page)).filter((row) => row !== undefined)
  if (rows.length === 0) return []
  const titleWidth = Math.max(...rows.map(({ title }) => widthOf(title)))
  const tailWidth = Math.max(...rows.map(({ tail }) => widthOf(tail)))
  const cells = Math.min(MOST_CELLS, page.width - 2 - titleWidth - 2 - 2 - tailWidth)
  const indent = ' '.repeat(2 + titleWidth + 2)
  return [
    ...ruler(range, cells, page.voice).map((line) => page.paint('faint', `${indent}${line}`.trimEnd())),
    ...rows.map(({ lane, title, tail }) =>
      `  ${pad(title, titleWidth)}  ${draw(lane, range, cells)}  ${tail}`.trimEnd(),
    ),
  ]
}

function rangeOf(host: HostAnalysis): TimeRange | undefined {
  if (!host.windows) return undefined
  const { start, end } = host.windows.window
  const starts = [start, ...host.findings.filter(isOpen).map(({ since }) => since)]
  const first = starts.reduce((a, b) => (b < a ? b : a))
  return { start: first - (first % MARK_SPAN), end }
}

function rowOf(lane: Lane, range: TimeRange, host: HostAnalysis, page: Page) {
  const inside: Lane = { ...lane, marks: lane.marks.filter(({ time }) => time >= range.start && time <= range.end) }
  if (inside.marks.length === 0 && !ALWAYS_DRAWN.includes(lane.id)) return undefined
  return { lane: inside, title: cut(page.voice.say(lane.title), LONGEST_TITLE), tail: tailOf(inside, host, page) }
}

/** What a row adds up to: `1058 ×7`, `94`, `none`, `not collected`. */
function tailOf(lane: Lane, host: HostAnalysis, page: Page): string {
  const { voice } = page
  if (lane.marks.length === 0) return voice.word(wasCollected(lane, host) ? 'none' : 'state.not-collected')
  const counts = new Map<string, number>()
  for (const { kind, count } of lane.marks) {
    // `listener-key-unusable:1058`: which scenario is said elsewhere.
    const event = kind.slice(kind.indexOf(':') + 1)
    counts.set(event, (counts.get(event) ?? 0) + count)
  }
  const total = renderCount(
    [...counts.values()].reduce((sum, count) => sum + count, 0),
    voice,
  )
  if (lane.id !== 'triggers' && lane.id !== 'support') return total
  const kinds = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const detailed = kinds.map(([kind, count]) => `${kind} ×${renderCount(count, voice)}`).join(' ')
  return widthOf(detailed) <= LONGEST_TAIL ? detailed : `×${total}`
}

function wasCollected(lane: Lane, host: HostAnalysis): boolean {
  const step = STEP_OF_LANE[lane.id]
  return step === undefined || host.connections[step] !== undefined
}

/** Two lines: clock times at round hours (the date at midnight), and the rule below them. */
function ruler(range: TimeRange, cells: number, voice: Voice): string[] {
  const span = range.end - range.start
  const step = STEPS.find((ticks) => Number((ticks * BigInt(cells)) / span) >= TICK_CELLS) ?? span
  const rule = ['├', ...Array.from({ length: cells - 2 }, () => '─'), '┤']
  let labels = ''
  for (let time = (range.start / step + 1n) * step; time < range.end; time += step) {
    const cell = cellOf(time, range, cells)
    const label = time % DAY === 0n ? voice.time(time, 'day') : toMinute(time, voice).slice(-5)
    if (cell < 1 || cell + label.length > cells || cell < labels.length + 1) continue
    rule[cell] = '┬'
    labels = pad(labels, cell) + label
  }
  return [labels, rule.join('')]
}

function draw(lane: Lane, range: TimeRange, cells: number): string {
  const counts = new Array<number>(cells).fill(0)
  for (const { time, count } of lane.marks) {
    const cell = cellOf(time, range, cells)
    counts[cell] = (counts[cell] ?? 0) + Math.max(1, count)
  }
  const glyphs = GLYPHS[lane.id]
  const most = Math.max(...counts)
  return counts.map((count) => (count === 0 ? '·' : glyphs[Math.ceil((count / most) * glyphs.length) - 1])).join('')
}

function cellOf(time: bigint, range: TimeRange, cells: number): number {
  const cell = Number(((time - range.start) * BigInt(cells)) / (range.end - range.start))
  return Math.min(cells - 1, cell)
}
