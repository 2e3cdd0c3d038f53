import { DAY, SECOND } from '../../../src/bytes/filetime.ts'
import { SampleDisk } from '../disks/sample-disk.ts'
import { CERTIFICATES } from '../disks/software-hive.ts'
import { RDP_TCP } from '../disks/system-hive.ts'
import { SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { moment } from '../moment.ts'
import { contosoServer, diskSample, type HostWithDisk, type Sample } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import {
  certificateIsNotCreated,
  certificateIsNotReplaced,
  chosenKeyIsGone,
  DENIED,
  EXISTS,
  NO_KEYSET,
} from '../stories/lost-key.ts'
import { RDP_CORE_OPERATIONAL } from '../vocabulary/rdp.ts'

/** Core scenario 1 with the disk beside the logs: each way to lose the key that leaves a mark there. */

/** The hives and the listener's own log tell enough. */
const few = { missingChannels: ['Application', 'Security', RDP_CORE_OPERATIONAL] }

const CONFIRMED = { scenario: 'listener-key-unusable', verdict: 'confirmed', window: 'window' } as const
const PROBABLE = { ...CONFIRMED, verdict: 'probable' } as const

/** When the certificates of these hosts were made that are valid still. */
const MADE = moment('2025-12-02T06:41:09')
const HARDENED = moment('2026-03-11T15:22:48.517')
const IMAGED = moment('2026-03-12T01:31:10.264')
const EXPIRED = moment('2026-03-11T18:58:40')

/** Of a certificate that was never imported. */
const WRONG_PIN = '5D1E6A0B73C94F2288A1D40E9B6C7F3A12E85D90'

export const LISTENER_KEY_DISKS: readonly Sample[] = [
  diskSample(
    'disk-key-missing',
    'The certificate in the Remote Desktop store names TSSecKeySet1, and MachineKeys has no file of that container: "Keyset does not exist" (1057) and 36870. Server 2019.',
    [CONFIRMED],
    () => {
      const host = certificateIsNotCreated(
        contosoServer('disk-key-missing', 'RDS21', SERVER_2019, few),
        NO_KEYSET,
        true,
      )
      const disk = new SampleDisk(host)
      disk.addCertificate(MADE)
      return { host, disk }
    },
  ),
  diskSample(
    'disk-certificate-expired',
    'The certificate in the store expired minutes before the first 1058; its key is where it should be. Server 2019.',
    [CONFIRMED],
    () => {
      const host = certificateIsNotReplaced(contosoServer('disk-certificate-expired', 'RDS22', SERVER_2019, few), true)
      const disk = new SampleDisk(host)
      disk.addCertificate(EXPIRED - 182n * DAY, { until: EXPIRED })
      disk.addKeyFile()
      return { host, disk }
    },
  ),
  diskSample(
    'disk-machine-guid',
    "The machine got another MachineGuid in the night before the restart: the key's file still has the old one in its name. Server 2016.",
    [CONFIRMED],
    anotherMachineGuid,
  ),
  diskSample(
    'disk-store-denied',
    'Somebody hardened the registry: SYSTEM is denied on the key of the Remote Desktop store, so that no new certificate can be put there (1057, "Access is denied"). Server 2019.',
    [CONFIRMED],
    storeIsClosed,
  ),
  diskSample(
    'disk-pinned-missing',
    'SSLCertificateSHA1Hash was set in the evening before the restart, and names a certificate that is in no store; no 1057, because none is to be made. 36870 names TermService. Server 2022.',
    [CONFIRMED],
    () => {
      const host = chosenKeyIsGone(contosoServer('disk-pinned-missing', 'RDS25', SERVER_2022, few))
      const disk = healthyKey(host)
      const hash = Uint8Array.from(Buffer.from(WRONG_PIN, 'hex'))
      disk.system.set(RDP_TCP, { SSLCertificateSHA1Hash: hash }, moment('2026-03-11T21:14:36.900'))
      return { host, disk }
    },
  ),
  diskSample(
    'disk-key-sound',
    '"Object already exists" (1057) and 36870 as on `key-exists`; certificate, key file, MachineGuid and store are as they should be. Who may read the file is not known from a copy, so nothing is proven. Server 2019.',
    [PROBABLE],
    () => {
      const host = certificateIsNotCreated(contosoServer('disk-key-sound', 'RDS26', SERVER_2019, few), EXISTS, true)
      return { host, disk: healthyKey(host) }
    },
  ),
]

/** A disk on which the listener's certificate and its key are as they should be. */
function healthyKey(host: SampleHost): SampleDisk {
  const disk = new SampleDisk(host)
  disk.addCertificate(MADE)
  disk.addKeyFile()
  return disk
}

function anotherMachineGuid(): HostWithDisk {
  const host = certificateIsNotCreated(contosoServer('disk-machine-guid', 'RDS23', SERVER_2016, few), NO_KEYSET, true)
  const disk = new SampleDisk(host)
  disk.addCertificate(MADE)
  disk.addKeyFile(undefined, 'b4a7c1d8-52e6-4f0b-9a3d-6c1e8f27d095')
  disk.software.set('Microsoft\\Cryptography', { MachineGuid: disk.machineGuid }, IMAGED)
  return { host, disk }
}

/** The old certificate was deleted by hand, as advice on the web has it, after the store was closed to SYSTEM. */
function storeIsClosed(): HostWithDisk {
  const host = certificateIsNotCreated(contosoServer('disk-store-denied', 'RDS24', SERVER_2019, few), DENIED, false)
  const disk = new SampleDisk(host)
  disk.addKeyFile()
  const closed = 'O:BAG:SYD:PAI(D;CI;KA;;;SY)(A;CI;KA;;;BA)(A;CI;KR;;;BU)'
  disk.software.secure(`${CERTIFICATES}\\Remote Desktop`, closed, HARDENED)
  disk.software.set(`${CERTIFICATES}\\Remote Desktop\\Certificates`, {}, HARDENED + 40n * SECOND)
  return { host, disk }
}
