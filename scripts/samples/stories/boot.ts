import { account, shortName } from '../machine.ts'
import { MILLISECOND } from '../moment.ts'
import type { SampleHost } from '../sample-host.ts'
import * as application from '../vocabulary/application.ts'
import * as boot from '../vocabulary/boot.ts'
import * as everyday from '../vocabulary/everyday.ts'
import { listenerStarted, stackSelected } from '../vocabulary/rdp.ts'
import type { Auditor } from '../vocabulary/security.ts'
import * as security from '../vocabulary/security.ts'
import { driversNotLoaded, type ServiceKey, serviceEntered } from '../vocabulary/services.ts'
import { pluginInitialised } from '../vocabulary/sessions.ts'

/** How the session before a boot ended: nobody saw it, in order, or not at all. */
export type Ending =
  | { readonly how: 'unseen' }
  | { readonly how: 'orderly'; readonly at: bigint; readonly reason: string; readonly code: string }
  | { readonly how: 'crash'; readonly lastAlive: string; readonly date: string; readonly at: bigint }

/** The services whose start the log reports on builds that report it, in the order they start. */
const STARTING: readonly ServiceKey[] = [
  'Dhcp',
  'Dnscache',
  'CryptSvc',
  'MpsSvc',
  'LanmanWorkstation',
  'Netlogon',
  'Spooler',
  'LanmanServer',
]

/**
 * The machine starts at `time`.
 *
 * @returns the moment SessionEnv runs: a new listener certificate, or the failure to make one, follows 1.3 s later
 */
export function bootUp(host: SampleHost, time: bigint, ending: Ending = { how: 'unseen' }): bigint {
  if (ending.how === 'orderly') stopOrderly(host, ending)
  host.beginBoot(time)
  kernelUp(host, time, ending)
  const step = host.stroll(time + 9_400n * MILLISECOND)
  const { processes, machine } = host
  for (const key of STARTING) {
    const started = step(host.random.integer(40, 350))
    if (key === 'Dhcp') {
      host.at(started, everyday.dhcpClient(50_036, processes.localService))
      host.at(step(180), everyday.dhcpV6Started(processes.localService))
    }
    reportState(host, started, key, 'running')
  }
  auditUp(host, step(20))
  if (machine.build.build > 9200) {
    const manager = { language: machine.language, processId: processes.services }
    host.at(step(90), driversNotLoaded(manager, ['dam']))
  }
  host.at(step(600), application.profileServiceStarted(processes.groupPolicy))
  host.at(step(900), application.managementReady(processes.groupPolicy))
  if (machine.build.build > 9200) host.at(step(300), pluginInitialised(processes.localSessionManager))
  host.at(step(400), stackSelected(processes.termService))
  reportState(host, step(30), 'TermService', 'running')
  host.at(step(850), listenerStarted(processes.termService))
  reportState(host, step(120), 'UmRdpService', 'running')
  const sessionEnv = step(240)
  reportState(host, sessionEnv, 'SessionEnv', 'running')
  host.at(step(14_000), everyday.remoteManagementListens())
  return sessionEnv
}

/** The machine restarts in order: an administrator or an update asked for it. */
export function restart(host: SampleHost, time: bigint, reason: string, code: string): bigint {
  return bootUp(host, time + BigInt(host.random.integer(38_000, 55_000)) * MILLISECOND, {
    how: 'orderly',
    at: time,
    reason,
    code,
  })
}

/**
 * An administrator restarts a service by hand.
 *
 * @returns the moment it runs again
 */
export function restartService(host: SampleHost, time: bigint, key: ServiceKey): bigint {
  const running = time + 2_140n * MILLISECOND
  reportState(host, time, key, 'stopped')
  reportState(host, running, key, 'running')
  return running
}

/** The one who writes the security log of the boot that runs. */
export function auditorOf(host: SampleHost): Auditor {
  const { machine, processes } = host
  const self = { ...account(machine, `${shortName(machine)}$`, 0), sid: 'S-1-5-18' }
  return { lsass: processes.lsass, build: machine.build, self }
}

