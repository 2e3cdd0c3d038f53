import type { HostAnalysis } from '../finding/analysis.ts'
import type { Finding, Remediation } from '../finding/finding.ts'
import type { Voice } from './language/voice.ts'
import { fenced, heading, join, linkTo, strong, text } from './markdown-text.ts'
import { hasCommands, type SharedRepair, sharedRepairs } from './shared-repairs.ts'

/** The repairs of one finding. */
export function repairBlocks(remediation: readonly Remediation[], voice: Voice): string[] {
  const blocks = remediation.flatMap((one) => oneRepair({ scenario: '', remediation: one, hosts: [] }, voice))
  return [...shellBlock(remediation, voice), ...blocks]
}

/** Where the repair of a finding stands when it is shared; nothing when there is none. */
export function repairLink(finding: Finding, voice: Voice): string[] {
  return finding.remediation.length > 0 ? [linkTo(titleOf(finding.scenario, voice)).markdown] : []
}

/** Each repair once, with the hosts it is for, below a heading for each scenario; nothing when no finding needs one. */
export function sharedRepairBlocks(hosts: readonly HostAnalysis[], voice: Voice): string[] {
  const repairs = sharedRepairs(hosts, voice)
  if (repairs.length === 0) return []
  const all = repairs.map(({ remediation }) => remediation)
  const blocks = repairs.flatMap((repair, index) => [
    ...(repairs[index - 1]?.scenario === repair.scenario ? [] : [heading(3, text(titleOf(repair.scenario, voice)))]),
    ...oneRepair(repair, voice),
  ])
  return [heading(2, text(voice.word('repairs'))), ...shellBlock(all, voice), ...blocks]
}

function titleOf(scenario: string, voice: Voice): string {
  return voice.word('repair.of', { scenario })
}

function shellBlock(remediation: readonly Remediation[], voice: Voice): string[] {
  return remediation.some(hasCommands) ? [text(voice.word('repair.shell')).markdown] : []
}

/** Numbered steps; a command stands in a fence of its own below its step, so that it can be copied. */
function oneRepair({ remediation, hosts }: SharedRepair, voice: Voice): string[] {
  const { where, title, risk, rollback, steps } = remediation
  const noted = (id: string, note: string) =>
    join([strong(text(voice.word('colon', { label: voice.word(id) }))), text(note)]).markdown
  const list = steps.map((step, index) => {
    const number = `${index + 1}. `
    const line = `${number}${text(voice.say(step.text)).markdown}`
    return step.command === undefined ? line : `${line}\n\n${fenced([step.command], number.length)}`
  })
  return [
    heading(4, text(`${voice.word('colon', { label: voice.word(`repair.${where}`) })} ${voice.say(title)}`)),
    ...(hosts.length > 0 ? [text(voice.word('repair.for', { hosts: hosts.join(', ') })).markdown] : []),
    ...(risk ? [noted('risk', voice.say(risk))] : []),
    list.join('\n'),
    ...(rollback ? [noted('rollback', voice.say(rollback))] : []),
  ]
}
