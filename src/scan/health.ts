import { ticksFrom } from '../bytes/filetime.ts'
import type { Damage } from '../errors.ts'
import type { Collection, LogFile } from '../evidence/collection.ts'
import { type Group, joinGroup } from '../evtx/group.ts'
import type { UnlistedDamage } from '../finding/analysis.ts'
import { type InputHeader, inputHeader } from '../finding/input-header.ts'
import { runTasks, siblingModule } from '../pool/pool.ts'
import { DamageTally } from './damage-tally.ts'
import type { HealthTask, RangeHealth } from './health-task.ts'
import { batchRanges, worthwhileThreads } from './ranges.ts'
import { workerFailure } from './read-summary.ts'
import { packRunLogs } from './run-elsewhere.ts'
import { ScanProgress } from './scan-progress.ts'
import type { RunStats, ScanOptions, Watch } from './watch.ts'

/** What a log holds of one channel. */
export interface ChannelHealth {
  readonly channel: string
  readonly records: number
  /** TimeCreated, FILETIME ticks. */
  readonly firstTime: bigint
  readonly lastTime: bigint
  /** EventRecordID. */
  readonly firstRecordId: number
  readonly lastRecordId: number
}

/** How one log is. */
export interface LogHealth {
  readonly file: string
  /** Bytes. */
  readonly size: number
  /** Why it could not be read, if so. */
  readonly failure?: string
  /** What the file header says; undefined where it cannot be read. */
  readonly header?: InputHeader
  /** Slots that begin as a chunk, or hold a record all the same. */
  readonly chunksUsed: number
  /** Slots of zeros: space that Windows set aside. */
  readonly chunksEmpty: number
  /** Slots with any damage, used or not. */
  readonly chunksDamaged: number
  readonly records: number
  readonly recovered: number
  /** Records in unused space that repeat live ones; not among the others. */
  readonly copies: number
  readonly damaged: number
  readonly channels: readonly ChannelHealth[]
  readonly providers: number
  readonly computers: readonly string[]
  /** By offset; the first that were met where there are more than can be listed. */
  readonly damage: readonly (Damage & { readonly file: string })[]
  /** Damage beyond them; absent where they are all. */
  readonly unlistedDamage?: UnlistedDamage
}

interface Gathering {
  readonly ranges: RangeHealth[]
  failure: string | undefined
}

/** Looks at every chunk and every record of all logs, and says how they are; one entry for each log, in order. */
export async function health(
  collection: Collection,
  options: ScanOptions,
  watch: Watch,
): Promise<{ readonly logs: readonly LogHealth[]; readonly stats: RunStats }> {
  const { logs } = collection
  const threads = worthwhileThreads(logs, options.threads)
  const batches = batchRanges(logs, threads, { batchBytes: options.batchBytes })
  const { recover, verify } = options
  const run = packRunLogs(logs)
  const tasks = batches.map(({ ranges }): HealthTask => ({ ranges, logs: run, recover, verify }))
  const progress = new ScanProgress(logs, batches, watch)
  const gatherings = logs.map((): Gathering => ({ ranges: [], failure: undefined }))
  const job = {
    module: siblingModule('health-task', import.meta.url),
    name: 'healthTask',
    threads,
    signal: watch.signal,
  }
  await runTasks<HealthTask, RangeHealth[]>(job, tasks, (outcome, index) => {
    for (const [position, { log }] of batches[index]!.ranges.entries()) {
      const gathering = gatherings[log]!
      if (outcome.ok) gathering.ranges.push(outcome.value[position]!)
      else gathering.failure ??= workerFailure(outcome.error)
    }
    progress.done(index)
  })
  const healths = logs.map((log, index) => logHealth(log, gatherings[index]!))
  const stats: RunStats = {
    files: logs.length,
    bytes: logs.reduce((sum, { size }) => sum + size, 0),
    records: healths.reduce((sum, { records }) => sum + records, 0),
    decoded: 0,
    threads,
  }
  return { logs: healths, stats }
}

function logHealth(log: LogFile, { ranges, failure: died }: Gathering): LogHealth {
  const sum = (of: (range: RangeHealth) => number) => ranges.reduce((total, range) => total + of(range), 0)
  const header = ranges[0]?.facts?.header
  const groups = ranges.flatMap((range) => range.groups).filter(({ records }) => records > 0)
  const tally = new DamageTally()
  for (const range of ranges) tally.addAll(range)
  const { damage, unlisted } = tally.found()
  const failure = died ?? ranges.find((range) => range.failure !== undefined)?.failure
  return {
    file: log.name,
    size: log.size,
    ...(failure !== undefined && { failure }),
    ...(header && { header: inputHeader(header) }),
    chunksUsed: sum((range) => range.chunksUsed),
    chunksEmpty: sum((range) => range.chunksEmpty),
    chunksDamaged: sum((range) => range.chunksDamaged),
    records: sum((range) => range.records),
    recovered: sum((range) => range.recovered),
    copies: sum((range) => range.copies),
    damaged: sum((range) => range.damaged),
    channels: channelsOf(groups),
    providers: new Set(ranges.flatMap((range) => range.providers)).size,
    computers: [...new Set(groups.map(({ computer }) => computer))],
    damage: damage.map((each) => ({ file: log.name, ...each })).sort((a, b) => a.offset - b.offset),
    ...(unlisted && { unlistedDamage: unlisted }),
  }
}

function channelsOf(groups: readonly Group[]): ChannelHealth[] {
  const byChannel = new Map<string, Group>()
  for (const group of groups) {
    const known = byChannel.get(group.channel)
    if (known) joinGroup(known, group)
    else byChannel.set(group.channel, { ...group })
  }
  return [...byChannel.values()]
    .map((group) => ({
      channel: group.channel,
      records: group.records,
      firstTime: ticksFrom(group.firstLow, group.firstHigh),
      lastTime: ticksFrom(group.lastLow, group.lastHigh),
      firstRecordId: group.lowestHigh * 4_294_967_296 + group.lowestLow,
      lastRecordId: group.highestHigh * 4_294_967_296 + group.highestLow,
    }))
    .sort((a, b) => b.records - a.records || (a.channel < b.channel ? -1 : 1))
}