function stopOrderly(host: SampleHost, { at, reason, code }: Extract<Ending, { how: 'orderly' }>): void {
  const step = host.stroll(at)
  const process = 'C:\\Windows\\system32\\svchost.exe'
  host.at(step(0), boot.restartRequested(host.machine, process, reason, code))
  host.at(step(4_200), boot.eventLogStopped())
  host.at(step(260), everyday.dhcpClient(50_037, host.processes.localService))
}

/**
 * The kernel's part. On Windows 10 and later the log has EventLog's records before the kernel's, and only then the last
 * two of the session before, as the event log service finds them when it starts; on 2008 R2 the kernel's come first.
 */
function kernelUp(host: SampleHost, time: bigint, ending: Ending): void {
  const { machine } = host
  const serviceUp = time + 8_600n * MILLISECOND
  const eventLog = () => {
    if (ending.how === 'crash') {
      host.at(serviceUp, boot.unexpectedShutdown(ending.lastAlive, ending.date, ending.at), time)
    }
    host.at(serviceUp, boot.versionAtBoot(machine), time)
    host.at(serviceUp, boot.eventLogStarted(host.clockAt(serviceUp)), time)
    host.at(serviceUp, boot.uptime(machine, 9), time)
  }
  if (machine.build.build > 9200) {
    eventLog()
    if (ending.how === 'orderly') {
      host.at(ending.at + 9_300n * MILLISECOND, boot.powerTransition(), time)
      const stopped = ending.at + 10_700n * MILLISECOND
      host.at(stopped, boot.systemStopping(host.clockAt(stopped)), time)
    }
  } else if (ending.how === 'orderly') {
    const stopped = ending.at + 10_700n * MILLISECOND
    host.at(stopped, boot.systemStopping(host.clockAt(stopped)))
  }
  host.at(time, boot.systemStarted(machine, host.clockAt(time) - 5_000_000n), time)
  if (machine.build.build < 9200) eventLog()
  const step = host.stroll(time)
  if (ending.how === 'crash') host.at(step(0), boot.uncleanRestart())
  if (machine.build.build > 9200) {
    host.at(step(0), boot.lastBootStatus(ending.how !== 'crash', host.random.integer(8, 40)))
    for (const draft of boot.bootDetails()) host.at(step(0), draft)
  }
  const filters = machine.build.build > 9200 ? ['FileInfo', 'Wof', 'luafv'] : ['FileInfo', 'luafv']
  for (const name of filters) host.at(step(310), boot.filterLoaded(machine, name))
  if (machine.build.build > 9200) host.at(step(400), boot.volumeHealthy('C:', '\\Device\\HarddiskVolume2'))
  for (const number of [0, 1]) host.at(step(180), boot.processorFound(number))
  host.at(step(420), boot.adapterReady(10))
  if (machine.build.build > 9200) {
    host.at(step(2_300), boot.credentialGuardOff(host.processes.services - 8))
    host.at(step(240), boot.remoteSamRestricted(host.processes.lsass))
  }
}

function auditUp(host: SampleHost, time: bigint): void {
  const auditor = auditorOf(host)
  const step = host.stroll(time)
  host.at(step(0), security.auditStarted(auditor))
  for (let i = 0; i < 4; i++) {
    const way = security.serviceWay(host.processes.services)
    host.at(step(80), security.accountLoggedOn(auditor, 'system', way, '0x3e7'))
    host.at(step(0), security.privilegesAssigned(auditor, 'system', '0x3e7'))
  }
}

function reportState(host: SampleHost, time: bigint, key: ServiceKey, state: 'running' | 'stopped'): void {
  const { machine, processes } = host
  if (!machine.build.reportsServiceStates) return
  host.at(time, serviceEntered({ language: machine.language, processId: processes.services }, key, state))
}
