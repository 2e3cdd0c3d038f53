import { toIso } from '../bytes/filetime.ts'
import type { Analysis, HostAnalysis, TimeRange } from '../finding/analysis.ts'
import { toJsonText } from '../timeline/json-text.ts'
import { toFactDocument } from './facts-json.ts'
import { toFindingDocument } from './json-finding.ts'
import { sentenceDocuments, type ToSentence } from './json-sentence.ts'
import type { Language } from './language/language.ts'

/** Raised when a reader of the document must change; each raise is a line in CHANGELOG.md. */
const SCHEMA_VERSION = 1

/**
 * The result document, schema version 1: two blanks a level, keys in the order of the schema, times as ISO 8601 with
 * seven digits and `Z`, a newline at the end. Event text stands whole, with what acts on a terminal escaped as JSON
 * does.
 *
 * @param language of the sentences' `text`; the document that is promised is English
 */
export function renderJson(analysis: Analysis, language: Language): string {
  const toSentence = sentenceDocuments(language)
  const { tool, options } = analysis
  const document = {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    options: {
      window: options.window,
      reference: options.reference,
      since: options.since,
      until: options.until,
      scenarios: options.scenarios,
      recover: options.recover,
    },
    hosts: analysis.hosts.map((host) => toHostDocument(host, toSentence)),
    inputs: analysis.inputs.map(({ file, size, state, reason, records, damaged, recovered, duplicates }) => {
      return { file, size, state, reason, records, damaged, recovered, duplicates }
    }),
    damage: analysis.damage.map(({ file, offset, length, kind, detail }) => ({ file, offset, length, kind, detail })),
  }
  return `${toJsonText(document, 2)}\n`
}

/** Keys whose value is undefined are left out by JSON. */
function toHostDocument(host: HostAnalysis, toSentence: ToSentence): object {
  const { os, reference, clockMoved, windows, lastGood, connections } = host
  return {
    host: host.host,
    computers: host.computers,
    os: os && { build: os.build, edition: os.name, source: os.source },
    reference: reference && { time: toIso(reference.time), source: toSentence(reference.source) },
    clockMoved: clockMoved && { reference: toIso(clockMoved.reference), latest: toIso(clockMoved.latest) },
    windows: windows && {
      window: toRange(windows.window),
      boot: windows.boot && toRange(windows.boot),
      log: toRange(windows.log),
    },
    boots: host.boots.map(({ start, end, how }) => ({ start: toIso(start), end: isoOf(end), how })),
    clockJumps: host.clockJumps.map(({ recordId, from, to }) => ({ recordId, from: toIso(from), to: toIso(to) })),
    gaps: host.gaps.map(({ channel, afterRecordId, beforeRecordId, reason }) => {
      return { channel, afterRecordId, beforeRecordId, reason }
    }),
    lastGood: lastGood && {
      time: toIso(lastGood.time),
      what: toSentence(lastGood.what),
      evidence: { channel: lastGood.channel, recordId: lastGood.recordId, file: lastGood.file },
    },
    alsoSeen: host.alsoSeen?.map(toSentence),
    lanes: host.lanes.map(({ id, title, marks }) => ({
      id,
      title: toSentence(title),
      marks: marks.map(({ time, kind, count, evidence }) => ({ time: toIso(time), kind, count, evidence })),
    })),
    connections: {
      attempted: connections.attempted,
      authenticated: connections.authenticated,
      loggedOn: connections.loggedOn,
    },
    facts: host.facts.map(toFactDocument),
    coverage: host.coverage.map((channel) => ({
      channel: channel.channel,
      state: channel.state,
      file: channel.file,
      records: channel.records,
      firstTime: isoOf(channel.firstTime),
      lastTime: isoOf(channel.lastTime),
      dirty: channel.dirty,
      startsInsideWindow: channel.startsInsideWindow,
      cleared: isoOf(channel.cleared),
      gaps: channel.gaps,
      missingRecords: channel.missingRecords,
    })),
    findings: host.findings.map((finding) => toFindingDocument(finding, toSentence)),
    notFound: host.notFound.map(({ scenario, lookedFor }) => ({ scenario, lookedFor: lookedFor.map(toSentence) })),
    notEvaluated: host.notEvaluated.map(({ scenario, why }) => ({ scenario, why: toSentence(why) })),
  }
}

function toRange(range: TimeRange): { start: string; end: string } {
  return { start: toIso(range.start), end: toIso(range.end) }
}

function isoOf(ticks: bigint | undefined): string | undefined {
  return ticks === undefined ? undefined : toIso(ticks)
}
