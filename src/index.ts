/**
 * The library's front door: what another program may build on. Everything else is a room of its own and may change.
 *
 *     const collection = await findEvidence(['F:\\'])
 *     const { analysis } = await analyze(collection, options, { signal })
 *     console.log(renderJson(analysis, english))
 *
 * Evidence is opened for reading only. Nothing here prints, ends the process or reaches a network. What is thrown on
 * purpose is an `EvtxError`; damage inside a log is a value, never thrown (see `Damage`).
 */

// The verdict, and the documents made of it.
export { type AnalyzeOptions, analyze } from './analyze.ts'
// One log in memory, record by record; and the way back.
export { toIso } from './bytes/filetime.ts'
export type { WindowOptions } from './correlate/host-input.ts'
// What can go wrong.
export {
  type Damage,
  type DamageKind,
  EvtxError,
  FormatError,
  type FormatErrorCode,
  InputError,
  OutputError,
  QueryError,
  UsageError,
} from './errors.ts'
// Logs on disk, however many and however big.
export type { Collection, EvidenceRoot, LogFile, RefusedFile } from './evidence/collection.ts'
export { findEvidence } from './evidence/find-logs.ts'
export type { HiveFile, KeyFolder, Machine, MachineState } from './evidence/machine.ts'
export type { FileSource, Source, ZipSource } from './evidence/source.ts'
export type { VolumeAbove } from './evidence/volume-above.ts'
export type { XmlElement, XmlNode } from './evtx/element.ts'
export { type Json, toJson } from './evtx/json.ts'
export { isDamage, type LogRecord, type RecordOrDamage, walkLog } from './evtx/log.ts'
export type { RecoverMode, Recovery } from './evtx/record.ts'
export type { TemplateOrigin } from './evtx/salvage.ts'
export type {
  DescribedItem,
  DescribedPayload,
  DescribedValue,
  EventDescription,
} from './evtx/write/event-description.ts'
export { type LogOptions, writeLog } from './evtx/write/log-writer.ts'
export { renderXml } from './evtx/xml.ts'
// What the registry and the key files beside the logs say.
export type { Fact } from './facts/fact.ts'
export type { MachineFacts } from './facts/machine-facts.ts'
export type { Analysis, Gap, HostAnalysis, Input, UnlistedDamage } from './finding/analysis.ts'
export type { Evidence, Finding, Remediation, Role, Rule, Verdict } from './finding/finding.ts'
export type { InputHeader } from './finding/input-header.ts'
export type { Sentence } from './finding/sentence.ts'
export { type Hive, type HiveBytes, openHive } from './hive/hive.ts'
export { bytesInMemory } from './hive/hive-bytes.ts'
export type { HiveKey } from './hive/key.ts'
export { dwordOf, type HiveValue, qwordOf, textOf, textsOf } from './hive/value.ts'
export { EVERY_EVENT, type Filter, type IdRange } from './query/filter.ts'
export { renderHtml } from './report/html/page.ts'
export { renderJson } from './report/json.ts'
export { english } from './report/language/en.ts'
export { french } from './report/language/fr.ts'
export type { Language } from './report/language/language.ts'
export { LANGUAGE_CODES, loadLanguage } from './report/language/languages.ts'
export { say } from './report/language/say.ts'
export { renderMarkdown } from './report/markdown.ts'
export { type DumpOptions, dump } from './scan/dump.ts'
export { hashFiles } from './scan/hash.ts'
export { type ChannelHealth, health, type LogHealth } from './scan/health.ts'
export { machineFacts } from './scan/machine-facts.ts'
export type { ReadSummary } from './scan/read-summary.ts'
export { type TimelineOptions, timeline } from './scan/timeline.ts'
export type { Progress, RunStats, ScanOptions, Watch } from './scan/watch.ts'
export { SCENARIOS } from './scenarios/catalogue.ts'
export type { Scenario } from './scenarios/scenario.ts'
export type { TimelineFormat } from './timeline/profile.ts'
export { chooseFormat } from './timeline/profiles.ts'

// Which evtxray this is.
export { toolVersion } from './version.ts'
