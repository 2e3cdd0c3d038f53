import { viewOf } from '../bytes/view.ts'
import { FormatError } from '../errors.ts'
import { BASE_BLOCK_SIZE, BASE_SECTOR_SIZE, type BaseBlock, FILE_TYPE, readBaseBlock } from './base-block.ts'
import type { DamageList } from './damage-list.ts'
import { readDirtyVector } from './dirty-vector.ts'
import type { HiveBytes } from './hive-bytes.ts'
import { type LogRun, readLogRun } from './log-entry.ts'
import { Overlay, SECTOR_SIZE } from './overlay.ts'

/** Bytes that are read of one log. */
const MOST_LOG_BYTES = 512 * 1024 * 1024

/** What a hive is once its logs are in front of it. */
export interface Recovered {
  readonly bytes: HiveBytes
  readonly rootCell: number
  readonly binsSize: number
}

/** A log with a base block that can be believed. */
interface Log {
  readonly bytes: HiveBytes
  readonly base: BaseBlock
  /** "The first log": which of those passed in, for people. */
  readonly name: string
}

/**
 * Makes a hive with unfinished writes whole from its transaction logs, in memory.
 *
 * Source: msuhanov's regf specification, "Format of transaction log files" and "Dirty state of a hive"; its "Missing
 * log entries for a dirty primary file" for entries that begin later than the hive says.
 *
 * @param base the hive's own base block; undefined where its checksum is wrong or it is lost
 * @param binsWritten the time in the hive's first bin, FILETIME ticks: it stands in for that of a lost base block
 * @returns undefined where no log holds what the hive lacks
 */
export function recover(
  main: HiveBytes,
  logs: readonly HiveBytes[],
  damage: DamageList,
  { base, binsWritten }: { base: BaseBlock | undefined; binsWritten: bigint },
): Recovered | undefined {
  const usable: Log[] = []
  for (const [i, bytes] of logs.entries()) {
    const log = tryLog(bytes, `Transaction log ${i + 1} of ${logs.length}`, damage)
    if (log) usable.push(log)
  }
  const entryLogs = usable.filter((log) => log.base.fileType === FILE_TYPE.newLog)
  if (entryLogs.length > 0) return applyEntries(main, entryLogs, damage, base)
  return applySectors(main, usable, damage, base?.lastWritten ?? binsWritten)
}

/**
 * A log that may be of use; undefined for an empty file, which a log is before its first use, and for a damaged one.
 */
