import type { ChannelCoverage, ChannelState, HostAnalysis } from '../finding/analysis.ts'
import { cut, pad, widthOf } from './cell-width.ts'
import type { Voice } from './language/voice.ts'
import { toMinute, toSecond } from './moment.ts'
import { labelled, type Page, paragraph, prosePage } from './page.ts'
import { renderCount } from './quantity.ts'
import { shortChannel } from './short-name.ts'

/** In the order they are told; each is a word of its own, so that none is taken for another. */
const SILENT_STATES: readonly ChannelState[] = ['empty', 'not-collected', 'unreadable']

/**
 * What there was to look at: a line for each log that was read, one for each other state, and what makes a log less
 * than whole.
 */
export function coverageLines(host: HostAnalysis, wholePage: Page): string[] {
  const page = prosePage(wholePage)
  const { voice } = page
  const heading = page.paint('heading', voice.word('coverage'))
  const lines = [...readLines(host, page), ...silentLines(host, page), ...noteLines(host, page)]
  return lines.length > 0 ? [heading, ...lines] : []
}

/** Only the logs that were not there or could not be read. */
export function missingLines(host: HostAnalysis, page: Page): string[] {
  return silentLines({ ...host, coverage: host.coverage.filter(({ state }) => state !== 'empty') }, page)
}

/**
 * What makes it less sure that nothing is there: logs that were missing, or cleared in the window, clock jumps, gaps.
 */
export function doubtLines(host: HostAnalysis, wholePage: Page): string[] {
  const page = prosePage(wholePage)
  const label = { text: page.voice.word('note.cleared-log'), indent: 2, width: labelWidth(page) }
  const cleared = host.coverage.flatMap(({ channel, cleared: time }) => {
    if (time === undefined || !host.windows || time < host.windows.window.start) return []
    const text = page.voice.word('cleared-log', { channel: shortChannel(channel), time: toSecond(time, page.voice) })
    return labelled(page, label, text)
  })
  return [...missingLines(host, page), ...cleared, ...noteLines(host, page)]
}

function readLines(host: HostAnalysis, page: Page): string[] {
  const { voice } = page
  const read = host.coverage.filter(({ state }) => state === 'present')
  const labels = labelWidth(page)
  const start = 2 + labels + 2
  const countWidth = Math.max(0, ...read.map(({ records = 0 }) => widthOf(renderCount(records, voice))))
  const unitWidth = widthOf(voice.word('coverage.records', { n: '', count: 2 }))
  const rows = read.map((channel) => {
    const { records: count = 0, firstTime } = channel
    const n = renderCount(count, voice).padStart(countWidth)
    const from = firstTime === undefined ? '' : voice.word('coverage.from', { time: toMinute(firstTime, voice) })
    return {
      name: shortChannel(channel.channel),
      // "1 record" is shorter than "2 records": the times stay below each other.
      records: `${pad(voice.word('coverage.records', { n, count }), countWidth + unitWidth)} ${from}`.trimEnd(),
      notes: channelNotes(channel, voice).join(voice.word('semicolon')),
    }
  })
  const recordsWidth = Math.max(0, ...rows.map(({ records }) => widthOf(records)))
  const room = page.width - start - 2 - recordsWidth
  const nameWidth = Math.min(room, Math.max(0, ...rows.map(({ name }) => widthOf(name))))
  return rows.flatMap(({ name, records, notes }, index) => {
    // The columns hold blanks that wrapping would fold: they are the mark, and only the notes are wrapped.
    const mark = `${pad(name, nameWidth)}  ${records}`
    const label = { text: index === 0 ? voice.word('state.present') : '', indent: 2, width: labels, mark }
    // A name is what one log is told from another by: it has a line of its own before it is cut.
    if (widthOf(name) > room) {
      return [
        ...labelled(page, { ...label, mark: cut(name, page.width - start) }, ''),
        `${' '.repeat(start + nameWidth + 2)}${records}`,
        ...(notes === '' ? [] : paragraph(page, start + 2, notes)),
      ]
    }
    if (notes === '') return labelled(page, label, '')
    if (start + widthOf(mark) + 2 + widthOf(notes) <= page.width) {
      return labelled(page, { ...label, mark: `${mark}  ` }, notes)
    }
    return [...labelled(page, label, ''), ...paragraph(page, start + 2, notes)]
  })
}

