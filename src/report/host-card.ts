import type { Analysis, HostAnalysis } from '../finding/analysis.ts'
import { isOpen } from '../finding/finding.ts'
import { absenceLines } from './absence-lines.ts'
import { widthOf } from './cell-width.ts'
import { coverageLines, doubtLines, missingLines } from './coverage-lines.ts'
import { dayStrip } from './day-strip.ts'
import { findingLines } from './finding-lines.ts'
import { doubtOf } from './host-doubt.ts'
import { hostState, isWindowEmpty, systemEndsEarly } from './host-state.ts'
import type { Voice } from './language/voice.ts'
import { toMinute, toSecond } from './moment.ts'
import { labelled, type Page, paragraph, section } from './page.ts'
import { renderCount } from './quantity.ts'

/**
 * One host. With an open finding: everything. With closed ones only: those, short. Without any: a few lines, what was
 * looked for, and what was missing.
 */
export function hostCard(host: HostAnalysis, options: Analysis['options'], page: Page): string[] {
  const open = host.findings.some(isOpen)
  const state = hostState(host)
  const findings = host.findings.flatMap((finding) => [
    '',
    ...findingLines(finding, host.reference?.time, { page, alone: true }),
  ])
  const head = [...titleLines(host, page), ...periodLines(host, options, page)]
  const known = [...lastGoodLines(host, page), ...alsoLines(host, page)]
  if (open) {
    const strip = dayStrip(host, page)
    return [
      ...head,
      ...known,
      ...section(strip),
      ...findings,
      ...section(absenceLines(host, page)),
      ...section(coverageLines(host, page)),
    ]
  }
  if (state === 'unknown') {
    const absent = [...section(absenceLines(host, page)), ...section(coverageLines(host, page))]
    return [...head, ...alsoLines(host, page), ...findings, ...absent]
  }
  const missing = missingLines(host, page)
  if (host.findings.length > 0) return [...head, ...known, ...findings, ...section(missing)]
  return [...head, ...known, ...lookedForLines(host, page), ...doubtLines(host, page)]
}

/** One host of many: what was found and what shows it; or why nothing can be said. */
export function shortCard(host: HostAnalysis, options: Analysis['options'], page: Page): string[] {
  const findings = host.findings.flatMap((finding) => [
    '',
    ...findingLines(finding, host.reference?.time, { page, alone: false }),
  ])
  const head = [
    ...titleLines(host, page),
    ...labelled(
      page,
      { text: page.voice.word('window'), indent: 2, width: headLabelWidth(host, page.voice) },
      shortPeriodText(host, options, page.voice),
    ),
    ...afterWindowLines(host, options, page),
    ...clockLines(host, page),
  ]
  const also = alsoLines(host, page)
  if (hostState(host) !== 'unknown') return [...head, ...lastGoodLines(host, page), ...also, ...findings]
  return [...head, ...also, ...findings, ...section(absenceLines(host, page)), ...section(missingLines(host, page))]
}

/** Which scenarios found nothing, and which could not look: no more is claimed of a host without a finding. */
function lookedForLines(host: HostAnalysis, page: Page): string[] {
  const { voice } = page
  const width = headLabelWidth(host, voice)
  const line = (text: string, said: string) => (said === '' ? [] : labelled(page, { text, indent: 2, width }, said))
  return [
    ...line(voice.word('looked-for'), host.notFound.map(({ scenario }) => scenario).join(', ')),
    ...line(
      voice.word('not-looked-for'),
      host.notEvaluated.map(({ scenario, why }) => `${scenario} (${voice.say(why)})`).join(', '),
    ),
  ]
}

/** Name, state in words where no finding says it, and the operating system at the line's end. */
function titleLines(host: HostAnalysis, page: Page): string[] {
  const { voice } = page
  const state = hostState(host)
  const words = host.findings.length > 0 ? '' : `  ${stateSentence(host, voice)}`
  const role = state === 'healthy' || state === 'unknown' ? state : 'faint'
  const os = host.os ? voice.word('os', { build: String(host.os.build), name: host.os.name }) : ''
  const used = widthOf(host.host) + widthOf(words)
  if (words !== '' && used > page.width) {
    return [page.paint('heading', host.host), ...paragraph(page, 2, words.trim())]
  }
  const name = `${page.paint('heading', host.host)}${words === '' ? '' : page.paint(role, words)}`
  if (os === '') return [name]
  const gap = page.width - used - widthOf(os)
  if (gap >= 2) return [`${name}${' '.repeat(gap)}${os}`]
  // Three lines are enough for a host on which nothing was found.
  return host.findings.length > 0 ? [name, ...paragraph(page, 2, os)] : [name]
}

/**
 * What stands for a verdict when there is none: `no known cause found; RDP worked`; why that says little, where so.
 */
export function stateSentence(host: HostAnalysis, voice: Voice): string {
  const doubt = doubtOf(host)
  if (doubt === undefined) return voice.word(`state-of-host.${hostState(host)}`)
  if (doubt.why !== 'thin') return voice.word(`state-of-host.${doubt.why}`, { time: toMinute(doubt.time, voice) })
  const { records: count = 0, firstTime } = doubt.system
  const from = firstTime === undefined ? '' : ` ${voice.word('from', { time: toMinute(firstTime, voice) })}`
  return voice.word('state-of-host.thin', { n: renderCount(count, voice), count, from })
}

