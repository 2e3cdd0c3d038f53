import { SERVER_2016, SERVER_2019 } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { bootUp } from '../stories/boot.ts'
import {
  askBroker,
  breakDown,
  brokerIsRenamed,
  joinFarm,
  NOT_READY,
  redirected,
  registered,
} from '../stories/broken-broker.ts'
import { fail } from '../stories/connection.ts'
import { passTime } from '../stories/everyday.ts'
import { officeWorker, otherWorker } from '../stories/people.ts'
import { workOverRdp } from '../stories/working-day.ts'
import * as broker from '../vocabulary/broker.ts'

/** Core scenario 3: the Connection Broker and its database disagree on who they are. */

const SCENARIO = 'broker-out-of-step' as const

export const BROKER_SAMPLES: readonly Sample[] = [
  hostSample(
    'broker-renamed',
    'The broker RDCB01 was renamed to RDCB-EAST (6011); since then its database refuses it (18456), the broker reports 2056 and each user 1296, in their own Operational channels. Server 2016.',
    [{ scenario: SCENARIO, verdict: 'probable', window: 'window' }],
    () => {
      const host = contosoServer('broker-renamed', 'RDCB01', SERVER_2016, { missingChannels: ['Security'] })
      return brokerIsRenamed(host, 'RDCB-EAST')
    },
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
