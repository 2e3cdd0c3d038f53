import { account, shortName } from '../machine.ts'
import { MILLISECOND } from '../moment.ts'
import type { SampleHost } from '../sample-host.ts'
import * as application from '../vocabulary/application.ts'
import { clockSet, hiveHistoryCleared, uptime } from '../vocabulary/boot.ts'
import * as everyday from '../vocabulary/everyday.ts'
import * as security from '../vocabulary/security.ts'
import { type ServiceKey, serviceEntered, startTypeChanged } from '../vocabulary/services.ts'
import { auditorOf } from './boot.ts'

const MINUTE = 60_000n * MILLISECOND

/** Something that a server does again and again. */
interface Habit {
  /** Minutes between two of it, more or less. */
  readonly every: number
  /** Only where this holds. */
  readonly where?: (host: SampleHost) => boolean
  readonly act: (host: SampleHost, time: bigint) => void
}

const TIME_SOURCE = 'time.windows.com,0x8 (ntp.m|0x8|0.0.0.0:123->192.0.2.123:123)'
const UPDATES = [
  'Security Intelligence Update for Microsoft Defender Antivirus - KB2267602',
  'Windows Malicious Software Removal Tool x64 - v5.132 (KB890830)',
  '2026-03 Cumulative Update Preview for .NET Framework 3.5, 4.7.2 and 4.8',
]
const NAMES = [
  'wpad.contoso.com',
  '_ldap._tcp.dc._msdcs.contoso.com',
  'settings-win.data.microsoft.com',
  'ctldl.windowsupdate.com',
]
const HIVES = [
  '\\??\\C:\\Windows\\AppCompat\\Programs\\Amcache.hve',
  '\\SystemRoot\\System32\\Config\\SOFTWARE',
  '\\??\\C:\\Users\\svc-backup\\NTUSER.DAT',
]

const reportsServices = (host: SampleHost) => host.machine.build.reportsServiceStates
const isModern = (host: SampleHost) => host.machine.build.build > 9200

const HABITS: readonly Habit[] = [
  { every: 105, act: processPolicy },
  { every: 290, act: synchroniseClock },
  { every: 940, act: findTimeSource },
  { every: 410, where: isModern, act: clearHiveHistory },
  { every: 350, act: transferInBackground },
  { every: 460, act: installUpdate },
  { every: 700, act: failToResolve },
  { every: 520, where: isModern, act: denyActivation },
  { every: 170, where: reportsServices, act: (host, time) => runService(host, time, 'WinHttpAutoProxySvc', 16n) },
  { every: 610, where: reportsServices, act: (host, time) => runService(host, time, 'TrustedInstaller', 7n) },
  { every: 480, where: reportsServices, act: (host, time) => runService(host, time, 'sppsvc', 4n) },
  { every: 130, act: logOnService },
  { every: 260, act: visitShare },
  { every: 480, act: renewLicence },
  { every: 900, act: (host, time) => host.at(time, application.shadowServiceIdle()) },
  { every: 800, act: startDatabaseEngine },
]

/** What a server does from one moment to another when nothing is wrong. */
export function passTime(host: SampleHost, from: bigint, to: bigint): void {
  for (const habit of HABITS) {
    if (habit.where && !habit.where(host)) continue
    const minutes = () => BigInt(Math.round(habit.every * (0.4 + 1.2 * host.random.fraction()) * 60_000)) * MILLISECOND
    for (let time = from + minutes() / 2n; time < to; time += minutes()) habit.act(host, jitter(host, time))
  }
  reportUptime(host, from, to)
}

function jitter(host: SampleHost, time: bigint): bigint {
  return time + BigInt(host.random.integer(0, 99_999_999)) / 7n
}

function processPolicy(host: SampleHost, time: bigint): void {
  const { random, processes } = host
  const tookMs = random.integer(140, 2_900)
  if (random.integer(0, 9) === 0) {
    host.at(time, everyday.policyApplied(processes.groupPolicy, random.guid(), tookMs, 'DC01.contoso.com', 4))
  } else {
    host.at(time, everyday.policyUnchanged(processes.groupPolicy, random.guid(), tookMs, 'DC01.contoso.com'))
  }
}

