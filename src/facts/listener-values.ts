import { valuesOf } from './registry-fact.ts'

const TERMINAL_SERVER = 'CurrentControlSet\\Control\\Terminal Server'

/** Whether Remote Desktop as a whole is switched on. */
const terminalServer = valuesOf('remote-desktop', 'SYSTEM', TERMINAL_SERVER, [
  ['remote-desktop.deny-connections', 'dword', 'fDenyTSConnections'],
  ['remote-desktop.enabled', 'dword', 'TSEnabled'],
  ['remote-desktop.drain-mode', 'dword', 'TSServerDrainMode'],
  ['remote-desktop.user-enabled', 'dword', 'TSUserEnabled'],
  ['remote-desktop.single-session', 'dword', 'fSingleSessionPerUser'],
  ['remote-desktop.ignore-user-config-errors', 'dword', 'IgnoreRegUserConfigErrors'],
])
/** `Remote Desktop` where nothing was changed. */
const store = valuesOf('remote-desktop', 'SYSTEM', `${TERMINAL_SERVER}\\WinStations`, [
  ['remote-desktop.certificate-store', 'text', 'SelfSignedCertStore'],
])
const licensing = valuesOf('remote-desktop', 'SYSTEM', `${TERMINAL_SERVER}\\RCM\\Licensing Core`, [
  ['licensing.mode', 'dword', 'LicensingMode'],
])
const licenseServers = valuesOf(
  'remote-desktop',
  'SYSTEM',
  'CurrentControlSet\\Services\\TermService\\Parameters\\LicenseServers',
  [['licensing.servers', 'list', 'SpecifiedLicenseServers']],
)

const credSsp = valuesOf(
  'remote-desktop',
  'SOFTWARE',
  'Microsoft\\Windows\\CurrentVersion\\Policies\\System\\CredSSP\\Parameters',
  [['credssp.allow-encryption-oracle', 'dword', 'AllowEncryptionOracle']],
)
const lsa = valuesOf('remote-desktop', 'SYSTEM', 'CurrentControlSet\\Control\\Lsa', [
  ['lsa.disable-domain-credentials', 'dword', 'disabledomaincreds'],
])

const listener = valuesOf('listener', 'SYSTEM', `${TERMINAL_SERVER}\\WinStations\\RDP-Tcp`, [
  ['listener.enabled', 'dword', 'fEnableWinStation'],
  ['listener.logon-disabled', 'dword', 'fLogonDisabled'],
  ['listener.port', 'dword', 'PortNumber'],
  ['listener.security-layer', 'dword', 'SecurityLayer'],
  ['listener.user-authentication', 'dword', 'UserAuthentication'],
  ['listener.min-encryption-level', 'dword', 'MinEncryptionLevel'],
  ['listener.allow-negotiation', 'dword', 'fAllowSecProtocolNegotiation'],
  ['listener.certificate-hash', 'hash', 'SSLCertificateSHA1Hash'],
  ['listener.protocol-object', 'text', 'LoadableProtocol_Object'],
  ['listener.lan-adapter', 'dword', 'LanAdapter'],
  ['listener.max-instances', 'dword', 'MaxInstanceCount'],
  ['listener.query-user-config-locally', 'dword', 'fQueryUserConfigFromLocalMachine'],
  ['listener.keep-alive-timeout', 'dword', 'KeepAliveTimeout'],
  ['listener.inherit-reconnect', 'dword', 'fInheritReconnectSame'],
  ['listener.reconnect-same', 'dword', 'fReconnectSame'],
  ['listener.disable-auto-reconnect', 'dword', 'fDisableAutoReconnect'],
  ['listener.inherit-max-session-time', 'dword', 'fInheritMaxSessionTime'],
  ['listener.inherit-max-disconnection-time', 'dword', 'fInheritMaxDisconnectionTime'],
  ['listener.max-disconnection-time', 'dword', 'MaxDisconnectionTime'],
  ['listener.max-connection-time', 'dword', 'MaxConnectionTime'],
  ['listener.inherit-max-idle-time', 'dword', 'fInheritMaxIdleTime'],
  ['listener.max-idle-time', 'dword', 'MaxIdleTime'],
])

/** Group policy's own copies: where one is present, it wins over the listener's value. */
const policy = valuesOf('policy', 'SOFTWARE', 'Policies\\Microsoft\\Windows NT\\Terminal Services', [
  ['policy.deny-connections', 'dword', 'fDenyTSConnections'],
  ['policy.security-layer', 'dword', 'SecurityLayer'],
  ['policy.user-authentication', 'dword', 'UserAuthentication'],
  ['policy.min-encryption-level', 'dword', 'MinEncryptionLevel'],
  ['policy.certificate-template', 'text', 'CertTemplateName'],
  ['policy.single-session', 'dword', 'fSingleSessionPerUser'],
  ['policy.disable-auto-reconnect', 'dword', 'fDisableAutoReconnect'],
  ['policy.keep-alive-enable', 'dword', 'KeepAliveEnable'],
  ['policy.keep-alive-interval', 'dword', 'KeepAliveInterval'],
  ['policy.max-idle-time', 'dword', 'MaxIdleTime'],
  ['policy.max-connection-time', 'dword', 'MaxConnectionTime'],
  ['policy.max-disconnection-time', 'dword', 'MaxDisconnectionTime'],
  ['policy.max-instances', 'dword', 'MaxInstanceCount'],
  ['policy.licensing-mode', 'dword', 'LicensingMode'],
  ['policy.license-servers', 'list', 'LicenseServers'],
  ['policy.broker-location', 'text', 'SessionDirectoryLocation'],
  ['policy.broker-farm', 'text', 'SessionDirectoryClusterName'],
  ['policy.broker-active', 'dword', 'SessionDirectoryActive'],
])

/** The values that decide whether and how the listener answers. */
export const LISTENER_VALUES = [
  ...[...terminalServer, ...store, ...licensing, ...licenseServers, ...credSsp, ...lsa, ...listener, ...policy],
] as const
