import { SECOND } from '../../../src/bytes/filetime.ts'
import { SampleDisk } from '../disks/sample-disk.ts'
import { CIPHER_POLICY } from '../disks/software-hive.ts'
import { PROTOCOLS } from '../disks/system-hive.ts'
import { SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { moment } from '../moment.ts'
import { contosoServer, diskSample, type HostWithDisk, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { oneAttemptFails, POLICY_APPLIED, policyLeavesNothing } from '../stories/blocked-protocols.ts'
import { RDP_CORE_OPERATIONAL } from '../vocabulary/rdp.ts'

/** Core scenario 2 with the disk beside the logs: what Schannel may offer stands in the registry. */

const few = { missingChannels: ['Application', 'Security', RDP_CORE_OPERATIONAL] }
const SCENARIO = 'tls-policy-blocks-server' as const
const WRITTEN = POLICY_APPLIED + SECOND

export const TLS_POLICY_DISKS: readonly Sample[] = [
  diskSample(
    'disk-tls-off',
    'TLS 1.0, 1.1 and 1.2 are off for servers since a policy was applied in the night before the first 36871. Server 2016, which has no 1.3.',
    [{ scenario: SCENARIO, verdict: 'confirmed', window: 'window' }],
    () => {
      const host = policyLeavesNothing(contosoServer('disk-tls-off', 'WEB21', SERVER_2016, few))
      return { host, disk: withoutProtocols(host) }
    },
  ),
  diskSample(
    'disk-tls-fine',
    'One 36871 of a server, and nobody knows whose: TLS 1.2 is in effect, as Windows has it by itself, 1.0 and 1.1 are off, as they should be, and no policy limits the cipher suites. Server 2019.',
    [{ scenario: SCENARIO, verdict: 'refuted', window: 'window' }],
    oldProtocolsAreOff,
  ),
  diskSample(
    'disk-ciphers-empty',
    'Policy sets the order of cipher suites, and the list is empty: all protocols are on, and nothing is left to offer. Server 2022.',
    [{ scenario: SCENARIO, verdict: 'confirmed', window: 'window' }],
    () => {
      const host = policyLeavesNothing(contosoServer('disk-ciphers-empty', 'WEB23', SERVER_2022, few))
      const disk = healthyDisk(host)
      disk.software.set(CIPHER_POLICY, { Functions: '' }, WRITTEN)
      return { host, disk }
    },
  ),
]

/** The disk of a machine whose policy takes every protocol that it knows from servers. */
export function withoutProtocols(host: SampleHost): SampleDisk {
  const disk = healthyDisk(host)
  switchOff(disk, ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'], WRITTEN)
  return disk
}

function oldProtocolsAreOff(): HostWithDisk {
  const host = oneAttemptFails(contosoServer('disk-tls-fine', 'WEB22', SERVER_2019, few))
  const disk = healthyDisk(host)
  switchOff(disk, ['TLS 1.0', 'TLS 1.1'], moment('2025-09-03T10:12:55.408'))
  return { host, disk }
}

/** A disk with nothing wrong on it. */
export function healthyDisk(host: SampleHost): SampleDisk {
  const disk = new SampleDisk(host)
  disk.addCertificate(moment('2025-12-18T05:30:44'))
  disk.addKeyFile()
  return disk
}

function switchOff({ system }: SampleDisk, protocols: readonly string[], written: bigint): void {
  for (const protocol of protocols) {
    system.set(`${PROTOCOLS}\\${protocol}\\Server`, { DisabledByDefault: 1, Enabled: 0 }, written)
  }
}
