import type { Collection, LogFile } from '../evidence/collection.ts'
import { FILE_HEADER_SIZE, type FileHeader } from '../evtx/file-header.ts'
import { type Group, joinGroup } from '../evtx/group.ts'
import { followRuns, type IdRuns } from '../evtx/id-runs.ts'
import { runTasks, siblingModule } from '../pool/pool.ts'
import { KEPT_MATCHES, type Need } from '../query/need.ts'
import { SightingRows } from '../query/sighting-rows.ts'
import { type DamageFound, DamageTally } from './damage-tally.ts'
import { batchRanges, scanningThreads } from './ranges.ts'
import { workerFailure } from './read-summary.ts'
import { packRunLogs, type RunLogs } from './run-elsewhere.ts'
import { ScanProgress } from './scan-progress.ts'
import type { RangeScan, ScanTask } from './scan-task.ts'
import type { ScanOptions, Watch } from './watch.ts'

/** The matches of the needs in one group of a log. */
export interface SurveyedGroup {
  readonly group: Group
  /** By position of the need. */
  readonly rows: ReadonlyMap<number, SightingRows>
}

/** What a scan found in one log. */
export interface SurveyedLog extends DamageFound {
  readonly log: LogFile
  /** In the order in which they were met; each has a record. */
  readonly groups: readonly SurveyedGroup[]
  /** EventRecordIDs of all groups together. */
  readonly ids: IdRuns
  /** It was not closed when it was copied. */
  readonly dirty: boolean
  /** Undefined where the file header cannot be read. */
  readonly header: FileHeader | undefined
  /** Where the first chunk begins, bytes from the start of the file. */
  readonly firstChunk: number
  readonly records: number
  readonly recovered: number
  /** Records in unused space that repeat live ones; not among the others. */
  readonly copies: number
  readonly damaged: number
  /** All logs of the scan, where anything is recovered: what is recovered of one may need what another knows. */
  readonly run: RunLogs | undefined
  /** Why it could not be read to the end. */
  readonly failure?: string
}

/** A log while its ranges come in. */
interface Gathering {
  groups: Map<string, { group: Group; rows: Map<number, SightingRows> }>
  damage: DamageTally
  ids: IdRuns[]
  opening: RangeScan['opening']
  records: number
  recovered: number
  copies: number
  damaged: number
  failure: string | undefined
}

/**
 * Scans all logs of a collection for some needs, on worker threads. Nothing is decoded but what a need's field test
 * cannot see otherwise.
 *
 * @returns one entry for each log, in the collection's order
 */
export async function survey(
  collection: Collection,
  needs: readonly Need[],
  options: ScanOptions,
  watch: Watch,
): Promise<SurveyedLog[]> {
  const threads = scanningThreads(collection.logs, options.threads)
  const batches = batchRanges(collection.logs, threads, { batchBytes: options.batchBytes })
  const gatherings = collection.logs.map(emptyGathering)
  const run = options.recover === 'none' ? undefined : packRunLogs(collection.logs)
  const progress = new ScanProgress(collection.logs, batches, watch)
  const tasks = batches.map((batch): ScanTask => {
    return { ranges: batch.ranges, ...(run && { logs: run }), needs, recover: options.recover, verify: options.verify }
  })
  const job = {
    module: siblingModule('scan-task', import.meta.url),
    name: 'scanTask',
    threads,
    helpHere: true,
    signal: watch.signal,
  }
  await runTasks<ScanTask, RangeScan[]>(job, tasks, (outcome, index) => {
    const { ranges } = batches[index]!
    ranges.forEach((range, position) => {
      const gathering = gatherings[range.log]!
      if (outcome.ok) gather(gathering, outcome.value[position]!)
      else gathering.failure ??= workerFailure(outcome.error)
    })
    progress.done(index)
  })
  return collection.logs.map((log, index) => finish(log, gatherings[index]!, run))
}

function emptyGathering(): Gathering {
  return {
    groups: new Map(),
    damage: new DamageTally(),
    ids: [],
    opening: undefined,
    records: 0,
    recovered: 0,
    copies: 0,
    damaged: 0,
    failure: undefined,
  }
}

function gather(into: Gathering, scan: RangeScan): void {
  into.opening ??= scan.opening
  into.ids.push(scan.ids)
  into.records += scan.records
  into.recovered += scan.recovered
  into.copies += scan.copies
  into.damaged += scan.damaged
  into.failure ??= scan.failure
  into.damage.addAll(scan)
  const mine = scan.groups.map((group) => {
    const key = `${group.computer}\0${group.channel}`
    const known = into.groups.get(key)
    if (known) {
      joinGroup(known.group, group)
      return known
    }
    const made = { group, rows: new Map<number, SightingRows>() }
    into.groups.set(key, made)
    return made
  })
  for (const kept of scan.kept) {
    const { rows } = mine[kept.group]!
    const known = rows.get(kept.need) ?? new SightingRows(KEPT_MATCHES)
    rows.set(kept.need, known)
    known.absorb(kept.rows)
  }
}

function finish(log: LogFile, gathered: Gathering, run: RunLogs | undefined): SurveyedLog {
  // What was met in unused space only is nobody's: it may be of another computer, or older than the log.
  const groups = [...gathered.groups.values()].filter(({ group }) => group.records > 0)
  for (const { rows } of groups) for (const each of rows.values()) each.prune()
  const { ids, opening, records, recovered, copies, damaged, failure } = gathered
  const { damage, unlisted } = gathered.damage.found()
  return {
    log,
    groups,
    // What could not be read is not missing.
    ids: followRuns(failure === undefined ? ids : []),
    damage: [...damage].sort((a, b) => a.offset - b.offset),
    ...(unlisted && { unlisted }),
    dirty: opening?.dirty ?? false,
    header: opening?.header,
    firstChunk: opening?.firstChunk ?? FILE_HEADER_SIZE,
    records,
    recovered,
    copies,
    damaged,
    run,
    ...(failure !== undefined && { failure }),
  }
}
