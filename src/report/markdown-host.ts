import type { Analysis, HostAnalysis } from '../finding/analysis.ts'
import { isOpen } from '../finding/finding.ts'
import { channelNotes, hostNotes } from './coverage-lines.ts'
import { dayStrip } from './day-strip.ts'
import { afterWindowText, clockMovedText, lastGoodText, periodText, stateSentence } from './host-card.ts'
import { hostState } from './host-state.ts'
import type { Voice } from './language/voice.ts'
import { findingBlocks } from './markdown-finding.ts'
import { bullets, code, fenced, heading, type Inline, join, strong, table, text } from './markdown-text.ts'
import { toMinute } from './moment.ts'
import { unpainted } from './paint.ts'
import { renderCount } from './quantity.ts'

/** Cells of the day's picture: what a ticket shows without scrolling. */
const STRIP_CELLS = 100

/** The blocks of one host; of one among others without the repairs, which stand at the end of the report. */
export function hostBlocks(
  host: HostAnalysis,
  options: Analysis['options'],
  { voice, alone }: { voice: Voice; alone: boolean },
): string[] {
  const open = host.findings.some(isOpen)
  const strip = open ? dayStrip(host, { width: STRIP_CELLS, paint: unpainted, voice }) : []
  return [
    heading(2, text(host.host)),
    bullets(headItems(host, options, voice)),
    ...(strip.length > 0 ? [fenced(strip)] : []),
    ...host.findings.flatMap((finding) => findingBlocks(finding, host.reference?.time, { voice, alone })),
    ...absenceBlocks(host, voice),
    ...(open || hostState(host) === 'unknown' ? coverageBlocks(host, voice) : []),
  ]
}

function headItems(host: HostAnalysis, options: Analysis['options'], voice: Voice): Inline[] {
  const item = (id: string, said: string) =>
    join([strong(text(voice.word('colon', { label: voice.word(id) }))), text(said)])
  const items = host.findings.length > 0 ? [] : [strong(text(stateSentence(host, voice)))]
  items.push(item('window', periodText(host, options, voice)), item('last-good', lastGoodText(host, voice)))
  items.push(...(host.alsoSeen ?? []).map((said) => item('also-seen', voice.say(said))))
  const after = afterWindowText(host, options, voice)
  if (after !== undefined) items.push(text(after))
  if (host.clockMoved) items.push(item('clock-moved', clockMovedText(host.clockMoved, voice)))
  if (host.computers.length > 0) items.push(item('names', host.computers.join(', ')))
  if (host.os) items.push(text(voice.word('os', { build: String(host.os.build), name: host.os.name })))
  return items
}

function absenceBlocks(host: HostAnalysis, voice: Voice): string[] {
  const notFound = host.notFound.map(({ scenario, lookedFor }) =>
    join([code(scenario), text(lookedFor.map(voice.say).join(voice.word('semicolon')))], ' · '),
  )
  const notEvaluated = host.notEvaluated.map(({ scenario, why }) => join([code(scenario), text(voice.say(why))], ' · '))
  return [
    ...(notFound.length > 0 ? [heading(3, text(voice.word('not-found'))), bullets(notFound)] : []),
    ...(notEvaluated.length > 0 ? [heading(3, text(voice.word('not-evaluated'))), bullets(notEvaluated)] : []),
  ]
}

function coverageBlocks(host: HostAnalysis, voice: Voice): string[] {
  const head = ['column.channel', 'column.state', 'column.records', 'column.from', 'column.to', 'column.notes']
  const rows = host.coverage.map((channel) => [
    code(channel.channel),
    text(voice.word(`state.${channel.state}`)),
    text(channel.records === undefined ? '' : renderCount(channel.records, voice)),
    text(channel.firstTime === undefined ? '' : toMinute(channel.firstTime, voice)),
    text(channel.lastTime === undefined ? '' : toMinute(channel.lastTime, voice)),
    text(channelNotes(channel, voice).join(voice.word('semicolon'))),
  ])
  const notes = hostNotes(host, voice).map(({ id, text: note }) =>
    join([text(voice.word('colon', { label: voice.word(id) })), text(note)]),
  )
  if (rows.length === 0 && notes.length === 0) return []
  return [
    heading(3, text(voice.word('coverage'))),
    ...(rows.length > 0
      ? [
          table(
            head.map((id) => text(voice.word(id))),
            rows,
          ),
        ]
      : []),
    ...(notes.length > 0 ? [bullets(notes)] : []),
  ]
}
