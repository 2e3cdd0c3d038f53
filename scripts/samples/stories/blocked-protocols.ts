import { moment } from '../moment.ts'
import type { SampleHost } from '../sample-host.ts'
import { policyApplied } from '../vocabulary/everyday.ts'
import { bootUp, restart } from './boot.ts'
import { passTime } from './everyday.ts'
import { protocolsAreBlocked } from './listener-key.ts'
import { tryInVain, workOverRdp } from './working-day.ts'

/** When the policy is applied that leaves the server nothing to offer. */
export const POLICY_APPLIED = moment('2026-03-18T00:52:10.3318241')

/** A policy is applied at night, after a day of work; from the restart on nobody gets past TLS. */
export function policyLeavesNothing(host: SampleHost): SampleHost {
  const up = bootUp(host, moment('2026-03-16T20:31:54.602'))
  workOverRdp(host, moment('2026-03-17T07:05'))
  const night = moment('2026-03-18T01:30:05.481')
  passTime(host, up, night)
  const { groupPolicy } = host.processes
  host.at(POLICY_APPLIED, policyApplied(groupPolicy, host.random.guid(), 3_812, 'DC01.contoso.com', 6))
  const running = restart(host, night, 'Operating System: Reconfiguration (Planned)', '0x80020004')
  tryInVain(host, moment('2026-03-18T06:55'), {
    times: 9,
    minutes: 150,
    reaction: (step) => protocolsAreBlocked(host, step),
  })
  passTime(host, running, moment('2026-03-18T10:40'))
  return host
}

/** One attempt of a day ends in 36871, before and after it nobody tries. */
export function oneAttemptFails(host: SampleHost): SampleHost {
  const up = bootUp(host, moment('2026-03-17T03:44:26.910'))
  tryInVain(host, moment('2026-03-17T15:20'), {
    times: 1,
    minutes: 1,
    reaction: (step) => protocolsAreBlocked(host, step),
  })
  passTime(host, up, moment('2026-03-17T19:10'))
  return host
}
