import { type RegistryFact, valuesOf } from './registry-fact.ts'

/** Services whose start type, type and account are facts, spelled as their keys are. */
export const SERVICES = [
  ...(['TermService', 'SessionEnv', 'UmRdpService', 'CryptSvc', 'KeyIso', 'CertPropSvc'] as const),
  ...(['RpcSs', 'RpcEptMapper', 'DcomLaunch', 'Netlogon', 'LanmanWorkstation', 'gpsvc', 'W32Time'] as const),
  ...(['Dhcp', 'Dnscache', 'NlaSvc', 'nsi', 'nsiproxy', 'Tcpip', 'Afd', 'NetBT', 'netvsc', 'BFE', 'mpssvc'] as const),
  ...(['Tssdis', 'RDMS', 'TScPubRPC', 'MSSQL$MICROSOFT##WID'] as const),
] as const
/** One of `SERVICES`. */
export type ServiceName = (typeof SERVICES)[number]

type ServiceFactId = `service.${ServiceName}.${'start' | 'type' | 'account'}`

const services: readonly RegistryFact<ServiceFactId>[] = SERVICES.flatMap((name) =>
  valuesOf('services', 'SYSTEM', `CurrentControlSet\\Services\\${name}`, [
    [`service.${name}.start`, 'dword', 'Start'],
    [`service.${name}.type`, 'dword', 'Type'],
    [`service.${name}.account`, 'text', 'ObjectName'],
  ]),
)

/** `%SystemRoot%\System32\termsrv.dll` where no wrapper took its place. */
const termServiceDll = valuesOf('services', 'SYSTEM', 'CurrentControlSet\\Services\\TermService\\Parameters', [
  ['service.TermService.dll', 'text', 'ServiceDll'],
])

const COMPONENTS = 'Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache'

/** Roles by the server's component cache: `InstallState` 1 is installed. Absent on client systems. */
const roles = [
  ...valuesOf('roles', 'SOFTWARE', `${COMPONENTS}\\RDS-RD-Server`, [['role.session-host', 'dword', 'InstallState']]),
  ...valuesOf('roles', 'SOFTWARE', `${COMPONENTS}\\RDS-Connection-Broker`, [
    ['role.connection-broker', 'dword', 'InstallState'],
  ]),
  ...valuesOf('roles', 'SOFTWARE', `${COMPONENTS}\\RDS-Licensing`, [['role.licensing', 'dword', 'InstallState']]),
  ...valuesOf('roles', 'SOFTWARE', `${COMPONENTS}\\RDS-Gateway`, [['role.gateway', 'dword', 'InstallState']]),
]

/** Which broker this server asks. */
const farm = valuesOf('roles', 'SYSTEM', 'CurrentControlSet\\Control\\Terminal Server\\ClusterSettings', [
  ['broker.location', 'text', 'SessionDirectoryLocation'],
  ['broker.farm', 'text', 'SessionDirectoryClusterName'],
  ['broker.active', 'dword', 'SessionDirectoryActive'],
])

/** How services start and which roles the server has. */
export const SERVICE_VALUES = [...services, ...termServiceDll, ...roles, ...farm] as const
