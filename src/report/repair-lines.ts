import type { HostAnalysis } from '../finding/analysis.ts'
import type { Remediation } from '../finding/finding.ts'
import { labelled, type Page, paragraph, section } from './page.ts'
import { hasCommands, type SharedRepair, sharedRepairs } from './shared-repairs.ts'

/** The repairs of one finding, with an empty line between two; where commands are typed is said once, above them. */
export function repairsLines(remediation: readonly Remediation[], page: Page): string[] {
  const blocks = remediation.map((one) => repairLines(one, page))
  const shell = shellLines(remediation, page)
  return [...shell, ...blocks.flatMap((lines, index) => (index + shell.length > 0 ? section(lines) : lines))]
}

/** The repairs of many hosts, each once with the hosts it is for; nothing when no finding needs one. */
export function sharedRepairLines(hosts: readonly HostAnalysis[], page: Page): string[] {
  const repairs = sharedRepairs(hosts, page.voice)
  if (repairs.length === 0) return []
  const all = repairs.map(({ remediation }) => remediation)
  return [
    page.paint('heading', page.voice.word('repairs')),
    ...shellLines(all, page),
    ...repairs.flatMap((repair, index) => [
      ...(isForTheSame(repairs[index - 1], repair) ? [] : section(whoLines(repair, page))),
      ...section(repairLines(repair.remediation, page)),
    ]),
  ]
}

function whoLines({ scenario, hosts }: SharedRepair, page: Page): string[] {
  const label = { text: scenario, indent: 2, width: scenario.length, role: 'heading' as const }
  return labelled(page, label, page.voice.word('repair.for', { hosts: hosts.join(', ') }))
}

function isForTheSame(a: SharedRepair | undefined, b: SharedRepair): boolean {
  return a?.scenario === b.scenario && a.hosts.join('\n') === b.hosts.join('\n')
}

function shellLines(remediation: readonly Remediation[], page: Page): string[] {
  return remediation.some(hasCommands) ? paragraph(page, 2, page.voice.word('repair.shell')) : []
}

/** One way to repair: its title, what it risks, numbered steps, each command alone on a line and never wrapped, and the way back. */
function repairLines(remediation: Remediation, page: Page): string[] {
  const { voice } = page
  const where = voice.word(`repair.${remediation.where}`)
  const lines = paragraph(page, 2, `${where}: ${voice.say(remediation.title)}`).map((line) =>
    page.paint('heading', line),
  )
  const labels = { risk: voice.word('risk'), rollback: voice.word('rollback') }
  const width = Math.max(labels.risk.length, labels.rollback.length)
  if (remediation.risk) {
    const label = { text: labels.risk, indent: 4, width, role: 'warning' as const }
    lines.push(...labelled(page, label, voice.say(remediation.risk)))
  }
  const numberWidth = String(remediation.steps.length).length
  for (const [index, step] of remediation.steps.entries()) {
    const label = { text: String(index + 1).padStart(numberWidth), indent: 4, width: numberWidth }
    lines.push(...labelled(page, label, voice.say(step.text)))
    if (step.command !== undefined) {
      lines.push(`${' '.repeat(4 + numberWidth + 2)}${page.paint('command', step.command)}`)
    }
  }
  if (remediation.rollback) {
    lines.push(...labelled(page, { text: labels.rollback, indent: 4, width }, voice.say(remediation.rollback)))
  }
  return lines
}
