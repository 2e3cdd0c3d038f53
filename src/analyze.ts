import { compareText } from './bytes/compare-text.ts'
import { toIso } from './bytes/filetime.ts'
import type { WindowOptions } from './correlate/host-input.ts'
import { type HostGroup, hostFinder } from './correlate/hosts.ts'
import { duplicatesIn } from './correlate/matches.ts'
import { type Damage, UsageError } from './errors.ts'
import type { Collection } from './evidence/collection.ts'
import type { Analysis, HostAnalysis, Input } from './finding/analysis.ts'
import type { Evidence } from './finding/finding.ts'
import { inputHeader } from './finding/input-header.ts'
import { withOwnFolders } from './finding/saved-folder.ts'
import { listening, turn } from './pool/turn.ts'
import { sharedSkimmer } from './scan/chunk-reader.ts'
import { verifyChunksOf } from './scan/decode-rows.ts'
import { evidenceXml } from './scan/evidence-xml.ts'
import { HostDecoder } from './scan/host-decoder.ts'
import { hostDisks } from './scan/host-facts.ts'
import { LateDamage } from './scan/late-damage.ts'
import { scanningThreads } from './scan/ranges.ts'
import { stateOf } from './scan/read-summary.ts'
import { keptOf } from './scan/sightings.ts'
import { type SurveyedGroup, type SurveyedLog, survey } from './scan/survey.ts'
import { tellHostsApart } from './scan/tell-apart.ts'
import type { RunStats, ScanOptions, Watch } from './scan/watch.ts'
import { allNeeds, SCENARIOS } from './scenarios/catalogue.ts'
import { judgeHost } from './scenarios/judge-host.ts'
import { toolVersion } from './version.ts'

/** How to look, and how far back. */
export interface AnalyzeOptions extends ScanOptions {
  readonly window: WindowOptions
  /** The reference as typed, for the report. */
  readonly referenceText: string
  /** Ids; all when absent. */
  readonly scenarios?: readonly string[]
  /**
   * False leaves out what only whole documents show: the XML of the records that decided, and the facts of a disk that
   * no verdict is made of.
   */
  readonly whole?: boolean
}

/**
 * Finds out why RDP fails: scans the logs for what the scenarios need, tells the hosts apart, and judges each.
 *
 * Time is that of one selective scan; memory grows with the matches kept (see `query/need.ts`), not with the logs.
 *
 * @throws {UsageError} a scenario that is not there
 * @throws the signal's reason when it is aborted
 */
export function analyze(
  collection: Collection,
  options: AnalyzeOptions,
  watch: Watch,
): Promise<{ readonly analysis: Analysis; readonly stats: RunStats }> {
  return listening(watch.signal, () => analyzeLogs(collection, options, watch))
}

async function analyzeLogs(collection: Collection, options: AnalyzeOptions, watch: Watch) {
  const scenarios = options.scenarios?.map(scenarioOf) ?? SCENARIOS
  const needs = allNeeds(scenarios)
  const logs = await survey(collection, needs, options, watch)
  const damage = new LateDamage(logs)
  const hosts: HostAnalysis[] = []
  const groups = await tellHostsApart(logs, collection, needs, damage.add)
  const logsOf = shareOut(logs, groups)
  const disks = await hostDisks(groups, collection, {
    signal: watch.signal,
    selection: options.whole === false ? 'judged' : 'all',
  })
  const withXml = options.whole === false ? withoutXml : evidenceXml()
  let decoded = 0
  const duplicates = new Map<string, number>()
  const shares = groups.map((group) => logsOf.get(group) ?? [])
  const decoder = new HostDecoder(shares, needs, damage.add)
  for (const [position, group] of groups.entries()) {
    await turn()
    const kept = await keptOf(shares[position]!, needs, decoder.of(position))
    for (const { events } of kept.values()) decoded += events.length
    for (const [file, count] of duplicatesIn({ kept })) duplicates.set(file, (duplicates.get(file) ?? 0) + count)
    hosts.push(await withXml(judgeHost({ ...group, ...disks.get(group), kept }, options.window, scenarios), kept))
  }
  await verifyCited(hosts, logs, damage.add)
  const { since, until } = options.window
  const analysis: Analysis = {
    tool: { name: 'evtxray', version: toolVersion() },
    options: {
      window: options.window.windowText,
      reference: options.referenceText,
      ...(since !== undefined && { since: toIso(since) }),
      ...(until !== undefined && { until: toIso(until) }),
      scenarios: scenarios.map(({ id }) => id),
      recover: options.recover,
    },
    hosts: withOwnFolders(hosts),
    inputs: inputsOf(collection, logs, { duplicates, damage }),
    damage: [...damage.all(), ...[...disks.values()].flatMap(({ facts }) => facts.damage)],
  }
  const stats: RunStats = {
    files: logs.length,
    bytes: collection.logs.reduce((sum, { size }) => sum + size, 0),
    records: logs.reduce((sum, { records }) => sum + records, 0),
    decoded,
    threads: scanningThreads(collection.logs, options.threads),
    engine: sharedSkimmer() === undefined ? 'plain' : 'kernel',
  }
  return { analysis, stats }
}

