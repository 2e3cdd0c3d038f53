import type { Analysis, HostAnalysis } from '../finding/analysis.ts'
import { absenceLines } from './absence-lines.ts'
import { missingLines } from './coverage-lines.ts'
import { fleetTable } from './fleet-table.ts'
import { hostCard, shortCard } from './host-card.ts'
import { byUrgency, hostState, needsCard } from './host-state.ts'
import { runSummary, troubleLines } from './input-lines.ts'
import type { Language } from './language/language.ts'
import { type Voice, voiceOf } from './language/voice.ts'
import { type Page, paragraph } from './page.ts'
import type { Paint } from './paint.ts'
import { plainAnalysis } from './plain.ts'
import { renderCount } from './quantity.ts'
import { sharedRepairLines } from './repair-lines.ts'
import { shortNames } from './short-name.ts'

/** Narrower pages are written as if they had this many cells: tables would say nothing in fewer. */
const NARROWEST_PAGE = 80

/**
 * The report for a terminal: the answer first, then what proves it, then how to repair it; of many hosts a table,
 * a short card for each that needs one, and each repair once. Lines end in LF and have at most
 * `width` cells, but for commands, which are never broken. No event text in it can act on a terminal.
 *
 * @param options.width cells of a line; less than 80 counts as 80
 * @param options.paint colours that repeat what the words say: `unpainted` for none
 */
export function renderText(analysis: Analysis, options: { width: number; paint: Paint; language: Language }): string {
  const full = voiceOf(options.language)
  const voice: Voice = { ...full, say: (sentence) => shortNames(full.say(sentence)) }
  const page: Page = { width: Math.max(NARROWEST_PAGE, options.width), paint: options.paint, voice }
  const shown = plainAnalysis(analysis)
  const hosts = byUrgency(shown.hosts)
  const many = hosts.length > 1
  const unjudged = many ? hosts.filter(cannotTell) : []
  const folded = unjudged.length > 1 ? unjudged : []
  const cards = many ? hosts.filter((host) => needsCard(host) && !folded.includes(host)) : hosts
  const parts = [
    paragraph(page, 0, runSummary(shown, voice)).map((line) => page.paint('faint', line)),
    many ? fleetTable(hosts, page) : [],
    ...unjudgedBlocks(folded, page),
    hosts.length === 0 ? paragraph(page, 0, voice.word('no-hosts')) : [],
    ...cards.map((host) => [
      ...(many ? [page.paint('faint', '─'.repeat(page.width))] : []),
      ...(many ? shortCard(host, shown.options, page) : hostCard(host, shown.options, page)),
    ]),
    many ? sharedRepairLines(hosts, page) : [],
    troubleLines(shown, page),
    many ? closingLines(hosts, page) : [],
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** True for a host of which there is only to say why nothing can be said. */
function cannotTell(host: HostAnalysis): boolean {
  return host.findings.length === 0 && host.alsoSeen === undefined && hostState(host) === 'unknown'
}

/** Hosts that cannot be judged: those of which the same is missing together. */
function unjudgedBlocks(hosts: readonly HostAnalysis[], page: Page): string[][] {
  const groups = new Map<string, { lines: readonly string[]; names: string[] }>()
  for (const host of hosts) {
    const lines = [...absenceLines(host, page), ...missingLines(host, page)]
    const key = lines.join('\n')
    const known = groups.get(key)
    if (known) known.names.push(host.host)
    else groups.set(key, { lines, names: [host.host] })
  }
  return [...groups.values()].map(({ lines, names }) => {
    const count = names.length
    const says = page.voice.word('unjudged', { n: renderCount(count, page.voice), count, hosts: names.join(', ') })
    return [...paragraph(page, 0, says).map((line) => page.paint('unknown', line)), ...lines]
  })
}

/** What the short cards leave out, and how to have it. */
function closingLines(hosts: readonly HostAnalysis[], page: Page): string[] {
  const { voice } = page
  const doubted = hosts.some(({ findings }) => findings.some(({ certainIf }) => certainIf.length > 0))
  return [
    ...(doubted ? paragraph(page, 0, voice.word('certain-if.many')) : []),
    ...paragraph(page, 0, voice.word('one-in-full')),
  ]
}
