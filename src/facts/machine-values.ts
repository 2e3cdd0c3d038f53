import { valuesOf } from './registry-fact.ts'

const WINDOWS_NT = 'Microsoft\\Windows NT\\CurrentVersion'

/** Which control sets there are. Only the current one counts; a repair that writes another changes nothing. */
const controlSets = valuesOf('machine', 'SYSTEM', 'Select', [
  ['control-set.current', 'dword', 'Current'],
  ['control-set.default', 'dword', 'Default'],
  ['control-set.failed', 'dword', 'Failed'],
  ['control-set.last-known-good', 'dword', 'LastKnownGood'],
])

const windows = valuesOf('machine', 'SOFTWARE', WINDOWS_NT, [
  ['os.product', 'text', 'ProductName'],
  ['os.edition', 'text', 'EditionID'],
  ['os.installation-type', 'text', 'InstallationType'],
  ['os.version', 'text', 'DisplayVersion', 'ReleaseId'],
  ['os.build', 'decimal', 'CurrentBuildNumber', 'CurrentBuild'],
  ['os.revision', 'dword', 'UBR'],
])

/** `WinNT` a client, `ServerNT` a server, `LanmanNT` a domain controller. */
const product = valuesOf('machine', 'SYSTEM', 'CurrentControlSet\\Control\\ProductOptions', [
  ['os.product-type', 'text', 'ProductType'],
])

const guid = valuesOf('machine', 'SOFTWARE', 'Microsoft\\Cryptography', [['machine.guid', 'text', 'MachineGuid']])

const image = valuesOf('machine', 'SOFTWARE', 'Microsoft\\Windows\\CurrentVersion\\Setup\\State', [
  ['machine.image-state', 'text', 'ImageState'],
])

const folders = valuesOf('machine', 'SOFTWARE', `${WINDOWS_NT}\\ProfileList`, [
  ['machine.program-data', 'text', 'ProgramData'],
])

/** The name that the next boot takes; `ActiveComputerName` is volatile, and so only in a hive that was saved live. */
const computerName = valuesOf('names', 'SYSTEM', 'CurrentControlSet\\Control\\ComputerName\\ComputerName', [
  ['name.computer', 'text', 'ComputerName'],
])
const activeName = valuesOf('names', 'SYSTEM', 'CurrentControlSet\\Control\\ComputerName\\ActiveComputerName', [
  ['name.active', 'text', 'ComputerName'],
])
/** A `NV` value that differs from its twin waits for the next boot. */
const tcpip = valuesOf('names', 'SYSTEM', 'CurrentControlSet\\Services\\Tcpip\\Parameters', [
  ['name.host', 'text', 'Hostname'],
  ['name.host-pending', 'text', 'NV Hostname'],
  ['name.domain', 'text', 'Domain'],
  ['name.domain-pending', 'text', 'NV Domain'],
])

/** Biases in minutes: UTC = local time + bias. */
const timeZone = valuesOf('time', 'SYSTEM', 'CurrentControlSet\\Control\\TimeZoneInformation', [
  ['time-zone.name', 'text', 'TimeZoneKeyName', 'StandardName'],
  ['time-zone.bias', 'signed', 'Bias'],
  ['time-zone.active-bias', 'signed', 'ActiveTimeBias'],
  ['time-zone.real-time-is-universal', 'dword', 'RealTimeIsUniversal'],
])
/** Not documented; read as a FILETIME where it has 8 bytes. */
const shutdown = valuesOf('time', 'SYSTEM', 'CurrentControlSet\\Control\\Windows', [
  ['time.last-shutdown', 'filetime', 'ShutdownTime'],
])

/** Which Windows it is, its names and its time zone. */
export const MACHINE_VALUES = [
  ...[...controlSets, ...windows, ...product, ...guid, ...image, ...folders],
  ...[...computerName, ...activeName, ...tcpip, ...timeZone, ...shutdown],
] as const
