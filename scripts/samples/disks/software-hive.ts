import type { Machine } from '../machine.ts'
import { RegistryDraft } from './registry-draft.ts'
import type { Lifetime } from './system-hive.ts'

/** Keys of SOFTWARE that stories change. */
export const CERTIFICATES = 'Microsoft\\SystemCertificates'
export const CIPHER_POLICY = 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002'
const WINDOWS_NT = 'Microsoft\\Windows NT\\CurrentVersion'
const WINDOWS = 'Microsoft\\Windows\\CurrentVersion'
const ROLES = 'Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache'

/** Versions as people call them. */
const RELEASES: Readonly<Record<number, string>> = { 14393: '1607', 17763: '1809', 20348: '2009' }
const ROLE_NAMES = [
  ...['FileAndStorage-Services', 'Storage-Services', 'NET-Framework-45-Core', 'PowerShell', 'WoW64-Support'],
  ...['System-DataArchiver', 'Windows-Defender', 'XPS-Viewer', 'Web-Server', 'DNS', 'AD-Domain-Services', 'Hyper-V'],
  ...['RDS-RD-Server', 'RDS-Connection-Broker', 'RDS-Licensing', 'RDS-Gateway', 'RDS-Web-Access'],
]
const INSTALLED_ROLES = ROLE_NAMES.slice(0, 7)
const PRODUCTS = [
  ['Microsoft Monitoring Agent', '10.20.18069.0', 'Microsoft Corporation'],
  ['Microsoft Visual C++ 2019 X64 Additional Runtime - 14.29.30153', '14.29.30153', 'Microsoft Corporation'],
  ['Microsoft Visual C++ 2019 X64 Minimum Runtime - 14.29.30153', '14.29.30153', 'Microsoft Corporation'],
  ['Contoso Backup Agent', '7.2.1184', 'Contoso Ltd'],
  ['Microsoft Edge', '133.0.3065.92', 'Microsoft Corporation'],
] as const
const PACKAGES = ['4486153', '4512577', '4577586', '4589208', '5034119', '5035849', '5036896', '5037765', '5039217']

/** The SOFTWARE hive of a server on which nothing was changed; no certificate is in its stores yet. */
export function ordinarySoftware(machine: Machine, machineGuid: string, times: Lifetime): RegistryDraft {
  const software = new RegistryDraft('emRoot\\System32\\Config\\SOFTWARE', times.installed)
  const { build, edition, qfe, major, minor } = machine.build
  software.set(
    WINDOWS_NT,
    {
      ...{ ProductName: edition, EditionID: 'ServerDatacenter', InstallationType: 'Server' },
      ...{ CurrentBuild: String(build), CurrentBuildNumber: String(build), UBR: qfe },
      ...{ CurrentMajorVersionNumber: major, CurrentMinorVersionNumber: minor, CurrentVersion: '6.3' },
      ReleaseId: RELEASES[build] ?? '',
      ...(build >= 20_348 && { DisplayVersion: '21H2' }),
      SystemRoot: 'C:\\Windows',
    },
    times.booted,
  )
  software.set('Microsoft\\Cryptography', { MachineGuid: machineGuid })
  software.set(`${WINDOWS}\\Setup\\State`, { ImageState: 'IMAGE_STATE_COMPLETE' })
  setProfiles(software, machine)
  for (const store of ['Remote Desktop', 'MY']) {
    for (const kind of ['Certificates', 'CRLs', 'CTLs']) software.set(`${CERTIFICATES}\\${store}\\${kind}`, {})
  }
  for (const role of ROLE_NAMES) setRole(software, role, INSTALLED_ROLES.includes(role) ? 1 : 0)
  for (const [name, version, publisher] of PRODUCTS) {
    const values = {
      DisplayName: name,
      DisplayVersion: version,
      Publisher: publisher,
      NoModify: 1,
      EstimatedSize: 24_412,
    }
    software.set(`${WINDOWS}\\Uninstall\\${name}`, values)
  }
  for (const number of PACKAGES) {
    const name = `Package_for_KB${number}~31bf3856ad364e35~amd64~~${major}.${minor}.1.3`
    const values = { CurrentState: 112, InstallName: `${name}.mum`, InstallUser: 'S-1-5-18', SelfUpdate: 0 }
    software.set(`${WINDOWS}\\Component Based Servicing\\Packages\\${name}`, values)
  }
  return software
}

/** A role is there (1) or not (0). */
export function setRole(software: RegistryDraft, role: string, state: 0 | 1, written?: bigint): void {
  software.set(`${ROLES}\\${role}`, { InstallState: state, NumericId: ROLE_NAMES.indexOf(role) + 1 }, written)
}

function setProfiles(software: RegistryDraft, { domainSid }: Machine): void {
  const folder = (value: string) => ({ type: 'expandSz' as const, value })
  software.set(`${WINDOWS_NT}\\ProfileList`, {
    Default: folder('%SystemDrive%\\Users\\Default'),
    ProfilesDirectory: folder('%SystemDrive%\\Users'),
    ProgramData: folder('%SystemDrive%\\ProgramData'),
    Public: folder('%SystemDrive%\\Users\\Public'),
  })
  const profiles = {
    'S-1-5-18': '%systemroot%\\system32\\config\\systemprofile',
    'S-1-5-19': '%systemroot%\\ServiceProfiles\\LocalService',
    'S-1-5-20': '%systemroot%\\ServiceProfiles\\NetworkService',
    [`${domainSid}-1104`]: 'C:\\Users\\adele.vance',
    [`${domainSid}-1187`]: 'C:\\Users\\lee.gu',
  }
  for (const [sid, path] of Object.entries(profiles)) {
    software.set(`${WINDOWS_NT}\\ProfileList\\${sid}`, { Flags: 0, ProfileImagePath: folder(path), State: 0 })
  }
}
