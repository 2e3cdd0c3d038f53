import { SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { moment } from '../moment.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { bootUp, restart } from '../stories/boot.ts'
import { passTime } from '../stories/everyday.ts'
import { protocolsAreBlocked } from '../stories/listener-key.ts'
import { tryInVain, workOverRdp } from '../stories/working-day.ts'
import { policyApplied } from '../vocabulary/everyday.ts'
import { RCM_OPERATIONAL, RDP_CORE_OPERATIONAL } from '../vocabulary/rdp.ts'
import { LSM_OPERATIONAL } from '../vocabulary/sessions.ts'

/** Core scenario 2: policy leaves the server no protocol to speak. */

const SCENARIO = 'tls-policy-blocks-server' as const

export const TLS_POLICY_SAMPLES: readonly Sample[] = [
  hostSample(
    'tls-blocked',
    'A new policy is applied at night; after the restart each attempt to connect ends in Schannel 36871 with Type server and state 10013, a moment after the connection was accepted. Server 2016.',
    [{ scenario: SCENARIO, verdict: 'probable', window: 'window' }],
    () => blocked(contosoServer('tls-blocked', 'WEB02', SERVER_2016, { missingChannels: ['Application', 'Security'] })),
  ),
  hostSample(
    'tls-blocked-caller',
    'The same on a build that names the caller: 36871 carries the process id of TermService. Server 2022.',
    [{ scenario: SCENARIO, verdict: 'probable', window: 'window' }],
    () =>
      blocked(
        contosoServer('tls-blocked-caller', 'WEB04', SERVER_2022, { missingChannels: ['Application', 'Security'] }),
      ),
  ),
  hostSample(
    'tls-blocked-alone',
    'Only System was collected: 36871 of a server, and nothing that says which one. Server 2019.',
    [{ scenario: SCENARIO, verdict: 'possible', window: 'window' }],
    () =>
      blocked(
        contosoServer('tls-blocked-alone', 'WEB05', SERVER_2019, {
          missingChannels: ['Application', 'Security', RCM_OPERATIONAL, RDP_CORE_OPERATIONAL, LSM_OPERATIONAL],
        }),
      ),
  ),
]

function blocked(host: SampleHost): SampleHost {
  const up = bootUp(host, moment('2026-03-16T20:31:54.602'))
  workOverRdp(host, moment('2026-03-17T07:05'))
  const night = moment('2026-03-18T01:30:05.481')
  passTime(host, up, night)
  const { groupPolicy } = host.processes
  host.at(
    moment('2026-03-18T00:52:10.3318241'),
    policyApplied(groupPolicy, host.random.guid(), 3_812, 'DC01.contoso.com', 6),
  )
  const running = restart(host, night, 'Operating System: Reconfiguration (Planned)', '0x80020004')
  tryInVain(host, moment('2026-03-18T06:55'), {
    times: 9,
    minutes: 150,
    reaction: (step) => protocolsAreBlocked(host, step),
  })
  passTime(host, running, moment('2026-03-18T10:40'))
  return host
}
