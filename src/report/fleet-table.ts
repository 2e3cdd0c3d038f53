import { toIso } from '../bytes/filetime.ts'
import type { HostAnalysis } from '../finding/analysis.ts'
import { cut, cutApart, pad, widthOf } from './cell-width.ts'
import { type Doubt, doubtOf } from './host-doubt.ts'
import { type HostState, hostState, systemCoverage, worstFinding } from './host-state.ts'
import type { Voice } from './language/voice.ts'
import { toMinute } from './moment.ts'
import { type Page, paragraph } from './page.ts'
import { shortChannel } from './short-name.ts'

/** Cells of `2026-03-14 09:41`. */
const FULL_TIME_CELLS = 16
/** Hosts are what the table is about: other columns give way until a host has so much room. */
const SHORTEST_HOST = 16
const SHORTEST_WHAT = 21
/** In the order they are explained. */
const DOUBTS: readonly Doubt['why'][] = ['cleared', 'ends', 'begins', 'thin']

/** One host in the table. */
interface FleetRow {
  readonly host: string
  readonly state: HostState
  /** The verdict's word, `–` when there is none to give, `?` when none can be given. */
  readonly verdict: string
  /** The scenario, or in words why there is none. */
  readonly what: string
  /** ` +1` for a second finding, else empty: it stays when `what` is cut. */
  readonly more: string
  readonly since?: bigint
  readonly lastGood?: bigint
}

/** A row for each host, in the order given. */
export function fleetRows(hosts: readonly HostAnalysis[], voice: Voice): FleetRow[] {
  return hosts.map((host) => {
    const state = hostState(host)
    const worst = worstFinding(host)
    const isKnown = worst && state === worst.verdict && !worst.isBeginUnknown
    const since = isKnown ? { since: worst.since } : {}
    const lastGood = host.lastGood ? { lastGood: host.lastGood.time } : {}
    return {
      host: host.host,
      state,
      verdict: verdictOf(state, voice),
      what: whatOf(host, voice),
      more: worst && state !== 'unknown' && host.findings.length > 1 ? ` +${host.findings.length - 1}` : '',
      ...since,
      ...lastGood,
    }
  })
}

function verdictOf(state: HostState, voice: Voice): string {
  if (state === 'unknown') return '?'
  return state === 'healthy' || state === 'nothing-found' ? '–' : voice.word(`verdict.${state}`)
}

function whatOf(host: HostAnalysis, voice: Voice): string {
  const state = hostState(host)
  const doubt = doubtOf(host)
  if (doubt !== undefined) return voice.word(`fleet.${doubt.why}`)
  if (state === 'healthy' || state === 'nothing-found') return voice.word(`fleet.${state}`)
  if (state === 'unknown') {
    const system = systemCoverage(host)
    if (!system || system.state === 'present') return voice.word('fleet.unknown')
    return `${shortChannel(system.channel)} ${voice.word(`state.${system.state}`)}`
  }
  return worstFinding(host)?.scenario ?? ''
}

/** What the mark in the table means: a sentence for each kind of doubt there is. */
export function doubtNotes(hosts: readonly HostAnalysis[], voice: Voice): string[] {
  const doubts = new Set(hosts.map((host) => doubtOf(host)?.why))
  return DOUBTS.filter((why) => doubts.has(why)).map((why) => voice.word(`fleet.${why}.note`))
}

/** Many hosts at a glance: one line each, whatever the width. */
export function fleetTable(hosts: readonly HostAnalysis[], page: Page): string[] {
  const { voice } = page
  const rows = fleetRows(hosts, voice)
  const times = rows.flatMap(({ since, lastGood }) => [since, lastGood]).filter((time) => time !== undefined)
  const verdictWidth = Math.max(widthOf(voice.word('fleet.verdict')), ...rows.map(({ verdict }) => widthOf(verdict)))
  const longestWhat = Math.max(
    widthOf(voice.word('fleet.scenario')),
    ...rows.map(({ what, more }) => widthOf(what + more)),
  )
  const longestHost = Math.max(widthOf(voice.word('fleet.host')), ...rows.map(({ host }) => widthOf(host)))
  const all = page.width - verdictWidth - 4 * 2
  const clock = clockFor(times, all - longestWhat - Math.min(longestHost, SHORTEST_HOST), voice)
  const room = all - clock.sinceWidth - clock.lastGoodWidth
  const whatWidth = Math.min(longestWhat, Math.max(SHORTEST_WHAT, room - longestHost))
  const hostWidth = Math.max(4, Math.min(longestHost, room - whatWidth))
  const line = (cells: readonly [string, string, string, string, string], state?: HostState, more = ''): string => {
    const verdict = pad(cells[1], verdictWidth)
    const before = pad(cells[0], hostWidth)
    const behind = [
      pad(cut(cells[2], whatWidth - widthOf(more)) + more, whatWidth),
      pad(cells[3], clock.sinceWidth),
      cells[4],
    ]
      .join('  ')
      .trimEnd()
    return `${before}  ${state === undefined ? verdict : page.paint(state, verdict)}  ${behind}`.trimEnd()
  }
  const names = cutApart(
    rows.map(({ host }) => host),
    hostWidth,
  )
  const heading = line([
    cut(voice.word('fleet.host'), hostWidth),
    voice.word('fleet.verdict'),
    voice.word('fleet.scenario'),
    clock.sinceHeading,
    clock.lastGoodHeading,
  ])
  const notes = doubtNotes(hosts, voice)
  const never = (row: FleetRow) => (row.state === 'unknown' ? '' : clock.never)
  return [
    page.paint('heading', heading),
    ...rows.map((row, index) =>
      line(
        [
          names[index]!,
          row.verdict,
          row.what,
          row.since === undefined ? '' : clock.render(row.since),
          row.lastGood === undefined ? never(row) : clock.render(row.lastGood),
        ],
        row.state,
        row.more,
      ),
    ),
    ...clock.note,
    ...(notes.length === 0 ? [] : ['', ...notes.flatMap((note) => paragraph(page, 0, note))]),
  ]
}

/**
 * How times are written so that two of them fit: whole, without the year when there is but one, else the date alone.
 */
function clockFor(times: readonly bigint[], room: number, voice: Voice) {
  const years = new Set(times.map((time) => toIso(time).split('-')[0] ?? ''))
  const full = { render: (time: bigint) => toMinute(time, voice), cells: FULL_TIME_CELLS, zone: 'UTC' }
  const yearless = {
    render: (time: bigint) => `${voice.time(time, 'day')}${toMinute(time, voice).slice(-6)}`,
    cells: 11,
    zone: 'UTC',
  }
  const dateOnly = { render: (time: bigint) => voice.time(time, 'date'), cells: 10, zone: 'UTC' }
  const short = years.size <= 1 ? yearless : dateOnly
  const form = room >= 2 * FULL_TIME_CELLS ? full : short
  const sinceHeading = voice.word('fleet.since', { zone: form.zone })
  const lastGoodHeading = voice.word('fleet.last-good')
  const never = voice.word('fleet.never')
  return {
    render: form.render,
    /** The year where the cells leave it out. */
    note: form === yearless && years.size > 0 ? ['', voice.word('fleet.year', { year: [...years][0]! })] : [],
    sinceHeading,
    lastGoodHeading,
    never,
    sinceWidth: Math.max(form.cells, widthOf(sinceHeading)),
    lastGoodWidth: Math.max(form.cells, widthOf(lastGoodHeading), widthOf(never)),
  }
}
