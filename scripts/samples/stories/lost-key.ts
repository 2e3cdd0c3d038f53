import { MILLISECOND, moment } from '../moment.ts'
import type { SampleHost } from '../sample-host.ts'
import { certificateNotCreated, certificateNotReplaced } from '../vocabulary/rdp.ts'
import { bootUp, restart, restartService } from './boot.ts'
import { logOnAtConsole } from './connection.ts'
import { passTime } from './everyday.ts'
import { keyCannotBeUsed } from './listener-key.ts'
import { administrator } from './people.ts'
import { tryInVain, workOverRdp } from './working-day.ts'

/** What Windows says of the key, in English. */
export const EXISTS = 'Object already exists.\r\n'
export const NO_KEYSET = 'Keyset does not exist\r\n'
export const DENIED = 'Access is denied.\r\n'

/** A day of work, a restart at night for updates, and from then on no certificate. */
export function certificateIsNotCreated(host: SampleHost, status: string, companions: boolean): SampleHost {
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
export function certificateIsNotReplaced(host: SampleHost, companions: boolean): SampleHost {
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

/** A day of work, a restart at night, and from then on the key of the chosen certificate cannot be opened: no word of 1057. */
export function chosenKeyIsGone(host: SampleHost): SampleHost {
  const up = bootUp(host, moment('2026-03-10T22:48:19.083'))
  workOverRdp(host, moment('2026-03-11T07:20'))
  const night = moment('2026-03-12T01:12:33.640')
  passTime(host, up, night)
  const sessionEnv = restart(host, night, 'Operating System: Service pack (Planned)', '0x80020010')
  inVain(host, moment('2026-03-12T06:50'), 5, true)
  passTime(host, sessionEnv, moment('2026-03-12T10:30'))
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
