import { SERVER_2008_R2, SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { bootUp, restart, restartService } from '../stories/boot.ts'
import { logOnAtConsole } from '../stories/connection.ts'
import { passTime } from '../stories/everyday.ts'
import { keyCannotBeUsed } from '../stories/listener-key.ts'
import { administrator } from '../stories/people.ts'
import { tryInVain, workOverRdp } from '../stories/working-day.ts'
import { certificateNotCreated, certificateNotReplaced } from '../vocabulary/rdp.ts'

/** Core scenario 1 in each of its variants: the status, with and without Schannel's part of the story. */

const EXISTS = 'Object already exists.\r\n'
const NO_KEYSET = 'Keyset does not exist\r\n'
const DENIED = 'Access is denied.\r\n'

/** What a hurried collector brings: no Application and no Security log. */
const few = { missingChannels: ['Application', 'Security'] }

const PROBABLE = { scenario: 'listener-key-unusable', verdict: 'probable', window: 'window' } as const
const POSSIBLE = { scenario: 'listener-key-unusable', verdict: 'possible', window: 'window' } as const

export const LISTENER_KEY_SAMPLES: readonly Sample[] = [
  hostSample(
    'key-exists',
    'After a restart no listener certificate can be created: "Object already exists" (1057), and Schannel cannot use the key at each attempt to connect. Server 2016.',
    [PROBABLE],
    () => notCreated(contosoServer('key-exists', 'RDS01', SERVER_2016), EXISTS, true),
  ),
  hostSample(
    'key-exists-alone',
    'The same 1057 without a word of Schannel: its logging is switched off. Server 2019.',
    [POSSIBLE],
    () => notCreated(contosoServer('key-exists-alone', 'RDS02', SERVER_2019, few), EXISTS, false),
  ),
  hostSample(
    'keyset-missing',
    '"Keyset does not exist" (1057), with Schannel\'s 36870, 36872 and 36886 in UserData as old builds write them; no RdpCoreTS log yet. Server 2008 R2.',
    [PROBABLE],
    () => notCreated(contosoServer('keyset-missing', 'LEGACY03', SERVER_2008_R2, few), NO_KEYSET, true),
  ),
  hostSample('keyset-missing-alone', 'The same 1057 alone. Server 2016.', [POSSIBLE], () =>
    notCreated(contosoServer('keyset-missing-alone', 'APP11', SERVER_2016, few), NO_KEYSET, false),
  ),
  hostSample(
    'key-denied',
    'The expired certificate cannot be replaced: "Access is denied" (1058). Schannel names TermService as the process that failed; an administrator got in at the console, which heals nothing. All logs are dirty. Server 2022.',
    [PROBABLE],
    () =>
      notReplaced(
        contosoServer('key-denied', 'RDS05', SERVER_2022, { missingChannels: ['Application'], dirty: true }),
        true,
      ),
  ),
  hostSample('key-denied-alone', 'The same 1058 alone, day after day. Server 2019.', [POSSIBLE], () =>
    notReplaced(contosoServer('key-denied-alone', 'RDS06', SERVER_2019, few), false),
  ),
]

/** A day of work, a restart at night for updates, and from then on no certificate. */
function notCreated(host: SampleHost, status: string, companions: boolean): SampleHost {
  const up = bootUp(host, moment('2026-03-10T23:12:40.318'))
  const night = moment('2026-03-12T02:03:17.902')
  passTime(host, up, night)
  workOverRdp(host, moment('2026-03-11T07:10'))
  const reason = 'Operating System: Service pack (Planned)'
  const sessionEnv = restart(host, night, reason, '0x80020010')
  host.at(sessionEnv + 1_312n * MILLISECOND, certificateNotCreated(status))
  // SessionEnv is restarted by hand in the morning: the same again.
  const byHand = restartService(host, moment('2026-03-12T07:51:22.117'), 'SessionEnv') + 1_290n * MILLISECOND
  host.at(byHand, certificateNotCreated(status))
  for (const start of [byHand + 40_000n * MILLISECOND, moment('2026-03-12T08:30')]) {
    inVain(host, start, companions ? 3 : 2, companions)
  }
  passTime(host, sessionEnv, moment('2026-03-12T11:20'))
  return host
}

/** The certificate has expired; SessionEnv tries in vain to replace it each time it is asked. */
function notReplaced(host: SampleHost, companions: boolean): SampleHost {
  const up = bootUp(host, moment('2026-03-10T19:41:02.774'))
  workOverRdp(host, moment('2026-03-11T07:40'))
  const times = [
    '2026-03-11T19:02:31.455',
    '2026-03-12T06:58:09.127',
    '2026-03-12T07:30:48.901',
    '2026-03-12T09:13:55.336',
  ]
  for (const iso of times) {
    const time = moment(iso)
    host.at(time, certificateNotReplaced(DENIED))
    inVain(host, time + 20_000n * MILLISECOND, 2, companions)
  }
  if (companions) logOnAtConsole(host, moment('2026-03-12T09:47:12.604'), administrator(host.machine))
  passTime(host, up, moment('2026-03-12T10:05'))
  return host
}

function inVain(host: SampleHost, start: bigint, times: number, companions: boolean): void {
  let first = true
  const reaction = (step: Parameters<typeof keyCannotBeUsed>[1]) => {
    keyCannotBeUsed(host, step, { withChain: first })
    first = false
  }
  tryInVain(host, start, { times, minutes: 3, ...(companions && { reaction }) })
}
