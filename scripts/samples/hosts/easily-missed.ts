import { SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { bootUp, restart } from '../stories/boot.ts'
import { passTime } from '../stories/everyday.ts'
import { keyCannotBeUsed } from '../stories/listener-key.ts'
import { tryInVain, workOverRdp } from '../stories/working-day.ts'
import { clockSet } from '../vocabulary/boot.ts'
import { certificateCreated, certificateNotCreated, certificateNotReplaced } from '../vocabulary/rdp.ts'
import { timeChanged } from '../vocabulary/security.ts'

/** Hosts that a query for "the last 24 hours", or for an English sentence, finds nothing on. */

const SCENARIO = 'listener-key-unusable' as const
const PROBABLE = { scenario: SCENARIO, verdict: 'probable', window: 'window' } as const
const few = { missingChannels: ['Application', 'Security'] }
const DAY = 86_400_000n * MILLISECOND

export const EASILY_MISSED_SAMPLES: readonly Sample[] = [
  hostSample(
    'trigger-before-window',
    'The one 1058 is two and a half days older than the last event, nothing since but people who try in vain; the machine has not been restarted. Server 2016.',
    [{ scenario: SCENARIO, verdict: 'probable', window: 'boot' }],
    beforeWindow,
  ),
  hostSample(
    'trigger-before-boot',
    'The one 1057 is older than the last restart, and nobody has logged on since. Server 2019.',
    [{ scenario: SCENARIO, verdict: 'possible', window: 'log' }],
    beforeBoot,
  ),
  hostSample(
    'german',
    'A German Windows: "Zugriff verweigert" (1058), 36870 with its own word for server. Server 2019.',
    [PROBABLE],
    () =>
      foreign(contosoServer('german', 'TS-BERLIN', SERVER_2019, { ...few, language: 'de' }), 'Zugriff verweigert\r\n'),
  ),
  hostSample(
    'japanese',
    'A Japanese Windows: the status and the word for server in Japanese. Server 2016.',
    [PROBABLE],
    () =>
      foreign(
        contosoServer('japanese', 'TS-OSAKA', SERVER_2016, { ...few, language: 'ja' }),
        'アクセスが拒否されました。\r\n',
      ),
  ),
  hostSample(
    'status-as-number',
    'The status is a message reference (%%2148073487), a signed decimal and a hexadecimal number, never words: all three mean "Object already exists". Server 2022.',
    [PROBABLE],
    statusAsNumber,
  ),
  hostSample(
    'clock-moved',
    'The clock ran five weeks ahead for two hours: the latest time is not that of the last record, and a 1056 from those hours looks younger than the 1057 that came after it. Server 2019.',
    [PROBABLE],
    clockMoved,
  ),
]

function beforeWindow(): SampleHost {
  const host = contosoServer('trigger-before-window', 'APP31', SERVER_2016, few)
  const up = bootUp(host, moment('2026-03-08T22:30:20.118'))
  workOverRdp(host, moment('2026-03-09T07:15'))
  const trigger = moment('2026-03-10T05:12:44.690')
  host.at(trigger, certificateNotReplaced('Access is denied.\r\n'))
  const reaction = (step: Parameters<typeof keyCannotBeUsed>[1]) => keyCannotBeUsed(host, step, { withChain: true })
  tryInVain(host, trigger + 30_000n * MILLISECOND, { times: 2, minutes: 3, reaction })
  for (const iso of ['2026-03-10T08:05', '2026-03-11T07:40', '2026-03-12T07:10', '2026-03-12T13:30']) {
    tryInVain(host, moment(iso), { times: 2, minutes: 12 })
  }
  passTime(host, up, moment('2026-03-12T17:05'))
  return host
}

function beforeBoot(): SampleHost {
  const host = contosoServer('trigger-before-boot', 'APP32', SERVER_2019, few)
  const up = bootUp(host, moment('2026-03-09T20:14:33.742'))
  host.at(up + 1_310n * MILLISECOND, certificateNotCreated('Keyset does not exist\r\n'))
  const reaction = (step: Parameters<typeof keyCannotBeUsed>[1]) => keyCannotBeUsed(host, step)
  tryInVain(host, up + 50_000n * MILLISECOND, { times: 2, minutes: 3, reaction })
  const night = moment('2026-03-10T22:05:10.409')
  passTime(host, up, night)
  const running = restart(host, night, 'Other (Planned)', '0x80000000')
  tryInVain(host, moment('2026-03-11T07:35'), { times: 3, minutes: 20 })
  passTime(host, running, moment('2026-03-12T08:20'))
  return host
}

function foreign(host: SampleHost, status: string): SampleHost {
  const up = bootUp(host, moment('2026-03-12T19:05:41.866'))
  workOverRdp(host, moment('2026-03-13T06:40'))
  const evening = moment('2026-03-13T19:11:26.530')
  host.at(evening, certificateNotReplaced(status))
  const morning = moment('2026-03-14T05:58:03.274')
  host.at(morning, certificateNotReplaced(status))
  const reaction = (step: Parameters<typeof keyCannotBeUsed>[1]) => keyCannotBeUsed(host, step, { withChain: true })
  tryInVain(host, morning + 20_000n * MILLISECOND, { times: 4, minutes: 4, reaction })
  passTime(host, up, moment('2026-03-14T08:30'))
  return host
}

function statusAsNumber(): SampleHost {
  const host = contosoServer('status-as-number', 'APP34', SERVER_2022, few)
  const up = bootUp(host, moment('2026-03-14T03:02:55.181'))
  for (const [i, status] of ['%%2148073487', '-2146893809', '0x8009000F'].entries()) {
    const time = up + 1_330n * MILLISECOND + BigInt(i) * 7_200_000n * MILLISECOND
    host.at(time, certificateNotCreated(status))
    const reaction = (step: Parameters<typeof keyCannotBeUsed>[1]) => keyCannotBeUsed(host, step)
    tryInVain(host, time + 25_000n * MILLISECOND, { times: 2, minutes: 3, reaction })
  }
  passTime(host, up, moment('2026-03-14T18:15'))
  return host
}

/**
 * For two hours the machine believes it is five weeks later: its certificate has expired by then and is replaced (1056).
 * Back in March the new certificate is not valid yet, the next one cannot be made (1057).
 */
function clockMoved(): SampleHost {
  const host = contosoServer('clock-moved', 'APP35', SERVER_2019, { missingChannels: ['Application'] })
  const up = bootUp(host, moment('2026-03-16T21:40:19.307'))
  workOverRdp(host, moment('2026-03-17T07:20'))
  const ahead = moment('2026-03-18T01:10:00.625')
  const back = ahead + 7_380_000n * MILLISECOND
  const jump = 35n * DAY
  const { processes, machine, random } = host
  host.moveClock(ahead, jump)
  host.at(ahead, clockSet(machine, ahead, ahead + jump, processes.time))
  host.at(ahead, timeChanged(ahead, ahead + jump, processes.time))
  host.at(ahead + 900_000n * MILLISECOND, certificateCreated(machine.computer, random.hex(40)))
  host.moveClock(back, 0n)
  host.at(back, clockSet(machine, back + jump, back, processes.time))
  host.at(back, timeChanged(back + jump, back, processes.time))
  for (const iso of ['2026-03-18T03:31:17.480', '2026-03-18T07:02:28.913']) {
    const time = moment(iso)
    host.at(time, certificateNotCreated('Object already exists.\r\n'))
    const reaction = (step: Parameters<typeof keyCannotBeUsed>[1]) => keyCannotBeUsed(host, step)
    tryInVain(host, time + 20_000n * MILLISECOND, { times: 3, minutes: 4, reaction })
  }
  passTime(host, up, moment('2026-03-18T09:55'))
  return host
}
