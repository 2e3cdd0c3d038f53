import { compareText } from '../bytes/compare-text.ts'
import type { HostAnalysis } from '../finding/analysis.ts'
import { isOpen, type Remediation } from '../finding/finding.ts'
import { forEachHost } from '../finding/saved-folder.ts'
import type { Voice } from './language/voice.ts'

/** One repair, and the hosts of a run that need it. */
export interface SharedRepair {
  readonly scenario: string
  readonly remediation: Remediation
  /** In the order of the run. */
  readonly hosts: readonly string[]
}

/**
 * The repairs of all open findings, each once however many hosts need it: by scenario, and in the order they are met.
 */
export function sharedRepairs(hosts: readonly HostAnalysis[], voice: Voice): SharedRepair[] {
  const all = hosts.flatMap(({ host, findings }) =>
    findings
      .filter(isOpen)
      .flatMap(({ scenario, remediation }) => remediation.map((one) => ({ host, scenario, remediation: one }))),
  )
  // Ways of one title become one list, in which a folder of one host would be no other's.
  const wayOf = ({ scenario, remediation: { where, title } }: (typeof all)[number]) =>
    [scenario, where, voice.say(title)].join('\n')
  const hostsOfWay = new Map<string, Set<string>>()
  for (const one of all) hostsOfWay.set(wayOf(one), (hostsOfWay.get(wayOf(one)) ?? new Set()).add(one.host))
  const shared = new Map<string, { scenario: string; remediation: Remediation; hosts: string[] }>()
  for (const one of all) {
    const { host, scenario } = one
    const remediation = hostsOfWay.get(wayOf(one))!.size > 1 ? forEachHost(one.remediation) : one.remediation
    const key = [scenario, ...wordsOf(remediation, voice)].join('\n')
    const known = shared.get(key)
    if (!known) shared.set(key, { scenario, remediation, hosts: [host] })
    else if (!known.hosts.includes(host)) known.hosts.push(host)
  }
  return [...shared.values()].sort((a, b) => compareText(a.scenario, b.scenario))
}

/** True when there is something to be typed. */
export function hasCommands({ steps }: Remediation): boolean {
  return steps.some(({ command }) => command !== undefined)
}

/** All that a reader would see: two repairs that read the same are the same. */
function wordsOf({ where, title, risk, rollback, steps, undo = [] }: Remediation, voice: Voice): string[] {
  const notes = [title, risk, rollback].map((note) => (note ? voice.say(note) : ''))
  return [where, ...notes, ...[...steps, ...undo].flatMap(({ text, command = '' }) => [voice.say(text), command])]
}
