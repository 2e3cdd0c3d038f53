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

/** So many hosts can be repaired from one page; of more each is looked at by itself, with its own values in the commands. */
const MOST_IN_FULL = 3

/**
 * The repairs of many hosts; nothing when no finding needs one. Of a few hosts each in full, once, with the hosts it is for;
 * of more what there is to do for each scenario, and where its steps are.
 */
export function sharedRepairLines(hosts: readonly HostAnalysis[], page: Page): string[] {
  const repairs = sharedRepairs(hosts, page.voice)
  if (repairs.length === 0) return []
  if (new Set(repairs.flatMap((repair) => repair.hosts)).size > MOST_IN_FULL) return repairIndex(repairs, page)
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

/** For each scenario the hosts it keeps from working, the ways to repair them with their risk, and how to see the steps. */
function repairIndex(repairs: readonly SharedRepair[], page: Page): string[] {
  const { voice } = page
  const scenarios = [...new Set(repairs.map(({ scenario }) => scenario))]
  const blocks = scenarios.flatMap((scenario) => {
    const mine = repairs.filter((repair) => repair.scenario === scenario)
    const hosts = [...new Set(mine.flatMap((repair) => repair.hosts))]
    // Ways that differ in a step or a value are one way here.
    const ways = new Map(mine.map(({ remediation }) => [wayOf(remediation, page), remediation]))
    return [
      ...section(whoLines({ scenario, hosts }, page)),
      ...[...ways].flatMap(([way, { risk }]) => [
        ...paragraph(page, 4, way),
        ...(risk ? paragraph(page, 6, `${voice.word('colon', { label: voice.word('risk') })} ${voice.say(risk)}`) : []),
      ]),
      ...paragraph(page, 4, voice.word('repair.steps', { scenario })),
    ]
  })
  return [
    page.paint('heading', voice.word('repairs')),
    ...blocks,
    ...section(paragraph(page, 2, voice.word('repair.with-values'))),
  ]
}

function wayOf({ where, title }: Remediation, { voice }: Page): string {
  return `${voice.word('colon', { label: voice.word(`repair.${where}`) })} ${voice.say(title)}`
}

function whoLines({ scenario, hosts }: Pick<SharedRepair, 'scenario' | 'hosts'>, page: Page): string[] {
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
  const lines = paragraph(page, 2, wayOf(remediation, page)).map((line) => page.paint('heading', line))
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
