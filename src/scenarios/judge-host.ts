import { bootRecords, bootsOf } from '../correlate/boots.ts'
import { clockJumps } from '../correlate/clock.ts'
import { channelState, coverageOf, wasLookedAt } from '../correlate/coverage.ts'
import { type EventOrder, eventOrder } from '../correlate/event-order.ts'
import { gapsOf } from '../correlate/gaps.ts'
import type { HostInput, WindowOptions } from '../correlate/host-input.ts'
import { type Matches, matchesOf } from '../correlate/matches.ts'
import { type OsBuild, osBuild, osName } from '../correlate/os-build.ts'
import { type Reference, referenceOf } from '../correlate/reference.ts'
import { remoteLogons } from '../correlate/remote-logons.ts'
import { windowsOf } from '../correlate/windows.ts'
import { SYSTEM, sameName } from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import type { JudgedFacts } from '../facts/machine-facts.ts'
import type { ChannelCoverage, HostAnalysis } from '../finding/analysis.ts'
import { type Finding, isOpen, VERDICTS } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import { alsoInLogs } from './also-in-logs.ts'
import { alsoOnDisk } from './also-on-disk.ts'
import { brokenHives } from './broken-hives.ts'
import { SCENARIOS } from './catalogue.ts'
import { logonSentence } from './exhibits.ts'
import { connectionsIn, countConnections, lanesOf } from './lanes.ts'
import { type Scenario, type ScenarioContext, USUAL_DRIVE } from './scenario.ts'

/** A host's records, and what lies beside them. */
export interface HostEvidence extends HostInput {
  readonly facts?: JudgedFacts
  /** Drive that its disk is attached as: `F:`. */
  readonly drive?: string
}

/** Everything that is said about one host. */
export function judgeHost(
  input: HostEvidence,
  options: WindowOptions,
  scenarios: readonly Scenario[] = SCENARIOS,
): HostAnalysis {
  const matches = matchesOf(input)
  const jumps = clockJumps(matches)
  const boots = bootsOf(bootRecords(matches))
  const asked = { ...options, clockJumps: jumps }
  const reference = referenceOf(input.parts, boots, () => keptOf(input, matches), asked)
  const { facts } = input
  const os = osBuild(matches, boots) ?? osOnDisk(facts)
  const gaps = gapsOf(input.parts)
  const base = {
    host: input.host,
    computers: input.computers,
    ...(os === undefined ? {} : { os }),
    boots,
    clockJumps: jumps,
    gaps: gaps.flatMap((channel) => channel.gaps),
    facts: facts?.all ?? [],
  }
  const onDisk = alsoOnDisk(facts)
  if (reference === undefined) return { ...base, ...alsoSeen(onDisk), ...withoutRecords(input, matches, scenarios) }

  const windows = windowsOf(reference, boots, input.parts, asked)
  const coverage = coverageOf(input.parts, input.silent, matches, windows.window, gaps)
  const context: ScenarioContext = {
    host: input.host,
    computer: nameInForce(input),
    computers: input.computers,
    ...(os === undefined ? {} : { build: os.build }),
    windows,
    ...(reference.convictsUntil === undefined ? {} : { convictsUntil: reference.convictsUntil }),
    boots,
    clockJumps: jumps,
    coverage,
    ...(facts && { facts }),
    hives: brokenHives(facts),
    drive: input.drive ?? USUAL_DRIVE,
    count: matches.count,
  }
  const findings = scenarios.map((scenario) => scenario.detect(matches, context)).filter((each) => each !== undefined)
  const order = eventOrder(jumps)
  const logons = remoteLogons(matches)
  return {
    ...base,
    ...alsoSeen([
      ...behindReference(scenarios, findings, matches, context),
      ...onDisk,
      ...(findings.some(isOpen) ? [] : alsoInLogs(matches, { bounds: context, order, logons })),
    ]),
    reference: { time: reference.time, kind: reference.source, source: sourceSentence(reference, options) },
    ...(reference.latest === undefined ? {} : { clockMoved: { reference: reference.time, latest: reference.latest } }),
    windows,
    ...lastGood(logons, order),
    lanes: lanesOf(matches, boots, windows, findings),
    connections: countConnections(connectionsIn(matches, windows.window), coverage),
    coverage,
    findings: [...findings].sort(byVerdict),
    ...unfound(scenarios, findings, coverage, (scenario) => scenario.alsoSeen?.(matches, context) ?? []),
  }
}

/** What would be found if the logs counted to their end: a reference that is a little early must not read as health. */
function behindReference(
  scenarios: readonly Scenario[],
  findings: readonly Finding[],
  matches: Matches,
  { convictsUntil, ...context }: ScenarioContext,
): readonly Sentence[] {
  if (convictsUntil === undefined) return []
  const { log } = context.windows
  const later = { ...context, windows: { window: { start: convictsUntil, end: log.end }, log } }
  const isOpenNow = ({ id }: Scenario) => findings.some((finding) => finding.scenario === id && isOpen(finding))
  return scenarios.flatMap((scenario) => {
    const found = isOpenNow(scenario) ? undefined : scenario.detect(matches, later)
    if (found === undefined || !isOpen(found) || found.counts.trigger === 0) return []
    return [sentence('also.behind-reference', { id: scenario.id, count: found.counts.trigger, since: found.since })]
  })
}

