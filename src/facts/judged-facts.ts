import type { CertificateFactId, KeyFactId, OtherFactId, RegistryFactId, StoreFactId } from './catalogue.ts'

const TLS_SERVER = (['1.0', '1.1', '1.2', '1.3'] as const).flatMap(
  (version) =>
    [`schannel.tls-${version}.server.enabled`, `schannel.tls-${version}.server.disabled-by-default`] as const,
)

/**
 * The registry values that verdicts and repairs are made of, a fifth of all. A report that does not list the facts is
 * made without reading the others.
 */
export const JUDGED_VALUES = [
  ...TLS_SERVER,
  'schannel.tls-1.0.client.enabled',
  'schannel.tls-1.0.client.disabled-by-default',
  'schannel.event-logging',
  'schannel.cipher-order.policy',
  'schannel.cipher-order.local',
  'fips.enabled',
  'control-set.current',
  'os.build',
  'os.product',
  'machine.guid',
  'name.active',
  'name.computer',
  'name.host',
  'name.host-pending',
  'remote-desktop.deny-connections',
  'remote-desktop.certificate-store',
  'listener.enabled',
  'listener.logon-disabled',
  'listener.security-layer',
  'listener.user-authentication',
  'listener.min-encryption-level',
  'listener.certificate-hash',
  'policy.deny-connections',
  'policy.security-layer',
  'policy.user-authentication',
  'policy.min-encryption-level',
  'policy.certificate-template',
  'policy.broker-location',
  'role.connection-broker',
  'broker.location',
  'service.TermService.start',
  'service.Tssdis.start',
  'service.RDMS.start',
  'service.MSSQL$MICROSOFT##WID.start',
] as const satisfies readonly RegistryFactId[]

/** Which facts are read; `judged`: those that a verdict may ask for. */
export type FactSelection = 'all' | 'judged'

/** Facts that a scenario may ask for: what it asks of the registry is in `JUDGED_VALUES`. */
export type JudgedFactId =
  | (typeof JUDGED_VALUES)[number]
  | CertificateFactId
  | StoreFactId
  | KeyFactId
  | Exclude<OtherFactId, 'profiles.backup-keys'>
