import { SERVER_2019, SERVER_2022 } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { bootUp } from '../stories/boot.ts'
import { passTime } from '../stories/everyday.ts'
import { listenerParty } from '../stories/listener-key.ts'
import { workOverRdp } from '../stories/working-day.ts'
import { crashReported, programCrashed } from '../vocabulary/application.ts'
import { noDomainController, policyFileUnreadable } from '../vocabulary/everyday.ts'
import * as schannel from '../vocabulary/schannel.ts'
import { dependencyFailed, serviceNotStarted } from '../vocabulary/services.ts'

/** Hosts whose logs hold the numbers of the core scenarios, with another meaning. */

export const LOOK_ALIKE_SAMPLES: readonly Sample[] = [
  hostSample(
    'lookalike-numbers',
    "Group Policy's own 1058, the service error 1058 in 7000 and 7001, 36871 of a client, alerts that mean nothing: the numbers are there, the faults are not. RDP works. Server 2019.",
    [],
    numbers,
  ),
  hostSample(
    'lookalike-other-service',
    '36870 and 36871 of a server with the right codes, but their caller is the database server, not TermService. RDP is not used that day. Server 2022.',
    [
      { scenario: 'listener-key-unusable', verdict: 'refuted' },
      { scenario: 'tls-policy-blocks-server', verdict: 'refuted' },
    ],
    otherService,
  ),
]

function numbers(): SampleHost {
  const host = contosoServer('lookalike-numbers', 'APP21', SERVER_2019)
  const up = bootUp(host, moment('2026-03-24T21:00:49.337'))
  const { processes, machine, random } = host
  const manager = { language: machine.language, processId: processes.services }
  for (const iso of ['2026-03-25T02:11:08.4412037', '2026-03-25T03:44:21.0920110', '2026-03-25T05:19:55.7316502']) {
    const time = moment(iso)
    host.at(time - 700n * MILLISECOND, noDomainController('CONTOSO'))
    host.at(time, policyFileUnreadable(processes.groupPolicy, random.guid(), 'contoso.com', 'DC01.contoso.com'))
  }
  host.at(up + 9_000n * MILLISECOND, serviceNotStarted(manager, 'SharedAccess', 1058))
  host.at(up + 9_020n * MILLISECOND, dependencyFailed(manager, 'RemoteAccess', 'RasMan', 1058))
  const agent = { ...listenerParty(host), caller: { processId: 4_912, image: 'agent' } }
  const step = host.stroll(moment('2026-03-25T06:02:14.770'))
  for (let i = 0; i < 6; i++) host.at(step(1_790_000), schannel.credentialNotCreated(agent, 'client', 10_013))
  host.at(moment('2026-03-25T11:20:03.1182290'), schannel.alertReceived(agent, 46))
  host.at(moment('2026-03-25T14:08:47.9021133'), schannel.alertReceived(agent, 48))
  const crash = moment('2026-03-25T09:31:12.505')
  const report = random.guid().slice(1, -1)
  host.at(crash, programCrashed('ServerManager.exe', 'ntdll.dll', '1a44', report))
  host.at(crash + 1_400n * MILLISECOND, crashReported('ServerManager.exe', report))
  workOverRdp(host, moment('2026-03-25T07:26'))
  passTime(host, up, moment('2026-03-25T17:45'))
  return host
}

function otherService(): SampleHost {
  const host = contosoServer('lookalike-other-service', 'SQL03', SERVER_2022, { missingChannels: ['Application'] })
  const up = bootUp(host, moment('2026-03-25T23:22:18.411'))
  const database = { ...listenerParty(host), caller: { processId: 5_624, image: 'sqlservr' } }
  const step = host.stroll(up + 31_000n * MILLISECOND)
  host.at(step(0), schannel.privateKeyUnusable(database, 'server', '0x8009030d', 10_001))
  host.at(step(240), schannel.credentialNotCreated(database, 'server', 10_013))
  for (let i = 0; i < 4; i++) {
    host.at(step(7_200_000), schannel.privateKeyUnusable(database, 'server', '0x8009030d', 10_001))
  }
  passTime(host, up, moment('2026-03-26T15:40'))
  return host
}
