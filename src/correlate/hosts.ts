import { compareText } from '../bytes/compare-text.ts'
import { listsBy } from '../bytes/lists-by.ts'
import { SYSTEM, sameName } from '../event/source.ts'
import { fullNames } from './full-names.ts'
import type { LogPart, SilentLog } from './host-input.ts'
import { looseKeys } from './loose-names.ts'
import { type Rename, sameComputer } from './renames.ts'

/** The logs, or parts of logs, of one host. */
export interface HostGroup {
  /** Unique in the run. */
  readonly host: string
  /** In order of appearance. */
  readonly computers: readonly string[]
  readonly parts: readonly LogPart[]
  readonly silent: readonly SilentLog[]
}

/**
 * Tells the hosts of a run apart. A volume is one host whatever names it had, and each computer in its ForwardedEvents
 * log is a host of its own, `<host>/<computer>`. Loose logs go by the Computer of their records; two names are one host
 * only where a 6011 of one of them says so, or where they stand together and one is the other with its domain: then the
 * longer one is shown. Records that name no Computer are a host of their own, log by log.
 */
export function groupHosts(
  parts: readonly LogPart[],
  silent: readonly SilentLog[],
  renames: readonly Rename[],
): readonly HostGroup[] {
  const groups: HostGroup[] = []
  const roots = [...new Set([...parts, ...silent].filter((log) => log.rootKind === 'volume').map((log) => log.root))]
  for (const root of roots.sort((a, b) => a - b)) {
    groups.push(...groupsOfVolume(inRoot(parts, root), inRoot(silent, root)))
  }
  groups.push(...groupsOfLoose(parts.filter(isLoose), silent.filter(isLoose), renames))
  return withUniqueLabels(groups)
}

/**
 * Finds the host that a record belongs to, by its log and its Computer.
 *
 * @returns undefined for a pair that no part has
 */
export function hostFinder(groups: readonly HostGroup[]): (file: string, computer: string) => HostGroup | undefined {
  const byPart = new Map<string, HostGroup>()
  for (const group of groups) for (const part of group.parts) byPart.set(partKey(part.file, part.computer), group)
  return (file, computer) => byPart.get(partKey(file, computer))
}

function partKey(file: string, computer: string): string {
  return `${file}\0${computer.toLowerCase()}`
}

function inRoot<T extends { readonly root: number }>(logs: readonly T[], root: number): readonly T[] {
  return logs.filter((log) => log.root === root)
}

function isLoose(log: { readonly rootKind: 'volume' | 'loose' }): boolean {
  return log.rootKind === 'loose'
}

function groupsOfVolume(parts: readonly LogPart[], silent: readonly SilentLog[]): readonly HostGroup[] {
  const own = parts.filter((part) => !part.forwarded)
  const computers = computersOf(own)
  const label = parts[0]?.rootLabel || silent[0]?.rootLabel || shownName(computers) || 'host'
  const groups: HostGroup[] = own.length + silent.length > 0 ? [{ host: label, computers, parts: own, silent }] : []
  const others = parts.filter((part) => part.forwarded)
  const forwarded = listsBy(others, fullNames(others).of)
  for (const group of forwarded.values()) {
    const names = computersOf(group)
    groups.push({ host: `${label}/${shownName(names) ?? group[0]?.file}`, computers: names, parts: group, silent: [] })
  }
  return groups.sort((a, b) => (a.parts === own ? -1 : b.parts === own ? 1 : compareText(a.host, b.host)))
}

function groupsOfLoose(
  parts: readonly LogPart[],
  silent: readonly SilentLog[],
  renames: readonly Rename[],
): readonly HostGroup[] {
  const byRoot = listsBy(parts, (part) => `${part.root}`)
  const grouped = listsBy(parts, looseKeys(parts, renames))
  const groups: HostGroup[] = [...grouped.values()].map((group) => {
    const computers = computersOf(group)
    const roots = new Set(group.map((part) => part.root))
    const beside = [...roots].reduce((count, root) => count + (byRoot.get(`${root}`)?.length ?? 0), 0)
    return {
      host: shownName(computers) || group[0]?.file || 'host',
      computers,
      parts: group,
      // Only where nobody else's logs lie beside it is it clear whose an empty log is.
      silent: beside === group.length ? silent.filter((log) => roots.has(log.root)) : [],
    }
  })
  const silentRoots = new Set(silent.map((log) => log.root).filter((root) => !byRoot.has(`${root}`)))
  for (const root of [...silentRoots].sort((a, b) => a - b)) {
    const logs = inRoot(silent, root)
    groups.push({ host: logs[0]?.rootLabel || logs[0]?.file || 'host', computers: [], parts: [], silent: logs })
  }
  return groups.sort(
    (a, b) => compareText(a.host.toLowerCase(), b.host.toLowerCase()) || compareText(fileOf(a), fileOf(b)),
  )
}

/**
 * Names in order of appearance: by the System log's record numbers where it has them, the others after, by time.
 * Records that name no computer add none.
 */
function computersOf(parts: readonly LogPart[]): readonly string[] {
  const ranked = parts.map((part) => {
    const system = part.channels.filter((channel) => sameName(channel.channel, SYSTEM))
    const first = system.map((channel) => channel.lowestRecordId)
    const times = part.channels.map((channel) => channel.firstTime)
    return {
      computer: part.computer,
      inSystem: first.length > 0 ? Math.min(...first) : Number.POSITIVE_INFINITY,
      firstTime: times.reduce((least, time) => (time < least ? time : least), times[0] ?? 0n),
      appearance: part.appearance,
      file: part.file,
    }
  })
  ranked.sort(
    (a, b) =>
      (a.inSystem === b.inSystem ? 0 : a.inSystem - b.inSystem) ||
      (a.firstTime === b.firstTime ? 0 : a.firstTime < b.firstTime ? -1 : 1) ||
      a.appearance - b.appearance ||
      compareText(a.file, b.file) ||
      compareText(a.computer, b.computer),
  )
  const names = new Map<string, string>()
  for (const { computer } of ranked) {
    const key = computer.toLowerCase()
    if (key !== '' && !names.has(key)) names.set(key, computer)
  }
  return [...names.values()]
}

/**
 * What a host is called: its last name, with its domain where any of them has it.
 *
 * @param computers in order of appearance
 */
export function shownName(computers: readonly string[]): string | undefined {
  const last = computers.at(-1)
  if (last === undefined || last.includes('.')) return last
  return computers.findLast((name) => name.includes('.') && sameComputer(name, last)) ?? last
}

function fileOf(group: HostGroup): string {
  return group.parts[0]?.file ?? group.silent[0]?.file ?? ''
}

function withUniqueLabels(groups: readonly HostGroup[]): readonly HostGroup[] {
  const taken = new Set<string>()
  return groups.map((group) => {
    let host = group.host
    for (let n = 2; taken.has(host.toLowerCase()); n++) host = `${group.host} (${n})`
    taken.add(host.toLowerCase())
    return host === group.host ? group : { ...group, host }
  })
}