async function withoutXml(host: HostAnalysis): Promise<HostAnalysis> {
  return host
}

/** What each host has of each log: the groups of its computers. */
function shareOut(logs: readonly SurveyedLog[], hosts: readonly HostGroup[]): Map<HostGroup, SurveyedLog[]> {
  const ownerOf = hostFinder(hosts)
  const shares = new Map<HostGroup, SurveyedLog[]>(hosts.map((host) => [host, []]))
  for (const log of logs) {
    const byOwner = new Map<HostGroup, SurveyedGroup[]>()
    for (const surveyed of log.groups) {
      const owner = ownerOf(log.log.name, surveyed.group.computer)
      if (owner === undefined) continue
      const mine = byOwner.get(owner)
      if (mine) mine.push(surveyed)
      else byOwner.set(owner, [surveyed])
    }
    for (const [owner, groups] of byOwner) shares.get(owner)?.push({ ...log, groups })
  }
  return shares
}

function scenarioOf(id: string) {
  const found = SCENARIOS.find((scenario) => scenario.id === id)
  if (!found) {
    throw new UsageError(`There is no scenario "${id}": expected one of ${SCENARIOS.map((each) => each.id).join(', ')}`)
  }
  return found
}

/** Checks the chunks that a shown record comes from: a reader must know whether the bytes are as Windows wrote them. */
async function verifyCited(
  hosts: readonly HostAnalysis[],
  logs: readonly SurveyedLog[],
  onDamage: (file: string, damage: Damage) => void,
): Promise<void> {
  const cited = new Map<string, Evidence[]>(logs.map(({ log }) => [log.name, []]))
  for (const { findings } of hosts) {
    for (const { evidence } of findings) for (const each of evidence) cited.get(each.file)?.push(each)
  }
  for (const scanned of logs) {
    const { name } = scanned.log
    for (const damage of await verifyChunksOf(scanned, cited.get(name) ?? [])) onDamage(name, damage)
  }
}

function inputsOf(
  collection: Collection,
  logs: readonly SurveyedLog[],
  { duplicates, damage: all }: { readonly duplicates: ReadonlyMap<string, number>; readonly damage: LateDamage },
): Input[] {
  const read = logs.map(({ log, header, records, damaged, recovered, copies: inSlack, damage, failure }): Input => {
    const base = { file: log.name, size: log.size }
    const unlistedDamage = all.unlisted(log.name)
    const copies = inSlack + (duplicates.get(log.name) ?? 0)
    const counts = {
      records,
      damaged,
      recovered,
      ...(copies > 0 && { duplicates: copies }),
      ...(unlistedDamage && { unlistedDamage }),
      ...(header && { header: inputHeader(header) }),
    }
    return { ...base, ...stateOf({ records, damaged }, failure, damage.length > 0), ...counts }
  })
  const refused = collection.refused.map(({ name: file, size, state, reason }): Input => {
    return { file, size, state, reason, records: 0, damaged: 0, recovered: 0 }
  })
  return [...read, ...refused].sort((a, b) => compareText(a.file, b.file))
}
