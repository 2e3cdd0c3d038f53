import type { RegistryDraft, Values } from './registry-draft.ts'

/** A service that runs in a `svchost`: its group, its DLL, how it starts, its account and what it needs. */
type Service = readonly [name: string, group: string, dll: string, start: number, account: string, ...needs: string[]]

const SYSTEM = 'LocalSystem'
const NETWORK = 'NT Authority\\NetworkService'
const LOCAL = 'NT AUTHORITY\\LocalService'

const AUTOMATIC = 2
const MANUAL = 3

const SERVICES: readonly Service[] = [
  ['TermService', 'termsvcs', 'termsrv.dll', MANUAL, NETWORK, 'RPCSS'],
  ['SessionEnv', 'netsvcs', 'sessenv.dll', MANUAL, SYSTEM, 'RPCSS', 'LanmanWorkstation'],
  ['UmRdpService', 'LocalSystemNetworkRestricted', 'umrdp.dll', MANUAL, SYSTEM, 'TermService', 'RDPDR'],
  ['CryptSvc', 'NetworkService', 'cryptsvc.dll', AUTOMATIC, NETWORK, 'RpcSs'],
  ['CertPropSvc', 'netsvcs', 'certprop.dll', MANUAL, SYSTEM, 'RpcSs'],
  ['RpcSs', 'rpcss', 'rpcss.dll', AUTOMATIC, NETWORK, 'RpcEptMapper', 'DcomLaunch'],
  ['RpcEptMapper', 'RPCSS', 'RpcEpMap.dll', AUTOMATIC, NETWORK],
  ['DcomLaunch', 'DcomLaunch', 'rpcss.dll', AUTOMATIC, SYSTEM],
  ['LanmanWorkstation', 'NetworkService', 'wkssvc.dll', AUTOMATIC, NETWORK, 'Bowser', 'MRxSmb20', 'NSI'],
  ['LanmanServer', 'netsvcs', 'srvsvc.dll', AUTOMATIC, SYSTEM, 'SamSS', 'Srv2'],
  ['gpsvc', 'netsvcs', 'gpsvc.dll', AUTOMATIC, SYSTEM, 'RPCSS', 'Mup'],
  ['W32Time', 'LocalService', 'w32time.dll', AUTOMATIC, LOCAL],
  ['Dhcp', 'LocalServiceNetworkRestricted', 'dhcpcore.dll', AUTOMATIC, LOCAL, 'NSI', 'Tdx', 'Afd'],
  ['Dnscache', 'NetworkService', 'dnsrslvr.dll', AUTOMATIC, NETWORK, 'Tdx', 'nsi'],
  ['NlaSvc', 'NetworkService', 'nlasvc.dll', AUTOMATIC, NETWORK, 'NSI', 'RpcSs', 'TcpIp'],
  ['nsi', 'LocalService', 'nsisvc.dll', AUTOMATIC, LOCAL, 'rpcss', 'nsiproxy'],
  ['BFE', 'LocalServiceNoNetwork', 'bfe.dll', AUTOMATIC, LOCAL, 'RpcSs'],
  ['mpssvc', 'LocalServiceNoNetwork', 'mpssvc.dll', AUTOMATIC, LOCAL, 'mpsdrv', 'bfe'],
  ['EventLog', 'LocalServiceNetworkRestricted', 'wevtsvc.dll', AUTOMATIC, LOCAL],
  ['ProfSvc', 'netsvcs', 'profsvc.dll', AUTOMATIC, SYSTEM, 'RpcSs'],
  ['Schedule', 'netsvcs', 'schedsvc.dll', AUTOMATIC, SYSTEM, 'RPCSS', 'SystemEventsBroker'],
  ['BITS', 'netsvcs', 'qmgr.dll', MANUAL, SYSTEM, 'RpcSs'],
  ['wuauserv', 'netsvcs', 'wuaueng.dll', MANUAL, SYSTEM, 'rpcss'],
  ['Winmgmt', 'netsvcs', 'WMIsvc.dll', AUTOMATIC, SYSTEM, 'RPCSS'],
  ['WinRM', 'NetworkService', 'WsmSvc.dll', AUTOMATIC, NETWORK, 'RPCSS', 'HTTP'],
  ['lmhosts', 'LocalServiceNetworkRestricted', 'lmhsvc.dll', AUTOMATIC, LOCAL, 'NetBT', 'Afd'],
  ['iphlpsvc', 'NetSvcs', 'iphlpsvc.dll', AUTOMATIC, SYSTEM, 'RpcSS', 'Tdx', 'winmgmt', 'tcpip', 'nsi'],
  ['SENS', 'netsvcs', 'sens.dll', AUTOMATIC, SYSTEM, 'EventSystem'],
]

