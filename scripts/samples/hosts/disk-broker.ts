import { SampleDisk } from '../disks/sample-disk.ts'
import { setBrokerServices } from '../disks/services.ts'
import { setRole } from '../disks/software-hive.ts'
import { PROTOCOLS } from '../disks/system-hive.ts'
import { SERVER_2016, SERVER_2019 } from '../machine.ts'
import { moment } from '../moment.ts'
import { contosoServer, diskSample, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { brokerIsRenamed, databaseIsOutOfReach } from '../stories/broken-broker.ts'
import { RDP_CORE_OPERATIONAL } from '../vocabulary/rdp.ts'

/** Core scenario 3 with the disk beside the logs: the role, the name in force, and what broker and database may speak. */

const few = { missingChannels: ['Security', RDP_CORE_OPERATIONAL] }
const CONFIRMED = { scenario: 'broker-out-of-step', verdict: 'confirmed', window: 'window' } as const
const ROLE_INSTALLED = moment('2025-11-20T14:03:27.119')
const SWITCHED_OFF = moment('2026-03-09T21:54:06.338')

export const BROKER_DISKS: readonly Sample[] = [
  diskSample(
    'disk-broker-renamed',
    'The broker joined its farm as RDCB11 (1281) and is called RDCB-WEST since (6011, and the names in SYSTEM); its services are older than the new name. Server 2016.',
    [CONFIRMED],
    () => {
      const host = brokerIsRenamed(contosoServer('disk-broker-renamed', 'RDCB11', SERVER_2016, few), 'RDCB-WEST')
      return { host, disk: brokerDisk(host, 'RDCB11.contoso.com') }
    },
  ),
  diskSample(
    'disk-broker-tls',
    'Broker and Windows Internal Database on one machine, and TLS 1.0 switched off on both sides an hour before the restart after which the database fails (18456, 7024): no new name, but the other cause of the same events. Server 2019.',
    [CONFIRMED],
    () => {
      const host = databaseIsOutOfReach(contosoServer('disk-broker-tls', 'RDCB12', SERVER_2019, few))
      const disk = brokerDisk(host, host.machine.computer)
      for (const side of ['Server', 'Client']) {
        disk.system.set(`${PROTOCOLS}\\TLS 1.0\\${side}`, { DisabledByDefault: 1, Enabled: 0 }, SWITCHED_OFF)
      }
      return { host, disk }
    },
  ),
]

/** @param subject name of the machine when its certificate was made */
function brokerDisk(host: SampleHost, subject: string): SampleDisk {
  const disk = new SampleDisk(host)
  disk.addCertificate(moment('2025-12-20T04:18:32'), { subject })
  disk.addKeyFile()
  setBrokerServices(disk.system, ROLE_INSTALLED)
  setRole(disk.software, 'RDS-Connection-Broker', 1, ROLE_INSTALLED)
  setRole(disk.software, 'RDS-RD-Server', 1, ROLE_INSTALLED)
  return disk
}
