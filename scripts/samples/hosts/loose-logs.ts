import { SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import { contosoServer, logFiles, type Sample } from '../sample.ts'
import type { SampleHost, SampleLog } from '../sample-host.ts'
import { bootUp } from '../stories/boot.ts'
import { passTime } from '../stories/everyday.ts'
import { keyCannotBeUsed, listenerParty } from '../stories/listener-key.ts'
import { tryInVain } from '../stories/working-day.ts'
import { policyFileUnreadable } from '../vocabulary/everyday.ts'
import {
  certificateCreated,
  certificateNotCreated,
  certificateNotReplaced,
  RDP_CORE_OPERATIONAL,
} from '../vocabulary/rdp.ts'
import { credentialNotCreated } from '../vocabulary/schannel.ts'

/** Logs of four computers in one folder: none may convict or heal another. */

const NAME = 'loose-logs'
const SCENARIO = 'listener-key-unusable' as const

export const LOOSE_LOGS: Sample = {
  name: NAME,
  shows:
    'Logs of four computers in one folder, no volume around them. APP41, of which there are two, has lost its key; APP42 made a new certificate later, which must not heal APP41; SQL41 has only look-alikes; FS41 is an extract that Event Viewer saved ("save filtered"), records without templates.',
  hosts: [
    { host: 'APP41.contoso.com', findings: [{ scenario: SCENARIO, verdict: 'probable', window: 'window' }] },
    { host: 'APP42.contoso.com', findings: [] },
    { host: 'FS41.contoso.com', findings: [{ scenario: SCENARIO, verdict: 'possible', window: 'window' }] },
    { host: 'SQL41.contoso.com', findings: [] },
  ],
  files: () =>
    logFiles([
      ...keyLost(),
      systemLog(certificateRenewed(), 'APP42-System.evtx'),
      savedFiltered(systemLog(denied(), 'FS41-filtered.evtx')),
      systemLog(lookAlikes(), 'SQL41-System.evtx'),
    ]),
}

/** The one computer of which somebody copied two logs. */
function keyLost(): SampleLog[] {
  const host = contosoServer('loose-app41', 'APP41', SERVER_2019)
  const up = bootUp(host, moment('2026-03-28T04:20:31.440'))
  host.at(up + 1_305n * MILLISECOND, certificateNotCreated('Keyset does not exist\r\n'))
  tryInVain(host, up + 40_000n * MILLISECOND, {
    times: 3,
    minutes: 4,
    reaction: (step) => keyCannotBeUsed(host, step, { withChain: true }),
  })
  passTime(host, up, moment('2026-03-28T15:10'))
  const attempts = logOf(host, RDP_CORE_OPERATIONAL, 'APP41-RdpCoreTS.evtx')
  return [attempts, systemLog(host, 'APP41-System.evtx')]
}

function certificateRenewed(): SampleHost {
  const host = contosoServer('loose-app42', 'APP42', SERVER_2022)
  const up = bootUp(host, moment('2026-03-28T06:44:02.918'))
  host.at(up + 1_300n * MILLISECOND, certificateCreated(host.machine.computer, host.random.hex(40)))
  passTime(host, up, moment('2026-03-28T18:00'))
  return host
}

function denied(): SampleHost {
  const host = contosoServer('loose-fs41', 'FS41', SERVER_2016)
  for (const iso of ['2026-03-28T05:30:18.277', '2026-03-28T11:30:18.902', '2026-03-28T17:30:19.514']) {
    host.at(moment(iso), certificateNotReplaced('Access is denied.\r\n'))
  }
  return host
}

function lookAlikes(): SampleHost {
  const host = contosoServer('loose-sql41', 'SQL41', SERVER_2016)
  const up = bootUp(host, moment('2026-03-28T03:15:48.063'))
  const { processes, random } = host
  for (const iso of ['2026-03-28T08:20:11.3302241', '2026-03-28T10:02:45.8812093']) {
    host.at(moment(iso), policyFileUnreadable(processes.groupPolicy, random.guid(), 'contoso.com', 'DC01.contoso.com'))
    host.at(moment(iso) + 930_000n * MILLISECOND, credentialNotCreated(listenerParty(host), 'client', 10_013))
  }
  passTime(host, up, moment('2026-03-28T16:35'))
  return host
}

/** The System log of a host, under the name that somebody gave its copy. */
function systemLog(host: SampleHost, path: string): SampleLog {
  return logOf(host, 'System', path)
}

function logOf(host: SampleHost, channel: string, path: string): SampleLog {
  const log = host.logs().find((candidate) => candidate.events[0]?.channel === channel)
  if (!log) throw new Error(`Nothing was told of ${channel} on ${host.name}`)
  return { ...log, path }
}

/** What "save filtered log file" makes of a log: records without templates. */
function savedFiltered(log: SampleLog): SampleLog {
  return { ...log, events: log.events.map((event) => ({ ...event, form: 'plain' as const })) }
}