function tryLog(bytes: HiveBytes, name: string, damage: DamageList): Log | undefined {
  if (bytes.size === 0) return undefined
  try {
    const head = bytes.read(0, BASE_SECTOR_SIZE)
    // A log that was made long ago and never used is all zeros.
    if (head.every((byte) => byte === 0)) return undefined
    const base = readBaseBlock(head)
    const isLog = base.fileType !== FILE_TYPE.hive
    const isWhole = base.isIntact && base.primarySequence === base.secondarySequence
    if (isLog && isWhole) return { bytes, base, name }
    const why = isLog ? 'was not finished, or its checksum is wrong' : 'is a hive and no log'
    damage.add('hive-log', 0, 0, `${name} ${why}; it is not used`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const kind = error instanceof FormatError ? 'hive-log' : 'read-failed'
    damage.add(kind, 0, 0, `${name} is not used: ${why}`)
  }
  return undefined
}

/** Where what follows the base block begins: at the disk's second sector. */
function startOf({ bytes, base }: Log, signature: number): number {
  const head = bytes.read(SECTOR_SIZE, 4)
  if (head.length === 4 && viewOf(head).getUint32(0) === signature) return SECTOR_SIZE
  const sectors = base.clusteringFactor
  return sectors >= 1 && sectors <= 128 ? sectors * SECTOR_SIZE : SECTOR_SIZE
}

/** Applies logs of the new form: entry after entry, of both logs in the order of their numbers. */
function applyEntries(
  main: HiveBytes,
  logs: readonly Log[],
  damage: DamageList,
  base: BaseBlock | undefined,
): Recovered | undefined {
  const runs: (LogRun & Log)[] = []
  for (const log of logs) {
    const run = tryRun(log, damage)
    if (run) tellBroken(log, run, damage, base)
    if (run && run.entries.length > 0) runs.push({ ...log, ...run })
  }
  runs.sort((a, b) => distance(b.entries[0]!.sequence, a.entries[0]!.sequence) || logs.indexOf(a) - logs.indexOf(b))
  const chain = chainOf(runs, base)
  const overlay = new Overlay(main)
  let binsSize: number | undefined
  for (const { log, entries } of chain) {
    for (const entry of entries) {
      if (base && distance(base.secondarySequence, entry.sequence) < 0) continue
      const sectors = entry.pages.reduce((sum, { length }) => sum + length / SECTOR_SIZE, 0)
      if (!overlay.hasRoom(sectors)) {
        damage.add('hive-log', 0, 0, 'The logs hold more than is kept of them; what they hold after that is left out')
        break
      }
      for (const { offset, length, logOffset } of entry.pages) {
        overlay.replace(BASE_BLOCK_SIZE + offset, length, log, logOffset)
      }
      binsSize = entry.binsSize
    }
  }
  const newest = chain.at(-1)
  if (!newest || binsSize === undefined) return undefined
  tellMissing(chain, damage, base)
  return { bytes: overlay, rootCell: newest.base.rootCell, binsSize }
}

function tryRun(log: Log, damage: DamageList): LogRun | undefined {
  try {
    return readLogRun(log.bytes, startOf(log, 0x48764c45), MOST_LOG_BYTES)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    damage.add('read-failed', 0, 0, `${log.name} is not used: ${why}`)
    return undefined
  }
}

/**
 * The runs that belong together. Where the hive's own number is lost, or the second log does not go on where the first
 * one ends, what came last counts: Windows reuses the older log only after its content was written to the hive.
 */
function chainOf<R extends LogRun>(runs: readonly R[], base: BaseBlock | undefined): R[] {
  const useful = runs.filter(({ entries }) => !base || distance(base.secondarySequence, entries.at(-1)!.sequence) >= 0)
  const chain: R[] = []
  for (const run of useful) {
    const last = chain.at(-1)?.entries.at(-1)
    if (!last || run.entries[0]!.sequence === (last.sequence + 1) >>> 0) chain.push(run)
    else if (!base) chain.splice(0, chain.length, run)
    else break
  }
  return chain
}

/** Tells an entry that is broken and would be the next one; behind the last one stands what is left of earlier runs. */
function tellBroken(log: Log, { entries, end }: LogRun, damage: DamageList, base: BaseBlock | undefined): void {
  if (end.broken === undefined || end.sequence === undefined) return
  const last = entries.at(-1)
  const isNext = !last || end.sequence === (last.sequence + 1) >>> 0
  const isOld = base !== undefined && distance(base.secondarySequence, end.sequence) < 0
  if (!isNext || isOld) return
  damage.add('hive-log', end.offset, 0, `${log.name}: ${end.broken}; it and those after it are not used`)
}

/** Tells what the logs lack between the hive's own number and their first entry. */
function tellMissing(chain: readonly LogRun[], damage: DamageList, base: BaseBlock | undefined): void {
  const first = chain[0]!.entries[0]!.sequence
  if (!base || distance(base.secondarySequence, first) <= 0) return
  const missing = `Log entries ${base.secondarySequence} to ${(first - 1) >>> 0} are in none of the logs`
  damage.add('hive-log', 0, 0, `${missing}; Windows writes them to the hive before it reuses their log`)
}

/** Applies the log of the old form that was written last. */
function applySectors(
  main: HiveBytes,
  logs: readonly Log[],
  damage: DamageList,
  lastWritten: bigint,
): Recovered | undefined {
  // A log holds all that changed since the hive was last whole, so a later one than the hive knows of fits as well.
  const fitting = logs.filter((log) => log.base.lastWritten >= lastWritten)
  for (const { name } of logs.filter((log) => !fitting.includes(log))) {
    damage.add('hive-log', 0, 0, `${name} is older than the hive; it is not used`)
  }
  fitting.sort((a, b) => (a.base.lastWritten < b.base.lastWritten ? 1 : -1))
  for (const log of fitting) {
    const overlay = new Overlay(main)
    const why = tryVector(log, overlay)
    if (why === undefined) return { bytes: overlay, rootCell: log.base.rootCell, binsSize: log.base.binsSize }
    damage.add('hive-log', 0, 0, `${log.name} ${why}; it is not used`)
  }
  return undefined
}

/** Puts the sectors of a log in front of a hive; returns why it cannot. */
function tryVector(log: Log, overlay: Overlay): string | undefined {
  try {
    const pages = readDirtyVector(log.bytes, log.base, startOf(log, 0x44495254))
    if (typeof pages === 'string') return pages
    if (!overlay.hasRoom(pages.length)) return 'holds more than is kept of a log'
    for (const { offset, length, logOffset } of pages) {
      overlay.replace(BASE_BLOCK_SIZE + offset, length, log.bytes, logOffset)
    }
    return undefined
  } catch (error) {
    return `could not be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** How far the second number is behind the first; negative for one before it. Numbers begin anew after 2^32. */
function distance(from: number, to: number): number {
  return (to - from) | 0
}
