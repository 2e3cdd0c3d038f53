import { type Machine, shortName } from '../machine.ts'
import { RegistryDraft } from './registry-draft.ts'
import { setServices } from './services.ts'

/** Keys of SYSTEM that stories change. */
export const RDP_TCP = 'CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp'
export const PROTOCOLS = 'CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols'

const TERMINAL_SERVER = 'CurrentControlSet\\Control\\Terminal Server'
const FIREWALL = 'CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy'
const SVCHOST = '%SystemRoot%\\system32\\svchost.exe'

/** Moments in the life of a machine; ticks. */
export interface Lifetime {
  readonly installed: bigint
  readonly lastShutdown: bigint
  /** The start of the boot that runs. */
  readonly booted: bigint
}

/** The SYSTEM hive of a server on which nothing was changed: RDP is on, with network level authentication. */
export function ordinarySystem(machine: Machine, times: Lifetime): RegistryDraft {
  const system = new RegistryDraft('SYSTEM', times.installed)
  system.set('Select', { Current: 1, Default: 1, Failed: 0, LastKnownGood: 1 }, times.booted)
  system.set('CurrentControlSet\\Control\\ProductOptions', {
    ProductType: 'ServerNT',
    ProductSuite: ['Terminal Server'],
  })
  system.set(
    'CurrentControlSet\\Control\\Windows',
    { ShutdownTime: ticksBytes(times.lastShutdown) },
    times.lastShutdown,
  )
  system.set('CurrentControlSet\\Control\\Lsa', { disabledomaincreds: 0, LimitBlankPasswordUse: 1, RunAsPPL: 1 })
  system.set('CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy', { Enabled: 0, MDMEnabled: 0 })
  setNames(system, machine, times.booted)
  setTimeZone(system, machine)
  setTerminalServer(system)
  setSchannel(system)
  setServices(system)
  setFirewall(system)
  return system
}

/** Names are written when they are given; TCP/IP takes them over at the next start. */
function setNames(system: RegistryDraft, machine: Machine, booted: bigint): void {
  const name = shortName(machine)
  const domain = machine.computer.slice(name.length + 1)
  const stored = { '': 'mnmsrvc', ComputerName: name.slice(0, 15).toUpperCase() }
  system.set('CurrentControlSet\\Control\\ComputerName\\ComputerName', stored, booted)
  system.set(
    'CurrentControlSet\\Services\\Tcpip\\Parameters',
    {
      DataBasePath: { type: 'expandSz', value: '%SystemRoot%\\System32\\drivers\\etc' },
      ...{ Domain: domain, Hostname: name, 'NV Domain': domain, 'NV Hostname': name, SyncDomainWithMembership: 1 },
    },
    booted,
  )
}

function setTimeZone(system: RegistryDraft, { zone }: Machine): void {
  system.set('CurrentControlSet\\Control\\TimeZoneInformation', {
    ActiveTimeBias: zone.bias >>> 0,
    Bias: zone.bias >>> 0,
    StandardName: '@tzres.dll,-262',
    TimeZoneKeyName: zone.name,
  })
}

function setTerminalServer(system: RegistryDraft): void {
  system.set(TERMINAL_SERVER, {
    ...{ fDenyTSConnections: 0, fSingleSessionPerUser: 1, TSAppCompat: 0, TSEnabled: 1, TSUserEnabled: 0 },
    ...{ TSServerDrainMode: 0, DeleteTempDirsOnExit: 1, ProductVersion: '5.1' },
  })
  system.set(`${TERMINAL_SERVER}\\RCM\\Licensing Core`, { LicensingMode: 5 })
  system.set(`${TERMINAL_SERVER}\\WinStations`, { SelfSignedCertStore: 'Remote Desktop' })
  system.set(RDP_TCP, {
    ...{ fEnableWinStation: 1, fLogonDisabled: 0, PortNumber: 3389, SecurityLayer: 2, UserAuthentication: 1 },
    ...{ MinEncryptionLevel: 3, fAllowSecProtocolNegotiation: 1, LanAdapter: 0, MaxInstanceCount: 0xffff_ffff },
    LoadableProtocol_Object: '{5828227c-20cf-4408-b73f-73ab70b8849f}',
    ...{ fQueryUserConfigFromLocalMachine: 1, KeepAliveTimeout: 0, fInheritReconnectSame: 1, fReconnectSame: 0 },
    ...{ fDisableAutoReconnect: 0, fInheritMaxSessionTime: 1, fInheritMaxDisconnectionTime: 1 },
    ...{ MaxDisconnectionTime: 0, MaxConnectionTime: 0, fInheritMaxIdleTime: 1, MaxIdleTime: 0 },
    Comment: 'Microsoft RDP 8.0',
  })
}

/** As installed: SSL 2.0 off for clients, no word of TLS, the suites in their usual order. */
function setSchannel(system: RegistryDraft): void {
  system.set('CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL', { EventLogging: 1 })
  system.set(`${PROTOCOLS}\\SSL 2.0\\Client`, { DisabledByDefault: 1 })
  system.set('CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002', {
    Functions: [
      ...['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
      ...['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
      ...['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'],
      ...['TLS_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_256_CBC_SHA'],
    ],
  })
}

function setFirewall(system: RegistryDraft): void {
  for (const profile of ['DomainProfile', 'PublicProfile', 'StandardProfile']) {
    system.set(`${FIREWALL}\\${profile}`, { DisableNotifications: 1, EnableFirewall: 1 })
  }
  const rule = (protocol: number, number: number) =>
    `v2.26|Action=Allow|Active=TRUE|Dir=In|Protocol=${protocol}|LPort=3389|App=${SVCHOST}|Svc=termservice|Name=@FirewallAPI.dll,-${number}|EmbedCtxt=@FirewallAPI.dll,-28752|`
  system.set(`${FIREWALL}\\FirewallRules`, {
    'RemoteDesktop-UserMode-In-TCP': rule(6, 28_775),
    'RemoteDesktop-UserMode-In-UDP': rule(17, 28_776),
    'RemoteDesktop-Shadow-In-TCP':
      'v2.26|Action=Allow|Active=TRUE|Dir=In|Protocol=6|App=%SystemRoot%\\system32\\RdpSa.exe|Name=@FirewallAPI.dll,-28778|EmbedCtxt=@FirewallAPI.dll,-28752|Defer=App|',
  })
}

function ticksBytes(ticks: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, ticks, true)
  return bytes
}