function alsoSeen(said: readonly Sentence[]): Pick<HostAnalysis, 'alsoSeen'> {
  return said.length === 0 ? {} : { alsoSeen: said }
}

/** Which Windows it is, as the registry says: where no record does. */
function osOnDisk(facts: JudgedFacts | undefined): OsBuild | undefined {
  const fact = facts?.fact('os.build')
  if (typeof fact?.value !== 'number') return undefined
  return { build: fact.value, name: facts?.text('os.product') ?? osName(fact.value), source: fact.source.file }
}

/** A host of which nothing could be read: no time, no verdict, and every scenario open. */
function withoutRecords(input: HostInput, matches: Matches, scenarios: readonly Scenario[]) {
  const coverage = coverageOf(input.parts, input.silent, matches, undefined, [])
  return {
    lanes: [],
    connections: countConnections({ attempted: [], authenticated: [], loggedOn: [] }, coverage),
    coverage,
    findings: [],
    ...unfound(scenarios, [], coverage, () => []),
  }
}

/** Every kept record of the host: the reference `last-boot` looks for the last before a start among them. */
function keptOf(input: HostInput, matches: Matches): readonly Sighting[] {
  return [...input.kept.keys()].sort().flatMap((needId) => matches.sightings(needId))
}

/** The computer's name at the end: that of the last System record, else the last to appear. */
function nameInForce({ parts, computers, host }: HostInput): string {
  let best: { readonly recordId: number; readonly computer: string } | undefined
  for (const { computer, channels } of parts) {
    for (const { channel, highestRecordId } of channels) {
      if (!sameName(channel, SYSTEM) || (best !== undefined && best.recordId >= highestRecordId)) continue
      best = { recordId: highestRecordId, computer }
    }
  }
  return best?.computer || computers.at(-1) || host
}

function sourceSentence(reference: Reference, options: WindowOptions): Sentence {
  switch (reference.source) {
    case 'system-log':
      return sentence('reference.system-log')
    case 'other-logs':
      return sentence('reference.other-logs')
    case 'last-boot':
      return sentence('reference.last-boot')
    case 'before-boot':
      return sentence('reference.before-boot')
    case 'nothing-before-boot':
      return sentence('reference.nothing-before-boot')
    case 'no-boot':
      return sentence('reference.no-boot')
    case 'until':
      return sentence('reference.until')
    case 'given': {
      const text = typeof options.reference === 'object' ? options.reference.text : ''
      return sentence('reference.given', { text })
    }
  }
}

function lastGood(logons: readonly Sighting[], order: EventOrder): Pick<HostAnalysis, 'lastGood'> {
  const last = order.lastOf(logons)
  if (last === undefined) return {}
  const { timeCreated, recordId, channel, file } = last
  return { lastGood: { time: timeCreated, what: logonSentence(last), recordId, channel, file } }
}

function byVerdict(a: Finding, b: Finding): number {
  const byRank = VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict)
  if (byRank !== 0) return byRank
  if (a.since !== b.since) return a.since < b.since ? -1 : 1
  return a.scenario < b.scenario ? -1 : 1
}

/** Scenarios without a finding: looked for in vain, or not to be looked for because no log of theirs was there. */
function unfound(
  scenarios: readonly Scenario[],
  findings: readonly Finding[],
  coverage: readonly ChannelCoverage[],
  alsoSeen: (scenario: Scenario) => readonly Sentence[],
): Pick<HostAnalysis, 'notFound' | 'notEvaluated'> {
  const open = scenarios.filter(({ id }) => !findings.some(({ scenario }) => scenario === id))
  const isReadable = (channel: string) => wasLookedAt(coverage, channel)
  const sayMissing = (channel: string) =>
    channelState(coverage, channel) === 'unreadable'
      ? sentence('not-evaluated.unreadable', { channel })
      : sentence('not-evaluated.not-collected', { channel })
  return {
    notFound: open
      .filter(({ channels }) => channels.some(isReadable))
      .map((scenario) => {
        const { id, channels, lookedFor } = scenario
        // Absence in a log that was not there must never read as absence.
        const missing = channels.filter((each) => !isReadable(each)).map(sayMissing)
        return { scenario: id, lookedFor: [...lookedFor, ...missing, ...alsoSeen(scenario)] }
      }),
    notEvaluated: open
      .filter(({ channels }) => !channels.some(isReadable))
      .flatMap((scenario) => {
        const { id, channels } = scenario
        const missing = channels.slice(0, 1).map((channel) => whyNot(channels, channel, sayMissing))
        return [...missing, ...alsoSeen(scenario)].map((why) => ({ scenario: id, why }))
      }),
  }
}

function whyNot(channels: readonly string[], first: string, sayMissing: (channel: string) => Sentence): Sentence {
  if (channels.length === 1) return sayMissing(first)
  return sentence('not-evaluated.none-readable', { channels: channels.join(', ') })
}
