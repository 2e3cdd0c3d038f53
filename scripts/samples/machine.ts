import type { Random } from './random.ts'

/** A Windows build, as far as its event logs differ. */
export interface WindowsBuild {
  readonly build: number
  readonly major: number
  readonly minor: number
  readonly qfe: number
  readonly edition: string
  readonly servicePack: string
  /** Schannel events name the process that asked (Server 2022 and later). */
  readonly namesCaller: boolean
  /** The Service Control Manager reports every start and stop (7036). */
  readonly reportsServiceStates: boolean
}

const common = { servicePack: '', namesCaller: false, reportsServiceStates: false }

export const SERVER_2008_R2: WindowsBuild = {
  build: 7601,
  major: 6,
  minor: 1,
  qfe: 24_214,
  edition: 'Windows Server 2008 R2 Standard',
  servicePack: 'Service Pack 1',
  namesCaller: false,
  reportsServiceStates: true,
}
export const SERVER_2016: WindowsBuild = {
  ...common,
  build: 14_393,
  major: 10,
  minor: 0,
  qfe: 6_796,
  edition: 'Windows Server 2016 Datacenter',
  reportsServiceStates: true,
}
export const SERVER_2019: WindowsBuild = {
  ...common,
  build: 17_763,
  major: 10,
  minor: 0,
  qfe: 6_532,
  edition: 'Windows Server 2019 Datacenter',
}
export const SERVER_2022: WindowsBuild = {
  ...common,
  build: 20_348,
  major: 10,
  minor: 0,
  qfe: 2_966,
  edition: 'Windows Server 2022 Datacenter',
  namesCaller: true,
}

/** Language of the texts that Windows inserts into events. */
export type DisplayLanguage = 'en' | 'de' | 'ja'

/** What stays the same on a machine over all its boots. */
export interface Machine {
  /** Full name, as the System part of its events has it. */
  readonly computer: string
  /** NetBIOS name of its domain. */
  readonly domain: string
  readonly build: WindowsBuild
  readonly language: DisplayLanguage
  /** SID of the domain: users' SIDs begin with it. */
  readonly domainSid: string
  /** Minutes to add to local time to get UTC, and the zone's name, as EventLog 6013 has them. */
  readonly zone: { readonly bias: number; readonly name: string }
}

/** Process ids of one boot: they change with each. */
export interface Processes {
  readonly lsass: number
  readonly services: number
  readonly eventLog: number
  /** TermService's svchost: RemoteConnectionManager, RdpCoreTS and SessionEnv's neighbour. */
  readonly termService: number
  readonly localSessionManager: number
  /** svchost of the LocalService network group: Dhcp, TimeBroker. */
  readonly localService: number
  readonly networkService: number
  readonly groupPolicy: number
  readonly update: number
  readonly time: number
  readonly rpcss: number
}

/** Process ids as a boot hands them out: multiples of four, in the order the processes start. */
export function startProcesses(random: Random): Processes {
  let last = random.integer(120, 150) * 4
  const next = () => {
    last += random.integer(4, 40) * 4
    return last
  }
  return {
    services: next(),
    lsass: next(),
    rpcss: next(),
    localSessionManager: next(),
    termService: next(),
    localService: next(),
    eventLog: next(),
    networkService: next(),
    groupPolicy: next(),
    time: next(),
    update: next(),
  }
}

/** `APP01` of `APP01.contoso.com`. */
export function shortName(machine: Machine): string {
  return machine.computer.split('.')[0]!
}

/** An account of the machine's domain. */
export interface Account {
  readonly name: string
  readonly domain: string
  readonly sid: string
}

export function account(machine: Machine, name: string, relativeId: number): Account {
  return { name, domain: machine.domain, sid: `${machine.domainSid}-${relativeId}` }
}
