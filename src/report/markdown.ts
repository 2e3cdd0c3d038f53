import type { Analysis, HostAnalysis } from '../finding/analysis.ts'
import { doubtNotes, fleetRows } from './fleet-table.ts'
import { byUrgency, needsCard } from './host-state.ts'
import { inputTroubles, runSummary } from './input-lines.ts'
import type { Language } from './language/language.ts'
import { type Voice, voiceOf } from './language/voice.ts'
import { hostBlocks } from './markdown-host.ts'
import { sharedRepairBlocks } from './markdown-repair.ts'
import { code, heading, table, text } from './markdown-text.ts'
import { toMinute } from './moment.ts'
import { plainAnalysis } from './plain.ts'
import { renderCount } from './quantity.ts'

/**
 * The report for a ticket, in GitHub's Markdown: what `renderText` says, with tables, and commands in fences.
 * Of many hosts each repair stands once, at the end.
 */
export function renderMarkdown(analysis: Analysis, options: { language: Language }): string {
  const voice = voiceOf(options.language)
  const shown = plainAnalysis(analysis)
  const hosts = byUrgency(shown.hosts)
  const count = hosts.length
  const title = voice.word('title', {
    host: count === 1 ? (hosts[0]?.host ?? '') : voice.word('hosts', { n: renderCount(count, voice), count }),
  })
  const blocks = [
    heading(1, text(title)),
    text(runSummary(shown, voice)).markdown,
    ...(count > 1 ? [fleetBlock(hosts, voice)] : []),
    ...(count === 0 ? [text(voice.word('no-hosts')).markdown] : []),
    ...hosts
      .filter((host) => count === 1 || needsCard(host))
      .flatMap((host) => hostBlocks(host, shown.options, { voice, alone: count === 1 })),
    ...(count > 1 ? sharedRepairBlocks(hosts, voice) : []),
    ...troubleBlocks(shown, voice),
  ]
  return `${blocks.join('\n\n')}\n`
}

function fleetBlock(hosts: readonly HostAnalysis[], voice: Voice): string {
  const head = [
    voice.word('fleet.host'),
    voice.word('fleet.verdict'),
    voice.word('fleet.scenario'),
    voice.word('fleet.since', { zone: 'UTC' }),
    voice.word('fleet.last-good'),
  ]
  const rows = fleetRows(hosts, voice).map((row) => [
    code(row.host),
    text(row.verdict),
    text(row.what + row.more),
    text(row.since === undefined ? '' : toMinute(row.since, voice)),
    text(row.lastGood === undefined ? '' : toMinute(row.lastGood, voice)),
  ])
  const notes = doubtNotes(hosts, voice).map((note) => text(note).markdown)
  return [table(head.map(text), rows), ...notes].join('\n\n')
}

function troubleBlocks(analysis: Analysis, voice: Voice): string[] {
  const troubles = inputTroubles(analysis, voice)
  if (troubles.length === 0) return []
  const head = [text(voice.word('column.file')), text(voice.word('column.state'))]
  return [
    heading(2, text(voice.word('inputs'))),
    table(
      head,
      troubles.map(({ file, text: trouble }) => [code(file), text(trouble)]),
    ),
  ]
}
