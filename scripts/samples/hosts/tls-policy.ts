import { SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import { policyLeavesNothing } from '../stories/blocked-protocols.ts'
import { RCM_OPERATIONAL, RDP_CORE_OPERATIONAL } from '../vocabulary/rdp.ts'
import { LSM_OPERATIONAL } from '../vocabulary/sessions.ts'

/** Core scenario 2: policy leaves the server no protocol to speak. */

const SCENARIO = 'tls-policy-blocks-server' as const

export const TLS_POLICY_SAMPLES: readonly Sample[] = [
  hostSample(
    'tls-blocked',
    'A new policy is applied at night; after the restart each attempt to connect ends in Schannel 36871 with Type server and state 10013, a moment after the connection was accepted. Server 2016.',
    [{ scenario: SCENARIO, verdict: 'probable', window: 'window' }],
    () =>
      policyLeavesNothing(
        contosoServer('tls-blocked', 'WEB02', SERVER_2016, { missingChannels: ['Application', 'Security'] }),
      ),
  ),
  hostSample(
    'tls-blocked-caller',
    'The same on a build that names the caller: 36871 carries the process id of TermService. Server 2022.',
    [{ scenario: SCENARIO, verdict: 'probable', window: 'window' }],
    () =>
      policyLeavesNothing(
        contosoServer('tls-blocked-caller', 'WEB04', SERVER_2022, { missingChannels: ['Application', 'Security'] }),
      ),
  ),
  hostSample(
    'tls-blocked-alone',
    'Only System was collected: 36871 of a server, and nothing that says which one. Server 2019.',
    [{ scenario: SCENARIO, verdict: 'possible', window: 'window' }],
    () =>
      policyLeavesNothing(
        contosoServer('tls-blocked-alone', 'WEB05', SERVER_2019, {
          missingChannels: ['Application', 'Security', RCM_OPERATIONAL, RDP_CORE_OPERATIONAL, LSM_OPERATIONAL],
        }),
      ),
  ),
]