/** Which stretch of time was judged, and what it ends at. */
function periodLines(host: HostAnalysis, options: Analysis['options'], page: Page): string[] {
  const { voice } = page
  const width = headLabelWidth(host, voice)
  const period = host.findings.length > 0 ? periodText(host, options, voice) : shortPeriodText(host, options, voice)
  const lines = labelled(page, { text: voice.word('window'), indent: 2, width }, period)
  lines.push(...afterWindowLines(host, options, page))
  if (host.computers.length > 1 || host.computers.some((name) => !isNamed(name, host.host))) {
    lines.push(...labelled(page, { text: voice.word('names'), indent: 2, width }, host.computers.join(', ')))
  }
  return [...lines, ...clockLines(host, page)]
}

/** True where the label says the computer's name: whole, or without its domain. */
function isNamed(computer: string, label: string): boolean {
  return computer === label || computer.startsWith(`${label}.`)
}

/** What the period does not say by itself, such as that the log goes on behind it. */
function afterWindowLines(host: HostAnalysis, options: Analysis['options'], page: Page): string[] {
  const { voice } = page
  const after = afterWindowText(host, options, voice)
  return after === undefined ? [] : labelled(page, { text: '', indent: 2, width: headLabelWidth(host, voice) }, after)
}

/** That the clock was wrong. */
function clockLines(host: HostAnalysis, page: Page): string[] {
  if (!host.clockMoved) return []
  const { voice } = page
  const width = headLabelWidth(host, voice)
  const label = { text: voice.word('clock-moved'), indent: 2, width, role: 'warning' as const }
  return labelled(page, label, clockMovedText(host.clockMoved, voice))
}

/** `2026-03-13 09:41 → 2026-03-14 09:41 UTC, 24h up to …`. */
export function periodText(host: HostAnalysis, options: Analysis['options'], voice: Voice): string {
  const source = periodSource(host, options, voice)
  return source === undefined ? spanText(host, voice) : `${spanText(host, voice)}, ${source}`
}

/** From when to when. */
export function spanText({ windows, reference }: HostAnalysis, voice: Voice): string {
  if (!windows || !reference) return voice.word('no-records')
  return `${toMinute(windows.window.start, voice)} → ${toMinute(windows.window.end, voice)} UTC`
}

/**
 * How the window was found: `24h up to the last event of the System log`; undefined where its ends were given, or there
 * is none.
 */
export function periodSource(
  { windows, reference }: HostAnalysis,
  options: Analysis['options'],
  voice: Voice,
): string | undefined {
  if (!windows || !reference || options.since !== undefined || options.until !== undefined) return undefined
  return voice.word('window.up-to', { window: options.window, source: voice.say(reference.source) })
}

/**
 * That the window holds nothing, that the log goes on where the window was made to end, or that System ends long before
 * the other logs do; undefined when the window ends with the log.
 */
export function afterWindowText(host: HostAnalysis, options: Analysis['options'], voice: Voice): string | undefined {
  if (!host.windows) return undefined
  const { window, log } = host.windows
  if (isWindowEmpty(host)) {
    return voice.word('window.empty', { start: toMinute(log.start, voice), end: toMinute(log.end, voice) })
  }
  if (systemEndsEarly(host)) return voice.word('window.system-ends', { time: toMinute(log.end, voice) })
  if (options.reference === 'last-event' && options.until === undefined) return undefined
  return log.end > window.end ? voice.word('window.after', { time: toMinute(log.end, voice) }) : undefined
}

/** `24h up to 2026-03-14 09:41 UTC, …`: for a host of which there is little to say. */
function shortPeriodText(host: HostAnalysis, options: Analysis['options'], voice: Voice): string {
  if (!host.windows || !host.reference || options.since !== undefined || options.until !== undefined) {
    return periodText(host, options, voice)
  }
  const end = toMinute(host.windows.window.end, voice)
  return voice.word('window.short', { window: options.window, end, source: voice.say(host.reference.source) })
}

/** The warning about a clock that was wrong for a while. */
export function clockMovedText(clockMoved: NonNullable<HostAnalysis['clockMoved']>, voice: Voice): string {
  return voice.word('clock-moved.why', {
    reference: toSecond(clockMoved.reference, voice),
    latest: toSecond(clockMoved.latest, voice),
  })
}

function lastGoodLines(host: HostAnalysis, page: Page): string[] {
  const { voice } = page
  const label = { text: voice.word('last-good'), indent: 2, width: headLabelWidth(host, voice) }
  return labelled(page, label, lastGoodText(host, voice))
}

/** What keeps people out beside what was found: settings on the disk, failures of the service. */
function alsoLines(host: HostAnalysis, page: Page): string[] {
  const { alsoSeen = [] } = host
  const { voice } = page
  const width = headLabelWidth(host, voice)
  return alsoSeen.flatMap((said, index) => {
    const label = { text: index === 0 ? voice.word('also-seen') : '', indent: 2, width, role: 'warning' as const }
    return labelled(page, label, voice.say(said))
  })
}

/** The last proof that RDP worked, or that there is none. */
export function lastGoodText(host: HostAnalysis, voice: Voice): string {
  if (!host.lastGood) return voice.word('last-good.never')
  const { time, what, recordId } = host.lastGood
  return `${voice.word('last-good.said', { time: toSecond(time, voice), what: voice.say(what) })} (${voice.word('record', { id: String(recordId) })})`
}

function headLabelWidth(host: HostAnalysis, voice: Voice): number {
  const quiet = host.findings.length === 0 && hostState(host) !== 'unknown'
  const looked = quiet ? ['looked-for', ...(host.notEvaluated.length > 0 ? ['not-looked-for'] : [])] : []
  const also = host.alsoSeen ? ['also-seen'] : []
  const labels = ['window', 'names', 'last-good', ...looked, ...also, ...(host.clockMoved ? ['clock-moved'] : [])]
  return Math.max(...labels.map((id) => widthOf(voice.word(id))))
}
