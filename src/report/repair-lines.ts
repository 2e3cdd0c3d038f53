import type { HostAnalysis } from '../finding/analysis.ts'
import type { Remediation } from '../finding/finding.ts'
import { type ForGroups, type MergedRepair, type MergedStep, mergedRepairs } from './merged-repairs.ts'
import { labelled, type Page, paragraph, section } from './page.ts'
import { hasCommands, type SharedRepair, sharedRepairs } from './shared-repairs.ts'

/** The repairs of one finding, with an empty line between two; where commands are typed is said once, above them. */
export function repairsLines(remediation: readonly Remediation[], page: Page): string[] {
  const blocks = remediation.flatMap((one) =>
    mergedRepairs([{ scenario: '', remediation: one, hosts: [] }], page.voice).map((way) => repairLines(way, page)),
  )
  const shell = shellLines(remediation, page)
  return [...shell, ...blocks.flatMap((lines, index) => (index + shell.length > 0 ? section(lines) : lines))]
}

/**
 * So many hosts can be repaired from one page; of more each is looked at by itself, with its own values in the
 * commands.
 */
const MOST_IN_FULL = 3

/**
 * The repairs of many hosts; nothing when no finding needs one. Of a few hosts each in full, once, with the hosts it is
 * for, those that are nearly alike as one, with letters for what is not for all of them; of more what there is to do
 * for each scenario, and where its steps are.
 */
export function sharedRepairLines(hosts: readonly HostAnalysis[], page: Page): string[] {
  const repairs = sharedRepairs(hosts, page.voice)
  if (repairs.length === 0) return []
  if (new Set(repairs.flatMap((repair) => repair.hosts)).size > MOST_IN_FULL) return repairIndex(repairs, page)
  const all = repairs.map(({ remediation }) => remediation)
  const scenarios = [...new Set(repairs.map(({ scenario }) => scenario))]
  return [
    page.paint('heading', page.voice.word('repairs')),
    ...shellLines(all, page),
    ...scenarios.flatMap((scenario) => {
      const mine = repairs.filter((repair) => repair.scenario === scenario)
      return waysLines(scenario, mergedRepairs(mine, page.voice), page)
    }),
  ]
}

/** The ways to repair for one scenario, below the hosts they are for. */
function waysLines(scenario: string, ways: readonly MergedRepair[], page: Page): string[] {
  let last = ''
  return ways.flatMap((way) => {
    const hosts = way.groups.flatMap((group) => group.hosts)
    const isNew = hosts.join('\n') !== last
    last = hosts.join('\n')
    return [...(isNew ? section(whoLines({ scenario, hosts }, page)) : []), ...section(repairLines(way, page))]
  })
}

/**
 * For each scenario the hosts it keeps from working, the ways to repair them with their risk, and how to see the steps.
 */
function repairIndex(repairs: readonly SharedRepair[], page: Page): string[] {
  const { voice } = page
  const scenarios = [...new Set(repairs.map(({ scenario }) => scenario))]
  const blocks = scenarios.flatMap((scenario) => {
    const mine = repairs.filter((repair) => repair.scenario === scenario)
    const hosts = [...new Set(mine.flatMap((repair) => repair.hosts))]
    // Ways that differ in a step or a value are one way here.
    const ways = new Map<string, Set<string>>()
    for (const { remediation } of mine) {
      const way = wayOf(remediation, page)
      const risks = ways.get(way) ?? new Set()
      ways.set(way, remediation.risk ? risks.add(voice.say(remediation.risk)) : risks)
    }
    return [
      ...section(whoLines({ scenario, hosts }, page)),
      ...[...ways].flatMap(([way, risks]) => [
        ...paragraph(page, 4, way),
        ...[...risks].flatMap((risk) =>
          paragraph(page, 6, `${voice.word('colon', { label: voice.word('risk') })} ${risk}`),
        ),
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

function wayOf({ where, title }: Pick<Remediation, 'where' | 'title'>, { voice }: Page): string {
  return `${voice.word('colon', { label: voice.word(`repair.${where}`) })} ${voice.say(title)}`
}

function whoLines({ scenario, hosts }: Pick<SharedRepair, 'scenario' | 'hosts'>, page: Page): string[] {
  const label = { text: scenario, indent: 2, width: scenario.length, role: 'heading' as const }
  return labelled(page, label, page.voice.word('repair.for', { hosts: hosts.join(', ') }))
}

function shellLines(remediation: readonly Remediation[], page: Page): string[] {
  return remediation.some(hasCommands) ? paragraph(page, 2, page.voice.word('repair.shell')) : []
}

/**
 * One way to repair: its title, what it risks, numbered steps, each command alone on a line and never wrapped, and the
 * steps back. What is not for all of its hosts has their letters in front.
 */
function repairLines(way: MergedRepair, page: Page): string[] {
  const { voice } = page
  const lines = paragraph(page, 2, wayOf(way, page)).map((line) => page.paint('heading', line))
  if (way.groups.length > 1) {
    for (const { letter, hosts } of way.groups) {
      const label = { text: `[${letter}]`, indent: 4, width: letter.length + 2 }
      lines.push(...labelled(page, label, voice.word('repair.for', { hosts: hosts.join(', ') })))
    }
    lines.push(...paragraph(page, 4, voice.word('repair.letters')))
  }
  const labels = { risk: voice.word('risk'), rollback: voice.word('rollback') }
  const width = Math.max(labels.risk.length, labels.rollback.length)
  for (const risk of way.risks) {
    const label = { text: labels.risk, indent: 4, width, role: 'warning' as const }
    lines.push(...labelled(page, label, lettered(risk, voice.say(risk.what))))
  }
  lines.push(...numberedLines(way.steps, 4, page))
  for (const rollback of way.rollbacks) {
    const label = { text: labels.rollback, indent: 4, width }
    lines.push(...labelled(page, label, lettered(rollback, voice.say(rollback.what))))
  }
  return [...lines, ...numberedLines(way.undo, 6, page)]
}

function numberedLines(steps: readonly MergedStep[], indent: number, page: Page): string[] {
  const width = String(steps.length).length
  return steps.flatMap((step, index) =>
    stepLines(step, { text: String(index + 1).padStart(width), indent, width }, page),
  )
}

function stepLines(
  step: MergedStep,
  label: { readonly text: string; readonly indent: number; readonly width: number },
  page: Page,
): string[] {
  const blanks = ' '.repeat(label.indent + label.width + 2)
  return [
    ...labelled(page, label, lettered(step, page.voice.say(step.what))),
    ...step.commands.flatMap(({ what, letters }) => [
      ...(letters.length > 0 ? [`${blanks}[${letters.join(' ')}]`] : []),
      `${blanks}${page.paint('command', what)}`,
    ]),
  ]
}

function lettered({ letters }: ForGroups<unknown>, text: string): string {
  return letters.length === 0 ? text : `[${letters.join(' ')}] ${text}`
}
