import type { Sighting } from './win-event.ts'

/** Providers by the name in `Provider@Name`; logs disagree on letter case, so compare with `isFrom`. */
export const REMOTE_CONNECTION_MANAGER = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'
export const LOCAL_SESSION_MANAGER = 'Microsoft-Windows-TerminalServices-LocalSessionManager'
export const RDP_CORE = 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS'
export const SESSION_BROKER = 'Microsoft-Windows-TerminalServices-SessionBroker'
export const SESSION_BROKER_CLIENT = 'Microsoft-Windows-TerminalServices-SessionBroker-Client'
export const SCHANNEL = 'Schannel'
export const SERVICE_CONTROL_MANAGER = 'Service Control Manager'
export const KERNEL_GENERAL = 'Microsoft-Windows-Kernel-General'
export const KERNEL_POWER = 'Microsoft-Windows-Kernel-Power'
/** The classic source of 6005–6013; not to be confused with `EVENT_LOG_SERVICE`. */
export const EVENT_LOG = 'EventLog'
/** The manifest provider that tells of cleared logs (104, 1102). */
export const EVENT_LOG_SERVICE = 'Microsoft-Windows-Eventlog'
export const USER32 = 'User32'
export const SECURITY_AUDITING = 'Microsoft-Windows-Security-Auditing'
export const TERM_DD = 'TermDD'
/** SQL Server of the Windows Internal Database. */
export const INTERNAL_DATABASE = 'MSSQL$MICROSOFT##WID'

/** Channels by the name in `System/Channel`. */
export const SYSTEM = 'System'
export const APPLICATION = 'Application'
export const SECURITY = 'Security'
export const CONNECTION_MANAGER_OPERATIONAL = `${REMOTE_CONNECTION_MANAGER}/Operational`
export const SESSION_MANAGER_OPERATIONAL = `${LOCAL_SESSION_MANAGER}/Operational`
export const RDP_CORE_OPERATIONAL = `${RDP_CORE}/Operational`
export const BROKER_OPERATIONAL = `${SESSION_BROKER}/Operational`
export const BROKER_CLIENT_OPERATIONAL = `${SESSION_BROKER_CLIENT}/Operational`
export const CAPI2_OPERATIONAL = 'Microsoft-Windows-CAPI2/Operational'

/** Those of the above that a short name may stand for. */
export const PROVIDERS: readonly string[] = [
  REMOTE_CONNECTION_MANAGER,
  LOCAL_SESSION_MANAGER,
  RDP_CORE,
  SESSION_BROKER,
  SESSION_BROKER_CLIENT,
  SCHANNEL,
  SERVICE_CONTROL_MANAGER,
  KERNEL_GENERAL,
  KERNEL_POWER,
  EVENT_LOG,
  EVENT_LOG_SERVICE,
  USER32,
  SECURITY_AUDITING,
  TERM_DD,
]
export const CHANNELS: readonly string[] = [
  SYSTEM,
  APPLICATION,
  SECURITY,
  CONNECTION_MANAGER_OPERATIONAL,
  SESSION_MANAGER_OPERATIONAL,
  RDP_CORE_OPERATIONAL,
  BROKER_OPERATIONAL,
  BROKER_CLIENT_OPERATIONAL,
  CAPI2_OPERATIONAL,
]

/** Equal without regard to case, as Windows compares names of providers, channels, computers and services. */
export function sameName(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase()
}

/**
 * True when the event is one of these ids of this provider in this channel. An id alone never identifies an event:
 * GroupPolicy has a 1058 of its own.
 */
export function isFrom(event: Sighting, provider: string, channel: string, ...eventIds: readonly number[]): boolean {
  return eventIds.includes(event.eventId) && sameName(event.provider, provider) && sameName(event.channel, channel)
}
