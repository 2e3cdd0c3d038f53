import { DAY } from '../../../src/bytes/filetime.ts'
import { SampleDisk } from '../disks/sample-disk.ts'
import { storedZip } from '../disks/stored-zip.ts'
import { RDP_TCP } from '../disks/system-hive.ts'
import { SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { MILLISECOND, moment } from '../moment.ts'
import { contosoServer, diskSample, type HostWithDisk, type Sample, type SampleFile, volumeFiles } from '../sample.ts'
import { policyLeavesNothing } from '../stories/blocked-protocols.ts'
import { bootUp, restart } from '../stories/boot.ts'
import { passTime } from '../stories/everyday.ts'
import { certificateIsNotReplaced } from '../stories/lost-key.ts'
import { workOverRdp } from '../stories/working-day.ts'
import { certificateCreated, RDP_CORE_OPERATIONAL } from '../vocabulary/rdp.ts'
import { LSM_OPERATIONAL } from '../vocabulary/sessions.ts'
import { healthyDisk, withoutProtocols } from './disk-tls-policy.ts'

/** How disks come to the one who looks at them: torn from a running machine, or copied by a collector. */

const few = { missingChannels: ['Application', 'Security', RDP_CORE_OPERATIONAL] }
const fewer = { missingChannels: [...few.missingChannels, LSM_OPERATIONAL] }
const CASE = 'CaseLogs/2026-03-30_06-20-00_UTC'
const ARCHIVE = 'inspect-disk.zip'
const EXPIRED = moment('2026-03-11T18:58:40')

export const COPIED_DISK_SAMPLES: readonly Sample[] = [
  diskSample(
    'disk-dirty-hive',
    'Nothing is wrong: network level authentication was switched on last, and that stands in SYSTEM.LOG1 only; the hive itself still says that it is off. Server 2022.',
    [],
    tornFromPower,
  ),
  {
    name: 'caselogs',
    shows:
      "Two disks as Microsoft's collector for attached disks copies them: F has lost every protocol to a policy (Server 2016), G is another machine, on which nothing is wrong (Server 2019). Key files are not copied.",
    hosts: [
      { host: 'F', findings: [{ scenario: 'tls-policy-blocks-server', verdict: 'confirmed', window: 'window' }] },
      { host: 'G', findings: [] },
    ],
    files: () => [...copied(`${CASE}/F`, blockedByPolicy()), ...copied(`${CASE}/G`, healthyNeighbour())],
  },
  {
    name: 'inspect-disk',
    shows:
      'A zip as Azure makes it when it inspects the disks of a machine, not packed: logs and hives below device_0, no key files. The certificate expired before the first 1058. Server 2019.',
    hosts: [
      { host: 'device_0', findings: [{ scenario: 'listener-key-unusable', verdict: 'confirmed', window: 'window' }] },
    ],
    givenAs: `inspect-disk/${ARCHIVE}`,
    files: () => [{ path: ARCHIVE, bytes: storedZip(copied('device_0', expired())) }],
  },
]

/** Power was lost minutes after the last change. */
function tornFromPower(): HostWithDisk {
  const host = contosoServer('disk-dirty-hive', 'FILE21', SERVER_2022, { ...few, dirty: true })
  const up = bootUp(host, moment('2026-03-28T22:05:13.707'))
  const night = moment('2026-03-29T02:21:51.144')
  passTime(host, up, night)
  const sessionEnv = restart(host, night, 'Operating System: Service pack (Planned)', '0x80020010')
  const made = sessionEnv + 1_302n * MILLISECOND
  const disk = new SampleDisk(host)
  const { thumbprint } = disk.addCertificate(made)
  host.at(made, certificateCreated(host.machine.computer, thumbprint))
  workOverRdp(host, moment('2026-03-29T07:02'))
  passTime(host, sessionEnv, moment('2026-03-29T17:20'))
  disk.addKeyFile()
  disk.system.set(RDP_TCP, { UserAuthentication: 0 })
  disk.leaveUnfinished((system) => system.set(RDP_TCP, { UserAuthentication: 1 }, moment('2026-03-29T16:58:20.611')))
  return { host, disk }
}

function blockedByPolicy(): HostWithDisk {
  const host = policyLeavesNothing(contosoServer('caselogs-f', 'WEB31', SERVER_2016, fewer))
  return { host, disk: withoutProtocols(host) }
}

function healthyNeighbour(): HostWithDisk {
  const host = contosoServer('caselogs-g', 'FILE31', SERVER_2019, few)
  const up = bootUp(host, moment('2026-03-29T03:17:42.280'))
  workOverRdp(host, moment('2026-03-29T07:10'))
  passTime(host, up, moment('2026-03-29T17:45'))
  return { host, disk: healthyDisk(host) }
}

function expired(): HostWithDisk {
  const host = certificateIsNotReplaced(contosoServer('inspect-disk', 'RDS31', SERVER_2019, fewer), true)
  const disk = new SampleDisk(host)
  disk.addCertificate(EXPIRED - 182n * DAY, { until: EXPIRED })
  return { host, disk }
}

/** What these collectors take: logs and hives below a folder of their own, no key files. */
function copied(folder: string, machine: HostWithDisk): readonly SampleFile[] {
  return volumeFiles(machine)
    .filter(({ path }) => path.startsWith('Windows/'))
    .map(({ path, bytes }) => ({ path: `${folder}/${path}`, bytes }))
}
