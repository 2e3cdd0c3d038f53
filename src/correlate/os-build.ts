import { field, unnamedValues, type WinEvent } from '../event/win-event.ts'
import { KERNEL_STARTED, WINDOWS_VERSION_LOGGED } from './boots.ts'
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

/** The build in force at the end of the log, from the last start that names one; undefined when none does. */
export function osBuild(kept: KeptRecords): OsBuild | undefined {
  const records = [...kept.events(WINDOWS_VERSION_LOGGED.id), ...kept.events(KERNEL_STARTED.id)].filter(isWitness)
  records.sort((a, b) => b.recordId - a.recordId)
  for (const record of records) {
    const build = buildIn(record)
    if (build === undefined) continue
    const source = `${record.eventId === 12 ? 'Kernel-General' : 'EventLog'} ${record.eventId}`
    return { build, name: osName(build), source }
  }
  return undefined
}

/** What a build is called. */
export function osName(build: number): string {
  return NAMES.get(build) ?? `Windows build ${build}`
}

/** 6009 has `10.00.`, `17763`, … unnamed; Kernel-General 12 has `BuildVersion`. */
function buildIn(record: WinEvent): number | undefined {
  const text = record.eventId === 12 ? field(record, 'BuildVersion') : unnamedValues(record)[1]
  const build = /^\s*(\d{4,6})\s*$/.exec(text ?? '')?.[1]
  return build === undefined ? undefined : Number(build)
}
