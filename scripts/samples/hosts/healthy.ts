import { SERVER_2019, SERVER_2022 } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { bootUp, restart } from '../stories/boot.ts'
import { logOff, logOn } from '../stories/connection.ts'
import { passTime } from '../stories/everyday.ts'
import { keyCannotBeUsed } from '../stories/listener-key.ts'
import { administrator } from '../stories/people.ts'
import { tryInVain, workOverRdp } from '../stories/working-day.ts'
import { certificateCreated, certificateNotReplaced } from '../vocabulary/rdp.ts'

/** Hosts on which RDP works, at the end. */

export const HEALTHY_SAMPLES: readonly Sample[] = [
  hostSample(
    'healthy',
    'Nothing is wrong: a new certificate at the last start (1056), logons on both days, a few guessed passwords. Two channels exist and are empty. Server 2022.',
    [],
    healthy,
  ),
  hostSample(
    'healed',
    'The certificate could not be replaced (1058, 36870) until somebody put the permissions right: then a new one (1056), and people log on. Server 2019.',
    [{ scenario: 'listener-key-unusable', verdict: 'historic', window: 'window' }],
    healed,
  ),
]

function healthy(): SampleHost {
  const host = contosoServer('healthy', 'FILE01', SERVER_2022, {
    emptyChannels: [
      'Microsoft-Windows-TerminalServices-LocalSessionManager/Admin',
      'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Admin',
    ],
  })
  const up = bootUp(host, moment('2026-03-21T22:10:37.551'))
  const night = moment('2026-03-23T02:15:40.093')
  workOverRdp(host, moment('2026-03-22T07:12'))
  passTime(host, up, night)
  const sessionEnv = restart(host, night, 'Operating System: Service pack (Planned)', '0x80020010')
  host.at(sessionEnv + 1_302n * MILLISECOND, certificateCreated(host.machine.computer, host.random.hex(40)))
  workOverRdp(host, moment('2026-03-23T06:58'))
  passTime(host, sessionEnv, moment('2026-03-23T17:30'))
  return host
}

function healed(): SampleHost {
  const host = contosoServer('healed', 'RDS09', SERVER_2019, { missingChannels: ['Application'] })
  const up = bootUp(host, moment('2026-03-22T18:27:12.806'))
  const broken = ['2026-03-23T06:40:13.921', '2026-03-23T07:22:51.377']
  for (const iso of broken) {
    host.at(moment(iso), certificateNotReplaced('Access is denied.\r\n'))
    tryInVain(host, moment(iso) + 15_000n * MILLISECOND, {
      times: 3,
      minutes: 4,
      reaction: (step) => keyCannotBeUsed(host, step),
    })
  }
  const repaired = moment('2026-03-23T08:41:30.288')
  host.at(repaired, certificateCreated(host.machine.computer, host.random.hex(40)))
  const admin = logOn(host, repaired + 45_000n * MILLISECOND, administrator(host.machine))
  logOff(host, repaired + 600_000n * MILLISECOND, admin)
  workOverRdp(host, moment('2026-03-23T09:05'))
  passTime(host, up, moment('2026-03-23T18:10'))
  return host
}
