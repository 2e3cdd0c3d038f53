import { shortName } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import type { SampleHost } from '../sample-host.ts'
import { databaseLoginFailed } from '../vocabulary/application.ts'
import { computerRenamed } from '../vocabulary/boot.ts'
import * as broker from '../vocabulary/broker.ts'
import { serviceCrashed, serviceEnded, serviceFailed } from '../vocabulary/services.ts'
import { bootUp, restart } from './boot.ts'
import { fail } from './connection.ts'
import { passTime } from './everyday.ts'
import { officeWorker, otherWorker } from './people.ts'
import { workOverRdp } from './working-day.ts'

export const NOT_READY = 'Remote Desktop Connection Broker is not ready for RPC communication.'
const LOGON_FAILED = 'Logon to the database failed.'
const MINUTE = 60_000n * MILLISECOND

/** The broker gets another name in the evening; its database knows the old one. */
export function brokerIsRenamed(host: SampleHost, to: string): SampleHost {
  const up = bootUp(host, moment('2026-03-02T21:20:11.093'))
  joinFarm(host, up + 21_000n * MILLISECOND)
  const evening = moment('2026-03-03T18:02:44.270')
  passTime(host, up, evening)
  workOverRdp(host, moment('2026-03-03T07:20'))
  redirected(host, moment('2026-03-03T07:36:08.113'))
  registered(host, moment('2026-03-03T07:36:10.690'))
  const before = shortName(host.machine)
  host.machine = { ...host.machine, computer: `${to}.contoso.com` }
  const running = restart(host, evening, 'Operating System: Reconfiguration (Planned)', '0x80020004')
  const { bootTime, processes, machine } = host
  host.at(bootTime + 8_600n * MILLISECOND, computerRenamed(before, shortName(machine)), bootTime - 1n)
  const manager = { language: machine.language, processId: processes.services }
  const step = host.stroll(running + 30_000n * MILLISECOND)
  for (let i = 1; i <= 3; i++) {
    const reason = 'Could not find a login matching the name provided.'
    host.at(step(4_000), databaseLoginFailed('MSSQL$MICROSOFT##WID', `CONTOSO\\${before}$`, reason, shortName(machine)))
    host.at(step(900), serviceCrashed(manager, 'Tssdis', i))
    host.at(step(60_000), serviceEnded(manager, 'RDMS', 2_147_943_568))
  }
  host.at(step(9_000), broker.farmNotJoined(processes.termService, `${before}.contoso.com`, '0x80070721'))
  breakDown(host, moment('2026-03-04T06:55:31.508'))
  passTime(host, running, moment('2026-03-04T09:30'))
  return host
}

/** TLS 1.0 is switched off at night: broker and database, both on this machine, do not find together again. */
export function databaseIsOutOfReach(host: SampleHost): SampleHost {
  const up = bootUp(host, moment('2026-03-08T22:31:07.215'))
  joinFarm(host, up + 20_000n * MILLISECOND)
  workOverRdp(host, moment('2026-03-09T07:05'))
  redirected(host, moment('2026-03-09T07:22:18.530'))
  registered(host, moment('2026-03-09T07:22:21.004'))
  const night = moment('2026-03-09T22:40:11.760')
  passTime(host, up, night)
  const running = restart(host, night, 'Operating System: Reconfiguration (Planned)', '0x80020004')
  const { machine, processes } = host
  const manager = { language: machine.language, processId: processes.services }
  const step = host.stroll(running + 25_000n * MILLISECOND)
  for (let i = 0; i < 3; i++) {
    const reason = 'Failed to open the explicitly specified database.'
    const login = 'NT AUTHORITY\\NETWORK SERVICE'
    host.at(step(3_500), databaseLoginFailed('MSSQL$MICROSOFT##WID', login, reason, shortName(machine)))
    host.at(step(1_200), serviceFailed(manager, 'MSSQL$MICROSOFT##WID', 26_023))
    host.at(step(60_000), serviceEnded(manager, 'RDMS', 2_147_943_568))
  }
  breakDown(host, moment('2026-03-10T06:58:44.129'))
  passTime(host, running, moment('2026-03-10T09:40'))
  return host
}

/** The session host half of the machine joins its farm. */
export function joinFarm(host: SampleHost, time: bigint, on = host.machine.computer): void {
  host.at(time, broker.farmJoined(host.processes.termService, on))
}

/** A user is sent to the right server: what a session host of a working farm writes all day. */
export function redirected(host: SampleHost, time: bigint): void {
  const { account } = officeWorker(host.machine)
  askBroker(host, time, account.name)
  const process = host.processes.termService
  host.at(time + 210n * MILLISECOND, broker.userRedirected(process, account.domain, account.name, '192.0.2.31'))
}

/** The broker writes the user's new session into its database. */
export function registered(host: SampleHost, time: bigint): void {
  const { account } = officeWorker(host.machine)
  host.at(time, broker.sessionRegistered(host.processes.rpcss, account.name, account.domain))
}

export function askBroker(host: SampleHost, time: bigint, user: string): void {
  host.at(time, broker.redirectionRequested(host.processes.termService, 'CONTOSO', user))
}

/** Users come, the broker cannot read its database, nobody is let in. */
export function breakDown(host: SampleHost, from: bigint): void {
  const { processes, machine } = host
  for (let i = 0n; i < 5n; i++) {
    const visitor = i % 2n === 0n ? officeWorker(machine) : otherWorker(machine)
    const time = from + i * 11n * MINUTE
    const { domain, name } = visitor.account
    fail(host, time, visitor.address)
    askBroker(host, time + 1_850n * MILLISECOND, name)
    const asked = host.stroll(time + 1_850n * MILLISECOND)
    for (let again = 0; again < 2; again++) {
      host.at(asked(130), broker.targetsNotEnumerated(processes.rpcss, 'NULL', 'NULL', LOGON_FAILED))
    }
    host.at(asked(410), broker.redirectionFailed(processes.termService, domain, name, NOT_READY))
  }
}
