import { FIREWALL_VALUES } from './firewall-values.ts'
import { LISTENER_VALUES } from './listener-values.ts'
import { MACHINE_VALUES } from './machine-values.ts'
import type { RegistryFact, Topic } from './registry-fact.ts'
import { SERVICE_VALUES } from './service-values.ts'
import { TLS_VALUES } from './tls-values.ts'

/** Every fact that is one registry value, in the order they are read and shown. */
export const REGISTRY_FACTS = [
  ...[...MACHINE_VALUES, ...LISTENER_VALUES, ...TLS_VALUES, ...SERVICE_VALUES, ...FIREWALL_VALUES],
] as const satisfies readonly RegistryFact[]

/** Id of a fact that is one registry value. */
export type RegistryFactId = (typeof REGISTRY_FACTS)[number]['id']

/**
 * Ids of facts about one certificate: `certificate.` + store + `.` + the name of its key in the store, which is its
 * thumbprint in upper-case hex, + what it is about.
 *
 *     thumbprint            SHA-1 of the certificate as it stands in the blob; it must equal the key's name
 *     subject, issuer       `CN=RDS01.contoso.local`
 *     not-before, not-after ISO 8601
 *     key-usage             OIDs of its extended key usage
 *     key-container, key-provider, key-provider-type
 *                           where its private key is: type 0 is CNG, 1 is PROV_RSA_FULL
 */
export type CertificateFactId =
  `certificate.${'remote-desktop' | 'my'}.${string}.${'thumbprint' | 'subject' | 'issuer' | 'not-before' | 'not-after' | 'key-usage' | 'key-container' | 'key-provider' | 'key-provider-type'}`

/** Ids of facts about the two certificate stores: how many certificates, and who may read the store's key. */
export type StoreFactId =
  | 'certificate-store.remote-desktop'
  | 'certificate-store.my'
  | 'certificate-store.remote-desktop.system-access'

/** A folder of private keys: `ProgramData\Microsoft\Crypto\RSA\MachineKeys`, `ProgramData\Microsoft\Crypto\Keys`. */
export type KeyFolderId = 'machine-keys' | 'crypto-keys'

/**
 * Ids of facts about the folders of keys and one key's file. `listener` is the file of container `TSSecKeySet1`, which
 * the self-signed certificate of the listener has; other containers go by the 32 hex digits their file begins with.
 *
 *     key-folder.<folder>                   how many files it holds
 *     key-file.<which>                      present: the name of the file, in the folder that the source names
 *     key-file.<which>.size                 bytes
 *     key-file.<which>.other-machine        files of that container under another MachineGuid
 *     ….descriptor                          owner, group and access control list as SDDL
 *     ….network-service, ….session-env      `allowed`, `denied` or `unknown`: to read (file), to create files (folder)
 *     key-file.<which>.session-env-write    to write the file
 */
export type KeyFactId =
  | `key-folder.${KeyFolderId}`
  | `key-folder.${KeyFolderId}.${'descriptor' | 'network-service' | 'session-env'}`
  | `key-file.${string}`
  | `key-file.${string}.${'size' | 'other-machine' | 'descriptor' | 'network-service' | 'session-env' | 'session-env-write'}`

/** Ids of facts that take more than one value to tell. */
export type OtherFactId =
  /** `clean`, `recovered` (unfinished writes made whole from its logs) or `dirty` (they could not be). */
  | 'hive.system'
  | 'hive.software'
  /** Present: the update that brought TLS 1.1 and 1.2 to Remote Desktop. Only asked of builds before 9200. */
  | 'update.kb3080079'
  /** Whether the listener's key `RDP-Tcp` is there. */
  | 'listener.key'
  /** Keys of `ProfileList` that end in `.bak`. */
  | 'profiles.backup-keys'
  /** Text of a highly available broker's connection to its database; passwords are left out. */
  | 'broker.connection-string'

/** Id of any fact. */
export type FactId = RegistryFactId | CertificateFactId | StoreFactId | KeyFactId | OtherFactId

const TOPIC_OF_ID: ReadonlyMap<string, Topic> = new Map([
  ...REGISTRY_FACTS.map(({ id, topic }): [string, Topic] => [id, topic]),
  ['update.kb3080079', 'tls'],
  ['listener.key', 'listener'],
  ['broker.connection-string', 'roles'],
])

/** What a fact is grouped under when it is shown. */
export function topicOf(id: string): Topic {
  const topic = TOPIC_OF_ID.get(id)
  if (topic) return topic
  if (id.startsWith('certificate')) return 'certificates'
  return id.startsWith('key-') ? 'keys' : 'machine'
}