/** Services with a program of their own: its command line, how they start, their account. */
const PROGRAMS: readonly (readonly [name: string, image: string, start: number, account: string])[] = [
  ['Netlogon', '%systemroot%\\system32\\lsass.exe', AUTOMATIC, SYSTEM],
  ['KeyIso', '%SystemRoot%\\system32\\lsass.exe', MANUAL, SYSTEM],
  ['SamSs', '%SystemRoot%\\system32\\lsass.exe', AUTOMATIC, SYSTEM],
  ['Spooler', '%SystemRoot%\\System32\\spoolsv.exe', AUTOMATIC, SYSTEM],
  ['TrustedInstaller', '%SystemRoot%\\servicing\\TrustedInstaller.exe', MANUAL, 'localSystem'],
  ['VSS', '%systemroot%\\system32\\vssvc.exe', MANUAL, SYSTEM],
]

/** What the Connection Broker's role brings: broker, its management, its publishing, its database. */
const BROKER_PROGRAMS: typeof PROGRAMS = [
  ['Tssdis', '%SystemRoot%\\system32\\tssdis.exe', AUTOMATIC, NETWORK],
  ['RDMS', '%SystemRoot%\\system32\\rdms.exe', AUTOMATIC, NETWORK],
  ['TScPubRPC', '%SystemRoot%\\system32\\tspubrpc.exe', AUTOMATIC, NETWORK],
  [
    'MSSQL$MICROSOFT##WID',
    '%systemroot%\\WID\\Binn\\sqlservr.exe -sMICROSOFT##WID',
    AUTOMATIC,
    'NT SERVICE\\MSSQL$MICROSOFT##WID',
  ],
]

const BOOT = 0
const BY_SYSTEM = 1

const DRIVERS: readonly (readonly [name: string, start: number])[] = [
  ...(['ACPI', 'disk', 'partmgr', 'volmgr', 'vmbus', 'storvsc', 'Ntfs', 'Tcpip', 'NDIS'] as const).map(
    (name) => [name, BOOT] as const,
  ),
  ...(['AFD', 'NetBT', 'nsiproxy', 'tdx', 'Npfs', 'Msfs', 'RDPDR'] as const).map((name) => [name, BY_SYSTEM] as const),
  ...(['netvsc', 'mpsdrv', 'srv2', 'mrxsmb', 'HTTP', 'TsUsbFlt'] as const).map((name) => [name, MANUAL] as const),
]

const KERNEL_DRIVER = 1
const OWN_PROCESS = 16
const SHARED_PROCESS = 32

/** The services and drivers that a server of these samples has. */
export function setServices(system: RegistryDraft): void {
  for (const [name, group, dll, start, account, ...needs] of SERVICES) {
    const image = `%SystemRoot%\\System32\\svchost.exe -k ${group}`
    setService(system, name, { start, type: SHARED_PROCESS, account, image, needs })
    system.set(`CurrentControlSet\\Services\\${name}\\Parameters`, {
      ServiceDll: { type: 'expandSz', value: `%SystemRoot%\\System32\\${dll}` },
      ServiceDllUnloadOnStop: 1,
    })
  }
  for (const [name, image, start, account] of PROGRAMS) {
    setService(system, name, { start, type: OWN_PROCESS, account, image })
  }
  for (const [name, start] of DRIVERS) {
    const image = `System32\\drivers\\${name.toLowerCase()}.sys`
    setService(system, name, { start, type: KERNEL_DRIVER, image })
  }
}

/** The services of a Connection Broker, from the moment its role was installed. */
export function setBrokerServices(system: RegistryDraft, installed: bigint): void {
  for (const [name, image, start, account] of BROKER_PROGRAMS) {
    setService(system, name, { start, type: OWN_PROCESS, account, image }, installed)
  }
}

function setService(
  system: RegistryDraft,
  name: string,
  service: {
    readonly start: number
    readonly type: number
    readonly image: string
    readonly account?: string
    readonly needs?: readonly string[]
  },
  written?: bigint,
): void {
  const { start, type, image, account, needs = [] } = service
  const values: Values = {
    DisplayName: `@%SystemRoot%\\system32\\${name.toLowerCase()}.dll,-1`,
    ErrorControl: 1,
    ImagePath: { type: 'expandSz', value: image },
    Start: start,
    Type: type,
    ...(account !== undefined && { ObjectName: account }),
    ...(needs.length > 0 && { DependOnService: needs }),
  }
  system.set(`CurrentControlSet\\Services\\${name}`, values, written)
}
