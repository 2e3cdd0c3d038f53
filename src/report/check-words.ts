import type { Check } from '../finding/finding.ts'
import type { Voice } from './language/voice.ts'
import { plain } from './plain.ts'

/** Checks that have a name in words. */
const NAMED: ReadonlySet<string> = new Set([
  ...['certificate-store', 'certificate-store-access', 'pinned-certificate', 'certificate-valid-until'],
  ...['key-file', 'key-file-network-service', 'key-file-session-env', 'key-folder-session-env'],
  ...['server-tls-1.0', 'server-tls-1.1', 'server-tls-1.2', 'server-tls-1.3'],
  ...['client-tls-1.0', 'cipher-order', 'cipher-order-local', 'fips'],
  ...['security-layer', 'security-layer-by-policy', 'min-encryption-level', 'schannel-event-logging'],
  ...['broker-service', 'management-service', 'internal-database', 'broker-role'],
  ...['computer-name', 'host-name', 'host-name-pending', 'connection-string'],
])

/** What a check is called; the id of one without words. Plain. */
export function checkName(id: string, voice: Voice): string {
  return NAMED.has(id) ? voice.word(`check.${id}`) : plain(id)
}

/** Whether a check is worth a line among few: not as it should be, or nobody could look. */
export function isTelling({ state, differs }: Check): boolean {
  return differs === true || isUnseen(state)
}

/** Nobody could look: neither there nor not there. */
export function isUnseen(state: Check['state']): boolean {
  return state === 'not-collected' || state === 'unreadable'
}
