import { SERVER_2016, SERVER_2019, shortName } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { bootUp, restart } from '../stories/boot.ts'
import { fail } from '../stories/connection.ts'
import { passTime } from '../stories/everyday.ts'
import { officeWorker, otherWorker } from '../stories/people.ts'
import { workOverRdp } from '../stories/working-day.ts'
import { databaseLoginFailed } from '../vocabulary/application.ts'
import { computerRenamed } from '../vocabulary/boot.ts'
import * as broker from '../vocabulary/broker.ts'
import { serviceCrashed, serviceEnded } from '../vocabulary/services.ts'

/** Core scenario 3: the Connection Broker and its database disagree on who they are. */

const SCENARIO = 'broker-out-of-step' as const
const NOT_READY = 'Remote Desktop Connection Broker is not ready for RPC communication.'
const LOGON_FAILED = 'Logon to the database failed.'
const MINUTE = 60_000n * MILLISECOND

export const BROKER_SAMPLES: readonly Sample[] = [
  hostSample(
    'broker-renamed',
    'The broker RDCB01 was renamed to RDCB-EAST (6011); since then its database refuses it (18456), the broker reports 2056 and each user 1296, in their own Operational channels. Server 2016.',
    [{ scenario: SCENARIO, verdict: 'probable', window: 'window' }],
    renamed,
  ),
  hostSample(
    'broker-own-channels',
    '2056 and 1296 stand where Windows writes them, in the SessionBroker and SessionBroker-Client Operational channels; System says nothing of them, nor of a cause. Server 2019.',
    [{ scenario: SCENARIO, verdict: 'probable', window: 'window' }],
    ownChannels,
  ),
  hostSample(
    'broker-client-only',
    'A session host of a farm whose broker is another machine: 1296 alone, and no broker log to be had. Server 2019.',
    [{ scenario: SCENARIO, verdict: 'possible', window: 'window' }],
    clientOnly,
  ),
]

function renamed(): SampleHost {
  const host = contosoServer('broker-renamed', 'RDCB01', SERVER_2016, { missingChannels: ['Security'] })
  const up = bootUp(host, moment('2026-03-02T21:20:11.093'))
  joinFarm(host, up + 21_000n * MILLISECOND)
  const evening = moment('2026-03-03T18:02:44.270')
  passTime(host, up, evening)
  workOverRdp(host, moment('2026-03-03T07:20'))
  redirected(host, moment('2026-03-03T07:36:08.113'))
  registered(host, moment('2026-03-03T07:36:10.690'))
  const before = shortName(host.machine)
  host.machine = { ...host.machine, computer: 'RDCB-EAST.contoso.com' }
  const running = restart(host, evening, 'Operating System: Reconfiguration (Planned)', '0x80020004')
  const { bootTime, processes, machine } = host
  host.at(bootTime + 8_600n * MILLISECOND, computerRenamed(before, shortName(machine)), bootTime - 1n)
  const manager = { language: machine.language, processId: processes.services }
  const step = host.stroll(running + 30_000n * MILLISECOND)
  for (let i = 1; i <= 3; i++) {
    const reason = 'Could not find a login matching the name provided.'
    host.at(step(4_000), databaseLoginFailed('MSSQL$MICROSOFT##WID', 'CONTOSO\\RDCB01$', reason, shortName(machine)))
    host.at(step(900), serviceCrashed(manager, 'Tssdis', i))
    host.at(step(60_000), serviceEnded(manager, 'RDMS', 2_147_943_568))
  }
  host.at(step(9_000), broker.farmNotJoined(processes.termService, 'RDCB01.contoso.com', '0x80070721'))
  breakDown(host, moment('2026-03-04T06:55:31.508'))
  passTime(host, running, moment('2026-03-04T09:30'))
  return host
}

function ownChannels(): SampleHost {
  const host = contosoServer('broker-own-channels', 'RDCB02', SERVER_2019, {
    missingChannels: ['Application', 'Security'],
  })
  const up = bootUp(host, moment('2026-03-08T22:47:29.640'))
  joinFarm(host, up + 19_000n * MILLISECOND)
  workOverRdp(host, moment('2026-03-09T07:15'))
  redirected(host, moment('2026-03-09T07:31:50.006'))
  registered(host, moment('2026-03-09T07:31:52.540'))
  breakDown(host, moment('2026-03-10T07:02:12.377'))
  passTime(host, up, moment('2026-03-10T09:50'))
  return host
}

function clientOnly(): SampleHost {
  const host = contosoServer('broker-client-only', 'RDSH07', SERVER_2019, {
    missingChannels: ['Application', 'Security'],
  })
  const up = bootUp(host, moment('2026-03-09T00:03:55.219'))
  joinFarm(host, up + 24_000n * MILLISECOND, 'RDCB03.contoso.com')
  workOverRdp(host, moment('2026-03-09T07:30'))
  redirected(host, moment('2026-03-09T07:44:10.920'))
  const { processes, machine } = host
  for (const [i, iso] of ['2026-03-10T07:11:40.118', '2026-03-10T07:12:58.604', '2026-03-10T08:20:03.771'].entries()) {
    const visitor = i === 1 ? otherWorker(machine) : officeWorker(machine)
    const time = moment(iso)
    fail(host, time, visitor.address)
    askBroker(host, time + 1_900n * MILLISECOND, visitor.account.name)
    const { domain, name } = visitor.account
    host.at(time + 2_400n * MILLISECOND, broker.redirectionFailed(processes.termService, domain, name, NOT_READY))
  }
  passTime(host, up, moment('2026-03-10T09:15'))
  return host
}

/** The session host half of the machine joins its farm. */
function joinFarm(host: SampleHost, time: bigint, on = host.machine.computer): void {
  host.at(time, broker.farmJoined(host.processes.termService, on))
}

/** A user is sent to the right server: what a session host of a working farm writes all day. */
function redirected(host: SampleHost, time: bigint): void {
  const { account } = officeWorker(host.machine)
  askBroker(host, time, account.name)
  const process = host.processes.termService
  host.at(time + 210n * MILLISECOND, broker.userRedirected(process, account.domain, account.name, '192.0.2.31'))
}

/** The broker writes the user's new session into its database. */
function registered(host: SampleHost, time: bigint): void {
  const { account } = officeWorker(host.machine)
  host.at(time, broker.sessionRegistered(host.processes.rpcss, account.name, account.domain))
}

function askBroker(host: SampleHost, time: bigint, user: string): void {
  host.at(time, broker.redirectionRequested(host.processes.termService, 'CONTOSO', user))
}

/** Users come, the broker cannot read its database, nobody is let in. */
function breakDown(host: SampleHost, from: bigint): void {
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