/** What makes a log that was read less than the whole story. */
export function channelNotes(channel: ChannelCoverage, voice: Voice): string[] {
  return [
    channel.startsInsideWindow === true && voice.word('note.starts-inside'),
    channel.cleared !== undefined && voice.word('note.cleared', { time: toSecond(channel.cleared, voice) }),
    channel.dirty === true && voice.word('note.dirty'),
  ].filter((note) => note !== false)
}

function silentLines(host: HostAnalysis, page: Page): string[] {
  return SILENT_STATES.flatMap((state) => {
    const channels = host.coverage
      .filter((channel) => channel.state === state)
      .map(({ channel }) => shortChannel(channel))
    if (channels.length === 0) return []
    const label = {
      text: page.voice.word(`state.${state}`),
      indent: 2,
      width: labelWidth(page),
      ...(state === 'unreadable' && { role: 'warning' as const }),
    }
    return labelled(page, label, channels.join(', '))
  })
}

/** Clock jumps and missing record ids: they make an absence less sure. */
function noteLines(host: HostAnalysis, page: Page): string[] {
  return hostNotes(host, page.voice).flatMap(({ id, text }) =>
    labelled(page, { text: page.voice.word(id), indent: 2, width: labelWidth(page) }, text),
  )
}

/** What makes the times or the records of a host less than whole, each with the id of its label. */
export function hostNotes(host: HostAnalysis, voice: Voice): { id: string; text: string }[] {
  const jumps = host.clockJumps.slice(0, 3).map(({ recordId, from, to }) => ({
    id: 'note.clock',
    text: voice.word('clock-jump', { from: toSecond(from, voice), to: toSecond(to, voice), record: String(recordId) }),
  }))
  const lacking = [...new Set(host.gaps.map(({ channel }) => channel))]
  const gaps = lacking.slice(0, 3).map((channel) => ({ id: 'note.gap', text: gapText(host, channel, voice) }))
  const more = [
    { id: 'note.clock', count: host.clockJumps.length - jumps.length },
    { id: 'note.gap', count: lacking.length - gaps.length },
  ]
  const rest = more
    .filter(({ count }) => count > 0)
    .map(({ id, count }) => ({ id, text: voice.word('more', { n: renderCount(count, voice) }) }))
  return [...jumps, ...gaps, ...rest]
}

/** How many record ids are missing in a channel, in how many places, and where the newest of these is. */
function gapText(host: HostAnalysis, name: string, voice: Voice): string {
  const gaps = host.gaps.filter(({ channel }) => channel === name)
  const coverage = host.coverage.find(({ channel }) => channel === name)
  const places = coverage?.gaps ?? gaps.length
  const missing = gaps.reduce((sum, { afterRecordId, beforeRecordId }) => sum + beforeRecordId - afterRecordId - 1, 0)
  const count = coverage?.missingRecords ?? missing
  const newest = gaps.at(-1)
  const what = {
    channel: shortChannel(name),
    n: renderCount(count, voice),
    count,
    after: String(newest?.afterRecordId ?? 0),
  }
  const text =
    places > 1 ? voice.word('gap.many', { ...what, places: renderCount(places, voice) }) : voice.word('gap', what)
  return newest?.reason === 'damage' ? voice.word('gap.damaged', { what: text }) : text
}

function labelWidth(page: Page): number {
  const labels = ['state.present', 'state.empty', 'state.not-collected', 'state.unreadable', 'note.clock', 'note.gap']
  return Math.max(...labels.map((id) => widthOf(page.voice.word(id))))
}
