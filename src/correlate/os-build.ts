import { listsBy } from '../bytes/lists-by.ts'
import { field, unnamedValues, type WinEvent } from '../event/win-event.ts'
import { type Boot, KERNEL_STARTED, WINDOWS_VERSION_LOGGED } from './boots.ts'
import { isWitness, type KeptRecords } from './matches.ts'

/** Which Windows it is, by its build. */
export interface OsBuild {
  readonly build: number
  /** `Windows 10 1809 or Server 2019`: a client and a server can have one build. */
  readonly name: string
  /** The event that told, `EventLog 6009`, or the hive. */
  readonly source: string
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [6001, 'Windows Vista SP1 or Server 2008'],
  [6002, 'Windows Vista SP2 or Server 2008 SP2'],
  [6003, 'Windows Server 2008 SP2'],
  [7600, 'Windows 7 or Server 2008 R2'],
  [7601, 'Windows 7 SP1 or Server 2008 R2 SP1'],
  [9200, 'Windows 8 or Server 2012'],
  [9600, 'Windows 8.1 or Server 2012 R2'],
  [10240, 'Windows 10 1507'],
  [10586, 'Windows 10 1511'],
  [14393, 'Windows 10 1607 or Server 2016'],
  [15063, 'Windows 10 1703'],
  [16299, 'Windows 10 1709'],
  [17134, 'Windows 10 1803'],
  [17763, 'Windows 10 1809 or Server 2019'],
  [18362, 'Windows 10 1903'],
  [18363, 'Windows 10 1909'],
  [19041, 'Windows 10 2004'],
  [19042, 'Windows 10 20H2'],
  [19043, 'Windows 10 21H1'],
  [19044, 'Windows 10 21H2'],
  [19045, 'Windows 10 22H2'],
  [20348, 'Windows Server 2022'],
  [22000, 'Windows 11 21H2'],
  [22621, 'Windows 11 22H2'],
  [22631, 'Windows 11 23H2'],
  [25398, 'Windows Server, version 23H2'],
  [26100, 'Windows 11 24H2 or Server 2025'],
  [26200, 'Windows 11 25H2'],
])

/** Vista's, the first Windows that writes these logs. A smaller number is a damaged one. */
const FIRST_BUILD = 6000

/** A build, and the record that tells it. */
interface Told {
  readonly build: number
  readonly record: WinEvent
}

/**
 * The build in force at the end of the log, by the last start that tells one for certain: another record tells the same,
 * or it is the only build in that start that Windows is known to have had. One damaged byte makes
 * any number of it. Undefined when no record tells a build.
 */
export function osBuild(kept: KeptRecords, boots: readonly Boot[]): OsBuild | undefined {
  const records = [...kept.events(WINDOWS_VERSION_LOGGED.id), ...kept.events(KERNEL_STARTED.id)].filter(isWitness)
  const told = records.flatMap((record): readonly Told[] => {
    const build = buildIn(record)
    return build === undefined ? [] : [{ build, record }]
  })
  const starts = byStart(told, boots)
  const isRepeated = ({ build, record }: Told) => told.some((other) => other.record !== record && other.build === build)
  const certain = (start: readonly Told[]) => {
    const named = start.filter(({ build }) => NAMES.has(build))
    const isOne = named.every(({ build }) => build === named[0]?.build)
    return start.find(isRepeated) ?? (isOne ? named[0] : undefined)
  }
  const best = starts.map(certain).find((one) => one !== undefined) ?? starts[0]?.[0]
  if (best === undefined) return undefined
  const { build, record } = best
  const source = `${record.eventId === 12 ? 'Kernel-General' : 'EventLog'} ${record.eventId}`
  return { build, name: osName(build), source }
}

/**
 * What each start tells, the last start first. The newest record of a start comes first, unless its records disagree:
 * then 6009, where a damaged digit is mostly no digit any more, while any bytes are a number in Kernel-General 12.
 */
function byStart(told: readonly Told[], boots: readonly Boot[]): readonly (readonly Told[])[] {
  const newestFirst = [...told].sort((a, b) => b.record.recordId - a.record.recordId)
  const starts = listsBy(newestFirst, ({ record }) =>
    boots.findLastIndex(({ recordId = 0 }) => recordId <= record.recordId),
  )
  return [...starts.values()].map((start) =>
    start.every(({ build }) => build === start[0]?.build)
      ? start
      : [...start].sort((a, b) => b.record.eventId - a.record.eventId || b.record.recordId - a.record.recordId),
  )
}

/** What a build is called. */
export function osName(build: number): string {
  return NAMES.get(build) ?? `Windows build ${build}`
}

/** 6009 has `10.00.`, `17763`, … unnamed; Kernel-General 12 has `BuildVersion`. */
function buildIn(record: WinEvent): number | undefined {
  const text = record.eventId === 12 ? field(record, 'BuildVersion') : unnamedValues(record)[1]
  const build = Number(/^\s*(\d{4,5})\s*$/.exec(text ?? '')?.[1] ?? Number.NaN)
  return build >= FIRST_BUILD ? build : undefined
}
