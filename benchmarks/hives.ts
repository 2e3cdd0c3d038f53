import { SampleDisk } from '../scripts/samples/disks/sample-disk.ts'
import { SERVER_2019 } from '../scripts/samples/machine.ts'
import { moment } from '../scripts/samples/moment.ts'
import { type Random, random } from '../scripts/samples/random.ts'
import { contosoServer, type SampleFile, volumeFiles } from '../scripts/samples/sample.ts'
import { certificateIsNotCreated, NO_KEYSET } from '../scripts/samples/stories/lost-key.ts'

/** Bytes that a key of the filler takes in a hive, with its values and its place in the list of its siblings; measured. */
const KEY_BYTES = 424
/** Subkeys of one key of the filler. */
const SIBLINGS = 4_000
const MB = 1_000_000

/** Sizes of the hives of a server that was serviced for years. */
export const HIVE_MB = { system: 20, software: 80 } as const

/** Where real hives have most of their keys, none of which a fact is read from. */
const FILLERS = {
  system: ['CurrentControlSet\\Enum\\SWD', 'DriverDatabase\\DriverPackages', 'CurrentControlSet\\Control\\Class'],
  software: [
    ...['Classes\\CLSID', 'Classes\\Interface', 'Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18'],
    ...[
      'Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages',
      'Microsoft\\Windows NT\\CurrentVersion',
    ],
  ],
} as const

/**
 * A volume with few and small logs of a lost key, and with hives of real size, in which everything that facts ask for
 * stands among filler. The same bytes every time.
 */
export function volumeWithBigHives(): readonly SampleFile[] {
  const few = { missingChannels: ['Application', 'Security'] }
  const host = certificateIsNotCreated(contosoServer('big-hives', 'RDS99', SERVER_2019, few), NO_KEYSET, true)
  const disk = new SampleDisk(host)
  disk.addCertificate(moment('2025-12-02T06:41:09'))
  const choices = random('big hives')
  for (const hive of ['system', 'software'] as const) {
    const keys = (HIVE_MB[hive] * MB) / KEY_BYTES
    for (let i = 0; i < keys; i++) {
      const folder = FILLERS[hive][i % FILLERS[hive].length]!
      const branch = `Branch ${Math.floor(i / FILLERS[hive].length / SIBLINGS)}`
      disk[hive].set(`${folder}\\${branch}\\${choices.guid()}`, fillerValues(choices))
    }
  }
  return volumeFiles({ host, disk })
}

function fillerValues(choices: Random) {
  return {
    '': `Filler ${choices.hex(8)}`,
    Path: `C:\\Windows\\System32\\DriverStore\\FileRepository\\${choices.hex(16).toLowerCase()}.inf`,
    Flags: choices.integer(0, 0xffff),
  }
}
