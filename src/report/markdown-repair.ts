import type { HostAnalysis } from '../finding/analysis.ts'
import type { Finding, Remediation } from '../finding/finding.ts'
import type { Voice } from './language/voice.ts'
import { bullets, fenced, heading, join, linkTo, strong, text } from './markdown-text.ts'
import { type MergedRepair, type MergedStep, mergedRepairs } from './merged-repairs.ts'
import { hasCommands, sharedRepairs } from './shared-repairs.ts'

/** The repairs of one finding. */
export function repairBlocks(remediation: readonly Remediation[], voice: Voice): string[] {
  const ways = remediation.flatMap((one) => mergedRepairs([{ scenario: '', remediation: one, hosts: [] }], voice))
  return [...shellBlock(remediation, voice), ...ways.flatMap((way) => oneWay(way, voice))]
}

/** Where the repair of a finding stands when it is shared; nothing when there is none. */
export function repairLink(finding: Finding, voice: Voice): string[] {
  return finding.remediation.length > 0 ? [linkTo(titleOf(finding.scenario, voice)).markdown] : []
}

/**
 * Each repair once, with the hosts it is for, below a heading for each scenario; those that are nearly alike as one,
 * with letters for what is not for all. Nothing when no finding needs one.
 */
export function sharedRepairBlocks(hosts: readonly HostAnalysis[], voice: Voice): string[] {
  const repairs = sharedRepairs(hosts, voice)
  if (repairs.length === 0) return []
  const all = repairs.map(({ remediation }) => remediation)
  const scenarios = [...new Set(repairs.map(({ scenario }) => scenario))]
  const blocks = scenarios.flatMap((scenario) => [
    heading(3, text(titleOf(scenario, voice))),
    ...mergedRepairs(
      repairs.filter((repair) => repair.scenario === scenario),
      voice,
    ).flatMap((way) => oneWay(way, voice)),
  ])
  return [heading(2, text(voice.word('repairs'))), ...shellBlock(all, voice), ...blocks]
}

function titleOf(scenario: string, voice: Voice): string {
  return voice.word('repair.of', { scenario })
}

function shellBlock(remediation: readonly Remediation[], voice: Voice): string[] {
  return remediation.some(hasCommands) ? [text(voice.word('repair.shell')).markdown] : []
}

/** Numbered steps, there and back; a command stands in a fence of its own below its step, so that it can be copied. */
function oneWay({ where, title, groups, risks, steps, rollbacks, undo }: MergedRepair, voice: Voice): string[] {
  const noted = (id: string, notes: MergedRepair['risks']) =>
    notes.map(
      ({ what, letters }) =>
        join([strong(text(voice.word('colon', { label: voice.word(id) }))), text(lettered(letters, voice.say(what)))])
          .markdown,
    )
  const item = ({ what, letters, commands }: MergedStep, mark: string) => {
    const line = `${mark}${text(lettered(letters, voice.say(what))).markdown}`
    const typed = commands.flatMap((command) => [
      ...(command.letters.length > 0 ? [' '.repeat(mark.length) + text(lettered(command.letters, '')).markdown] : []),
      fenced([command.what], mark.length),
    ])
    return [line, ...typed].join('\n\n')
  }
  const numbered = (items: readonly MergedStep[]) => items.map((step, index) => item(step, `${index + 1}. `)).join('\n')
  const isFor = ({ hosts }: MergedRepair['groups'][number]) => voice.word('repair.for', { hosts: hosts.join(', ') })
  const [first] = groups
  return [
    heading(4, text(`${voice.word('colon', { label: voice.word(`repair.${where}`) })} ${voice.say(title)}`)),
    ...(groups.length === 1 && first && first.hosts.length > 0 ? [text(isFor(first)).markdown] : []),
    ...(groups.length > 1
      ? [
          bullets(groups.map((group) => text(lettered([group.letter], isFor(group))))),
          text(voice.word('repair.letters')).markdown,
        ]
      : []),
    ...noted('risk', risks),
    numbered(steps),
    ...noted('rollback', rollbacks),
    ...(undo.length > 0 ? [numbered(undo)] : []),
  ]
}

function lettered(letters: readonly string[], said: string): string {
  return letters.length === 0 ? said : `[${letters.join(' ')}] ${said}`.trimEnd()
}