/** Sub-second corrections: noise, not a moved clock. */
function synchroniseClock(host: SampleHost, time: bigint): void {
  const shown = host.clockAt(time)
  host.at(
    time,
    clockSet(host.machine, shown - BigInt(host.random.integer(-900_000, 900_000)), shown, host.processes.time),
  )
}

function findTimeSource(host: SampleHost, time: bigint): void {
  const step = host.stroll(time)
  host.at(step(0), everyday.timeSourceReachable(host.processes.time, TIME_SOURCE))
  host.at(step(40), everyday.timeSourceChosen(host.processes.time, TIME_SOURCE))
}

function clearHiveHistory(host: SampleHost, time: bigint): void {
  const { random } = host
  host.at(time, hiveHistoryCleared(random.pick(HIVES), random.integer(100, 90_000), random.integer(2, 4_000)))
}

function transferInBackground(host: SampleHost, time: bigint): void {
  const manager = { language: host.machine.language, processId: host.processes.services }
  const step = host.stroll(time)
  host.at(step(0), startTypeChanged(manager, 'BITS', 'auto'))
  host.at(step(125_000), startTypeChanged(manager, 'BITS', 'demand'))
}

function installUpdate(host: SampleHost, time: bigint): void {
  const { random, processes } = host
  const step = host.stroll(time)
  const version = `1.${random.integer(401, 425)}.${random.integer(1, 900)}.0`
  const usual = isModern(host)
    ? `${UPDATES[0]!} (Version ${version})`
    : 'Security Update for Windows Server 2008 R2 x64 (KB5034167)'
  const title = random.integer(0, 5) === 0 ? random.pick(UPDATES) : usual
  const id = random.guid()
  host.at(step(0), everyday.updateStep(44, processes.update, title, id))
  host.at(step(900), everyday.updateStep(43, processes.update, title, id))
  host.at(step(19_000), everyday.updateStep(19, processes.update, title, id))
}

function failToResolve(host: SampleHost, time: bigint): void {
  host.at(time, everyday.nameNotResolved(host.processes.networkService, host.random.pick(NAMES), [192, 0, 2, 53]))
}

function denyActivation(host: SampleHost, time: bigint): void {
  const { machine, processes } = host
  host.at(time, everyday.activationDenied(processes.rpcss, shortName(machine), account(machine, 'svc-backup', 1612)))
}

function runService(host: SampleHost, time: bigint, key: ServiceKey, minutes: bigint): void {
  const manager = { language: host.machine.language, processId: host.processes.services }
  host.at(time, serviceEntered(manager, key, 'running'))
  host.at(jitter(host, time + minutes * MINUTE), serviceEntered(manager, key, 'stopped'))
}

function logOnService(host: SampleHost, time: bigint): void {
  const step = host.stroll(time)
  const auditor = auditorOf(host)
  const way = security.serviceWay(host.processes.services)
  host.at(step(0), security.accountLoggedOn(auditor, 'system', way, '0x3e7'))
  host.at(step(0), security.privilegesAssigned(auditor, 'system', '0x3e7'))
}

function visitShare(host: SampleHost, time: bigint): void {
  const { random, machine } = host
  const auditor = auditorOf(host)
  const visitor = account(machine, 'svc-backup', 1612)
  const logonId = `0x${random.hex(6).toLowerCase()}`
  const step = host.stroll(time)
  const way = security.networkWay('BACKUP01', '192.0.2.41', random.integer(49_152, 65_535))
  host.at(step(0), security.accountLoggedOn(auditor, visitor, way, logonId))
  host.at(step(12_000), security.accountLoggedOff(auditor, visitor, logonId, 3))
}

function renewLicence(host: SampleHost, time: bigint): void {
  const step = host.stroll(time)
  host.at(step(0), application.licenceMigrated())
  host.at(step(31_000), application.licenceServiceScheduled('2026-03-31T00:00:00Z'))
}

function startDatabaseEngine(host: SampleHost, time: bigint): void {
  host.at(time, application.databaseEngineStarted('svchost', host.random.integer(300, 2_000) * 4))
}

/** EventLog 6013 comes at noon. */
function reportUptime(host: SampleHost, from: bigint, to: bigint): void {
  const day = 24n * 60n * MINUTE
  for (let noon = from - (from % day) + day / 2n; noon < to; noon += day) {
    if (noon < from) continue
    host.at(noon, uptime(host.machine, Number((noon - host.bootTime) / (1_000n * MILLISECOND))))
  }
}
